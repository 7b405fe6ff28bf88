"""Scores every pair and week with the scorer of the month, which is trained when there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from features.pair_week import measure, read_events, week_ends
from models.explaining import contributions, theme_weights
from models.outcome import grave_events
from models.outlook import outlook
from models.registry import load, save
from models.training import Trained, train
from warehouse.timegate import visible

LANES = ("conflict", "domestic")
TRAINING_WEEKS = 104
EXPLAINED_LISTS = 4
RAW_DIGITS, SCORE_DIGITS = 9, 6
"""Scores are kept to so many digits, so that the order in which a machine adds does not show."""


@dataclass(frozen=True)
class Scored:
    """What scoring did: pair-weeks scored, scorers trained tonight, and each lane's scorer with notes on what it rests on."""

    pair_weeks: int
    trained: int
    scorers: tuple[tuple[str, str, str, str], ...]


def training_day(as_of: date) -> date:
    """The last day of the month before: a month is scored by what had been known when it began, whichever of its nights is asked for."""
    return as_of.replace(day=1) - timedelta(days=1)


def train_lanes(con: duckdb.DuckDBPyConnection, lanes: list[str], as_of: date, list_size: int) -> dict[str, Trained]:
    """Trains the scorers of some lanes on the pairs and outcomes as they were known at the end of `as_of`."""
    if not lanes:
        return {}
    events = read_events(con)
    measured = measure(events, week_ends(as_of, TRAINING_WEEKS))
    known_then = visible(events, [as_of]).with_columns(pl.lit(None, pl.Datetime("us")).alias("known_to"))
    pairs = con.sql("select pair_id, lane from pairs.pair").pl()
    return {
        lane: train(
            lane,
            measured.join(pairs.filter(pl.col("lane") == lane), on="pair_id", how="semi"),
            grave_events(known_then, lane),
            as_of,
            list_size,
        )
        for lane in lanes
    }


def score(con: duckdb.DuckDBPyConnection, list_size: int, models: Path) -> Scored:
    """Writes scores.pair_week, and scores.scorer with the figures of every scorer compared; trains and keeps what `models` lacks."""
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    day = training_day(as_of)
    kept = {lane: trained for lane in LANES if (trained := load(models, lane, day)) is not None}
    fresh = train_lanes(con, [lane for lane in LANES if lane not in kept], day, list_size)
    for trained in fresh.values():
        save(models, trained)
    in_use = [(kept | fresh)[lane] for lane in LANES]
    scores = pl.concat([_score_lane(con, trained) for trained in in_use])
    explained = _explain(con, in_use, scores.filter(pl.col("as_of") == as_of), EXPLAINED_LISTS * list_size)
    for name, frame in {"pair_week": scores, "scorer": pl.concat(map(_notes, in_use)), **explained}.items():
        con.register("scored", frame)
        con.execute(f"create or replace table scores.{name} as select * from scored")
        con.unregister("scored")
    return Scored(scores.height, len(fresh), tuple((t.lane, t.scorer.name, t.note, t.calibration.note) for t in in_use))


def _lane_weeks(con: duckdb.DuckDBPyConnection, lane: str) -> pl.DataFrame:
    weeks: pl.DataFrame = con.sql(
        "select week.* from features.pair_week as week join pairs.pair as pair using (pair_id) where pair.lane = $lane order by as_of, pair_id",
        params={"lane": lane},
    ).pl()
    return weeks


def _explain(con: duckdb.DuckDBPyConnection, in_use: list[Trained], tonight: pl.DataFrame, pairs: int) -> dict[str, pl.DataFrame]:
    """What makes the scores of each lane's first pairs tonight, and what they would come to: enough of them to hold every pair that can be listed."""
    events = read_events(con)
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    found: dict[str, list[pl.DataFrame]] = {"contribution": [], "theme": [], "outlook": []}
    for trained in in_use:
        weeks = _lane_weeks(con, trained.lane).join(tonight, on=["pair_id", "as_of"], how="inner", suffix="_scored")
        first = weeks.sort("raw", "pair_id", descending=[True, False]).head(pairs)
        found["contribution"].append(contributions(trained, first).with_columns(pl.lit(trained.lane).alias("lane")))
        found["theme"].append(theme_weights(trained, first).with_columns(pl.lit(trained.lane).alias("lane")))
        found["outlook"].append(outlook(trained, events, first, as_of).with_columns(pl.lit(trained.lane).alias("lane")))
    return {name: pl.concat(frames, how="vertical_relaxed") for name, frames in found.items()}


def _score_lane(con: duckdb.DuckDBPyConnection, trained: Trained) -> pl.DataFrame:
    weeks = _lane_weeks(con, trained.lane)
    raw = trained.scorer.raw(weeks)
    return weeks.select("pair_id", "week", "as_of", pl.lit(trained.scorer.name).alias("scorer")).with_columns(
        pl.Series("raw", np.round(raw, RAW_DIGITS)), pl.Series("score", np.round(trained.calibration.apply(raw), SCORE_DIGITS))
    )


def _notes(trained: Trained) -> pl.DataFrame:
    """Every scorer compared in the training, and which one makes the scores."""
    return trained.figures.select(
        pl.lit(trained.lane).alias("lane"),
        "scorer",
        "meaning",
        pl.col("average_precision", "precision_at_list").cast(pl.Float64),
        pl.col("weeks", "outcomes").cast(pl.Int32),
        (pl.col("scorer") == trained.scorer.name).alias("is_chosen"),
        pl.lit(trained.note).alias("note"),
        pl.lit(trained.calibration.note).alias("calibration"),
        pl.lit(trained.as_of).alias("trained_as_of"),
    )
