"""Replays past Sundays: features as known then, the scorer as it would have been trained then, the list as it would have been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from features.pair_week import measure, week_ends
from models.backtest.baselines import BASELINES, DECAYED_HARM, best_decayed
from models.monthly import RAW_DIGITS, SCORE_DIGITS, TRAINING_WEEKS, training_day
from models.outcome import HORIZON_DAYS, closed, grave_events, label, reporting_delay_days
from models.scorer import Scorer
from models.training import Trained, train
from warehouse.timegate import visible

LANE = "conflict"
FOREWARN = "forewarn"
SCORERS = (FOREWARN, *BASELINES, DECAYED_HARM)
KEYS = ("pair_id", "person_a", "person_b", "as_of", "week")

Eligible = Callable[[pl.DataFrame], pl.DataFrame]
"""From events as visible on some days (with `as_of`) to the pairs that may be listed on each: pair_id, as_of."""
Tell = Callable[[str, int, int], None]


class NothingSettled(ValueError):
    """No week of the period is old enough for its outcomes to be known."""


@dataclass(frozen=True)
class Replay:
    """The weeks replayed. `features`: what the scorers saw, a row a pair and Sunday, training weeks included; `scored`: the lane's rows of the
    replayed Sundays with a raw figure of each scorer, `score` (Forewarn's probability), `is_eligible`, `is_onset` and `hit` (only of settled weeks true
    to what followed); `grave`: the lane's serious events known at the end."""

    events: pl.DataFrame
    weeks: tuple[date, ...]
    settled: tuple[date, ...]
    delay_days: int
    list_size: int
    features: pl.DataFrame
    scored: pl.DataFrame
    grave: pl.DataFrame
    trained: tuple[Trained, ...]


def sundays(first: date, last: date) -> list[date]:
    """Every Sunday from `first` to `last`, both included."""
    start = first + timedelta(days=(6 - first.weekday()) % 7)
    return [start + timedelta(days=7 * n) for n in range((last - start).days // 7 + 1)] if start <= last else []


def replay(events: pl.DataFrame, first: date, last: date, *, list_size: int, eligible: Eligible, tell: Tell) -> Replay:
    """Replays the Sundays from `first` to `last` on events as known at the end of `last`. Raises NothingSettled."""
    weeks = sundays(first, last)
    grave = grave_events(events, LANE)
    delay = reporting_delay_days(grave)
    settled = closed(weeks, last, delay)
    if not settled:
        raise NothingSettled(
            f"no Sunday from {first} to {last} can be judged: outcomes need {HORIZON_DAYS} days, and {delay} more to come to be known. "
            f"Begin at least {HORIZON_DAYS + delay + 7} days before the end."
        )
    months = sorted({training_day(week) for week in weeks})
    tell("measuring", 0, len(months) + 1)
    features = measure(
        events, sorted({day for month in months for day in week_ends(month, TRAINING_WEEKS) if day.weekday() == 6} | set(weeks))
    )
    trained = []
    for n, month in enumerate(months):
        tell(f"training as of {month}", n + 1, len(months) + 1)
        trained.append(train(LANE, *taught_at(features, events, month), month, list_size))
    scored = pl.concat([scored_by(weeks_of(features, weeks, one.as_of), one) for one in trained])
    scored = with_outcomes(in_lane(scored, events, weeks), events, grave, eligible)
    return Replay(events, tuple(weeks), tuple(settled), delay, list_size, features, scored, grave, tuple(trained))


def taught_at(features: pl.DataFrame, events: pl.DataFrame, month: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What a training at the end of `month` has: the lane's pair-weeks, and its serious events as known then."""
    known_then = visible(events, [month]).with_columns(pl.lit(None, pl.Datetime("us")).alias("known_to"))
    domestic = known_then.filter("is_domestic").select("pair_id").unique()
    weeks = features.filter(pl.col("as_of").is_in(week_ends(month, TRAINING_WEEKS))).join(domestic, on="pair_id", how="anti")
    return weeks, grave_events(known_then, LANE)


def weeks_of(features: pl.DataFrame, weeks: list[date], month: date) -> pl.DataFrame:
    """The rows of the replayed weeks that the training of `month` scores."""
    return features.filter(pl.col("as_of").is_in([week for week in weeks if training_day(week) == month]))


def in_lane(rows: pl.DataFrame, events: pl.DataFrame, weeks: list[date]) -> pl.DataFrame:
    """Without pairs that were known as domestic on that day."""
    domestic = visible(events.filter("is_domestic"), weeks).select("pair_id", "as_of").unique()
    return rows.join(domestic, on=["pair_id", "as_of"], how="anti")


def with_outcomes(rows: pl.DataFrame, events: pl.DataFrame, grave: pl.DataFrame, eligible: Eligible) -> pl.DataFrame:
    """Adds `is_eligible`, `hit` and `is_onset` (no serious event of the pair in the year before, as known then)."""
    # day by day: what is visible on all days at once was most of the memory that a county's first night took
    may = pl.concat(eligible(visible(events, [day])).select("pair_id", "as_of") for day in rows["as_of"].unique().sort())
    return (
        rows.join(may.with_columns(pl.lit(True).alias("is_eligible")), on=["pair_id", "as_of"], how="left", maintain_order="left")
        .with_columns(
            pl.col("is_eligible").fill_null(False), label(rows, grave).alias("hit"), (pl.col("serious_365d") == 0).alias("is_onset")
        )
        .sort("as_of", "pair_id")
    )


def ranked(scored: pl.DataFrame, scorer: str, size: int) -> pl.DataFrame:
    """The first `size` pairs that may be listed, week by week: as_of, pair_id, rank, hit, is_onset, score. Ties go by pair id, as on the list."""
    may = scored.filter("is_eligible")
    may = may.filter(pl.col(scorer) > 0) if scorer == FOREWARN else may
    ordered = may.sort("as_of", scorer, "pair_id", descending=[False, True, False])
    return (
        ordered.with_columns((pl.int_range(pl.len()).over("as_of") + 1).alias("rank"))
        .filter(pl.col("rank") <= size)
        .select("as_of", "pair_id", "rank", "hit", "is_onset", "score")
    )


def scored_by(rows: pl.DataFrame, trained: Trained) -> pl.DataFrame:
    """A raw figure of each scorer and Forewarn's probability for each row of features."""
    in_use: dict[str, Scorer] = {FOREWARN: trained.scorer, **BASELINES, DECAYED_HARM: best_decayed(trained.figures)}
    raws = {name: np.round(scorer.raw(rows), RAW_DIGITS) for name, scorer in in_use.items()}
    score = np.round(trained.calibration.apply(raws[FOREWARN]), SCORE_DIGITS)
    return rows.select("pair_id", "as_of", "serious_365d").with_columns(
        *(pl.Series(name, raw) for name, raw in raws.items()), pl.Series("score", score)
    )
