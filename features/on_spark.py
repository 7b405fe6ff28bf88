"""The pairs measured in parts by Spark: features/partition.py says what goes into a part and measures it, Spark has the parts and the workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import polars as pl

from features.partition import Measurer, find_routes, measure_part
from warehouse.spark import Exchange

EVENTS_A_PART = 20_000
"""So many of its own a part has, about: with those of their company and a year's pair-weeks, some hundreds of megabytes in a worker."""
PARTS_A_CORE = 2
ROWS_AT_ONCE = 1_000_000


def on_spark(exchange: Exchange, parts: int | None = None) -> Measurer:
    """Measures as partition.measured_here does, to the same rows in the same order, on the session's workers."""

    def measured(con: duckdb.DuckDBPyConnection, events: str, as_ofs: list[date], asked: str | None = None) -> Iterator[pl.DataFrame]:
        [(size,)] = con.execute(f"select count(*) from {asked or events}").fetchall()
        split = parts or max(1 + size // EVENTS_A_PART, PARTS_A_CORE * exchange.cores)
        given = exchange.give("event", con.table(events))
        routes = exchange.give("route", find_routes(con, events, split, asked))
        return _read(con, exchange.take("measured", _measure(given, routes, as_ofs)))

    return measured


def _measure(events: Any, routes: Any, as_ofs: list[date]) -> Any:
    """Spark's table of pair-weeks, from its tables of events and of what goes where."""
    from pyspark.sql.pandas.types import from_arrow_schema

    of_pairs = events.join(routes.where("pair_id is not null").drop("person_id"), "pair_id")
    of_people = events.where("stance = 'own'").join(
        routes.where("person_id is not null").drop("pair_id").withColumnRenamed("person_id", "person_a"), "person_a"
    )
    given = of_pairs.unionByName(of_people)
    shape = from_arrow_schema(measure_part(given.limit(0).drop("part").toArrow(), as_ofs).schema)
    return given.groupBy("part").applyInArrow(lambda part: measure_part(part.drop_columns("part"), as_ofs), shape)


def _read(con: duckdb.DuckDBPyConnection, found: str) -> Iterator[pl.DataFrame]:
    cursor = con.cursor()
    rows = cursor.sql("select * from read_parquet($found) order by as_of, pair_id", params={"found": found}).to_arrow_reader(ROWS_AT_ONCE)
    yield pl.DataFrame(rows.schema.empty_table())
    for some in rows:
        yield pl.DataFrame(some)
