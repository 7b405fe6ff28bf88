"""The table features.pair_week: every feature of every pair with an adverse event in two years, week by week, as known then."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import polars as pl

from features.catalogue import ADVERSE, FEATURES, NEVER_DAYS, PERSON_FEATURES, feature_names
from features.harm import decayed, harm_points
from warehouse.timegate import visible

HISTORY_WEEKS = 53
"""A year is what is published; a training measures the weeks it learns from for itself."""
WEEKS_AT_ONCE = 13
_WORDS = ("source", "kind", "stance", "direction", "weapon")
PERSON_HALF_LIFE_DAYS = 60
_READ = """
    select pair_id, person_a, person_b, source, record_id, kind, stance, direction, severity, evidence, is_grave, is_domestic, weapon,
        occurred_at, known_at, known_from, known_to
    from pairs.event"""


def week_ends(as_of: date, weeks: int) -> list[date]:
    """The as-of date and the Sundays before it, oldest first: the days as of which the pairs are measured."""
    last_sunday = as_of - timedelta(days=(as_of.weekday() + 1) % 7)
    sundays = [last_sunday - timedelta(days=7 * n) for n in range(weeks)]
    return sorted({as_of, *sundays})


def week_of(as_of: pl.Expr) -> pl.Expr:
    """The Monday of the week ahead: the first Monday after the as-of day."""
    return as_of + pl.duration(days=8 - as_of.dt.weekday().cast(pl.Int64))


def measure(events: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    """One row a pair and as-of date with an adverse event in two years: pair_id, as_of, week and every feature. A pure function of the events.

    Weeks do not look at each other, so that they are measured a few at a time, which bounds the memory.
    """
    in_order = events.sort(
        "pair_id", "occurred_at", "source", "record_id", "kind", "direction", "known_from"
    )  # sums differ in the last digit otherwise
    lean = in_order.drop("record_id").with_columns(pl.col("pair_id", "person_a", "person_b", *_WORDS).cast(pl.Categorical))
    parts = [_measure_weeks(lean, as_ofs[at : at + WEEKS_AT_ONCE]) for at in range(0, len(as_ofs), WEEKS_AT_ONCE)]
    return pl.concat(parts).with_columns(pl.col("pair_id", "person_a", "person_b").cast(pl.String)).sort("as_of", "pair_id")


def _measure_weeks(events: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    seen = (
        visible(events, as_ofs)
        .with_columns(
            ((pl.col("as_of").cast(pl.Datetime("us")) + pl.duration(days=1) - pl.col("occurred_at")).dt.total_seconds() / 86400.0).alias(
                "age_days"
            ),
            (harm_points(pl.col("severity")) * pl.col("evidence")).alias("points"),
        )
        .filter(pl.col("age_days") <= NEVER_DAYS)
    )
    pairs = (
        seen.group_by("pair_id", "as_of")
        .agg(
            ADVERSE.any().alias("is_adverse"),
            pl.col("person_a").first(),
            pl.col("person_b").first(),
            *(f.expression.alias(f.name) for f in FEATURES),
        )
        .filter("is_adverse")
        .drop("is_adverse")
    )
    return (
        _with_people(pairs, seen)
        .with_columns(*(f.expression.fill_null(0.0).alias(f.name) for f in PERSON_FEATURES))
        .with_columns(week_of(pl.col("as_of")).alias("week"))
        .select("pair_id", "person_a", "person_b", "as_of", "week", *feature_names())
    )


def _with_people(pairs: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Adds each side's adverse events with anyone (person_events_*) and its decayed harm with anyone but the other (others_harm_*)."""
    adverse = seen.filter(ADVERSE)
    harm = decayed(pl.col("points"), pl.col("age_days"), PERSON_HALF_LIFE_DAYS)
    own = adverse.group_by("pair_id", "as_of").agg(harm.sum().alias("pair_harm"))
    sides = pl.concat([adverse.select("as_of", pl.col(f"person_{s}").alias("person_id"), "points", "age_days") for s in "ab"])
    people = sides.group_by("person_id", "as_of").agg(
        harm.sum().alias("person_harm"), (pl.col("age_days") <= 365).sum().cast(pl.Float64).alias("person_events")
    )
    table = pairs.join(own, on=["pair_id", "as_of"], how="left")
    for side in "ab":
        mine = people.rename(
            {"person_id": f"person_{side}", "person_harm": f"person_harm_{side}", "person_events": f"person_events_{side}"}
        )
        table = table.join(mine, on=[f"person_{side}", "as_of"], how="left").with_columns(
            (pl.col(f"person_harm_{side}") - pl.col("pair_harm")).clip(lower_bound=0.0).alias(f"others_harm_{side}")
        )
    return table


def read_events(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """What passed between every two people, in every version."""
    events: pl.DataFrame = con.sql(_READ).pl()
    return events


def build_features(con: duckdb.DuckDBPyConnection, history_weeks: int = HISTORY_WEEKS) -> int:
    """Writes features.pair_week for the as-of date and the Sundays before it, and features.catalogue; returns the pair-weeks written."""
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    table = measure(read_events(con), week_ends(as_of, history_weeks))
    names = pl.DataFrame([(f.name, f.meaning) for f in (*FEATURES, *PERSON_FEATURES)], schema=["name", "meaning"], orient="row")
    for name, frame in (("pair_week", table), ("catalogue", names)):
        con.register("measured", frame)
        con.execute(f"create or replace table features.{name} as select * from measured")
        con.unregister("measured")
    return table.height
