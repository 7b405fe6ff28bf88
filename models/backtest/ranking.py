"""Average precision with pairs drawn again, and precision and recall over the size of the list."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.backtest.intervals import Draws
from models.scorer import Floats

SIZES = (5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200)


def average_precision(rows: pl.DataFrame, scorer: str, draws: Draws) -> Floats:
    """Area under precision and recall over all pair-weeks in each draw, ties taken together; nan where nothing followed."""
    if not rows["hit"].any():
        return np.full(len(draws.weight), np.nan)
    ordered = rows.sort(scorer, descending=True)
    raw, hit, place = ordered[scorer].to_numpy(), ordered["hit"].to_numpy(), draws.places(ordered["pair_id"])
    ends = np.append(np.flatnonzero(np.diff(raw)), len(raw) - 1)
    at_hits = np.unique(np.searchsorted(ends, np.flatnonzero(hit)))  # the tied groups that hold a hit
    part = np.searchsorted(ends[at_hits], np.arange(len(raw)))  # which of them a row comes in or before
    inside = part < len(at_hits)
    seen = _drawn(place[inside], part[inside], len(at_hits), draws)
    found = _drawn(place[hit], part[hit], len(at_hits), draws)
    depth = np.cumsum(seen, axis=1)
    precision = np.divide(np.cumsum(found, axis=1), depth, out=np.zeros_like(depth), where=depth > 0)
    total = found.sum(axis=1)
    area: Floats = np.divide((precision * found).sum(axis=1), total, out=np.full(len(total), np.nan), where=total > 0)
    return area


def _drawn(place: np.ndarray, part: np.ndarray, parts: int, draws: Draws) -> Floats:
    """How many rows fall in each part in each draw, shape (draws, parts)."""
    table = np.zeros((len(draws.pairs), parts))
    np.add.at(table, (place[place >= 0], part[place >= 0]), 1.0)
    return np.asarray(draws.weight @ table + np.bincount(part[place < 0], minlength=parts), dtype=np.float64)


def curve(flags: pl.DataFrame, due: pl.DataFrame, settled: tuple[object, ...]) -> list[dict[str, float]]:
    """Precision, and recall of all serious events 7 to 56 days before, for lists of each of SIZES; `due` as with_flags makes it of these flags."""
    judged = flags.filter(pl.col("as_of").is_in(settled))
    rows = []
    for size in SIZES:
        listed = judged.filter(pl.col("rank") <= size)
        found = int((due["timely_rank"] <= size).sum())
        rows.append({"size": size, "precision": _mean(listed["hit"]), "recall": found / due.height if due.height else 0.0})
    return rows


def _mean(hit: pl.Series) -> float:
    return float(hit.sum()) / len(hit) if len(hit) else 0.0
