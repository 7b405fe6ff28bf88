"""Precision at the list's size, recall in time and average precision of scorers on the same pair-weeks, and their paired differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from models.backtest.intervals import Draws
from models.gate import SEED

SHORT_A_60_000, LONG_A_60_000 = 20, 50
EARLY_DAYS, LATE_DAYS, HORIZON_DAYS = 7, 56, 28
DRAWS = 300
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sizes:
    """Two lists' lengths that ask for as much of a county as 20 and 50 ask of one of 60,000 people."""

    short: int
    long: int


def sizes_for(people: int) -> Sizes:
    """At least 5 and 12."""
    return Sizes(max(5, round(SHORT_A_60_000 * people / 60_000)), max(12, round(LONG_A_60_000 * people / 60_000)))


def listed(scored: pl.DataFrame, scorer: str, size: int) -> pl.DataFrame:
    """The first pairs of each week."""
    return scored.sort(scorer, "pair_id", descending=[True, False]).group_by("as_of", maintain_order=True).head(size)


def timely(scored: pl.DataFrame, scorer: str, serious: pl.DataFrame, size: int) -> pl.DataFrame:
    """The serious events between pairs known before that could be warned of, a row each: pair_id, day, found."""
    first, last = _span(scored)
    due = serious.filter(
        pl.col("had_prior_recorded_contact")
        & (pl.col("day") > first + timedelta(days=EARLY_DAYS))
        & (pl.col("day") <= last + timedelta(days=HORIZON_DAYS))
    ).with_row_index("event")
    lead = (pl.col("day") - pl.col("as_of")).dt.total_days()
    flags = due.join(listed(scored, scorer, size).select("pair_id", "as_of"), on="pair_id").filter(
        (lead >= EARLY_DAYS) & (lead <= LATE_DAYS)
    )
    return due.with_columns(pl.col("event").is_in(flags["event"].unique().implode()).alias("found"))


def _span(scored: pl.DataFrame) -> tuple[date, date]:
    days = scored["as_of"].unique().sort().to_list()
    return days[0], days[-1]


def drawn(pair_ids: pl.Series) -> Draws:
    """All pairs drawn again and again: fewer draws than a report's, which draws only the pairs that matter to it."""
    pairs = pair_ids.unique().sort()
    weight = np.random.default_rng(SEED).poisson(1.0, (DRAWS, len(pairs))).astype(np.float64)
    return Draws(pairs, np.vstack([np.ones((1, len(pairs))), weight]))


class Judge:
    """One county's scored pair-weeks, with every scorer judged on the same draws of pairs."""

    def __init__(self, scored: pl.DataFrame, serious: pl.DataFrame, sizes: Sizes) -> None:
        self.scored, self.serious, self.sizes = scored, serious, sizes
        self.draws = drawn(scored["pair_id"])
        self.places = self.draws.places(scored["pair_id"])
        self.hit = scored["hit"].to_numpy()

    def precision(self, scorer: str, size: int) -> Floats:
        """As it is, and in each draw."""
        top = listed(self.scored, scorer, size)
        sums = self.draws.sums(top.select("pair_id", pl.col("hit"), pl.lit(1.0).alias("n")))
        return sums["hit"] / sums["n"]

    def recall(self, scorer: str) -> Floats:
        """Of events between pairs in contact before, in the long list 7 to 56 days before."""
        events = timely(self.scored, scorer, self.serious, self.sizes.long)
        sums = self.draws.sums(events.select("pair_id", "found", pl.lit(1.0).alias("n")))
        return sums["found"] / np.maximum(sums["n"], 1.0)

    def average_precision(self, scorer: str) -> Floats:
        """Over all pair-weeks."""
        order = np.argsort(-self.scored[scorer].to_numpy(), kind="stable")
        place, hit = self.places[order], self.hit[order]
        at = np.flatnonzero(hit)
        out = np.zeros(1 + DRAWS)
        for n in range(1 + DRAWS):
            weight = self.draws.weight[n][place]
            seen, w = np.cumsum(weight), weight[at]
            found = np.cumsum(w)
            out[n] = float((w * found / np.maximum(seen[at], 1e-9)).sum() / max(found[-1], 1e-9)) if len(at) else 0.0
        return out

    def measures(self, scorer: str) -> dict[str, Floats]:
        """All of them by name."""
        return {
            "short": self.precision(scorer, self.sizes.short),
            "long": self.precision(scorer, self.sizes.long),
            "early": self.recall(scorer),
            "ap": self.average_precision(scorer),
        }


def gain(one: Floats, other: Floats) -> tuple[float, float, float]:
    """The difference and its 90 % interval."""
    low, high = np.quantile((one - other)[1:], [0.05, 0.95])
    return float(one[0] - other[0]), float(low), float(high)
