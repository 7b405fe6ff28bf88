"""Legal holds: what must not be erased, whatever its review date or an order says, until the hold is lifted; a ledger only added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


class HoldUnknown(ValueError):
    """A hold is lifted that is not there, or lifted already."""


@dataclass(frozen=True)
class Hold:
    """A record that is held; `by` and `why` of who asked for it."""

    hold_id: int
    source: str
    record_id: str
    by: str
    why: str
    at: datetime


def create_holds(con: duckdb.DuckDBPyConnection) -> None:
    """Makes ops.hold where it is not there yet."""
    con.execute(
        "create table if not exists ops.hold (hold_id integer, source varchar, record_id varchar, made_by varchar, why varchar, "
        "made_at timestamp, lifts integer)"
    )


def place(con: duckdb.DuckDBPyConnection, records: list[tuple[str, str]], *, by: str, why: str, at: datetime) -> int:
    """Holds records (source, record_id) under one number, which it returns."""
    create_holds(con)
    number = _next(con)
    con.executemany("insert into ops.hold values (?, ?, ?, ?, ?, ?, null)", [[number, *record, by, why, at] for record in records])
    return number


def lift(con: duckdb.DuckDBPyConnection, number: int, *, by: str, why: str, at: datetime) -> None:
    """Lifts all of a hold. Raises HoldUnknown."""
    if number not in {hold.hold_id for hold in standing(con)}:
        raise HoldUnknown(f"hold {number} does not stand: `forewarn retention holds` shows those that do")
    con.execute("insert into ops.hold values (?, null, null, ?, ?, ?, ?)", [_next(con), by, why, at, number])


def standing(con: duckdb.DuckDBPyConnection) -> list[Hold]:
    """The holds that stand, a row for each record."""
    create_holds(con)
    rows = con.execute(
        "select hold_id, source, record_id, made_by, why, made_at from ops.hold "
        "where lifts is null and hold_id not in (select lifts from ops.hold where lifts is not null) order by hold_id, source, record_id"
    ).fetchall()
    return [Hold(*row) for row in rows]


def _next(con: duckdb.DuckDBPyConnection) -> int:
    [(number,)] = con.execute("select coalesce(max(hold_id), 0) + 1 from ops.hold").fetchall()
    return int(number)
