"""How well a ranking of pairs would have warned, by what is known to have followed."""

from __future__ import annotations

import polars as pl
from sklearn.metrics import average_precision_score

from models.scorer import Bools, Floats


def average_precision(raw: Floats, hit: Bools) -> float:
    """Area under the precision-recall curve over all pair-weeks; 0 where nothing followed."""
    return float(average_precision_score(hit, raw)) if hit.any() else 0.0


def precision_at(pair_weeks: pl.DataFrame, size: int) -> float:
    """Share of the first `size` pairs of each week (columns as_of, raw, hit) that were followed by serious violence, over all weeks."""
    top = pair_weeks.sort("raw", "pair_id", descending=[True, False]).group_by("as_of", maintain_order=True).head(size)
    return float(top["hit"].cast(pl.Float64).mean() or 0.0) if top.height else 0.0  # type: ignore[arg-type]
