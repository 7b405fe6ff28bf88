"""The label: serious violence between the two people of a pair in the 28 days after an as-of day, as the contract defines it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import polars as pl

HORIZON_DAYS = 28
DELAY_QUANTILE = 0.9
DEFAULT_DELAY_DAYS = 14
"""Assumed until at least MIN_DELAYS serious events have shown how late they come to be known."""
MIN_DELAYS = 20


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time())


def grave_events(events: pl.DataFrame, lane: str) -> pl.DataFrame:
    """The serious events of one lane that still count: pair_id, occurred_at, known_at; an incident once, however many roles it gave the two."""
    return (
        events.filter(pl.col("is_grave") & (pl.col("is_domestic") == (lane == "domestic")) & pl.col("known_to").is_null())
        .select("pair_id", "record_id", "occurred_at", "known_at")
        .unique(["pair_id", "record_id"], maintain_order=True)
    )


def label(pair_weeks: pl.DataFrame, grave: pl.DataFrame) -> pl.Series:
    """For each row (pair_id, as_of): did a serious event between the two occur in (as_of, as_of + 28 days]?"""
    days = grave.select("pair_id", pl.col("occurred_at").dt.date().alias("day"))
    as_ofs = pair_weeks.select("as_of").unique()
    hits = (
        days.join(as_ofs, how="cross")
        .filter((pl.col("day") > pl.col("as_of")) & (pl.col("day") <= pl.col("as_of") + pl.duration(days=HORIZON_DAYS)))
        .select("pair_id", "as_of", pl.lit(True).alias("hit"))
        .unique()
    )
    keys = pair_weeks.select("pair_id", "as_of")  # a join takes every column of a frame along
    return keys.join(hits, on=["pair_id", "as_of"], how="left", maintain_order="left")["hit"].fill_null(False)


def reporting_delay_days(grave: pl.DataFrame) -> int:
    """Days within which nine of ten serious events came to be known; DEFAULT_DELAY_DAYS while there are too few to say."""
    if grave.height < MIN_DELAYS:
        return DEFAULT_DELAY_DAYS
    delay = grave.select(
        (pl.col("known_at") - pl.col("occurred_at")).dt.total_days().clip(lower_bound=0).quantile(DELAY_QUANTILE, "higher")
    ).item()
    return int(delay)


def closed(as_ofs: list[date], now: date, delay_days: int) -> list[date]:
    """The as-of days whose label is settled: 28 days and the reporting delay have passed."""
    return [d for d in as_ofs if d + timedelta(days=HORIZON_DAYS + delay_days) <= now]
