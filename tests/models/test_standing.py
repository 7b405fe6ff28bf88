"""Which model makes the scores, drawn: trainings registered, decisions made, the policy and the month, and what follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from models.promotions import Action, Entry, decide, read
from models.registry import CARD, ModelUnknown, ModelUnusable, names, read_card, restore, save
from models.rules import DEFAULT
from models.standing import Promotion, Standing, stand
from tests.models.registered import NO_CHANGE, register, trained

APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)
NOW = datetime(2026, 7, 2, 2, 30)
BY_HAND, AUTOMATIC = Promotion.by_hand, Promotion.automatic


def person(models: Path, action: Action, model: str) -> None:
    decide(models, Entry(NOW, "conflict", action, model, None, "A. Analyst", "read the card"))


def standing(models: Path, day: date, promotion: Promotion, *, may_train: bool = False) -> Standing:
    """The standing of lane conflict; a training is registered only if the case allows for one."""

    def train() -> str:
        assert may_train, "nothing had to be trained"
        return register(models, "conflict", day)

    return stand(models, "conflict", day, promotion=promotion, train=train, now=NOW)


def decisions(models: Path) -> list[tuple[str, str]]:
    return [(entry.action.value, entry.model) for entry in read(models)]


def test_from_nothing_the_gate_puts_the_month_s_training_in_use(tmp_path: Path) -> None:
    found = standing(tmp_path, MAY, AUTOMATIC, may_train=True)
    assert (found.model_id, found.by, found.trained.scorer.name, found.notes) == ("conflict-2026-05-31", "the gate", DEFAULT.name, ())
    assert decisions(tmp_path) == [("by_rule", "conflict-2026-05-31")]
    again = standing(tmp_path, MAY, AUTOMATIC)
    assert again.model_id == found.model_id
    assert decisions(tmp_path) == [("by_rule", "conflict-2026-05-31")]


def test_month_by_month_ends_where_from_nothing_does_and_an_earlier_month_asked_again_decides_nothing(tmp_path: Path) -> None:
    for day in (APRIL, MAY, JUNE):
        standing(tmp_path / "nights", day, AUTOMATIC, may_train=True)
    standing(tmp_path / "nothing", JUNE, AUTOMATIC, may_train=True)
    used = [standing(tmp_path / home, JUNE, AUTOMATIC) for home in ("nights", "nothing")]
    assert used[0].card == used[1].card
    assert standing(tmp_path / "nights", APRIL, AUTOMATIC).model_id == "conflict-2026-04-30"
    assert decisions(tmp_path / "nights") == [("by_rule", f"conflict-{day}") for day in (APRIL, MAY, JUNE)]


def test_a_person_s_choice_beats_the_rule_until_it_is_released(tmp_path: Path) -> None:
    for day in (APRIL, MAY):
        standing(tmp_path, day, AUTOMATIC, may_train=True)
    person(tmp_path, Action.back, "conflict-2026-04-30")
    assert standing(tmp_path, JUNE, AUTOMATIC).model_id == "conflict-2026-04-30"
    register(tmp_path, "conflict", JUNE)
    held = standing(tmp_path, JUNE, AUTOMATIC)
    assert (held.by, held.why) == ("A. Analyst", "read the card")
    assert held.notes == (
        "conflict-2026-06-30 waits: conflict-2026-04-30 stays in use until a person promotes another (`forewarn models promote`)",
    )
    person(tmp_path, Action.released, "conflict-2026-04-30")
    assert standing(tmp_path, JUNE, AUTOMATIC).model_id == "conflict-2026-06-30"


def test_a_choice_does_not_reach_back_to_nights_before_its_training(tmp_path: Path) -> None:
    for day in (APRIL, JUNE):
        register(tmp_path, "conflict", day)
    person(tmp_path, Action.promoted, "conflict-2026-06-30")
    assert standing(tmp_path, APRIL, AUTOMATIC).model_id == "conflict-2026-04-30"
    assert standing(tmp_path, JUNE, AUTOMATIC).model_id == "conflict-2026-06-30"


def test_by_hand_the_best_simple_rule_fills_in_until_someone_promotes(tmp_path: Path) -> None:
    first = standing(tmp_path, MAY, BY_HAND, may_train=True)
    assert (first.trained.scorer.name, first.by, first.is_its_scorer) == (NO_CHANGE.name, "nobody", False)
    assert first.notes == ("the best simple rule is in use: conflict-2026-05-31 waits for a person (`forewarn models promote`)",)
    assert decisions(tmp_path) == []
    person(tmp_path, Action.promoted, "conflict-2026-05-31")
    second = standing(tmp_path, JUNE, BY_HAND)
    assert (second.model_id, second.trained.scorer.name, second.by, second.notes) == ("conflict-2026-05-31", DEFAULT.name, "A. Analyst", ())


def test_by_hand_what_was_in_use_by_rule_stays_when_the_policy_changes(tmp_path: Path) -> None:
    standing(tmp_path, MAY, AUTOMATIC, may_train=True)
    register(tmp_path, "conflict", JUNE)
    found = standing(tmp_path, JUNE, BY_HAND)
    assert found.model_id == "conflict-2026-05-31"
    assert "conflict-2026-06-30 waits" in found.notes[0]


@pytest.mark.parametrize(
    ("entry", "value", "why"),
    [
        ("versions", {"scikit-learn": "0.1"}, "it was trained with scikit-learn 0.1, and"),
        ("features_sha256", "others", "features have been added, dropped or are measured otherwise since it was trained"),
        ("scorer", "a_rule_of_old", "the rule a_rule_of_old is no longer among the rules"),
    ],
)
def test_a_chosen_model_that_cannot_score_any_more_gives_way_to_the_simple_rule_and_is_named(
    tmp_path: Path, entry: str, value: object, why: str
) -> None:
    register(tmp_path, "conflict", APRIL)
    person(tmp_path, Action.promoted, "conflict-2026-04-30")
    card = tmp_path / "conflict-2026-04-30" / CARD
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {entry: value}), encoding="utf-8")
    with pytest.raises(ModelUnusable, match=f"model conflict-2026-04-30 cannot be used: {why}"):
        restore(tmp_path, "conflict-2026-04-30")
    found = standing(tmp_path, MAY, AUTOMATIC, may_train=True)
    assert found.trained.scorer.name == NO_CHANGE.name
    assert found.notes[0].startswith(f"the model in use, conflict-2026-04-30, cannot score: {why}")


def test_a_training_is_never_changed_and_the_same_once_more_is_the_one_there(tmp_path: Path) -> None:
    first = trained("conflict", MAY)
    assert save(tmp_path, first, {"list_size": 50}).name == "conflict-2026-05-31"
    kept = (tmp_path / "conflict-2026-05-31" / CARD).read_bytes()
    assert save(tmp_path, first, {"list_size": 50}).name == "conflict-2026-05-31"
    assert save(tmp_path, replace(first, note="other outcomes had come in"), {"list_size": 50}).name == "conflict-2026-05-31-2"
    assert (tmp_path / "conflict-2026-05-31" / CARD).read_bytes() == kept
    assert names(tmp_path) == ["conflict-2026-05-31", "conflict-2026-05-31-2"]
    assert standing(tmp_path, MAY, AUTOMATIC).model_id == "conflict-2026-05-31-2"


def test_a_model_that_is_not_registered_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("conflict-2026-05-31", "../elsewhere"):
        with pytest.raises(ModelUnknown, match="`forewarn models list` names those that are"):
            read_card(tmp_path, name)


def test_a_training_is_made_anew_when_a_history_has_come_since(tmp_path: Path) -> None:
    standing(tmp_path, MAY, AUTOMATIC, may_train=True)

    def again() -> str:
        return register(tmp_path, "conflict", MAY, "decayed_harm_60d_1")

    found = stand(
        tmp_path, "conflict", MAY, promotion=AUTOMATIC, train=again, now=NOW, is_outgrown=lambda card: card["id"] == "conflict-2026-05-31"
    )
    assert found.model_id == "conflict-2026-05-31-2"
    assert standing(tmp_path, MAY, AUTOMATIC).model_id == found.model_id
    assert decisions(tmp_path)[-1] == ("by_rule", found.model_id)
