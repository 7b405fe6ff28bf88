"""A session on the published database reads that file and nothing else, is logged, and writes nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import duckdb
import pytest

from flows.cli.sql import run_sql
from flows.settings import Settings
from flows.sql_session import Answer, Form, NotAnswered, NothingPublished, Session, open_session, written
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
