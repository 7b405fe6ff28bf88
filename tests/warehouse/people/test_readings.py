"""Texts are read once: again only when they, what their subjects are called, or the names known in them have changed."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from warehouse.people import kept_model
from warehouse.people.mentions import Reader
from warehouse.people.resolve import resolve_people

PARTIES = "incident_id | party_no | role | surname | forenames | date_of_birth\n"
KNOWN = PARTIES + "\n".join(f"I{n} | 1 | SUSPECT | {surname} | {forename} | 1990-02-0{n}" for n, (forename, surname) in enumerate(
    [("Callum", "Doyle"), ("Tyrone", "Mensah"), ("Priya", "Rai"), ("Zofia", "Kowalska"), ("Ethan", "Shaw")], start=1
))  # fmt: skip
REPORTS = """
    report_id | handling_code | text
    R1        | P             | Callum Doyle has fallen out with Tyrone Mensah.
    R2        | P             | Priya Rai was seen with Qadir Zzyzx and (Sparky).
    R3        | P             | Ethan Shaw owes money to a man called Smokes (Smokes).
"""
SPANS = "select report_id, span_start, span_end, record_id, record_source, person_id is null from people.text_span order by all"


def _night(con: duckdb.DuckDBPyConnection, as_of: date) -> list[str]:
    """Resolve as of a day; gives back the reports that were read."""
    con.execute("update known.as_of set as_of = ?", [as_of])
    read = []
    wrapped = Reader.read_mentions

    def noting(self: Reader, report_id: str, *rest: object) -> object:
        read.append(report_id)
        return wrapped(self, report_id, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "read_mentions", noting)
        resolve_people(con)
    return read


@pytest.fixture
def con(monkeypatch: pytest.MonkeyPatch) -> duckdb.DuckDBPyConnection:
    """A warehouse whose model is old enough to be kept, after a first night on three reports."""
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 5)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", KNOWN, "2025-08-01 12:00:00")
    tell(con, "intelligence", REPORTS)
    assert _night(con, date(2026, 2, 1)) == ["R1", "R2", "R3"]
    return con


def _from_nothing(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    fresh = open_known(date(2026, 2, 2))
    for table in ("incident_party", "intelligence", "intelligence_subject"):
        fresh.register("held", con.sql(f"select * from known.{table}").to_arrow_table())
        fresh.execute(f"insert into known.{table} by name select * from held")
    resolve_people(fresh)
    return fresh


@pytest.mark.parametrize(
    ("table", "drawn", "read"),
    [
        ("incident_party", "", []),
        ("intelligence", "report_id | handling_code | text\nR4 | P | Zofia Kowalska is afraid.", ["R4"]),
        ("incident_party", PARTIES + "I9 | 1 | SUSPECT | Zzyzx | Qadir | 1991-03-04", ["R2"]),
        ("incident_party", PARTIES + "I9 | 1 | SUSPECT | Mensah | Priya | 1991-03-04", []),
        ("intelligence_subject", "report_id | subject_no | surname | forenames\nR1 | 1 | Doyle | Callum", ["R1"]),
    ],
    ids=["nothing new", "a new report", "a record with names that a text has", "a record with known names", "a new subject"],
)
def test_only_what_would_be_read_otherwise_is_read(con: duckdb.DuckDBPyConnection, table: str, drawn: str, read: list[str]) -> None:
    if drawn:
        tell(con, table, drawn)
    assert _night(con, date(2026, 2, 2)) == read
    assert con.execute(SPANS).fetchall() == _from_nothing(con).execute(SPANS).fetchall()


def test_a_text_that_was_changed_is_read_again_and_one_that_is_gone_is_forgotten(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update known.intelligence set text = 'Ethan Shaw is away.' where report_id = 'R3'")
    con.execute("delete from known.intelligence where report_id = 'R1'")
    assert _night(con, date(2026, 2, 2)) == ["R3"]
    assert con.execute("select report_id from people.reading order by 1").fetchall() == [("R2",), ("R3",)]
    assert con.execute(SPANS).fetchall() == _from_nothing(con).execute(SPANS).fetchall()


def test_other_code_reads_everything_anew(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.people.readings.definition_id", lambda: "other")
    assert _night(con, date(2026, 2, 2)) == ["R1", "R2", "R3"]
