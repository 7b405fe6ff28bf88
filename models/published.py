"""Lists as they were published, in the form of a replay, so that they are judged by the same words and figures."""

from __future__ import annotations

from datetime import date

import polars as pl

from models.backtest.replaying import FOREWARN, Replay
from models.outcome import closed, grave_events, label, reporting_delay_days

WEEKS = 13


def as_published(flags: pl.DataFrame, in_contact: pl.DataFrame, events: pl.DataFrame, lane: str, day: date) -> Replay | None:
    """The last 13 lists whose outcomes were known by a day; None if there are none.

    `flags`: as_of, pair_id, rank; `in_contact`: the lane's pair-weeks, pair_id, as_of; `events`: as known at the end of that day.
    """
    grave = grave_events(events, lane)
    delay = reporting_delay_days(grave)
    both = set(flags["as_of"].to_list()) & set(in_contact["as_of"].to_list())
    weeks = sorted(closed(sorted(both), day, delay))[-WEEKS:]
    if not weeks:
        return None
    listed = flags.filter(pl.col("as_of").is_in(weeks)).unique(["as_of", "pair_id"])
    cohort = pl.concat([in_contact.select("pair_id", "as_of"), listed.select("pair_id", "as_of")]).unique()
    rows = (
        cohort.filter(pl.col("as_of").is_in(weeks))
        .join(listed, on=["as_of", "pair_id"], how="left")
        .sort("as_of", "pair_id")
        .with_columns(
            (1.0 / pl.col("rank")).fill_null(0.0).alias(FOREWARN),
            pl.col("rank").is_not_null().alias("is_eligible"),
            pl.lit(False).alias("is_onset"),
            pl.lit(0.0).alias("score"),
        )
    )
    scored = rows.with_columns(label(rows, grave).alias("hit"))
    size = max(listed.group_by("as_of").len()["len"].to_list(), default=0)
    return Replay(events, tuple(weeks), tuple(weeks), delay, size, rows, scored, grave, ())
