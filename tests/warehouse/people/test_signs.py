"""The signs by which a person named in a text is told, and what is learned of their weight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warehouse.people.signs import SIGNS, Candidate, Case, NameFit, Stranger, Weights

PLAIN = Candidate(NameFit(), records=3, is_in_company=True)
RARE, COMMON = Stranger(0.01), Stranger(5.0)


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        (replace(PLAIN, times_together=2), PLAIN),
        (replace(PLAIN, times_together=1, days_since_together=20), replace(PLAIN, times_together=1, days_since_together=400)),
        (replace(PLAIN, days_30=2, days_180=2), PLAIN),
        (replace(PLAIN, reports=3), PLAIN),
        (replace(PLAIN, is_same_area=True), replace(PLAIN, is_same_area=False)),
        (replace(PLAIN, age_level=2), replace(PLAIN, age_level=0)),
        (replace(PLAIN, is_said_age=True), PLAIN),
        (PLAIN, replace(PLAIN, is_said_age=False)),
        (replace(PLAIN, school="the same"), replace(PLAIN, school="another")),
        (PLAIN, replace(PLAIN, fit=NameFit(forename="nickname"))),
        (PLAIN, replace(PLAIN, fit=NameFit(surname="slip"))),
        (replace(PLAIN, fit=NameFit(surname="slip to nobody's")), replace(PLAIN, fit=NameFit(surname="slip"))),
        (PLAIN, replace(PLAIN, fit=NameFit(usual=0.1))),
        (replace(PLAIN, fit=NameFit(is_street_name_too=True)), PLAIN),
    ],
)
def test_who_is_likelier_as_judged(likelier: Candidate, than: Candidate) -> None:
    first, second = Weights().shares([likelier, than], RARE)
    assert first > second


def test_whoever_has_a_common_name_may_be_a_stranger() -> None:
    assert Weights().shares([PLAIN], COMMON)[0] < Weights().shares([PLAIN], RARE)[0] < 1
    assert Weights().shares([], COMMON) == []


def _cases(share_of_area: float) -> list[Case]:
    """Two of a name, one of the same area; how often it is that one."""
    near, far = replace(PLAIN, is_same_area=True), replace(PLAIN, is_same_area=False)
    return [([near, far], Stranger(1e-6), int(number >= 400 * share_of_area)) for number in range(400)]


@pytest.mark.parametrize("share", [0.95, 0.6, 0.2])
def test_what_is_learned_is_as_often_true_as_it_says(share: float) -> None:
    weights = Weights()
    weights.learn(_cases(share))
    near = weights.shares([replace(PLAIN, is_same_area=True), replace(PLAIN, is_same_area=False)], Stranger(1e-6))[0]
    assert near == pytest.approx(share, abs=0.03)


def test_judgements_stand_where_nothing_is_to_learn_from() -> None:
    weights = Weights()
    weights.learn([])
    assert weights.signs == [sign.judged for sign in SIGNS]
    weights.learn(_cases(1.0)[:3])
    assert max(abs(weight - sign.judged) for weight, sign in zip(weights.signs, SIGNS, strict=True)) < 0.5
