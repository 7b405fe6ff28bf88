"""The project's own linkage on any table of records: the code and the settings of the nightly run, whatever the records are."""

from __future__ import annotations

import gc
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.people.agreement import Agreement
from warehouse.people.candidates import compare_all
from warehouse.people.cleaning import RECORD_SHAPE, clean_written
from warehouse.people.kept_model import train_anew
from warehouse.people.resolve import group_records

if TYPE_CHECKING:
    import duckdb
    import polars as pl

GIVEN = {
    "record_key": "(md5_number_lower(record_id) >> 1)::bigint",
    "source": "'incident_party'",
    "counts": "true",
}


def link(con: duckdb.DuckDBPyConnection, records: str) -> pl.DataFrame:
    """record_id, person (a number) of every row of the table or query `records`: any columns of RECORD_SHAPE, record_id among them, as text or typed."""
    con.execute("attach if not exists ':memory:' as linkage")
    con.execute(f"create or replace table linkage.written as {in_shape(con, records)}")
    clean_written(con)
    work = con.cursor()
    work.execute("use linkage")
    model = train_anew(work, date.max, 0)
    compare_all(work, model)
    work.execute("alter table scored rename to edge")
    work.close()
    agreement = Agreement.as_learned(con, "linkage.name_variant", "linkage.name_term")
    gc.disable()  # as in a night's run
    try:
        grouped, clustering = group_records(con, agreement)
        con.register("found", pa.table({"record_key": grouped.key, "person": clustering.leaders()}))
        persons: pl.DataFrame = con.sql("select record_id, person from found join linkage.record using (record_key)").pl()
        return persons
    finally:
        gc.enable()


def in_shape(con: duckdb.DuckDBPyConnection, records: str) -> str:
    """A query that gives `records` all columns of the record shape; what is not told is missing, and unreadable dates are."""
    told = set(con.sql(f"select * from ({records}) limit 0").columns)
    columns = [
        f"try_cast({name} as {kind}) as {name}" if name in told else f"{GIVEN.get(name, 'null')}::{kind} as {name}"
        for name, kind in RECORD_SHAPE.items()
    ]
    return f"select {', '.join(columns)} from ({records}) order by record_key"
