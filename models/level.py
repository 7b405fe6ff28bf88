"""The level of a calibration: how often what it says of listed pairs came true in the latest settled weeks, and the calibration moved there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from scipy.optimize import brentq

from models.calibration import Calibration
from models.outcome import HORIZON_DAYS
from models.scorer import Bools, Floats

HALF_LIFE_DAYS = 91
"""A week counts half as much as one a quarter of a year later."""
SPREAD = 0.5
"""By how much the log odds of a quarter stray from those of the years before, as believed before anything is seen: a factor of 1.6 either way."""
LISTS = 2
"""Pairs of the first two lists of a week are looked at: those that a list is about, and those that may be on it next."""
WEEKS_AN_EVENT = HORIZON_DAYS / 7
"""One event makes so many weekly rows come true, and is no more evidence for that."""
FURTHEST = 10.0


def at_latest_level(calibration: Calibration, as_of: pl.Series, raw: Floats, hit: Bools, list_size: int) -> Calibration:
    """The calibration with the odds of all its steps times one factor, so that it says of listed pairs what came true of late.

    `as_of`: the day of each row, of settled weeks only, so that nothing is used that was not known. The factor is the likeliest under SPREAD: few outcomes
    move it little.
    """
    if not calibration.raw or not len(raw):
        return calibration
    rows = pl.DataFrame({"as_of": as_of, "raw": raw, "hit": hit})
    heads = rows.filter(pl.col("raw").rank("ordinal", descending=True).over("as_of") <= LISTS * list_size)
    age = heads.select((pl.col("as_of").max() - pl.col("as_of")).dt.total_days().alias("days"))["days"].to_numpy()
    said, weight = calibration.apply(heads["raw"].to_numpy()), 0.5 ** (age / HALF_LIFE_DAYS) / WEEKS_AN_EVENT
    shift = _shift(_log_odds(said), heads["hit"].to_numpy(), weight)
    moved = tuple(float(one) for one in _chance(_log_odds(np.array(calibration.probability)) + shift))
    note = f"{calibration.note}; their odds times {np.exp(shift):.2f}, as the latest of these weeks say"
    return replace(calibration, probability=moved, note=note)


def _shift(log_odds: Floats, hit: Bools, weight: Floats) -> float:
    """What to add to the log odds: the mode of a normal prior around nothing and the weighed outcomes."""

    def slope(shift: float) -> float:
        return float((weight * (hit - _chance(log_odds + shift))).sum() - shift / SPREAD**2)

    return float(brentq(slope, -FURTHEST, FURTHEST)) if slope(-FURTHEST) > 0.0 > slope(FURTHEST) else 0.0


def _log_odds(chance: Floats) -> Floats:
    within = np.clip(chance, 1e-9, 1.0 - 1e-9)
    return np.asarray(np.log(within / (1.0 - within)), dtype=np.float64)


def _chance(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)
