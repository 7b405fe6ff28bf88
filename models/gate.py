"""The gate: a scorer replaces another only if a paired bootstrap over pairs says that it warns better at the list's size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

DRAWS = 2_000
CONFIDENCE = 0.9
SEED = 20_260_101
LEAST_GAIN = {"challenger": 0.01}
"""A richer model must also gain so much: half a pair more that comes true on a list of fifty. Less is not worth reasons that cannot be added up,
nor a list whose reasons change their kind from one month to the next."""


@dataclass(frozen=True)
class Verdict:
    """The gain of a challenger over the one in use: precision at the list's size, the bootstrap interval around it, and the least gain asked."""

    gain: float
    low: float
    high: float
    least: float = 0.0

    @property
    def passes(self) -> bool:
        """The whole interval lies above no gain, and the gain is not less than what is asked."""
        return self.low > 0.0 and self.gain >= self.least


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


def _listed(judged: pl.DataFrame, scorer: str, list_size: int) -> pl.DataFrame:
    top = judged.sort(scorer, "pair_id", descending=[True, False]).group_by("as_of", maintain_order=True).head(list_size)
    return top.select("pair_id", "as_of", pl.lit(1.0).alias("listed"))
