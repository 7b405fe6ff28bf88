"""The shape of the warehouse over the years: an older one is brought forward on opening, with a copy kept; a newer one is refused.

warehouse/migrations/NNNN_what.sql takes a warehouse from version NNNN-1 to NNNN. Only tables that one night leaves for the next
need one (landing, ops, people, alerts): all others are made anew each night. A new warehouse is made in the newest shape by the code
itself, so each migration says `if exists` and `if not exists`, and a test holds both ways against each other.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb

from warehouse.transaction import transaction

FOLDER = Path(__file__).parent / "migrations"
FIRST = 1
"""The version of a warehouse from before versions were kept."""
COPIES = "before_upgrade"

_NAME = re.compile(r"(\d{4})_\w+\.sql")


class WarehouseTooNew(Exception):
    """The warehouse was made by a later Forewarn than this one."""


def migrations(folder: Path = FOLDER) -> dict[int, Path]:
    """The migrations by the version that each leads to, in order."""
    return {int(match[1]): file for file in sorted(folder.iterdir()) if (match := _NAME.fullmatch(file.name))}


def newest_version(folder: Path = FOLDER) -> int:
    """The version that this code writes."""
    return max(migrations(folder), default=FIRST)


def version_of(con: duckdb.DuckDBPyConnection) -> int | None:
    """The version of the attached warehouse; None when nothing is in it yet."""
    tables = con.execute("select schema_name || '.' || table_name from duckdb_tables() where database_name = 'warehouse'").fetchall()
    if not tables:
        return None
    if ("ops.schema_version",) not in tables:
        return FIRST
    [(version,)] = con.execute("select max(version) from warehouse.ops.schema_version").fetchall()
    return FIRST if version is None else int(version)


def refuse_newer(file: Path, version: int, newest: int) -> None:
    """Raises WarehouseTooNew: nothing is ever taken back to an older shape."""
    if version > newest:
        raise WarehouseTooNew(
            f"{file} has schema version {version}, and this Forewarn knows versions up to {newest}: it was made by a later one. "
            "Install that one again, or restore a backup made before it with `forewarn restore`."
        )


def keep_copy(file: Path, version: int) -> Path:
    """Copies a closed warehouse to before_upgrade/warehouse-v<version>.duckdb beside it, in place of copies of earlier upgrades."""
    folder = file.parent / COPIES
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{file.stem}-v{version}.duckdb"
    part = copy.with_suffix(".part")
    shutil.copyfile(file, part)
    part.chmod(0o600)
    part.replace(copy)
    for earlier in set(folder.iterdir()) - {copy}:
        earlier.unlink()
    return copy


def migrate(con: duckdb.DuckDBPyConnection, version: int, folder: Path = FOLDER) -> None:
    """Brings the warehouse in use forward, a transaction for each step, so that an interrupted upgrade goes on where it stopped."""
    for number, file in migrations(folder).items():
        if number > version:
            with transaction(con):
                con.execute(file.read_text(encoding="utf-8"))
                _mark(con, number)


def mark_newest(con: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> None:
    """Writes the newest version into a warehouse that carries none."""
    _make_table(con)
    if not con.execute("select 1 from ops.schema_version").fetchall():
        _mark(con, newest_version(folder))


def _mark(con: duckdb.DuckDBPyConnection, version: int) -> None:
    _make_table(con)
    con.execute("insert into ops.schema_version values (?)", [version])


def _make_table(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema if not exists ops")
    con.execute("create table if not exists ops.schema_version (version integer)")
