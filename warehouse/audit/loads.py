"""Which files were taken in since the log last said so: a load is logged once, also when a run is cut off between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class CollectedFile:
    """A file read, whatever became of it."""

    load_id: int
    file: str
    sha256: str
    status: str
    rows_accepted: int
    rows_rejected: int


def not_logged(con: duckdb.DuckDBPyConnection) -> list[CollectedFile]:
    """The loads that the log does not have yet, in the order they came."""
    con.execute("create table if not exists ops.logged_load (load_id integer primary key)")
    rows = con.execute(
        "select load_id, file, sha256, status, coalesce(rows_accepted, 0), coalesce(rows_rejected, 0) from ops.load "
        "where load_id not in (select load_id from ops.logged_load) order by load_id"
    ).fetchall()
    return [CollectedFile(*row) for row in rows]


def mark_logged(con: duckdb.DuckDBPyConnection, files: list[CollectedFile]) -> None:
    """Notes that the log has these; called once it is on disk, so that a cut leaves a load logged twice rather than not at all."""
    if files:
        con.executemany("insert into ops.logged_load values (?) on conflict do nothing", [[one.load_id] for one in files])
