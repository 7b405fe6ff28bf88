"""The table features.pair_week from night to night: weeks as known then are kept, tonight's is added, and what can have changed is measured anew.

The result is what measuring everything would give, to the last digit. Whatever cannot be shown to be unaffected is measured: all of it when the code
that measures is another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

import warehouse.timegate
from features.catalogue import FEATURES, PERSON_FEATURES
from features.changes import pairs_changed
from features.pair_week import READ, week_ends
from features.partition import Measurer, measured_here
from features.persons import OWN_RECORDS
from warehouse.transaction import transaction

HISTORY_WEEKS = 53
"""A year is what is published; a training measures the weeks it learns from for itself."""
NIGHTS_TOLD = 30
"""So long it is told which pairs were measured anew on which night (features.measured_anew); whoever asks later has to take everything as new."""
EVENTS = f"from ({READ}) union all by name from ({OWN_RECORDS})"
TABLES = """
    create table if not exists features.measured (night integer, as_of date, code varchar, days date[]);
    create table if not exists features.measured_anew (night integer, as_of date, pair_id varchar)"""
"""features.measured_anew: a whole as-of day has no pair_id, a pair on all days no as_of, everything neither."""


@dataclass(frozen=True)
class _Last:
    """The last night that measured: its number, the days that its rows are of, and the code that made them."""

    night: int
    days: tuple[date, ...]
    code: str


def build_features(
    con: duckdb.DuckDBPyConnection, history_weeks: int = HISTORY_WEEKS, measured: Measurer = measured_here, *, anew: bool = False
) -> int:
    """Brings features.pair_week to the as-of date and the Sundays before it, and writes features.catalogue; returns the pair-weeks there.

    `anew`: everything is measured, and nothing kept; the rows are the same. `measured` does what measured_here does, here or elsewhere.
    """
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    days = week_ends(as_of, history_weeks)
    names = pl.DataFrame([(f.name, f.meaning) for f in (*FEATURES, *PERSON_FEATURES)], schema=["name", "meaning"], orient="row")
    con.execute(f"create or replace temp table event_tonight as {EVENTS}")
    with transaction(con):
        con.execute(TABLES)
        last = _last(con)
        kept = [day for day in days if last and not anew and last.code == code() and day in last.days and day < as_of]
        if last and kept:
            _keep(con, kept, [day for day in days if day not in kept], night=last.night + 1, measured=measured)
        else:
            _measure_all(con, days, night=last.night + 1 if last else 1, measured=measured)
        _note(con, as_of, days)
        _write(con, "catalogue", names)
    con.execute("drop table event_tonight")
    [(pair_weeks,)] = con.execute("select count(*) from features.pair_week").fetchall()
    return int(pair_weeks)


def code() -> str:
    """Changes with the code of this room, with the time gate, and with the versions of what adds the figures up."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(warehouse.timegate.__file__)]
    texts = [*(file.read_text(encoding="utf-8") for file in files), pl.__version__, np.__version__, duckdb.__version__]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _last(con: duckdb.DuckDBPyConnection) -> _Last | None:
    """The last night, if what it left is all there."""
    there = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'features' and table_name in ('pair_week', 'measured_event')"
    )
    if there.fetchall() != [(2,)]:
        return None
    rows = con.execute("select night, days, code from features.measured").fetchall()
    return _Last(rows[0][0], tuple(rows[0][1]), rows[0][2]) if rows else None


def _measure_all(con: duckdb.DuckDBPyConnection, days: list[date], *, night: int, measured: Measurer) -> None:
    is_first = True
    for rows in measured(con, "event_tonight", days, None):
        _write(con, "pair_week", rows, is_first=is_first)
        is_first = False
    con.execute("delete from features.measured_anew")
    con.execute("insert into features.measured_anew values (?, null, null)", [night])


def _keep(con: duckdb.DuckDBPyConnection, kept: list[date], new: list[date], *, night: int, measured: Measurer) -> None:
    changed = pairs_changed(con, "features.measured_event", "event_tonight", kept)
    con.execute("create or replace temp table pair_changed (pair_id varchar)")
    con.register("changed", changed)
    con.execute("insert into pair_changed from changed")
    con.unregister("changed")
    con.execute("delete from features.pair_week where as_of not in (select unnest($kept::date[]))", {"kept": kept})
    if changed.height:
        con.execute("delete from features.pair_week where pair_id in (from pair_changed)")
        for rows in measured(con, "event_tonight", kept, "pair_changed"):
            _write(con, "pair_week", rows, is_first=False)
    for rows in measured(con, "event_tonight", new, None):
        _write(con, "pair_week", rows, is_first=False)
    _tell(con, new, night)
    con.execute("drop table pair_changed")


def _tell(con: duckdb.DuckDBPyConnection, new: list[date], night: int) -> None:
    """Keeps in features.measured_anew what was measured tonight, and gathers what is long past in one row."""
    con.execute("insert into features.measured_anew select $night, unnest($new::date[]), null", {"night": night, "new": new})
    con.execute("insert into features.measured_anew select $night, null, pair_id from pair_changed", {"night": night})
    oldest = night - NIGHTS_TOLD
    if con.execute("select 1 from features.measured_anew where night <= ? limit 1", [oldest]).fetchall():
        con.execute("delete from features.measured_anew where night <= ?", [oldest])
        con.execute("insert into features.measured_anew values (?, null, null)", [oldest])


def _note(con: duckdb.DuckDBPyConnection, as_of: date, days: list[date]) -> None:
    """Keeps the events that the rows rest on, for the next night to hold its own against."""
    con.execute("create or replace table features.measured_event as from event_tonight")
    con.execute(
        """insert into features.measured
           select (select max(night) from features.measured_anew), $as_of, $code, $days::date[]""",
        {"as_of": as_of, "code": code(), "days": days},
    )
    con.execute("delete from features.measured where night < (select max(night) from features.measured_anew)")


def _write(con: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame, *, is_first: bool = True) -> None:
    con.register("measured", rows)
    con.execute(
        f"{'create or replace table' if is_first else 'insert into'} features.{table} {'as ' if is_first else ''}select * from measured"
    )
    con.unregister("measured")
