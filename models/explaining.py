"""What each feature does to a pair's score: the model's own arithmetic, feature by feature."""

from __future__ import annotations

import numpy as np
import polars as pl

from features.catalogue import NEVER_DAYS, feature_names
from models.learned import Learned
from models.training import Trained

COLUMNS = ("pair_id", "feature", "value", "weight", "score_without")


def quiet(feature: str) -> float:
    """A feature's value for a pair between whom nothing happened."""
    return NEVER_DAYS if feature.startswith("days_since_") else 0.0


def contributions(trained: Trained, pair_weeks: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and feature that is not quiet: its value, its weight, and the score that the pair would have if it were quiet.

    `weight` is in log odds for a learned scorer, where the weights of the glass box add up to all that sets a pair apart from a quiet one;
    it is in the rule's own points for a rule.
    """
    rows = [_one(trained, pair_weeks, name) for name in feature_names()]
    return pl.concat(rows).filter((pl.col("weight") != 0) | (pl.col("score_without") != pl.col("score"))).select(COLUMNS)


def _one(trained: Trained, pair_weeks: pl.DataFrame, feature: str) -> pl.DataFrame:
    without = pair_weeks.with_columns(pl.lit(quiet(feature)).alias(feature))
    figures = [trained.scorer.raw(frame) for frame in (pair_weeks, without)]
    scores = [np.round(trained.calibration.apply(figure), 6) for figure in figures]
    learned = isinstance(trained.scorer, Learned)
    weight = np.log(figures[0]) - np.log(figures[1]) if learned else figures[0] - figures[1]
    return pair_weeks.select("pair_id", pl.lit(feature).alias("feature"), pl.col(feature).alias("value")).with_columns(
        pl.Series("weight", np.round(weight, 6)), pl.Series("score", scores[0]), pl.Series("score_without", scores[1])
    )
