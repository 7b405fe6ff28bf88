"""forewarn export through the command: what a profile does not name is in no file, nothing runs in a spreadsheet, all is logged, and erasure finds it."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from alerts.weekly_list import write_weekly_list
from flows.cli.main import app
from flows.export_files import read_texts
from flows.exported import exported
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind

PUPIL = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b")
WHY = "meeting of 3 March"


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exporting") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    return place


@pytest.fixture(scope="module")
def listed(home: Path) -> Path:
    """The same home, with a list issued."""
    write_weekly_list(home, None, datetime(2026, 4, 20, 6, 30))
    return home


def ask(home: Path, what: str, file: Path, profile: str, exit_code: int = 0) -> str:
    words = ["export", what, "--to", str(file), "--profile", profile, "--why", WHY, "--home", str(home)]
    asked = CliRunner().invoke(app, words)
    assert asked.exit_code == exit_code, (asked.output, asked.exception)
    return asked.output or str(asked.exception)


def test_before_a_list_is_issued_only_the_database_can_be_exported(home: Path, tmp_path: Path) -> None:
    assert "none has been issued" in ask(home, "flagged_pairs", tmp_path / "out.csv", "council_csp", exit_code=1)
    assert list(tmp_path.iterdir()) == []


def test_an_export_of_the_database_is_whole_logged_noted_and_without_pupil_numbers(home: Path, tmp_path: Path) -> None:
    said = ask(home, "person_records", tmp_path / "records.parquet", "analyst")
    frame = pl.read_parquet(tmp_path / "records.parquet")
    with analyst(home) as con:
        rows, pupils = con.execute("select count(*), count(*) filter (source = 'exclusion') from analyst.person_records").fetchall()[0]
        people = {person for (person,) in con.execute("select person_id from analyst.people").fetchall()}
    assert f"{rows:,} rows, 4 columns" in said
    assert frame.filter(pl.col("record_id").str.starts_with("school ")).height == pupils > 0
    assert {found for text in read_texts(tmp_path / "records.parquet") for found in PUPIL.findall(text)} <= people
    entry = list(read(home))[-1].entry
    assert (entry.kind, entry.recipient, entry.why) == (Kind.disclosure, "the force's cleared analysts", WHY)
    assert set(frame["person_id"]) <= set(entry.subjects)
    assert not any(PUPIL.search(one) and one not in people for one in entry.subjects)
    assert exported(home)[-1].file == str(tmp_path / "records.parquet")
    about = (tmp_path / "records.parquet.about.txt").read_text(encoding="utf-8")
    assert "OFFICIAL-SENSITIVE" in about
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


def test_ids_of_people_and_pairs_are_never_taken_for_pupil_numbers(home: Path, tmp_path: Path) -> None:
    ask(home, "select pair_id from pairs order by 1", tmp_path / "pairs.parquet", "analyst")
    with analyst(home) as con:
        assert pl.read_parquet(tmp_path / "pairs.parquet").rows() == con.execute("select pair_id from analyst.pairs order by 1").fetchall()


def test_names_without_ids_are_logged_under_their_ids(home: Path, tmp_path: Path) -> None:
    ask(home, "select display_name from people order by person_id limit 1", tmp_path / "names.csv", "analyst")
    with analyst(home) as con:
        [(person,)] = con.execute("select min(person_id) from analyst.people").fetchall()
    assert person in list(read(home))[-1].entry.subjects


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_profile_s_tables_hold_what_it_names_and_nothing_else(form: str, listed: Path, tmp_path: Path) -> None:
    ask(listed, "flagged_people", tmp_path / f"people.{form}", "council_csp")
    ask(listed, "pair_timeline", tmp_path / f"events.{form}", "council_csp")
    texts = " ".join([*read_texts(tmp_path / f"people.{form}"), *read_texts(tmp_path / f"events.{form}")])
    with analyst(listed) as con:
        ids = [one for row in con.execute("select pair_id, person_a, person_b from analyst.flagged_pairs").fetchall() for one in row]
        summaries = [text for (text,) in con.execute("select summary from analyst.pair_timeline where summary is not null").fetchall()]
        [(name,)] = con.execute(
            "select display_name from analyst.flagged_people join analyst.flagged_pairs using (lane, pair_id) "
            "where lane = 'conflict' and rank = 1 and side = 'a'"
        ).fetchall()
    assert name in texts
    assert [one for one in [*ids, *summaries] if one in texts] == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("people", "Table with name people does not exist"),
        ("select pair_id from flagged_pairs", "pair_id"),
        ("select * from analyst.person_records", "does not exist"),
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("select 1; select 2", "one query that selects"),
        ("copy flagged_pairs to 'out.csv'", "one query that selects"),
    ],
)
def test_no_query_tells_more_than_the_profile(query: str, said: str, listed: Path, tmp_path: Path) -> None:
    assert said in ask(listed, query, tmp_path / "out.csv", "council_csp", exit_code=1)
    assert list(tmp_path.iterdir()) == []


def test_no_profile_no_form_no_file(home: Path, tmp_path: Path) -> None:
    assert "press: no such profile" in ask(home, "people", tmp_path / "out.csv", "press", exit_code=1)
    assert "give a file that ends in" in ask(home, "people", tmp_path / "out.doc", "analyst", exit_code=1)
    assert list(tmp_path.iterdir()) == []
