"""The table features.pair_week: every feature of every pair with an adverse event in two years, week by week, as known then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import duckdb
import numpy as np
import polars as pl

from features.catalogue import ADVERSE, FEATURES, NEVER_DAYS, PERSON_FEATURES, Feature, feature_names
from features.harm import harm_points
from features.neighbours import number_of, of_each
from features.persons import OWN, OWN_RECORDS, own_records, with_people
from warehouse.timegate import shown_on, shown_places

WEEKS_AT_ONCE, ROWS_AT_ONCE = 13, 2_000_000
"""So many weeks are measured together, fewer where the events are many: what a county's size may not change is the memory."""
_NOT_LOOKED_AT = ("record_id", "severity", "is_domestic", "occurred_at", "known_at", "known_from", "known_to")
"""Columns of an event that no expression of a measure needs once it is known to be visible, and how old it is."""
IS_ADVERSE = "adverse events"
_WORDS = ("source", "kind", "stance", "direction", "weapon")
READ = """
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


def measure(events: pl.DataFrame, as_ofs: list[date], asked: pl.Series | None = None) -> pl.DataFrame:
    """One row a pair and as-of date with an adverse event in two years: pair_id, as_of, week and every feature. A pure function of the events.

    Weeks do not look at each other, so that they are measured a few at a time, which bounds the memory. `asked`: the pair_ids to measure, all
    unless given; the other events are there for what they say of the same people (features/partition.py finds which are needed).
    """
    return pl.concat(measured_in_turn(events, as_ofs, asked))


def measured_in_turn(events: pl.DataFrame, as_ofs: list[date], asked: pl.Series | None = None) -> Iterator[pl.DataFrame]:
    """The rows of `measure` some weeks at a time, in order of as-of date and pair."""
    in_order = _shown(events, as_ofs).sort(
        "pair_id", "occurred_at", "source", "record_id", "kind", "direction", "known_from"
    )  # sums differ in the last digit otherwise
    coded, names = numbered(in_order)
    own = own_records(coded)
    lean = coded.filter(pl.col("stance") != OWN)
    if asked is not None:
        lean = lean.with_columns(names["pair_id"].is_in(asked.implode()).gather(lean["pair_id"]).alias("is_asked"))
    lean = lean.with_columns(pl.col(_WORDS).cast(pl.Categorical))
    days, at_once = sorted(set(as_ofs)), max(1, min(WEEKS_AT_ONCE, ROWS_AT_ONCE // max(lean.height, 1)))
    for at in range(0, len(days), at_once):
        rows = _measure_weeks(lean, own, days[at : at + at_once])
        yield rows.with_columns(names[name].gather(rows["pair_id"]).alias(name) for name in names.columns)


def numbered(events: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pairs and people as numbers in the order of their ids, and pair_id, person_a and person_b by the number of the pair: texts are compared once."""
    names = events.filter(pl.col("stance") != OWN).select("pair_id", "person_a", "person_b").unique("pair_id").sort("pair_id")
    people = pl.concat([events["person_a"], events["person_b"]]).cast(pl.String).drop_nulls().unique().sort()
    numbers = {"pair_id": names["pair_id"], "person_a": people, "person_b": people}
    return events.with_columns(pl.col(name).cast(pl.Enum(ids)).to_physical() for name, ids in numbers.items()), names


def _shown(events: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    """The events that any of the days looks at: a night asks of one day, and of five years' events most are long past."""
    first, after = shown_on(events, pl.Series(as_ofs, dtype=pl.Date).sort())
    oldest = pl.lit(min(as_ofs)).cast(pl.Datetime("us")) - pl.duration(days=NEVER_DAYS)
    return events.filter((pl.col("stance") == OWN) | (first < after) & (pl.col("occurred_at") >= oldest))


def _measure_weeks(events: pl.DataFrame, own: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    seen = seen_on(events, as_ofs)
    return (
        with_people(of_pairs(seen.filter("is_asked") if "is_asked" in seen.columns else seen, FEATURES), seen, own)
        .with_columns(*(f.expression.fill_null(0.0).alias(f.name) for f in PERSON_FEATURES))
        .with_columns(week_of(pl.col("as_of")).alias("week"))
        .select("pair_id", "person_a", "person_b", "as_of", "week", *feature_names())
    )


def seen_on(events: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    """The events (of numbered pairs, in order of pair) visible on each day, with their age and points; those of one pair and day are neighbours."""
    dates = pl.Series("as_of", as_ofs, dtype=pl.Date).sort()
    rows, days = (part.to_numpy() for part in shown_places(events, dates))
    by_day = np.argsort(days.astype(np.uint16), kind="stable")
    lean = events.with_columns((harm_points(pl.col("severity")) * pl.col("evidence")).alias("points")).drop(_NOT_LOOKED_AT, strict=False)
    as_of = dates.gather(days[by_day])
    age = (as_of.cast(pl.Datetime("us")).dt.offset_by("1d") - events["occurred_at"].gather(rows[by_day])).dt.total_seconds() / 86400.0
    is_late = (age <= NEVER_DAYS).to_numpy()
    seen: pl.DataFrame = lean[rows[by_day][is_late]].with_columns(
        as_of.filter(is_late).alias("as_of"), age.filter(is_late).alias("age_days")
    )
    return seen.with_columns(number_of("pair_id").alias("pair_and_day"))


def of_pairs(seen: pl.DataFrame, features: Sequence[Feature]) -> pl.DataFrame:
    """A row a pair and day with an adverse event: pair_id, as_of and the features that its own events give."""
    shared = [name for name in ("pair_id", "as_of", "person_a", "person_b") if name in seen.columns]
    measures = {IS_ADVERSE: ADVERSE.sum(), **{f.name: f.expression for f in features}}
    return of_each(seen, "pair_and_day", shared, measures).filter(pl.col(IS_ADVERSE) > 0).drop(IS_ADVERSE)


def read_events(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """What passed between every two people, in every version, and what is known of each of them alone (stance 'own', without a pair)."""
    between = con.sql(READ).pl()
    own = con.sql(OWN_RECORDS).pl()
    events: pl.DataFrame = pl.concat([between, own], how="diagonal_relaxed")
    return events
