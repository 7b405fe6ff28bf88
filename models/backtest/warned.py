"""Serious events and the flags that came before them."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from features.catalogue import ADVERSE
from models.outcome import HORIZON_DAYS

TIMELY_DAYS = 7
"""A flag is in time at least so many days before the event: the group meets once a week."""
LOOK_BACK_DAYS = 56
"""... and counts for an event at most so many days later."""
ONSET_DAYS = 365


def due_events(events: pl.DataFrame, grave: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The serious events that lists of the weeks from `first` to `last` could have warned of in time, one row a pair and incident:
    event, pair_id, day, severity, is_onset, known_before and known_7d_before (the pair had adverse contact that was known by then)."""
    severity = events.filter("is_grave").group_by("pair_id", "record_id").agg(pl.col("severity").max())
    every = grave.join(severity, on=["pair_id", "record_id"], how="left", maintain_order="left").with_columns(
        pl.col("occurred_at").dt.date().alias("day")
    )
    due = (
        every.filter((pl.col("day") > first + timedelta(days=TIMELY_DAYS)) & (pl.col("day") <= last + timedelta(days=HORIZON_DAYS)))
        .sort("day", "pair_id", "record_id")
        .with_row_index("event")
    )
    earlier = (
        due.join(every.select("pair_id", pl.col("day").alias("other")), on="pair_id")
        .filter((pl.col("other") < pl.col("day")) & (pl.col("other") >= pl.col("day") - pl.duration(days=ONSET_DAYS)))["event"]
        .unique()
    )
    known = {f"known{words}_before": _known(due, events, days) for words, days in (("", 1), ("_7d", TIMELY_DAYS))}
    return due.select(
        "event",
        "pair_id",
        "day",
        "severity",
        ~pl.col("event").is_in(earlier.implode()).alias("is_onset"),
        *(pl.col("event").is_in(seen.implode()).alias(name) for name, seen in known.items()),
    )


def _known(due: pl.DataFrame, events: pl.DataFrame, days: int) -> pl.Series:
    """The events whose pair had adverse contact that had happened, was known and counted by the end of the day `days` days before."""
    end = (pl.col("day") - pl.duration(days=days - 1)).cast(pl.Datetime("us"))
    contact = events.filter(ADVERSE).select("pair_id", "occurred_at", "known_from", "known_to")
    seen = due.select("event", "pair_id", "day").join(contact, on="pair_id")
    so = (pl.col("occurred_at") < end) & (pl.col("known_from") < end) & (pl.col("known_to").is_null() | (pl.col("known_to") >= end))
    return seen.filter(so)["event"].unique()


def with_flags(due: pl.DataFrame, flags: pl.DataFrame) -> pl.DataFrame:
    """Adds to each event `lead` (days from its first flag, at most 56) and `timely_rank` (the best rank 7 to 56 days before), null without."""
    lead = (pl.col("day") - pl.col("as_of")).dt.total_days()
    before = (
        due.select("event", "pair_id", "day")
        .join(flags.select("pair_id", "as_of", "rank"), on="pair_id")
        .with_columns(lead.alias("lead"))
        .filter((pl.col("lead") >= 1) & (pl.col("lead") <= LOOK_BACK_DAYS))
        .group_by("event")
        .agg(pl.col("lead").max(), pl.col("rank").filter(pl.col("lead") >= TIMELY_DAYS).min().alias("timely_rank"))
    )
    return due.join(before, on="event", how="left", maintain_order="left")
