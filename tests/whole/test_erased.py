"""Erasure through the whole house: people leave every file, do not come back with the next extract, and others stay who they are."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.weekly_list import write_weekly_list
from flows import erasure
from flows.backtest_stages import stages
from flows.cli.main import app
from flows.home import DEMONSTRATION
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


Record = tuple[str, str]


def records(home: Path) -> dict[str, set[Record]]:
    with analyst(home) as con:
        rows = con.execute("select person_id, source, record_id from analyst.person_records").fetchall()
    people: dict[str, set[Record]] = {}
    for person, source, record in rows:
        people.setdefault(person, set()).add((source, record))
    return people


LISTED = "select person_a from analyst.flagged_pairs where lane = 'conflict' and rank = 1"
AT_SCHOOL = "select min(person_id) from analyst.person_records where source = 'exclusion' and person_id not in (select person_id from analyst.flagged_people)"


@dataclass(frozen=True)
class Erased:
    """Two people erased from a home: who and which records they were, whose each record was before, what the command said, and where files had been exported to."""

    home: Path
    people: frozenset[str]
    names: frozenset[str]
    gone: frozenset[Record]
    before: dict[str, set[Record]]
    said: str
    exported: Path

    @property
    def structured(self) -> frozenset[Record]:
        """Their records, those in texts aside."""
        return frozenset(record for record in self.gone if record[0] != "intelligence_mention")


@pytest.fixture(scope="module")
def erased(home: Path, county: County, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    """An order that is cut off, and finished by the next command; as in a demonstration, the landing folder lies in HOME."""
    exported, before = tmp_path_factory.mktemp("exported"), records(home)
    people = [str(one(home, query)) for query in (LISTED, AT_SCHOOL)]
    names = {str(one(home, f"select display_name from analyst.people where person_id = '{person}'")) for person in people}
    export(home, f"select display_name from people where person_id = '{people[1]}'", exported / "names.csv")
    export(home, "flagged_people", exported / "moved.parquet")
    export(home, "loads", exported / "loads.xlsx")
    (exported / "moved.parquet").rename(exported / "elsewhere.parquet")
    (home / "sql_history").write_text("select * from people")
    shutil.copytree(county.landing, home / "landing")
    (home / DEMONSTRATION).touch()
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(erasure, "REBUILT", (*erasure.REBUILT[:2], "cut off"))
        ask(home, "erase-person", *people, "--by", "D. Officer", "--why", "order 7", exit_code=1)
    assert (home / erasure.PENDING).exists()
    said = ask(home, "run", "--as-of", "2000-01-01")
    gone = frozenset().union(*(before[person] for person in people))
    return Erased(home, frozenset(people), frozenset(names), gone, before, said, exported)


def test_people_leave_every_file(erased: Erased) -> None:
    after = records(erased.home)
    assert not erased.people & after.keys()
    assert not erased.structured & set().union(*after.values())
    pupils = [record.split("/")[0] for source, record in erased.structured if source == "exclusion"]
    assert {found.file.split("/")[0] for found in search(erased.home, pupils).found} == {"landing"}, "what agencies sent is theirs to erase"
    assert not (erased.home / "sql_history").exists()
    assert len(list((erased.home / "published").iterdir())) == 1
    assert [json.loads(file.read_text()).keys() for file in (erased.home / "alerts").glob("*/erased.json")] == [{"erased_at", "lists"}]
    assert [file.name for file in sorted(erased.exported.glob("*.*"))] == ["elsewhere.parquet", "loads.xlsx", "loads.xlsx.about.txt"]


def test_an_erasure_says_what_it_did_and_is_logged(erased: Erased) -> None:
    assert not (erased.home / erasure.PENDING).exists()
    assert "nothing found" in erased.said
    assert "Nothing more is due" in erased.said
    assert "Lists removed" in erased.said
    assert f"Exported files removed: {erased.exported / 'names.csv'}." in erased.said
    assert f"no longer as exported; find and destroy them: {erased.exported / 'moved.parquet'} (for " in erased.said
    [entry] = [one.entry for one in read(erased.home) if one.entry.kind is Kind.erasure]
    assert (entry.who, entry.why, frozenset(entry.subjects)) == ("D. Officer", "order 7", erased.people)


def test_others_stay_who_they_are(erased: Erased) -> None:
    before, after = erased.before, records(erased.home)
    assert len(erased.names) == 2
    kept = [person for person in before.keys() & after.keys() if not before[person] & erased.gone]
    assert len([person for person in kept if before[person] & after[person]]) >= 0.99 * len(kept)
    assert len(before.keys() - after.keys()) <= 0.01 * len(before) + 2


def test_what_is_held_is_not_erased_until_the_hold_is_lifted(home: Path) -> None:
    incident = str(one(home, "select min(record_id) from analyst.pair_timeline where source = 'incident'"))
    assert "hold 1:" in ask(home, "hold", "incident", incident, "--by", "A. Lawyer", "--why", "trial")
    assert "under legal hold" in ask(home, "erase-record", "incident", incident, "--by", "D", "--why", "order 8", exit_code=1)
    assert f"incident {incident}" in ask(home, "holds")
    ask(home, "lift", "1", "--by", "A. Lawyer", "--why", "trial over")
    assert "hold 1 does not stand" in ask(home, "lift", "1", "--by", "A. Lawyer", "--why", "again", exit_code=1)


def test_what_is_due_is_told_and_erased_by_review(home: Path) -> None:
    day = str(one(home, "select min(review_on) from analyst.review_dates"))
    due = one(home, f"select count(*) from analyst.review_dates where review_on <= '{day}'")
    assert "records are due" in ask(home, "due", "--as-of", day)
    assert "nothing found" in ask(home, "run", "--as-of", day)
    assert due
    assert one(home, f"select count(*) from analyst.review_dates where review_on <= '{day}'") == 0


def test_what_was_erased_does_not_come_back_with_the_same_extract(erased: Erased, county: County, tmp_path: Path) -> None:
    """It comes again with another hash."""
    landing = tmp_path / "landing"
    landing.mkdir()
    pupils = {record.split("/")[0] for source, record in erased.structured if source == "exclusion"}
    holding = [file for file in county.landing.glob("exclusions_*.csv") if any(pupil.encode() in file.read_bytes() for pupil in pupils)]
    for file in holding:
        (landing / file.name).write_bytes(file.read_bytes() + b"\n")
    assert holding
    night(erased.home, landing, county.last_as_of)
    assert not erased.structured & set().union(*records(erased.home).values())
    assert one(erased.home, "select count(*) >= 1 from analyst.rejects where reason like 'erased by order%'")
    unaccounted = "select max(abs(rows_read - rows_accepted - rows_rejected)) from analyst.loads where status = 'loaded'"
    assert one(erased.home, unaccounted) == 0


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


def test_a_backtest_takes_over_what_was_erased(erased: Erased, county: County, tmp_path: Path) -> None:
    settings = Settings(home=erased.home, landing=county.landing)
    run = Run("backtest", tmp_path / "backtest", county.last_as_of, settings, datetime(2026, 7, 1), "again", county.landing)
    by_name = {stage.name: stage for stage in stages(county.last_as_of)}
    try:
        for name in ("take over erasures", "take in", "settle versions"):
            by_name[name].act(run)
        [(turned_away,)] = run.warehouse().execute("select count(*) from ops.reject where reason = ?", [REASON]).fetchall()
    finally:
        run.close()
    assert turned_away > 0
