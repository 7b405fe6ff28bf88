"""Publishes the analysts' database: built whole in a new file, then put in place of the last one in a single step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.build import layer_tables
from warehouse.dictionary import TABLES, comments
from warehouse.generations import FOLDER, point_to

GENERATIONS_KEPT = 3
STORAGE_VERSION = "v1.5.0"
"""So that analysts' older tools still open the file."""
MEMORY = "2.5GB"
"""The engine may have less while it publishes, if it may have more: it would fill all with pages of the warehouse, read once, beside what the night holds."""


@dataclass(frozen=True)
class Run:
    """What the published file says of the run that made it."""

    run_id: str
    published_at: datetime
    list_size: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """Where the database is, and the rows of each of its tables."""

    path: Path
    rows: dict[str, int]


def publish(con: duckdb.DuckDBPyConnection, home: Path, run: Run) -> Published:
    """Builds HOME/published/forewarn-<run>.duckdb, lets HOME/forewarn.duckdb point to it, and removes all but the last generations."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"forewarn-{run.run_id}.duckdb"
    building = target.with_suffix(".building")
    for leftover in folder.glob("*.building*"):
        leftover.unlink()
    with _in_little_memory(con):
        rows = _build(con, building, run)
    building.chmod(0o600)
    _sync(building)
    building.replace(target)
    point_to(home, target)
    _forget(folder, target)
    return Published(target, rows)


@contextmanager
def _in_little_memory(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    [(before, little)] = con.execute(
        "select parse_formatted_bytes(current_setting('memory_limit')), parse_formatted_bytes(?)", [MEMORY]
    ).fetchall()
    con.execute(f"set memory_limit = '{min(before, little)}B'")
    try:
        yield
    finally:
        con.execute(f"set memory_limit = '{before + 1}B'")  # the engine tells its limit rounded down, and would tell less each time


def _build(con: duckdb.DuckDBPyConnection, path: Path, run: Run) -> dict[str, int]:
    # without a log of writes: a file that was cut off in the making is removed, never mended
    options = f"storage_version '{STORAGE_VERSION}', recovery_mode no_wal_writes"
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as published ({options})")
    try:
        con.execute("create schema published.analyst")
        rows = {}
        for table in layer_tables("analyst"):
            con.execute(f"create table published.{table.name} as\n{table.query}")
            rows[table.name] = int(con.execute(f"select count(*) from published.{table.name}").fetchall()[0][0])
        _write_run(con, run)
        _comment(con)
        con.execute("checkpoint published")
    finally:
        con.execute("detach published")
    return rows


def _write_run(con: duckdb.DuckDBPyConnection, run: Run) -> None:
    con.execute(
        """create table published.analyst.run as
           select $run_id as run_id, as_of, $published_at::timestamp as published_at, $list_size::integer as list_size, $warnings::varchar[] as warnings,
               (select any_value(scorer) from scores.scorer where lane = 'conflict' and is_chosen) as scorer,
               (select any_value(meaning) from scores.scorer where lane = 'conflict' and is_chosen) as scorer_note,
               (select any_value(calibration) from scores.scorer where lane = 'conflict') as calibration_note
           from known.as_of""",
        {"run_id": run.run_id, "published_at": run.published_at, "list_size": run.list_size, "warnings": list(run.warnings)},
    )


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    """Writes each table's and column's meaning into the database; a column that the dictionary does not know is an error of ours."""
    features = dict(con.execute("select name, meaning from features.catalogue").fetchall())
    there = con.execute("select table_name, column_name from information_schema.columns where table_catalog = 'published'").fetchall()
    for table in {t for t, _ in there}:
        con.execute(f"comment on table published.analyst.{table} is {_quoted(TABLES[table].meaning)}")
    for table, column, meaning in comments(there, features):
        con.execute(f'comment on column published.analyst.{table}."{column}" is {_quoted(meaning)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _forget(folder: Path, latest: Path) -> None:
    generations = sorted((p for p in folder.glob("forewarn-*.duckdb") if p != latest), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in generations[GENERATIONS_KEPT - 1 :]:
        old.unlink()
