"""The gate: a scorer replaces another only if a paired bootstrap over pairs says that it warns better at the list's size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.scorer import Floats

DRAWS = 2_000
CONFIDENCE = 0.9
SEED = 20_260_101
LEAST_GAIN = {"challenger": 0.01}
"""A richer model must also gain so much: half a pair more that comes true on a list of fifty. Less is not worth reasons that cannot be added up,
nor a list whose reasons change their kind from one month to the next."""


LEAST_ORDER_GAIN = 0.005
"""Of average precision: less is nothing that anybody would notice on a list."""
ORDER_DRAWS = 300
FURTHER = 4
"""Pairs in the first four lists of either are drawn, and all that came to violence; the rest are so many that drawing them changes nothing."""


@dataclass(frozen=True)
class Order:
    """The gain of a challenger over the one in use in the order of all pairs: average precision, and the bootstrap interval around it."""

    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """The gain of a challenger over the one in use: precision at the list's size, the bootstrap interval around it, and the least gain asked.

    `order`: its gain over the whole order, where that may decide too.
    """

    gain: float
    low: float
    high: float
    least: float = 0.0
    order: Order | None = None

    @property
    def passes(self) -> bool:
        """The list is better by what is asked at least, and that it is better is beyond chance: on the list itself, or in the order of all pairs.

        Few lists of one size hold too few outcomes to tell a clear gain from chance; the whole order holds them all.
        """
        return self.gain >= self.least and (self.low > 0.0 or (self.gain > 0.0 and self._orders_better))

    @property
    def _orders_better(self) -> bool:
        return self.order is not None and self.order.low > 0.0 and self.order.gain >= LEAST_ORDER_GAIN


def compare(judged: pl.DataFrame, challenger: str, in_use: str, list_size: int) -> Verdict:
    """Gain in precision of column `challenger` over column `in_use` on pair-weeks with columns pair_id, as_of and hit.

    Pairs are drawn, not weeks: the weeks of one pair tell one story. Pairs on neither list add nothing and need not be drawn.
    """
    listed = _listed(judged, challenger, list_size).join(
        _listed(judged, in_use, list_size), on=["pair_id", "as_of"], how="full", coalesce=True, suffix="_b"
    )
    hits = listed.join(judged.select("pair_id", "as_of", "hit"), on=["pair_id", "as_of"]).with_columns(
        pl.col("listed", "listed_b").fill_null(0.0)
    )
    gains = (
        hits.group_by("pair_id")
        .agg(((pl.col("listed") - pl.col("listed_b")) * pl.col("hit")).sum().alias("gain"))
        .sort("pair_id")["gain"]
        .to_numpy()
    )
    places = float(list_size * judged["as_of"].n_unique())
    draw = np.random.default_rng(SEED)
    sums = np.array([gains[draw.integers(0, len(gains), len(gains))].sum() for _ in range(DRAWS)]) if len(gains) else np.zeros(1)
    low, high = np.quantile(sums, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Verdict(float(gains.sum()) / places, float(low) / places, float(high) / places, LEAST_GAIN.get(challenger, 0.0))


def compare_order(judged: pl.DataFrame, challenger: str, in_use: str, list_size: int) -> Order:
    """Gain in average precision of column `challenger` over column `in_use`, with pairs drawn as in `compare`."""
    near = [_listed(judged, scorer, FURTHER * list_size)["pair_id"] for scorer in (challenger, in_use)]
    drawn = pl.concat([judged.filter("hit")["pair_id"], *near]).unique().sort()
    rows = judged.select("pair_id", "hit", challenger, in_use).join(
        pl.DataFrame({"pair_id": drawn}).with_row_index("place"), on="pair_id", how="left", maintain_order="left"
    )
    weight = np.random.default_rng(SEED).poisson(1.0, (ORDER_DRAWS, len(drawn))).astype(np.float64)
    weight = np.vstack([np.ones((1, len(drawn))), weight])
    better, worse = (_average_precisions(rows, scorer, weight) for scorer in (challenger, in_use))
    low, high = np.quantile((better - worse)[1:], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Order(float(better[0] - worse[0]), float(low), float(high))


def _average_precisions(rows: pl.DataFrame, scorer: str, weight: Floats) -> Floats:
    """The average precision with the pairs drawn so often, a figure for each row of `weight`; rows whose `place` is null count once."""
    ordered = rows.select("place", "hit", pl.Series("raw", -rows[scorer].to_numpy())).sort("raw", maintain_order=True)
    others = ordered["place"].is_null().cum_sum().to_numpy()
    taken = ordered["place"].is_not_null().to_numpy()
    place, hit, before = ordered["place"].to_numpy()[taken].astype(int), ordered["hit"].to_numpy()[taken], others[taken]
    found = np.zeros(len(weight))
    for draw, times in enumerate(weight):
        each = times[place]
        seen, hits = before + np.cumsum(each), each * hit
        found[draw] = (hits * np.cumsum(hits) / np.maximum(seen, 1e-9)).sum() / max(hits.sum(), 1e-9)
    return found


def _listed(judged: pl.DataFrame, scorer: str, list_size: int) -> pl.DataFrame:
    top = judged.sort(scorer, "pair_id", descending=[True, False]).group_by("as_of", maintain_order=True).head(list_size)
    return top.select("pair_id", "as_of", pl.lit(1.0).alias("listed"))
