"""Settles the versions of records: of all that were received, or, when a night brought little, only of those that its loads touch.

Which rows are a record's is known once they are typed, and a record's versions rest on its own rows (a subject's also on its report's). So the same
SQL is run over the rows of the touched records alone, in memory, and what it makes takes the place of what stood for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

import duckdb

from warehouse.build import Table, layer_tables, make
from warehouse.contracts import EXTRACTS, Extract
from warehouse.sources.typing_sql import macros
from warehouse.transaction import transaction

RECORDS = tuple(extract.record for extract in EXTRACTS)
NEW_AT_MOST = 0.25
"""Of all rows; where a night brings more, settling everything anew is no dearer."""

_RECEIVED = frozenset(f"core.received_{record}" for record in RECORDS)
_NOTE = "core.settled_load"


def settle_versions(con: duckdb.DuckDBPyConnection) -> None:
    """Brings core.* forward by the loads that came since it was settled, or makes it anew. Raises GrainBroken."""
    if _is_settled(con) and _is_little(con):
        _bring_forward(con)
    else:
        settle_anew(con)


def settle_anew(con: duckdb.DuckDBPyConnection) -> None:
    """Makes core.* of all that was received. Raises GrainBroken."""
    con.execute(f"drop table if exists {_NOTE}")  # should this be cut off, the next night begins from nothing
    make(con, _tables())
    con.execute(f"create table {_NOTE} as select load_id, $definition as definition from ops.load where status = 'loaded'", _by_this_code())


@cache
def _tables() -> tuple[Table, ...]:
    return layer_tables("core")


def _received() -> list[Table]:
    """The tables of rows as received: each row as it came, typed."""
    return [table for table in _tables() if table.name in _RECEIVED]


def _settled() -> list[Table]:
    """The tables of versions, which stand for records."""
    return [table for table in _tables() if table.name not in _RECEIVED]


@cache
def _definition() -> str:
    """What settles versions, so that other code begins from nothing."""
    texts = [*(table.query for table in _tables()), *map(str, macros().items())]
    return sha256("\n".join(texts).encode()).hexdigest()


def _by_this_code() -> dict[str, str]:
    return {"definition": _definition()}


def _is_settled(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether core.* was settled by this code, of just the rows that the loads it knows of have in landing."""
    there = con.execute("select schema_name || '.' || table_name from duckdb_tables() where database_name = 'warehouse'").fetchall()
    if not {_NOTE, *(table.name for table in _tables())} <= {name for (name,) in there}:
        return False
    [(settled, others)] = con.execute(
        f"select count(*), count(*) filter (definition <> $definition) from {_NOTE}", _by_this_code()
    ).fetchall()
    return bool(settled) and not others and all(_has_just_its_rows(con, extract) for extract in EXTRACTS)


def _has_just_its_rows(con: duckdb.DuckDBPyConnection, extract: Extract) -> bool:
    [(landed, received, strange)] = con.execute(
        f"""select (select count(*) from landing.{extract.name} where load_id in (select load_id from {_NOTE})),
                count(*), count(*) filter (load_id not in (select load_id from {_NOTE})) from core.received_{extract.record}"""
    ).fetchall()
    return landed == received and not strange


def _is_little(con: duckdb.DuckDBPyConnection) -> bool:
    [(new, rows)] = con.execute(
        f"""select coalesce(sum(rows_accepted) filter (load_id not in (select load_id from {_NOTE})), 0), sum(rows_accepted)
            from ops.load where status = 'loaded'"""
    ).fetchall()
    return bool(new <= NEW_AT_MOST * rows)


def _bring_forward(con: duckdb.DuckDBPyConnection) -> None:
    new = con.execute(f"select load_id from ops.load where status = 'loaded' and load_id not in (select load_id from {_NOTE})").fetchall()
    if not new:
        return
    with _aside(con, [load_id for (load_id,) in new]):
        make(con, _received())
        _gather(con)
        make(con, _settled())
        with transaction(con):
            _put_in_place(con)


@contextmanager
def _aside(con: duckdb.DuckDBPyConnection, new: list[int]) -> Iterator[None]:
    """A catalog in memory in which landing.* holds the rows of new loads alone, in use while it lasts."""
    con.execute("attach ':memory:' as settling")
    try:
        for schema in ("landing", "ops", "core"):
            con.execute(f"create schema settling.{schema}")
        con.execute("create table settling.ops.new_load as select unnest(?::integer[]) as load_id", [new])
        con.execute("create view settling.ops.load as from warehouse.ops.load")
        for extract in EXTRACTS:
            con.execute(
                f"""create view settling.landing.{extract.name} as from warehouse.landing.{extract.name}
                    where load_id in (select load_id from settling.ops.new_load)"""
            )
        con.execute("use settling")
        yield
    finally:
        con.execute("use warehouse")
        con.execute("detach settling")


def _gather(con: duckdb.DuckDBPyConnection) -> None:
    """Adds the earlier rows of every record that a new row touches: a report's subjects go with it, and it with them."""
    touched = " union ".join(f"select '{record}' as source, record_id from core.received_{record}" for record in RECORDS)
    con.execute(
        f"""create table core.touched as {touched}
            union select 'intelligence', content.report_id from core.received_intelligence_subject
            union select 'intelligence_subject', record_id from warehouse.core.received_intelligence_subject
            where content.report_id in (
                select record_id from core.received_intelligence union select content.report_id from core.received_intelligence_subject)"""
    )
    for record in RECORDS:
        con.execute(
            f"""insert into core.received_{record} by name from warehouse.core.received_{record}
                where record_id in (select record_id from core.touched where source = '{record}')"""
        )


def _put_in_place(con: duckdb.DuckDBPyConnection) -> None:
    """The new rows join the others; all that was settled of the touched records gives way to what is settled of them now."""
    for record in RECORDS:
        con.execute(
            f"""insert into warehouse.core.received_{record} by name from core.received_{record}
                where load_id in (select load_id from ops.new_load)"""
        )
    for table in _settled():
        con.execute(f"delete from warehouse.{table.name} where {_is_touched(table)}")
        con.execute(f"insert into warehouse.{table.name} by name from {table.name}")
    con.execute(f"insert into warehouse.{_NOTE} select load_id, $definition from ops.new_load", _by_this_code())


def _is_touched(table: Table) -> str:
    if "source" in table.grain:
        return "(source, record_id) in (select (source, record_id) from core.touched)"
    return f"record_id in (select record_id from core.touched where source = '{table.name.removeprefix('core.')}')"
