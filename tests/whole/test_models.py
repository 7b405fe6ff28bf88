"""The models of a whole home: trained by a night or by `forewarn train`, chosen by rule or by a person, watched, and stopped when nobody has checked them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.english import sentence
from flows.run import Run
from flows.settings import Settings
from flows.stages import NIGHTLY
from models.promotions import read
from models.registry import names, newest, read_card
from tests.command import forewarn
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read as audit_log

LATE = ("score", "select", "publish")


@pytest.fixture
def home(county: County, tmp_path: Path) -> Path:
    """The home of the last night, to do with as one likes."""
    shutil.copytree(county.last, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def scored_again(home: Path, county: County, **settings: object) -> list[str]:
    """The last stages of the last night once more, under other settings; what the run said."""
    made = Settings(home=home, **settings)  # type: ignore[arg-type]
    run = Run("nightly", home, county.last_as_of, made, datetime(2026, 7, 23, 2, 30), "again", county.landing)
    try:
        for stage in NIGHTLY:
            if stage.name in LATE:
                stage.act(run)
    finally:
        run.close()
    return run.notices


def in_use(home: Path) -> dict[str, tuple[str, str]]:
    with analyst(home) as con:
        return {lane: (model, by) for lane, model, by in con.execute("select lane, model_id, promoted_by from analyst.models").fetchall()}


def flags(home: Path) -> list[tuple[object, ...]]:
    with analyst(home) as con:
        return con.execute("select lane, rank, pair_id, score from analyst.flagged_pairs order by lane, rank").fetchall()


def test_a_night_registers_what_it_trains_and_says_who_chose_it(county: County) -> None:
    models = county.last / "models"
    assert in_use(county.last) == {lane: (f"{lane}-2026-03-31", "the gate") for lane in ("conflict", "domestic")}
    assert [(entry.action.value, entry.model) for entry in read(models)] == [
        ("by_rule", f"{lane}-{day}") for day in ("2026-02-28", "2026-03-31") for lane in ("conflict", "domestic")
    ]
    card = read_card(models, "conflict-2026-03-31")
    assert card["period"]["embargo_days"] == 28 + card["period"]["delay_days"]
    assert card["period"]["last"] <= str(datetime(2026, 3, 31).date() - timedelta(days=card["period"]["embargo_days"]))
    assert {one["sha256"] for one in card["data"]["files"]} <= {
        sha for (sha,) in analyst(county.last).execute("select sha256 from analyst.loads").fetchall()
    }
    assert all((card["code"]["sha256"], card["label"]["definition_sha256"], card["features_sha256"], card["link_model"], card["seed"]))
    fairness = (models / "conflict-2026-03-31" / "fairness.md").read_text(encoding="utf-8")
    assert fairness.startswith("# How the warning falls on groups of people\n\nBy what was known on 2026-03-31")


def test_train_gives_what_a_night_would_have_trained_and_publishes_nothing(
    county: County, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / "forewarn.duckdb").resolve()
    shutil.rmtree(home / "models")
    assert forewarn("train", "--home", home, "--as-of", county.last_as_of) == 0
    said = capsys.readouterr().out
    assert "conflict-2026-03-31: " in said
    assert "Nothing is published. The next night of this month uses them by rule" in said
    assert (home / "forewarn.duckdb").resolve() == before
    assert read(home / "models") == []
    trained, of_the_night = (read_card(models, "conflict-2026-03-31") for models in (home / "models", county.last / "models"))
    assert trained == of_the_night
    assert "| without intelligence |" in (home / "models" / "conflict-2026-03-31" / "fairness.md").read_text(encoding="utf-8")
    assert forewarn("train", "--home", home, "--as-of", county.last_as_of) == 0  # once more: the same
    assert names(home / "models") == ["conflict-2026-03-31", "domestic-2026-03-31"]
    scored_again(home, county)
    assert flags(home) == flags(county.last)
    assert in_use(home)["conflict"] == ("conflict-2026-03-31", "the gate")


def test_the_lists_as_published_are_audited_once_their_outcomes_are_known(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forewarn("audit", "fairness", "--home", home, "--as-of", "2026-04-20") == 0
    assert "Nothing new" in capsys.readouterr().out
    for said in ("2026-07-01-conflict.md", "Nothing new"):
        assert forewarn("audit", "fairness", "--home", home, "--as-of", "2026-07-01") == 0
        assert said in capsys.readouterr().out
    page = (home / "fairness" / "2026-07-01-conflict.md").read_text(encoding="utf-8")
    assert "on the 2 lists in lane conflict as published, 2026-03-29 to 2026-04-19" in page
    assert "| ethnicity | white |" in page
    assert [one.entry.why for one in audit_log(home)][-3:] == ["fairness audit"] * 3


def test_train_needs_a_night_that_knows_enough(county: County, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forewarn("train", "--home", tmp_path / "nowhere") == 1
    assert "has no warehouse yet: run `forewarn nightly` first" in capsys.readouterr().err
    assert forewarn("train", "--home", home, "--as-of", county.last_as_of + timedelta(days=60)) == 1
    assert "run `forewarn nightly --as-of 2026-05-31` first" in capsys.readouterr().err


def test_a_person_promotes_goes_back_and_lets_go(county: County, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choose: Callable[..., int] = lambda *words: forewarn("models", *words, "--home", home, "--by", "A. Analyst", "--why", "read the card")  # noqa: E731
    assert choose("back") == 0
    assert "conflict-2026-02-28 is in use again, in place of conflict-2026-03-31" in capsys.readouterr().out
    notices = scored_again(home, county)
    assert (
        "conflict lane: conflict-2026-03-31 waits: conflict-2026-02-28 stays in use until a person promotes another (`forewarn models promote`)"
        in notices
    )
    assert in_use(home) == {"conflict": ("conflict-2026-02-28", "A. Analyst"), "domestic": ("domestic-2026-03-31", "the gate")}
    assert choose("back") == 1
    assert "no model before the one in use" in capsys.readouterr().err
    assert choose("release") == 0
    assert choose("release") == 1
    assert "nothing to release" in capsys.readouterr().err
    scored_again(home, county)
    assert in_use(home)["conflict"] == ("conflict-2026-03-31", "the gate")
    assert choose("promote", "conflict-2026-01-31") == 1
    assert "no model 'conflict-2026-01-31' is registered" in capsys.readouterr().err
    assert forewarn("models", "list", "--home", home) == 0
    listed = [line.split()[:3] for line in capsys.readouterr().out.splitlines()]
    assert ["conflict-2026-02-28", "retired"] in [line[:2] for line in listed]
    assert ["conflict-2026-03-31", "in", "use"] in listed


@pytest.mark.parametrize("words", [["promote", "conflict-2026-03-31"], ["back"], ["release"]])
def test_a_decision_needs_who_and_why(home: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert forewarn("models", *words, "--home", home, "--why", "because") == 2
    assert "--by" in capsys.readouterr().err
    if words[0] != "release":
        assert forewarn("models", *words, "--home", home, "--by", " ", "--why", "because") == 1
        assert "a decision on a model needs who and why" in capsys.readouterr().err


def test_by_hand_a_first_night_uses_the_simple_rule_and_says_that_the_model_waits(county: County, home: Path) -> None:
    (home / "models" / "promotions.jsonl").unlink()
    notices = scored_again(home, county, promotion="by_hand")
    assert "conflict lane: the best simple rule is in use: conflict-2026-03-31 waits for a person (`forewarn models promote`)" in notices
    assert in_use(home)["conflict"] == ("conflict-2026-03-31", "nobody")
    assert read(home / "models") == []


def test_an_expired_validation_publishes_and_stops_the_list(
    county: County, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = tmp_path / "drift.toml"
    limits.write_text("[validation]\ndays = 10\n", encoding="utf-8")
    notices = scored_again(home, county, drift=limits)
    expired = [notice for notice in notices if "has expired, and no weekly list is issued" in notice]
    assert [notice.split()[0] for notice in expired] == ["conflict", "domestic"]
    with analyst(home) as con:
        [(warnings, stopped)] = con.execute(
            "select warnings, (select count(expired_because) from analyst.models) from analyst.run"
        ).fetchall()
    assert (set(expired) <= set(warnings), stopped) == (True, 2)
    assert flags(home) == flags(county.last)
    assert forewarn("weekly", "--home", home, "--as-of", county.last_as_of) == 1
    assert (
        "no list was written: in lane conflict, the validation of the model in use (conflict-2026-03-31) has expired"
        in capsys.readouterr().err
    )
    scored_again(home, county)
    assert forewarn("weekly", "--home", home, "--as-of", county.last_as_of) == 0


def test_drift_is_published_and_stands_on_the_run_the_list_and_the_card(
    county: County, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = tmp_path / "drift.toml"
    limits.write_text("[pairs]\nlow = 5\nhigh = 6\n", encoding="utf-8")
    notices = scored_again(home, county, drift=limits)
    (moved,) = [notice for notice in notices if notice.startswith("conflict lane, drift: ")]
    with analyst(home) as con:
        assert con.execute("select state from analyst.drift where lane = 'conflict' and measure = 'pairs'").fetchall() == [("breach",)]
        assert con.execute(
            "select count(distinct feature) > 20 from analyst.drift where lane = 'conflict' and measure = 'inputs'"
        ).fetchall() == [(True,)]
    assert forewarn("weekly", "--home", home, "--as-of", county.last_as_of) == 0
    page = (home / "alerts" / str(county.last_as_of) / f"forewarn-list-{county.last_as_of}.html").read_text(encoding="utf-8")
    assert sentence(moved) in page
    capsys.readouterr()
    assert forewarn("models", "show", newest(home / "models", "conflict", datetime(2026, 3, 31).date()), "--home", home) == 0
    card = capsys.readouterr().out
    assert moved in card
    assert f"Drift was first reported on {county.last_as_of}" in card


def test_a_sample_of_labels_is_private_and_holds_no_formula(county: County, home: Path, tmp_path: Path) -> None:
    for name in ("labels.csv", "labels.xlsx"):
        assert forewarn("models", "sample-labels", "--out", tmp_path / name, "--n", 9, "--home", home) == 0
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    text = (tmp_path / "labels.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("stratum,pair_id,as_of,first_day,last_day,in_the_window,just_outside,label_is_right,note,definition")
    protected = set(county.truth("protected")["report_id"])
    assert not [number for number in protected if number in text]
