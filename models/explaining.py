"""What each feature, and each theme of features, does to a pair's score: the scorer's own arithmetic."""

from __future__ import annotations

import numpy as np
import polars as pl

from features.catalogue import NEVER_DAYS, feature_names
from features.themes import features_by_theme
from models.learned import Learned
from models.scorer import Floats
from models.training import Trained

COLUMNS = ("pair_id", "feature", "value", "weight", "score_without")
THEME_COLUMNS = ("pair_id", "theme", "weight", "score_without", "is_exact")
WEIGHT_DIGITS = 6


def quiet(feature: str) -> float:
    """A feature's value for a pair between whom nothing happened."""
    return NEVER_DAYS if feature.startswith("days_since_") else 0.0


def contributions(trained: Trained, pair_weeks: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and feature that is not quiet: its value, its weight, and the score that the pair would have if it were quiet.

    `weight` is in log odds for a learned scorer, where the weights of the glass box add up to all that sets a pair apart from a quiet one;
    it is in the rule's own points for a rule.
    """
    whole = trained.scorer.raw(pair_weeks)
    if not pair_weeks.height:
        return pl.DataFrame(schema=dict(zip(COLUMNS, (pl.String, pl.String, pl.Float64, pl.Float64, pl.Float64), strict=True)))
    named = feature_names()
    without = _raws(trained, pair_weeks, [{*named} - {name} for name in named])
    rows = [_one(trained, pair_weeks, whole, name, raw) for name, raw in zip(named, without, strict=True)]
    return pl.concat(rows).filter((pl.col("weight") != 0) | (pl.col("score_without") != pl.col("score"))).select(COLUMNS)


def _one(trained: Trained, pair_weeks: pl.DataFrame, whole: Floats, feature: str, without: Floats) -> pl.DataFrame:
    weight = _figure(trained, whole) - _figure(trained, without)
    return pair_weeks.select("pair_id", pl.lit(feature).alias("feature"), pl.col(feature).alias("value")).with_columns(
        pl.Series("weight", np.round(weight, WEIGHT_DIGITS)),
        pl.Series("score", _score(trained, whole)),
        pl.Series("score_without", _score(trained, without)),
    )


def theme_weights(trained: Trained, pair_weeks: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and theme that does something to its score; the weights of a pair add up to all that sets it apart from a quiet pair.

    The weight of a theme is what it adds when it joins the others, averaged over the orders in which they can be gone through in a circle, either way
    round. In a sum, as the glass box is, every order gives the same, and `is_exact` says that it is so; where themes strengthen each other, as in the
    challenger or where peace halves a rule's harm, each has its even part of what they do together.
    """
    themes = features_by_theme()
    names = list(themes)
    if not pair_weeks.height:
        return pl.DataFrame(schema=dict(zip(THEME_COLUMNS, (pl.String, pl.String, pl.Float64, pl.Float64, pl.Boolean), strict=True)))
    arcs = _arcs(len(names))
    raws = _raws(trained, pair_weeks, [{name for at in arc for name in themes[names[at]]} for arc in arcs])
    figures = {arc: _figure(trained, raw) for arc, raw in zip(arcs, raws, strict=True)}
    everything = frozenset(range(len(names)))
    rows = []
    for at, name in enumerate(names):
        joins = np.array([figures[before | {at}] - figures[before] for before in _befores(at, len(names))])
        alone = raws[arcs.index(everything - {at})]
        rows.append(
            pair_weeks.select("pair_id", pl.lit(name).alias("theme")).with_columns(
                pl.Series("weight", np.round(joins.mean(axis=0), WEIGHT_DIGITS)),
                pl.Series("score_without", _score(trained, alone)),
                pl.Series("is_exact", np.ptp(joins, axis=0) < 10.0**-WEIGHT_DIGITS),
            )
        )
    return pl.concat(rows).filter(pl.col("weight") != 0).select(THEME_COLUMNS).sort("pair_id", "theme")


def _befores(at: int, size: int) -> list[frozenset[int]]:
    """What a theme may join: the 0 to size - 1 themes that come before it going round the circle, one way and the other."""
    return [frozenset((at + way * step) % size for step in range(1, count + 1)) for way in (-1, 1) for count in range(size)]


def _arcs(size: int) -> list[frozenset[int]]:
    """Every stretch of the circle, the empty and the whole one included."""
    arcs = {frozenset((start + step) % size for step in range(count)) for start in range(size) for count in range(size + 1)}
    return sorted(arcs, key=lambda arc: (len(arc), sorted(arc)))


def _raws(trained: Trained, pair_weeks: pl.DataFrame, kept: list[set[str]]) -> list[Floats]:
    """The scorer's figures of all pairs with only some features as they are and the rest quiet, for each set of features kept."""
    named = feature_names()
    variants = [pair_weeks.with_columns(pl.lit(quiet(name)).alias(name) for name in named if name not in some) for some in kept]
    raw = trained.scorer.raw(pl.concat(variants, how="vertical_relaxed"))
    return [raw[at * pair_weeks.height : (at + 1) * pair_weeks.height] for at in range(len(kept))]


def _figure(trained: Trained, raw: Floats) -> Floats:
    """Where weights are measured: log odds of a learned scorer, points of a rule."""
    return np.asarray(np.log(raw), dtype=np.float64) if isinstance(trained.scorer, Learned) else raw


def _score(trained: Trained, raw: Floats) -> Floats:
    return np.round(trained.calibration.apply(raw), WEIGHT_DIGITS)
