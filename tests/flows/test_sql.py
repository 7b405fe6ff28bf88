"""A session on the published database reads that file and nothing else, is logged, and writes nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import duckdb
import pytest

from flows.cli.sql import run_sql
from flows.databases import NothingPublished
from flows.settings import Settings
from flows.sql_editor import EditorMissing, locking, open_editor
from flows.sql_prompt import HISTORY, completions, statements
from flows.sql_session import Answer, Form, NotAnswered, Session, open_session, written
from warehouse.audit.chain import read
from warehouse.generations import point_to


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with a small published database."""
    (tmp_path / "published").mkdir()
    file = tmp_path / "published" / "forewarn-r1.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute("create schema analyst")
        con.execute(
            "create table analyst.run as select 'r1' as run_id, date '2026-11-18' as as_of, timestamp '2026-11-19 02:40' as published_at"
        )
        con.execute("create table analyst.people as select 'P0123456789ab' as person_id, '=1+1' as display_name, -3 as records")
    point_to(tmp_path, file)
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    return Settings(home=tmp_path)


@pytest.fixture
def session(settings: Settings) -> Session:
    return open_session(settings, "a test")


@pytest.mark.parametrize(
    "query",
    [
        "select * from '{home}/secret.csv'",
        "select * from read_csv('{home}/secret.csv')",
        "select * from read_text('{home}/secret.csv')",
        "select * from read_blob('/etc/passwd')",
        "select * from glob('{home}/*')",
        "copy people to '{home}/out.csv'",
        "copy people to '/dev/stdout'",
        "export database '{home}/out'",
        "attach '{home}/other.duckdb' as other",
        "create table analyst.mine as select 1",
        "insert into people values ('x', 'y', 1)",
        "drop table people",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset enable_external_access",
        "pragma enable_profiling",
        "install httpfs",
        "load httpfs",
        "select * from secret_frame",
        "from '{home}/forewarn.duckdb'",
        "select getenv('HOME')",
    ],
)
def test_nothing_else_can_be_reached(session: Session, settings: Settings, query: str) -> None:
    secret_frame = {"a": [1]}
    with pytest.raises(NotAnswered):
        session.ask(query.format(home=settings.home))
    assert secret_frame
    assert not (settings.home / "out.csv").exists()
    assert not (settings.home / "other.duckdb").exists()


def test_an_answer_is_logged_with_who_is_shown_and_why(session: Session, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    session.ask("select person_id, display_name from people")
    logged = "".join(path.read_text() for path in settings.home.rglob("*") if path.is_file() and b"consultation" in path.read_bytes())
    assert "P0123456789ab" in logged
    assert "a test" in logged
    assert "1 rows by SQL from run r1" in logged
    assert "=1+1" not in logged, "the log says who was looked at, never what was seen"


def test_a_pupil_s_number_that_looks_like_an_id_is_in_no_log(session: Session, settings: Settings) -> None:
    session.ask("select 'P937200012345/990101/2026-01-09', 'P0123456789ab' from people")
    assert [one.entry.subjects for one in read(settings.home)] == [("P0123456789ab",)]


def test_a_csv_runs_nothing_in_a_spreadsheet(session: Session) -> None:
    answer = session.ask("select * from people")
    assert written(answer, Form.csv) == "person_id,display_name,records\nP0123456789ab,'=1+1,-3\n"
    assert json.loads(written(answer, Form.json)) == [{"person_id": "P0123456789ab", "display_name": "=1+1", "records": -3}]
    for text in ("+1", "-1", "@x", "\t=1", "\r=1"):
        assert "'" + text.strip() in written(Answer(("a",), ((text,),)), Form.csv).replace("\t", "").replace("\r", "")


def test_a_table_is_drawn_and_hides_what_moves_a_cursor() -> None:
    drawn = written(Answer(("a", "b"), (("x\x1b[2J", None), ("y" * 70, 1))), Form.table)
    assert "\x1b" not in drawn
    assert drawn.splitlines()[2] == "x [2J"
    assert drawn.splitlines()[3].split() == ["y" * 59 + "…", "1"]
    assert drawn.endswith("(2 rows)\n")


def test_one_query_or_many(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run_sql(settings, "select count(*) as n from people", None, Form.csv)
    assert capsys.readouterr().out == "n\n1\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("select 1\nas a;\nselect wrong;\nselect 2 as b"))
    run_sql(settings, None, None, Form.csv)
    said = capsys.readouterr()
    assert said.out == "a\n1\nb\n2\n"
    assert "Run r1, as of 2026-11-18" in said.err
    assert 'Referenced column "wrong"' in said.err


def test_without_a_published_database_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="run `forewarn nightly` first"):
        open_session(Settings(home=tmp_path), None)


COLUMNS = {"pairs": ("pair_id", "lane"), "people": ("person_id", "sex")}


@pytest.mark.parametrize(
    ("begun", "statement", "found"),
    [
        ("pa", "select ", ["pairs", "pair_id", "partition"]),
        ("per", "select * from people where per", ["person_id"]),
        ("people.", "select people.", ["people.person_id", "people.sex"]),
        ("analyst.pe", "from analyst.pe", ["analyst.people"]),
        ("analyst.people.s", "", ["analyst.people.sex"]),
        ("SEL", "", ["select"]),
        ("nobody.", "", []),
    ],
)
def test_names_are_completed(begun: str, statement: str, found: list[str]) -> None:
    assert completions(begun, statement, COLUMNS) == found


def test_statements_are_recalled_from_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter(["select 1", "as a;", "select 2;"])

    def answer(_prompt: str = "") -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", answer)
    assert list(statements(COLUMNS, tmp_path)) == ["select 1\nas a;", "select 2;"]
    assert (tmp_path / HISTORY).read_text().splitlines()[-2:] == ["select 1 as a;", "select 2;"]
    assert (tmp_path / HISTORY).stat().st_mode & 0o077 == 0


def test_without_the_editor_it_is_said_how_to_get_it_and_nothing_is_logged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EditorMissing, match="uv tool install harlequin"):
        open_editor(settings, by=None, why=None)
    assert list(read(settings.home)) == []


def test_the_editor_opens_the_published_file_locked_down_and_leaves_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "harlequin"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked; echo "$XDG_DATA_HOME" > {tmp_path}/kept; exit 3\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert open_editor(settings, by="A. Analyst", why="a test") == 3
    words = (tmp_path / "asked").read_text().split()
    assert words[-1] == str(tmp_path / "published" / "forewarn-r1.duckdb")
    assert {"--read-only", "--no-write-history", "--init-path"} <= set(words)
    assert not Path((tmp_path / "kept").read_text().strip()).exists()
    [entry] = [one.entry for one in read(settings.home)]
    assert (entry.who, entry.why) == ("A. Analyst", "a test")
    assert "the whole of run r1 opened in harlequin" in entry.what


def test_what_locks_the_editor_down_holds(settings: Settings) -> None:
    with duckdb.connect(str(settings.home / "forewarn.duckdb"), read_only=True) as con:
        con.execute(locking())
        assert con.execute("select records from people").fetchall() == [(-3,)]
        for query in (f"select * from '{settings.home}/secret.csv'", "set enable_external_access = true", "set lock_configuration = false"):
            with pytest.raises(duckdb.Error):
                con.execute(query)
