"""The working warehouse: one DuckDB file that one run at a time writes to, attached to a connection in memory."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.people import judgements
from warehouse.sources.loading import create_ledger
from warehouse.sources.punctuality import create_punctuality
from warehouse.sources.typing_sql import create_landing, define_macros
from warehouse.upgrading import keep_copy, mark_newest, migrate, newest_version, refuse_newer, version_of

FILE = "warehouse.duckdb"
SPILL = "spill"
SCHEMAS = ("landing", "core", "known", "people", "pairs", "features", "scores", "alerts", "ops")

# Analysts' older tools open files of this version; DuckDB 2 would write a newer one.
STORAGE_VERSION = "v1.5.0"


DAMAGED = ("checksum", "Corrupt", "not a valid DuckDB database file", "Could not read enough bytes")


class WarehouseUnavailable(Exception):
    """The working file cannot be opened: another run holds it, or it is no DuckDB file."""


def open_warehouse(home: Path, memory_limit: str = "4GB") -> duckdb.DuckDBPyConnection:
    """A connection whose default catalog is HOME/warehouse.duckdb, made with its schemas and its landing tables if it is not there.

    An older one is brought to the newest shape, with a copy kept. Raises WarehouseUnavailable, WarehouseTooNew.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    con = duckdb.connect(
        config={
            "memory_limit": memory_limit,
            "temp_directory": str(home / SPILL),
            # a closed network: nothing is fetched, and a missing extension is an error at once
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    left = list((home / SPILL).glob("*"))
    try:
        con.execute("set enable_progress_bar = false")  # a long statement would draw one into logs
        _attach(con, home / FILE)
        _remove(left)
        _bring_forward(con, home / FILE)
        for schema in SCHEMAS:
            con.execute(f"create schema if not exists {schema}")
        create_ledger(con)
        create_punctuality(con)
        create_landing(con)
        judgements.create_ledger(con)
        mark_newest(con)
        define_macros(con)
    except BaseException:
        con.close()
        raise
    return con


def _remove(left: list[Path]) -> None:
    """Removes what a killed run left of its overflow: rows in the clear, which the engine never finds again. Whoever holds the warehouse may."""
    for file in left:
        file.unlink(missing_ok=True)


def _bring_forward(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Uses the attached warehouse, in the newest shape."""
    version, newest = version_of(con), newest_version()
    if version is None or version == newest:
        con.execute("use warehouse")
        return
    refuse_newer(file, version, newest)
    con.execute("checkpoint warehouse")
    con.execute("detach warehouse")
    keep_copy(file, version)
    _attach(con, file)
    con.execute("use warehouse")
    migrate(con, version)


def _attach(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    quoted = str(file).replace("'", "''")
    try:
        con.execute(f"attach '{quoted}' as warehouse (storage_version '{STORAGE_VERSION}')")
    except duckdb.Error as error:
        raise WarehouseUnavailable(f"{file}: cannot be opened: {_why(error)}") from error


def _why(error: duckdb.Error) -> str:
    said = str(error).strip().splitlines()[0]
    if "Could not set lock on file" in said:
        return f"another program has it open. Close that, or wait until the other run has ended, then run this again. ({said})"
    if any(phrase in said for phrase in DAMAGED):
        return f"it is damaged. Restore the last backup with `forewarn restore`, and have the disk looked at. ({said})"
    return f"see that it is a file of this user's and that the disk works, then run this again. ({said})"
