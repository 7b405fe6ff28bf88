"""Random numbers: one independent stream for each named part of a county, so that one part can change without moving the others."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.datetime64]
Strings = npt.NDArray[np.object_]
Rng = np.random.Generator


def stream(seed: int, part: str) -> Rng:
    """The generator of one named part: the same seed and name always give the same numbers."""
    return np.random.default_rng([seed, zlib.crc32(part.encode())])


def strings(values: Sequence[str]) -> Strings:
    """Python strings as an object array, which keeps their length free."""
    return np.array(values, dtype=object)


def pick(rng: Rng, values: Sequence[Any], size: int, weights: Sequence[float] | Floats | None = None) -> Strings:
    """`size` independent draws from `values`, by weight when weights are given."""
    return strings(values)[pick_index(rng, len(values), size, weights)]


def pick_index(rng: Rng, count: int, size: int, weights: Sequence[float] | Floats | None = None) -> Ints:
    """`size` positions below `count`, by weight when weights are given."""
    if weights is None:
        return rng.integers(0, count, size)
    bounds = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(np.searchsorted(bounds, rng.random(size) * bounds[-1], side="right"), count - 1).astype(np.int64)


def falling(count: int, steepness: float = 0.7) -> Floats:
    """Weights for a list that is ordered from the commonest: the frequency of names falls about like a power of the rank."""
    return np.asarray(1.0 / (np.arange(count) + 2.0) ** steepness)


def many(rng: Rng, mean: float) -> int:
    """A count with the given mean (Poisson)."""
    return int(rng.poisson(max(mean, 0.0)))


def minutes(rng: Rng, size: int, mean_days: float) -> npt.NDArray[np.timedelta64]:
    """Exponential waiting times in whole minutes."""
    return (rng.exponential(mean_days * 1440.0, size)).astype("timedelta64[m]")
