"""What is measured of a list, as counts a pair: every measure is a ratio of two sums, so that pairs can be drawn again."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from models.backtest.warned import TIMELY_DAYS, with_flags

SHORT_LIST = 20
LEAD_DAYS = (7, 14, 28)
AGAIN_DAYS = 56
"""A pair that comes back within eight weeks of leaving was not done with."""


@dataclass(frozen=True)
class Ratio:
    """A measure: its name, what it says, the counts it divides, and whether more of it is better."""

    name: str
    meaning: str
    top: str
    bottom: str
    is_share: bool = True


RATIOS: tuple[Ratio, ...] = (
    Ratio("precision", "of the pair-weeks listed, followed by serious violence between the two within 28 days", "hits", "listed"),
    Ratio("precision_at_20", "the same for the first 20 of each list", "hits_20", "listed_20"),
    Ratio("recall", "of all serious events, flagged 7 to 56 days before", "timely", "due"),
    Ratio(
        "recall_known",
        "of serious events between pairs with adverse contact known before, flagged 7 to 56 days before",
        "timely_known",
        "due_known",
    ),
    Ratio("recall_at_20", "of all serious events, among the first 20 of a list 7 to 56 days before", "timely_20", "due"),
    Ratio("harm_recall", "of the harm of all serious events by severity weight, flagged 7 to 56 days before", "harm_timely", "harm_due"),
    Ratio("onset_precision", "precision of the listed pairs without a serious event in the year before", "onset_hits", "onset_listed"),
    Ratio("onset_recall", "recall of serious events without one between the same two in the year before", "onset_timely", "onset_due"),
    *(
        Ratio(f"lead_{days}d", f"of the events flagged at all, first flagged at least {days} days before", f"lead_{days}d", "flagged")
        for days in LEAD_DAYS
    ),
    Ratio("burden", "pair-weeks listed for each serious event flagged in time", "listed", "timely", is_share=False),
    Ratio("new_a_week", "of a list, not on that of the week before", "arrived", "listed_later"),
    Ratio("spell_weeks", "weeks in a row that a pair stays on the list, mean", "weeks_on", "spells", is_share=False),
    Ratio("reflagged", "of the pairs that left the list, listed again within 56 days", "again", "left"),
)


def counts(
    flags: pl.DataFrame, due: pl.DataFrame, settled: tuple[object, ...], list_size: int, reached: pl.DataFrame | None = None
) -> pl.DataFrame:
    """A row a pair, with every count that RATIOS name. `flags`: pairs on the list of each replayed week, cut at the list's size or later.

    `reached`: the flags that can have warned of an event, where they are others than those that take a place on the list.
    """
    listed = flags.filter(pl.col("rank") <= list_size)
    tables = [_listing(listed, settled), _warning(with_flags(due, listed if reached is None else reached)), _staying(listed)]
    joined = tables[0]
    for table in tables[1:]:
        joined = joined.join(table, on="pair_id", how="full", coalesce=True)
    return joined.fill_null(0).sort("pair_id")


def _listing(listed: pl.DataFrame, settled: tuple[object, ...]) -> pl.DataFrame:
    hit, short, onset = pl.col("hit"), pl.col("rank") <= SHORT_LIST, pl.col("is_onset")
    judged = listed.filter(pl.col("as_of").is_in(settled))
    return judged.group_by("pair_id").agg(
        pl.len().alias("listed"),
        hit.sum().alias("hits"),
        short.sum().alias("listed_20"),
        (hit & short).sum().alias("hits_20"),
        onset.sum().alias("onset_listed"),
        (hit & onset).sum().alias("onset_hits"),
    )


def _warning(due: pl.DataFrame) -> pl.DataFrame:
    timely, onset, known = pl.col("timely_rank").is_not_null(), pl.col("is_onset"), pl.col("known_before")
    return due.group_by("pair_id").agg(
        pl.len().alias("due"),
        timely.sum().alias("timely"),
        known.sum().alias("due_known"),
        (timely & known).sum().alias("timely_known"),
        pl.col("known_7d_before").sum().alias("due_known_7d"),
        (pl.col("timely_rank") <= SHORT_LIST).sum().alias("timely_20"),
        pl.col("severity").sum().alias("harm_due"),
        (pl.col("severity") * timely).sum().alias("harm_timely"),
        onset.sum().alias("onset_due"),
        (timely & onset).sum().alias("onset_timely"),
        pl.col("lead").is_not_null().sum().alias("flagged"),
        *((pl.col("lead") >= days).sum().alias(f"lead_{days}d") for days in LEAD_DAYS),
    )


def spells(listed: pl.DataFrame) -> pl.DataFrame:
    """Runs of weeks in a row on the list: pair_id, began, ended (the last Sunday on it), weeks, and the days until the pair was listed again."""
    gap = (pl.col("as_of") - pl.col("as_of").shift(1).over("pair_id")).dt.total_days()
    runs = listed.sort("pair_id", "as_of").with_columns((gap.is_null() | (gap > 7)).cum_sum().alias("spell"))
    return (
        runs.group_by("pair_id", "spell")
        .agg(pl.col("as_of").min().alias("began"), pl.col("as_of").max().alias("ended"), pl.len().alias("weeks"))
        .sort("pair_id", "began")
        .with_columns((pl.col("began").shift(-1).over("pair_id") - pl.col("ended")).dt.total_days().alias("days_off"))
    )


def _staying(listed: pl.DataFrame) -> pl.DataFrame:
    first, last = listed["as_of"].min(), listed["as_of"].max()
    could_return = pl.col("ended") <= pl.lit(last) - pl.duration(days=AGAIN_DAYS + TIMELY_DAYS)
    found = (
        spells(listed.unique(["as_of", "pair_id"]))
        .group_by("pair_id")
        .agg(
            pl.len().alias("spells"),
            pl.col("weeks").sum().alias("weeks_on"),
            (pl.col("began") > pl.lit(first)).sum().alias("arrived"),
            could_return.sum().alias("left"),
            (could_return & (pl.col("days_off") <= AGAIN_DAYS)).sum().alias("again"),
        )
    )
    later = listed.filter(pl.col("as_of") > pl.lit(first)).group_by("pair_id").agg(pl.len().alias("listed_later"))
    return found.join(later, on="pair_id", how="left")
