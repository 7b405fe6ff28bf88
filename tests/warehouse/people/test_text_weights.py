"""What signs weigh is learned from the reports known when the model was trained, and stays so until the next."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from tests.warehouse.people.test_resolve import HEAD, _street
from warehouse.people import kept_model
from warehouse.people.resolve import resolve_people
from warehouse.people.signs import Weights

REPORT = "report_id | handling_code | text\n"
SUBJECT = "report_id | subject_no | surname | forenames | date_of_birth\n"
WEIGHTS = "select * from people.model_weight order by sign"
FOUND = "select report_id, span_start, record_id, person_id from people.text_span order by all"


def _report(con: duckdb.DuckDBPyConnection, parties: list[str], first: int, recorded_at: str) -> None:
    """A report on each of the parties, who is its subject and named in its text."""
    people = [[cell.strip() for cell in row.split("|")] for row in parties]
    columns = [cell.strip() for cell in HEAD.strip().split("|")]
    named = [dict(zip(columns, row, strict=True)) for row in people]
    told = list(enumerate((one for one in named if one["forenames"] and one["surname"]), start=first))
    tell(
        con, "intelligence", REPORT + "\n".join(f"R{n} | P | {one['forenames']} {one['surname']} is angry." for n, one in told), recorded_at
    )
    subjects = (f"R{n} | 1 | {one['surname']} | {one['forenames']} | {one['date_of_birth']}" for n, one in told)
    tell(con, "intelligence_subject", SUBJECT + "\n".join(subjects), recorded_at)


@pytest.fixture
def con(monkeypatch: pytest.MonkeyPatch) -> duckdb.DuckDBPyConnection:
    """Records that were known when the model was trained."""
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(_street(20, 3)), "2025-08-01 12:00:00")
    return con


def _learned(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    return dict(con.execute(WEIGHTS).fetchall())


def test_later_reports_do_not_change_what_was_learned(con: duckdb.DuckDBPyConnection) -> None:
    rows = _street(20, 3)
    _report(con, rows[:20], 1, "2025-08-02 12:00:00")
    resolve_people(con)
    learned = _learned(con)
    assert learned != Weights().by_meaning()
    _report(con, rows[20:40], 100, "2026-02-02 12:00:00")
    con.execute("update known.as_of set as_of = date '2026-02-02'")
    resolve_people(con)
    night_by_night = con.execute(FOUND).fetchall()
    assert _learned(con) == learned
    for (table,) in con.execute("select table_name from information_schema.tables where table_schema = 'people'").fetchall():
        con.execute(f"drop table people.{table}")
    resolve_people(con)
    assert _learned(con) == learned
    assert con.execute(FOUND).fetchall() == night_by_night


def test_judgements_stand_until_reports_are_known_when_a_model_is_trained(con: duckdb.DuckDBPyConnection) -> None:
    _report(con, _street(20, 3)[:20], 1, "2026-01-02 12:00:00")
    resolve_people(con)
    assert _learned(con) == Weights().by_meaning()
    con.execute("update known.as_of set as_of = date '2026-04-01'")
    resolve_people(con)
    assert _learned(con) != Weights().by_meaning()
