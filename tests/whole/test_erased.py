"""Erasure through the whole house: people leave every file, do not come back with the next extract, and others stay who they are."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.weekly_list import write_weekly_list
from flows import erasure
from flows.backtest_stages import stages
from flows.cli.main import app
from flows.retaining import begun, forget_old_lists
from flows.run import Run
from flows.settings import SHIPPED, Settings
from tests.whole.conftest import County, analyst, night
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind
from warehouse.retention.proof import search
from warehouse.retention.tombstones import REASON


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("erased") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    write_weekly_list(place, None, datetime(2026, 4, 20, 6, 30))
    return place


def ask(home: Path, *words: str, exit_code: int = 0) -> str:
    asked = CliRunner().invoke(app, ["retention", *words, "--home", str(home)])
    assert asked.exit_code == exit_code, (asked.output, asked.exception)
    return asked.output if exit_code == 0 else f"{asked.output}{asked.exception}"


def export(home: Path, what: str, file: Path) -> None:
    words = ["export", what, "--to", str(file), "--profile", "analyst", "--why", "a test", "--home", str(home)]
    asked = CliRunner().invoke(app, words)
    assert asked.exit_code == 0, (asked.output, asked.exception)


def one(home: Path, query: str) -> object:
    with analyst(home) as con:
        [(found,)] = con.execute(query).fetchall()
    return found


def records(home: Path) -> dict[str, set[tuple[str, str]]]:
    with analyst(home) as con:
        rows = con.execute("select person_id, source, record_id from analyst.person_records").fetchall()
    people: dict[str, set[tuple[str, str]]] = {}
    for person, source, record in rows:
        people.setdefault(person, set()).add((source, record))
    return people


LISTED = "select person_a from analyst.flagged_pairs where lane = 'conflict' and rank = 1"
AT_SCHOOL = "select min(person_id) from analyst.person_records where source = 'exclusion' and person_id not in (select person_id from analyst.flagged_people)"


def test_people_leave_every_file_and_do_not_come_back(home: Path, county: County, tmp_path: Path) -> None:
    erased = [str(one(home, query)) for query in (LISTED, AT_SCHOOL)]
    before = records(home)
    gone = set().union(*(before[person] for person in erased))
    names = {str(one(home, f"select display_name from analyst.people where person_id = '{person}'")) for person in erased}
    export(home, f"select display_name from people where person_id = '{erased[1]}'", tmp_path / "names.csv")
    export(home, "flagged_people", tmp_path / "moved.parquet")
    export(home, "loads", tmp_path / "loads.xlsx")
    (tmp_path / "moved.parquet").rename(tmp_path / "elsewhere.parquet")
    (home / "sql_history").write_text("select * from people")

    said = ask(home, "erase-person", *erased, "--by", "D. Officer", "--why", "order 7")

    assert "nothing found" in said
    assert "Lists removed" in said
    assert f"Exported files removed: {tmp_path / 'names.csv'}." in said
    assert f"no longer as exported; find and destroy them: {tmp_path / 'moved.parquet'} (for " in said
    assert [file.name for file in sorted(tmp_path.glob("*.*"))] == ["elsewhere.parquet", "loads.xlsx", "loads.xlsx.about.txt"]
    assert not (home / "sql_history").exists()
    after = records(home)
    structured = {record for record in gone if record[0] != "intelligence_mention"}
    assert not set(erased) & after.keys()
    assert not structured & set().union(*after.values())
    assert not search(home, [record for source, record in structured if source == "exclusion"]).found
    assert len(names) == 2
    kept = [person for person in before.keys() & after.keys() if not before[person] & gone]
    assert len([person for person in kept if before[person] & after[person]]) >= 0.99 * len(kept)
    assert len(before.keys() - after.keys()) <= 0.01 * len(before) + 2
    entry = [one.entry for one in read(home)][-1]
    assert (entry.kind, entry.who, entry.why, set(entry.subjects)) == (Kind.erasure, "D. Officer", "order 7", set(erased))
    assert len(list((home / "published").iterdir())) == 1
    assert [json.loads(file.read_text()).keys() for file in (home / "alerts").glob("*/erased.json")] == [{"erased_at", "lists"}]

    # the same extract comes again, with another hash
    landing = tmp_path / "landing"
    landing.mkdir()
    pupils = {record.split("/")[0] for source, record in structured if source == "exclusion"}
    holding = [file for file in county.landing.glob("exclusions_*.csv") if any(pupil.encode() in file.read_bytes() for pupil in pupils)]
    for file in holding:
        (landing / file.name).write_bytes(file.read_bytes() + b"\n")
    assert holding
    night(home, landing, county.last_as_of)
    assert not structured & set().union(*records(home).values())
    with analyst(home) as con:
        turned_away = con.execute("select count(*) from analyst.rejects where reason like 'erased by order%'").fetchall()
        counts = con.execute("select rows_read - rows_accepted - rows_rejected from analyst.loads where status = 'loaded'").fetchall()
    assert turned_away[0][0] >= 1
    assert set(counts) == {(0,)}


def test_what_is_held_is_not_erased_until_the_hold_is_lifted(home: Path) -> None:
    incident = str(one(home, "select min(record_id) from analyst.pair_timeline where source = 'incident'"))
    assert "hold 1:" in ask(home, "hold", "incident", incident, "--by", "A. Lawyer", "--why", "trial")
    assert "under legal hold" in ask(home, "erase-record", "incident", incident, "--by", "D", "--why", "order 8", exit_code=1)
    assert f"incident {incident}" in ask(home, "holds")
    ask(home, "lift", "1", "--by", "A. Lawyer", "--why", "trial over")
    assert "hold 1 does not stand" in ask(home, "lift", "1", "--by", "A. Lawyer", "--why", "again", exit_code=1)


def test_an_erasure_that_was_cut_off_is_finished_by_the_next_command(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = str(one(home, "select max(record_id) from analyst.pair_timeline where source = 'incident'"))
    with monkeypatch.context() as cut:
        cut.setattr(erasure, "REBUILT", (*erasure.REBUILT[:2], "cut off"))
        ask(home, "erase-record", "incident", incident, "--by", "D. Officer", "--why", "order 9", exit_code=1)
    assert (home / erasure.PENDING).exists()
    said = ask(home, "run", "--as-of", "2000-01-01")
    assert "nothing found" in said
    assert "Nothing more is due" in said
    assert not (home / erasure.PENDING).exists()
    assert one(home, f"select count(*) from analyst.person_records where record_id like '{incident}/%'") == 0


def test_what_is_due_is_told_and_erased_by_review(home: Path) -> None:
    day = str(one(home, "select min(review_on) from analyst.review_dates"))
    due = one(home, f"select count(*) from analyst.review_dates where review_on <= '{day}'")
    assert "records are due" in ask(home, "due", "--as-of", day)
    assert "nothing found" in ask(home, "run", "--as-of", day)
    assert due
    assert one(home, f"select count(*) from analyst.review_dates where review_on <= '{day}'") == 0


def test_lists_go_when_they_were_kept_long_enough(county: County, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(county.last, home, symlinks=True)
    days = one(home, "select list(distinct as_of order by as_of) from analyst.flag_history")
    assert isinstance(days, list)
    assert len(days) > 1
    (home / "alerts" / str(days[0])).mkdir(parents=True)
    (home / "alerts" / str(days[0]) / "list.json").write_text('{"content": {"pairs": [], "left": []}}')
    year = days[-1].year + 2
    with begun(Settings(home=home, retention=SHIPPED["retention"])) as run:
        assert forget_old_lists(run, days[-1].replace(year=year)) == [str(day) for day in days[:-1]]
        kept = run.warehouse().execute("select distinct as_of from alerts.flag").fetchall()
    assert kept == [(days[-1],)]
    assert [file.name for file in (home / "alerts" / str(days[0])).iterdir()] == ["erased.json"]
    assert [one.entry for one in read(home)][-1].subjects == tuple(f"list:{day}" for day in days[:-1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("erase-person", "Pnobody", "--by", "D", "--why", "o"), "Pnobody: no such person"),
        (("erase-record", "incident", "none", "--by", "D", "--why", "o"), "incident none: no such record"),
        (("erase-record", "letter", "none", "--by", "D", "--why", "o"), "the sources are incident"),
    ],
)
def test_what_is_not_there_is_said(home: Path, words: tuple[str, ...], said: str) -> None:
    assert said in ask(home, *words, exit_code=1)


def test_a_backtest_takes_over_what_was_erased(home: Path, county: County, tmp_path: Path) -> None:
    settings = Settings(home=home, landing=county.landing)
    run = Run("backtest", tmp_path / "backtest", county.last_as_of, settings, datetime(2026, 7, 1), "again", county.landing)
    by_name = {stage.name: stage for stage in stages(county.last_as_of)}
    try:
        for name in ("take over erasures", "take in", "settle versions"):
            by_name[name].act(run)
        [(turned_away,)] = run.warehouse().execute("select count(*) from ops.reject where reason = ?", [REASON]).fetchall()
    finally:
        run.close()
    assert turned_away > 0
