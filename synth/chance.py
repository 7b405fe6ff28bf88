"""Random numbers: one independent stream for each named part of a county, so that one part can change without moving the others."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.datetime64]
Strings = npt.NDArray[np.object_]
Texts = npt.NDArray[Any]  # strings, as objects or of fixed width
Rng = np.random.Generator


def stream(seed: int, part: str) -> Rng:
    """The generator of one named part: the same seed and name always give the same numbers."""
    return np.random.default_rng([seed, zlib.crc32(part.encode())])


def strings(values: Sequence[str]) -> Strings:
    """Python strings as an object array, which keeps their length free."""
    return np.array(values, dtype=object)


def text(name: str, values: Texts) -> pl.Series:
    """A column of strings."""
    return pl.Series(name, values.tolist(), dtype=pl.String)


def pick(rng: Rng, values: Sequence[Any], size: int, weights: Sequence[float] | Floats | None = None) -> Strings:
    """`size` independent draws from `values`, by weight when weights are given."""
    return strings(values)[pick_index(rng, len(values), size, weights)]


def pick_index(rng: Rng, count: int, size: int, weights: Sequence[float] | Floats | None = None) -> Ints:
    """`size` positions below `count`, by weight when weights are given."""
    if weights is None:
        return rng.integers(0, count, size)
    bounds = np.cumsum(np.asarray(weights, dtype=float))
    at: Ints = np.searchsorted(bounds, rng.random(size) * bounds[-1], side="right").astype(np.int64)
    return np.minimum(at, count - 1)


def falling(count: int, steepness: float = 0.7) -> Floats:
    """Weights for a list that is ordered from the commonest: the frequency of names falls about like a power of the rank."""
    return np.asarray(1.0 / (np.arange(count) + 2.0) ** steepness)


def many(rng: Rng, mean: float) -> int:
    """A count with the given mean (Poisson)."""
    return int(rng.poisson(max(mean, 0.0)))


def after(rng: Rng, moments: Moments, mean_days: float | Floats, *, at_least: int = 0) -> Moments:
    """Each moment and an exponential wait, in whole minutes; `at_least` so many minutes more."""
    wait = (rng.exponential(1440.0, moments.size) * mean_days).astype(np.int64) + at_least
    return np.asarray(moments.astype("datetime64[m]").astype(np.int64) + wait).astype("datetime64[m]")


def later(rng: Rng, at: Moments, share: float | Floats, mean_days: float) -> Moments:
    """For a share of rows a moment after `at`; NaT for the rest."""
    moment = after(rng, at, mean_days, at_least=600)
    return np.where(rng.random(at.size) < share, moment, np.datetime64("NaT")).astype("datetime64[m]")


def us(moments: Moments) -> Moments:
    """Moments as data frames hold them."""
    return moments.astype("datetime64[us]")
