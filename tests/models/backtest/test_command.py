"""The whole command on small counties: it replays, reports, and leaves nothing but the report; where nothing escalates it says that it does not work."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.backtest_stages import begin_backtest, folder_of
from flows.lock import RunInProgress
from flows.settings import Settings
from synth.county import make_county
from tests.command import forewarn

END = date(2026, 3, 29)
FIRST = END - timedelta(weeks=14)


def content_of(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder_of(home, FIRST, END) / "report.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backtest of a small town with gangs, so that there is serious violence to judge, in a home where a night had published."""
    root = tmp_path_factory.mktemp("backtest")
    make_county(root / "county", 1_500, 2, 11, end=END, world="gangs")
    landing = root / "landing"
    landing.mkdir()
    for file in (root / "county").glob("*_????-??-??.*"):
        shutil.copy2(file, landing)
    (root / "home").mkdir()
    (root / "home" / "forewarn.duckdb").write_text("published")
    assert forewarn("backtest", "--landing", landing, "--home", root / "home", "--from", FIRST, "--to", END) == 0
    return root / "home"


def test_the_report_is_there_and_nothing_else_is_disturbed(home: Path) -> None:
    assert (home / "forewarn.duckdb").read_text() == "published"
    assert {path.name for path in home.iterdir()} == {"forewarn.duckdb", "backtest", "run.lock"}
    assert {path.name for path in folder_of(home, FIRST, END).iterdir()} == {"report.html", "report.json", "logs"}


def test_every_sunday_is_replayed_and_only_settled_ones_are_judged(home: Path) -> None:
    about = content_of(home)["about"]
    assert about["weeks"] == 15
    assert date.fromisoformat(about["last_settled"]) + timedelta(days=28 + about["delay_days"]) <= END
    assert 0 < about["settled_weeks"] < about["weeks"]


def test_every_scorer_is_measured_alike_and_every_check_passes(home: Path) -> None:
    content = content_of(home)
    assert list(content["measures"]) == [
        "forewarn",
        "random",
        "no_change",
        "most_recent",
        "count_365d",
        "serious_365d",
        "person_rates",
        "decayed_harm",
    ]
    assert len({frozenset(found) for found in content["measures"].values()}) == 1
    assert [canary["name"] for canary in content["canaries"] if not canary["passed"]] == []


def test_the_page_begins_with_the_verdict_and_names_no_pair(home: Path) -> None:
    page = (folder_of(home, FIRST, END) / "report.html").read_text(encoding="utf-8")
    content = content_of(home)
    assert content["verdict"]["headline"] in page
    assert page.index(content["verdict"]["headline"]) < page.index("<h2>")
    assert page.count("<svg") == 5
    assert "P0" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_feuds_are_held_against_what_followed(home: Path) -> None:
    feuds = content_of(home)["feuds"]
    rows, hits = feuds["rows"], feuds["hits"]
    assert rows["all"] == rows["listed"] + rows["unlisted"]
    assert rows["next_pairs"] <= rows["warned"] <= rows["unlisted"]
    assert all(hits[name] <= rows[name] for name in rows)
    assert feuds["largest_feud"] <= 24


def test_what_links_as_known_then_make_of_the_lists_is_measured(home: Path) -> None:
    content = content_of(home)
    then = content["then_links"]
    assert [month["known_by"] for month in then["months"]] == ["2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
    assert all(0 < month["joined"] < month["people"] for month in then["months"])
    for name, found in then["measures"].items():
        assert found["today"]["value"] == pytest.approx(content["measures"]["forewarn"][name]["value"]), name
        assert found["gained"]["value"] == pytest.approx(found["today"]["value"] - found["then"]["value"]), name
    assert 0.5 < then["listed_alike"]["value"] <= 1
    page = (folder_of(home, FIRST, END) / "report.html").read_text(encoding="utf-8")
    assert "Who is who, as known then" in page


def test_one_run_at_a_time(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with (
        begin_backtest(FIRST, END, settings),
        pytest.raises(RunInProgress, match=r"Another run \(backtest"),
        begin_backtest(FIRST, END, settings),
    ):
        pass


def test_a_period_with_nothing_settled_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "landing").mkdir()
    words = ("backtest", "--landing", tmp_path / "landing", "--home", tmp_path / "home")
    assert forewarn(*words, "--from", "2026-03-01", "--to", "2026-03-29") == 1
    assert "no Sunday from 2026-03-01 to 2026-03-29 can be judged" in capsys.readouterr().err
    assert forewarn(*words, "--from", "2026-03-29", "--to", "2026-03-01") == 2
    assert forewarn(*words, "--to", "2026-03-01") == 2
