"""Bootstrap intervals over pairs: the weeks of one pair tell one story, so that pairs are drawn and not weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from models.gate import CONFIDENCE, DRAWS, SEED
from models.scorer import Floats

Places = npt.NDArray[np.int64]
Sums = dict[str, Floats]
"""A column's sum as it is, first, and in each draw; shape (1 + DRAWS,)."""


@dataclass(frozen=True)
class Draws:
    """How often each pair is drawn: `weight` of shape (1 + DRAWS, pairs), the first row all ones, which is the figure itself.

    A pair's number of draws is Poisson with mean 1, which for many pairs is the bootstrap. Pairs that are not among `pairs` count once in each
    draw: those that are on no list and see no violence are so many that drawing them changes nothing.
    """

    pairs: pl.Series
    weight: Floats

    def sums(self, counts: pl.DataFrame) -> Sums:
        """The sums of all columns of `counts` but pair_id, with the pairs as drawn."""
        names = [name for name in counts.columns if name != "pair_id"]
        columns = counts.select(pl.col(name).cast(pl.Float64).fill_null(0.0) for name in names).to_numpy()
        place = self.places(counts["pair_id"])
        table: Floats = np.zeros((len(self.pairs), len(names)))
        np.add.at(table, place[place >= 0], columns[place >= 0])
        sums: Floats = self.weight @ table + columns[place < 0].sum(axis=0)
        return {name: sums[:, n] for n, name in enumerate(names)}

    def places(self, pair_ids: pl.Series) -> Places:
        """Where each pair stands in `weight`; -1 for one that is not drawn."""
        found = pl.DataFrame({"pair_id": pair_ids}).join(
            pl.DataFrame({"pair_id": self.pairs}).with_row_index("place"), on="pair_id", how="left", maintain_order="left"
        )
        return np.asarray(found["place"].cast(pl.Int64).fill_null(-1).to_numpy(), dtype=np.int64)


@dataclass(frozen=True)
class Figure:
    """A measure and its interval; None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


def draw_pairs(pairs: pl.Series) -> Draws:
    """The same draws for the same pairs, whatever is measured on them."""
    drawn = pairs.unique().sort()
    weight = np.random.default_rng(SEED).poisson(1.0, (DRAWS, len(drawn))).astype(np.float64)
    return Draws(drawn, np.vstack([np.ones((1, len(drawn))), weight]))


def ratio(top: Floats, bottom: Floats) -> Floats:
    """One divided by the other in each draw; nan where there is nothing to divide by."""
    divided: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
    return divided


def figure(values: Floats) -> Figure:
    """A figure from its value and its draws."""
    if np.isnan(values[0]):
        return Figure(None, None, None)
    low, high = np.nanquantile(values[1:], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Figure(float(values[0]), float(low), float(high))


def weighted_median(values: Floats, weights: Floats) -> Floats:
    """The median of `values` (n,) in each draw of `weights` (draws, n)."""
    if not len(values):
        return np.full(len(weights), np.nan)
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[:, order], axis=1)
    total = reached[:, -1:]
    middle = np.argmax(reached >= total / 2, axis=1)
    return np.where(total[:, 0] > 0, values[order][middle], np.nan)
