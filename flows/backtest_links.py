"""Who is who as could be known then: people resolved at the end of each month of a backtest, and its events between people as they stood when it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from flows.run import Run
from flows.stage import Counts

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from models.backtest.then_links import LinkedThen

SCHEMA = "linked_then"
LEDGER = ("judgement", "judged_record")
PERSON_RECORD = "select source, record_id, person_id from people.person_record"


def take_over_erasures(run: Run) -> Counts:
    """Copies the tombstones of HOME, so that what was erased there does not come back here."""
    from warehouse.retention.tombstones import create_tombstones

    create_tombstones(run.warehouse())
    return {"records erased before": _copied(run, "ops", ("erased",))}


def take_over_judgements(run: Run) -> Counts:
    """Copies the ledger of judgements of HOME; the gate lets through what had been judged by a day."""
    return {"judgements": _copied(run, "people", LEDGER)}


def _copied(run: Run, schema: str, tables: tuple[str, ...]) -> int:
    """Copies tables of HOME's warehouse, where they are there; returns the rows of the first."""
    from warehouse.connection import FILE

    kept, con = run.settings.home / FILE, run.warehouse()
    if not kept.exists():
        return 0
    quoted = str(kept).replace("'", "''")
    con.execute(f"attach '{quoted}' as kept (read_only)")
    try:
        there = con.execute("select table_name from duckdb_tables() where database_name = 'kept' and schema_name = ?", [schema]).fetchall()
        for table in tables:
            con.execute(f"delete from {schema}.{table}")
            if (table,) in there:
                con.execute(f"insert into {schema}.{table} by name select * from kept.{schema}.{table}")
    finally:
        con.execute("detach kept")
    [(rows,)] = con.execute(f"select count(*) from {schema}.{tables[0]}").fetchall()
    return int(rows)


def months_of(first: date, last: date) -> list[date]:
    """The training days of the Sundays from `first` to `last`: by what was known on them, a month's lists are linked and scored."""
    from models.backtest.replaying import sundays
    from models.monthly import training_day

    return sorted({training_day(week) for week in sundays(first, last)})


def link_months(first: date, run: Run) -> Counts:
    """Resolves people as of the training day of each month, and keeps the events of every month but the last (`link_last_month`)."""
    from warehouse.code_lists import load_code_lists
    from warehouse.people.resolve import resolve_people
    from warehouse.timegate import open_gate

    con, months = run.warehouse(), months_of(first, run.as_of)
    con.execute(f"create schema if not exists {SCHEMA}")
    load_code_lists(con, run.settings.severity_weights)
    merged = split = 0
    for n, month in enumerate(months):
        run.tell(f"linking as of {month}", n, len(months))
        open_gate(con, month)
        found = resolve_people(con)
        merged, split = merged + found.merged, split + found.split
        con.execute(f"create or replace table {_table('person_record', month)} as {PERSON_RECORD}")
        if n:
            _keep_events(con, months[n - 1])
    return {"months linked": len(months), "people merged meanwhile": merged, "people split meanwhile": split}


def link_last_month(first: date, run: Run) -> Counts:
    """Keeps the events of the last month, when the people of the backtest's end are resolved."""
    months = months_of(first, run.as_of)
    return {"events": _keep_events(run.warehouse(), months[-1])} if months else {}


def linked_months(first: date, run: Run) -> Iterator[LinkedThen]:
    """What was kept, month by month."""
    from models.backtest.then_links import LinkedThen

    con = run.warehouse()
    for month in months_of(first, run.as_of):
        yield LinkedThen(month, *(con.sql(f"from {_table(what, month)}").pl() for what in ("event", "held")))


def linked_today(run: Run) -> pl.DataFrame:
    """Whose each record is at the end of the backtest."""
    today: pl.DataFrame = run.warehouse().sql(PERSON_RECORD).pl()
    return today


def _table(what: str, month: date) -> str:
    return f"{SCHEMA}.{what}_{month:%Y%m%d}"


def _keep_events(con: duckdb.DuckDBPyConnection, month: date) -> int:
    """Pairs up what is known at the gate with everybody as they were held on `month`, and puts tonight's people back."""
    from features.pair_week import read_events
    from models.backtest.then_links import held_links
    from warehouse.build import build
    from warehouse.people.people_tables import PERSON
    from warehouse.reports.claims import read_claims

    con.execute(f"create or replace table {SCHEMA}.tonight as from people.person_record")
    held = held_links(con.sql(f"from {_table('person_record', month)}").pl(), con.sql("from people.person_record").pl())
    try:
        _replace(con, "people.person_record", held)
        con.execute(PERSON)
        read_claims(con)
        build(con, "pairs")
        events = read_events(con)
    finally:
        con.execute(f"create or replace table people.person_record as from {SCHEMA}.tonight")
        con.execute(PERSON)
    _replace(con, _table("event", month), events)
    _replace(con, _table("held", month), held.select("source", "record_id", "person_id"))
    return events.height


def _replace(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    con.register("kept_frame", frame.to_arrow())
    con.execute(f"create or replace table {table} as from kept_frame")
    con.unregister("kept_frame")
