"""Builds one layer of the warehouse: each file of its SQL folder is one table, made in the order of what they read, and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

import duckdb

from warehouse.transaction import transaction

SQL_FOLDER = Path(__file__).parent / "sql"

_LINE = re.compile(r"--\s*(table|grain|reads):\s*(.*)")
_NONE = "none"  # for a table whose rows may be alike, or that reads no other


class TableUndeclared(Exception):
    """A SQL file without the header that says which table it makes, its grain and what it reads."""


class TablesInCircle(Exception):
    """Tables of one layer that read each other, so that none can be made first."""


class GrainBroken(Exception):
    """A table holds more than one row where its header promises one."""


@dataclass(frozen=True)
class Table:
    """A table as its SQL file declares it. `meaning`: the sentences of its header."""

    name: str
    grain: tuple[str, ...]
    reads: tuple[str, ...]
    meaning: str
    query: str


def declared_table(file: Path) -> Table:
    """The table that a SQL file declares in its header comment."""
    text = file.read_text(encoding="utf-8")
    header = list(takewhile(lambda line: line.startswith("--"), text.splitlines()))
    said = {match[1]: match[2].strip() for line in header if (match := _LINE.fullmatch(line.strip()))}
    if missing := [word for word in ("table", "grain", "reads") if not said.get(word)]:
        raise TableUndeclared(f"{file}: the header does not say {', '.join(missing)}. Begin the file with '-- {missing[0]}: ...'")
    meaning = " ".join(line.lstrip("- ").strip() for line in header if not _LINE.fullmatch(line.strip()))
    return Table(said["table"], _names(said["grain"]), _names(said["reads"]), meaning, text)


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip() not in ("", _NONE))


def layer_tables(layer: str, folder: Path = SQL_FOLDER) -> tuple[Table, ...]:
    """The tables of a layer, each after those it reads."""
    tables = {table.name: table for table in map(declared_table, sorted((folder / layer).glob("*.sql")))}
    order = TopologicalSorter({table.name: [read for read in table.reads if read in tables] for table in tables.values()})
    try:
        return tuple(tables[name] for name in order.static_order())
    except CycleError as error:
        raise TablesInCircle(f"layer {layer}: {' reads '.join(reversed(error.args[1]))}. One of them must not read the other") from error


def build(con: duckdb.DuckDBPyConnection, layer: str, folder: Path = SQL_FOLDER) -> None:
    """Makes every table of a layer anew, all or none. Raises GrainBroken with the table's name and how many rows are too many."""
    make(con, layer_tables(layer, folder))


def make(con: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Makes tables anew in the catalog in use, in the order given, all or none. Raises GrainBroken."""
    with transaction(con):
        for table in tables:
            _make(con, table)
            _check_grain(con, table)


def _make(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    try:
        con.execute(f"create or replace table {table.name} as\n{table.query}")
    except duckdb.Error as error:
        error.add_note(f"while making {table.name}")
        raise


def _check_grain(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    if not table.grain:
        return
    columns = ", ".join(table.grain)
    query = f"select count(*), coalesce(sum(rows - 1), 0) from (select count(*) as rows from {table.name} group by {columns} having count(*) > 1)"
    keys, surplus = con.execute(query).fetchall()[0]
    if keys:
        raise GrainBroken(
            f"{table.name} must hold one row per {columns}, but {keys} of these have more: {surplus} rows too many. "
            "Mend its SQL, or what it reads"
        )
