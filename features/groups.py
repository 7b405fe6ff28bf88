"""Groups in conflict: people held together by conflicts that are alive, from features.pair_week of the as-of date."""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

ALIVE_EVENTS_365D = 2
"""A single event with someone does not draw a person into a feud."""
LEAST_PEOPLE = 3


def feuds(pair_weeks: pl.DataFrame) -> pl.DataFrame:
    """feud_id, pair_id for every pair in a group of three people or more joined by live conflicts (columns pair_id, person_a, person_b, events_365d).

    A feud is called after the first of its people by id, so that it keeps its name while that person stays in it.
    """
    alive = pair_weeks.filter(pl.col("events_365d") >= ALIVE_EVENTS_365D).select("pair_id", "person_a", "person_b")
    empty = pl.DataFrame(schema={"feud_id": pl.String, "pair_id": pl.String, "person_a": pl.String, "person_b": pl.String})
    if not alive.height:
        return empty
    people = pl.concat([alive["person_a"], alive["person_b"]]).unique().sort()
    a, b = (people.search_sorted(alive[f"person_{s}"]).to_numpy() for s in "ab")
    _, group = connected_components(coo_matrix((np.ones(len(a)), (a, b)), shape=(len(people), len(people))), directed=False)
    members = pl.DataFrame({"person_id": people, "group": group}).with_columns(
        pl.len().over("group").alias("people"),
        pl.concat_str(pl.lit("F"), pl.col("person_id").min().over("group").str.slice(1)).alias("feud_id"),
    )
    return (
        alive.join(members.select(pl.col("person_id").alias("person_a"), "people", "feud_id"), on="person_a")
        .filter(pl.col("people") >= LEAST_PEOPLE)
        .select(empty.columns)
        .sort("feud_id", "pair_id")
    )


def build_feuds(con: duckdb.DuckDBPyConnection) -> int:
    """Writes features.feud_pair (conflict lane, as-of date); returns the number of feuds."""
    weeks = con.sql(
        """select week.pair_id, week.person_a, week.person_b, week.events_365d from features.pair_week as week
           join known.as_of using (as_of) join pairs.pair on pair.pair_id = week.pair_id and pair.lane = 'conflict'"""
    ).pl()
    found = feuds(weeks)
    con.register("feuds_found", found)
    con.execute("create or replace table features.feud_pair as select * from feuds_found")
    con.unregister("feuds_found")
    return int(found["feud_id"].n_unique())
