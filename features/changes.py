"""Whose past measures can no longer be as they were: what became known otherwise since the last night, and whom it concerns.

What a pair was as known on a past day changes when people are merged or split, when a record comes late, is corrected or withdrawn, or when a severity
weight is set anew. All of that shows in the events, as pair_week.read_events gives them, and is looked for nowhere else.
"""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from features.catalogue import NEVER_DAYS
from features.company import COMPANY, PAIRS
from features.persons import OWN
from warehouse.timegate import shown_on

LOOKED_AT = (
    "pair_id", "person_a", "person_b", "source", "record_id", "kind", "stance", "direction", "severity", "evidence", "is_grave", "weapon",
    "occurred_at", "known_from", "known_to",
)  # fmt: skip
"""The columns of an event that its measures are made from, the order of summing included."""
_COLUMNS = ", ".join(LOOKED_AT)
DIFFERENCE = f"""
    select 1 as sign, * from (select {_COLUMNS} from {{now}} except all select {_COLUMNS} from {{before}})
    union all
    select -1, * from (select {_COLUMNS} from {{before}} except all select {_COLUMNS} from {{now}})"""
CONCERNED = f"""
    with {PAIRS}, person as (select 0 as part, person_id from person_changed), {COMPANY}
    select distinct pair_id from company where is_adverse"""


def pairs_changed(con: duckdb.DuckDBPyConnection, before: str, now: str, days: list[date]) -> pl.DataFrame:
    """pair_id of the pairs whose measures of some past days can differ between two tables of events, of the last night and of tonight."""
    people = people_changed(con.sql(DIFFERENCE.format(before=before, now=now)).pl(), days)
    con.register("person_changed", people)
    both = f"(select {_COLUMNS} from {before} union all select {_COLUMNS} from {now})"
    found: pl.DataFrame = con.sql(CONCERNED.format(events=both)).pl()
    con.unregister("person_changed")
    return found


def people_changed(differing: pl.DataFrame, days: list[date]) -> pl.DataFrame:
    """person_id of those in events (columns LOOKED_AT; `sign` 1: came, -1: went) that were visible on any of the days and are not, or the other way."""
    first, after = shown_on(differing, pl.Series(days, dtype=pl.Date).sort())
    oldest = pl.lit(min(days)).cast(pl.Datetime("us")) - pl.duration(days=NEVER_DAYS)
    shown = differing.with_columns(first.alias("first"), after.alias("after")).filter(
        (pl.col("first") < pl.col("after")) & ((pl.col("stance") == OWN) | (pl.col("occurred_at") >= oldest))
    )
    same = [name for name in (*LOOKED_AT, "first", "after") if name != "known_to"]
    left = shown.group_by(same).agg(pl.col("sign").sum()).filter(pl.col("sign") != 0)
    return pl.concat([left["person_a"], left["person_b"]]).drop_nulls().unique().to_frame("person_id")
