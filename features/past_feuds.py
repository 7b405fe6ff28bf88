"""Who was in which feud on past days, kept from night to night: what hangs together is grouped again only where its ties are no longer as they were.

How people are grouped depends on nobody whom no tie leads to, over however many others, so that each such part of a day is a matter by itself.
"""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from features.groups import LEAST_CONFLICT, LEAST_PEOPLE, feuds, ties
from features.kept_weeks import code
from warehouse.transaction import transaction

TABLE = """
    create table if not exists features.past_feud
        (code varchar, as_of date, part ubigint, feud_id varchar, person_id varchar)"""
"""A row a person in a feud; a part in which there is none has one row without feud and person."""


def past_people(con: duckdb.DuckDBPyConnection, events: pl.DataFrame, days: list[date]) -> pl.DataFrame:
    """as_of, feud_id, person_id of the feuds of some days, as feuds(ties(events, days)) says, and keeps them for the next night."""
    con.execute(TABLE)
    kept = con.sql("select * exclude (code) from features.past_feud where code = $code", params={"code": code()}).pl()
    tied = parted(ties(events, days))
    before = tied.select("as_of", "part").unique().join(kept, on=["as_of", "part"])
    found = pl.concat([before, _grouped(tied.join(kept, on=["as_of", "part"], how="anti"))])
    con.register("past", found.with_columns(pl.lit(code()).alias("code")))
    with transaction(con):
        con.execute("delete from features.past_feud")
        con.execute("insert into features.past_feud by name select * from past")
    con.unregister("past")
    return found.drop("part").drop_nulls().sort("as_of", "feud_id", "person_id")


def _grouped(tied: pl.DataFrame) -> pl.DataFrame:
    """as_of, part, feud_id, person_id of some parts."""
    people, _ = feuds(tied.drop("part"))
    sides = pl.concat(tied.select("as_of", "part", pl.col(side).alias("person_id")) for side in ("person_a", "person_b")).unique()
    found = sides.join(people.select("as_of", "feud_id", "person_id"), on=["as_of", "person_id"])
    none = tied.select("as_of", "part").unique().join(found, on=["as_of", "part"], how="anti")
    columns = ["as_of", "part", "feud_id", "person_id"]
    return pl.concat([found.select(columns), none.with_columns(feud_id=pl.lit(None, pl.String), person_id=pl.lit(None, pl.String))])


def parted(tied: pl.DataFrame) -> pl.DataFrame:
    """The ties that may make a feud, with the number of the part of their day: made of its ties, and the same while they are."""
    nodes = pl.concat(tied.select(_node(side)) for side in ("person_a", "person_b"))["node"]
    ends = tied.with_columns(nodes.head(tied.height).alias("a"), nodes.tail(tied.height).alias("b"))
    is_live = pl.col("conflict") >= LEAST_CONFLICT
    fighting = pl.concat(ends.filter(is_live).select(pl.col(end).alias("node")) for end in "ab").unique()["node"].implode()
    some = ends.filter(is_live | ((pl.col("ally") > 0) & pl.col("a").is_in(fighting) & pl.col("b").is_in(fighting)))
    names = pl.concat([some["a"], some["b"]]).unique().sort()
    a, b = (some[end].cast(pl.Enum(names)).to_physical().to_numpy() for end in "ab")
    _, part = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(len(names), len(names))), directed=False)
    is_many = (np.bincount(part, minlength=1) >= LEAST_PEOPLE)[part[a]]
    many = some.with_columns(pl.Series("at", part[a])).filter(pl.Series(is_many, dtype=pl.Boolean))
    said = pl.struct("pair_id", "conflict", "ally", pl.col("days").cast(pl.List(pl.String)).list.join(","))
    return many.with_columns(said.hash(0).sum().over("at").alias("part")).drop("a", "b", "at")


def _node(side: str) -> pl.Expr:
    return pl.concat_str(pl.col("as_of").cast(pl.String), pl.col(side)).alias("node")
