"""The records behind a reason: that each has acted against the other rests on open records of both, or is not said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest

from alerts.evidence import behind
from alerts.reasons import Weight, reasons

AS_OF = date(2026, 5, 31)
FLAGGED = pl.DataFrame({"pair_id": ["Pa-Pb"], "person_a": ["Pa"], "person_b": ["Pb"]})


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("pairs", "codes", "features"):
            con.execute(f"create schema {schema}")
        con.execute(
            """create table pairs.event (pair_id varchar, person_a varchar, person_b varchar, source varchar, record_id varchar, kind varchar, stance varchar,
               direction varchar, occurred_at timestamp, severity double, evidence double, is_grave boolean, is_serious boolean, weapon varchar, grade varchar,
               is_protected boolean, offence_code varchar, known_to timestamp)"""
        )
        con.execute("create table codes.event_kind as select 'assault' as kind, 'assault' as phrase")
        con.execute("create table pairs.offence as select '8N' as code, 'Assault with injury' as description")
        con.execute("create table features.feud_pair (feud_id varchar, pair_id varchar)")
        yield con


def acted(con: duckdb.DuckDBPyConnection, number: str, direction: str, *, is_protected: bool = False) -> None:
    row: list[Any] = ["Pa-Pb", "Pa", "Pb", "intelligence" if is_protected else "incident", number, "assault", "adverse", direction]
    row += ["2026-05-20", 30.0, 1.0, False, False, None, "1B" if is_protected else None, is_protected, "8N", None]
    con.execute(f"insert into pairs.event values ({', '.join('?' * len(row))})", row)


def said(con: duckdb.DuckDBPyConnection) -> list[str]:
    records = {theme: found for (_, theme), found in behind(con, FLAGGED, AS_OF).items()}
    return [reason.text for reason in reasons([Weight("reciprocity", 1.0, 0.01, True, ("reciprocity_365d",))], records, {})]


def test_each_has_acted_where_open_records_have_both_act(con: duckdb.DuckDBPyConnection) -> None:
    acted(con, "I1", "a_to_b")
    acted(con, "I2", "b_to_a")
    assert said(con) == [
        "each has acted against the other: assault with injury on 20 May 2026 (I1), assault with injury on 20 May 2026 (I2)"
    ]


def test_a_protected_report_makes_nobody_one_who_acts(con: duckdb.DuckDBPyConnection) -> None:
    acted(con, "I1", "a_to_b")
    acted(con, "R-SECRET", "b_to_a", is_protected=True)
    assert said(con) == ["protected intelligence graded 1B on 20 May 2026"]


def test_without_records_of_both_it_is_not_said(con: duckdb.DuckDBPyConnection) -> None:
    acted(con, "I1", "a_to_b")
    acted(con, "I2", "mutual")
    assert said(con) == []
