"""How well a ranking of pairs would have warned, by what is known to have followed."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.scorer import Bools, Floats

MERIT = pl.col("average_precision") * pl.col("precision_at_list")
"""What a rule is chosen by, of the figures of a training: good over all pairs and good on the list. By one of them alone, what was best on half a year
was less good on the lists after."""


def average_precision(raw: Floats, hit: Bools) -> float:
    """Area under the precision-recall curve over all pair-weeks, ties taken together; 0 where nothing followed."""
    if not hit.any():
        return 0.0
    every, true = np.sort(raw), np.sort(raw[hit])
    listed = len(every) - np.searchsorted(every, true, side="left")
    found = len(true) - np.searchsorted(true, true, side="left")
    return float(np.mean(found / listed))


def precision_at(pair_weeks: pl.DataFrame, size: int) -> float:
    """Share of the first `size` pairs of each week (columns as_of, raw, hit) that were followed by serious violence, over all weeks."""
    least = pl.col("raw").top_k(size).min().over("as_of")  # so that only the heads of the weeks are sorted
    heads = pair_weeks.filter(pl.col("raw") >= least)
    top = heads.sort("raw", "pair_id", descending=[True, False]).group_by("as_of", maintain_order=True).head(size)
    return float(top["hit"].cast(pl.Float64).mean() or 0.0) if top.height else 0.0  # type: ignore[arg-type]
