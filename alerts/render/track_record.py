"""How the scores of earlier lists have done: entries of settled lists, and what followed each within 28 days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import polars as pl

from alerts.profiles import LANES
from alerts.render.changes import renamed
from alerts.render.content import Scorecard, TrackBand
from alerts.render.published import lacking
from models.outcome import HORIZON_DAYS, closed, label, reporting_delay_days

LIMITS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.01)
"""Bands of score that are counted together; the last takes in 1."""
LOOK_BACK_DAYS = 365


@dataclass(frozen=True)
class TrackRecord:
    """What earlier lists of the last year came to; `judged_after_days` is how old a list must be to be judged."""

    bands: tuple[TrackBand, ...]
    scorecard: Scorecard | None
    judged_after_days: int

    def of(self, score: float) -> TrackBand:
        """The band that a score falls into."""
        return next(band for band in self.bands if band.low <= score < band.high)


def read_track_records(
    con: duckdb.DuckDBPyConnection, as_of: date, issued: Collection[date], merged: Mapping[str, str]
) -> dict[str, TrackRecord]:
    """For each lane, from analyst.flag_history and the serious violence known since: of the domestic lane, that flagged as domestic.

    Counted is the last list of each week; `issued` are the days whose list went to the group, the newest settled one of which is the scorecard's.
    Raises NotPublishedError when a column is missing.
    """
    try:
        return {lane: _of_lane(con, lane, as_of, issued, merged) for lane in LANES}
    except duckdb.BinderException as error:
        raise lacking(error) from error


def _of_lane(con: duckdb.DuckDBPyConnection, lane: str, as_of: date, issued: Collection[date], merged: Mapping[str, str]) -> TrackRecord:
    grave = con.sql(_SERIOUS, params={"lane": lane}).pl()
    delay = reporting_delay_days(grave)
    listed = con.sql(_LISTED, params={"lane": lane, "day": as_of, "since": as_of - timedelta(days=LOOK_BACK_DAYS)}).pl()
    listed = listed.with_columns(pl.col("pair_id").map_elements(lambda pair: renamed(pair, merged), return_dtype=pl.String))
    settled = closed(listed["as_of"].unique().to_list(), as_of, delay)
    listed = listed.filter(pl.col("as_of").is_in(settled))
    listed = listed.with_columns(label(listed, grave).alias("followed"))
    weekly = listed.filter(pl.col("is_last_of_week"))
    judged = max((day for day in settled if day in issued), default=None)
    return TrackRecord(
        bands=tuple(_band(weekly, low, high) for low, high in pairwise(LIMITS)),
        scorecard=_scorecard(listed.filter(pl.col("as_of") == judged), judged) if judged else None,
        judged_after_days=HORIZON_DAYS + delay,
    )


def _band(listed: pl.DataFrame, low: float, high: float) -> TrackBand:
    there = listed.filter((pl.col("score") >= low) & (pl.col("score") < high))
    return TrackBand(low, high, there.height, int(there["followed"].sum()), round(float(there["score"].sum()), 2))


def _scorecard(listed: pl.DataFrame, as_of: date) -> Scorecard:
    return Scorecard(as_of, listed.height, round(float(listed["score"].sum()), 2), int(listed["followed"].sum()))


_SERIOUS = """
    select distinct pair_id, record_id, cast(occurred_at as timestamp) as occurred_at, cast(known_at as timestamp) as known_at
    from analyst.pair_timeline where case $lane when 'domestic' then serious_domestic else serious end and not is_protected
"""
_LISTED = """
    select as_of, pair_id, score, as_of in (
        select max(as_of) from analyst.flag_history where as_of < $day group by date_trunc('week', as_of)
    ) as is_last_of_week
    from analyst.flag_history where lane = $lane and as_of < $day and as_of >= $since
"""
