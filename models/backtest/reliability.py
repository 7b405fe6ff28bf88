"""Whether the probabilities came true: what was said beside what was."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from models.backtest.intervals import Draws, Figure, figure, ratio

LIST_STEPS = 10
EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""For all pairs: nearly all have a probability below one in a thousand, and tenths of them would show nothing else."""


@dataclass(frozen=True)
class Step:
    """Pair-weeks with like scores: how many, the mean probability said, and the share that came true with its interval."""

    pair_weeks: int
    said: float
    was: Figure


@dataclass(frozen=True)
class Reliability:
    """The table, the mean squared error (Brier), and the mean gap between said and was (expected calibration error)."""

    steps: tuple[Step, ...]
    brier: Figure
    ece: Figure

    def as_dict(self) -> dict[str, object]:
        """For the report."""
        return asdict(self)


def list_reliability(listed: pl.DataFrame, draws: Draws) -> Reliability:
    """Of listed pair-weeks (pair_id, score, hit), in ten steps of equal size."""
    ordered = listed.sort("score", "pair_id")
    step = (np.arange(ordered.height) * LIST_STEPS) // max(ordered.height, 1)
    return _reliability(ordered, step, draws)


def all_reliability(rows: pl.DataFrame, draws: Draws) -> Reliability:
    """Of all pair-weeks, in steps of probability."""
    return _reliability(rows, np.clip(np.searchsorted(EDGES, rows["score"].to_numpy(), side="right") - 1, 0, len(EDGES) - 2), draws)


def _reliability(rows: pl.DataFrame, step: np.ndarray, draws: Draws) -> Reliability:
    error = (pl.col("score") - pl.col("hit").cast(pl.Float64)) ** 2
    squared = draws.sums(rows.select("pair_id", pl.lit(1.0).alias("n"), error.alias("error")))
    steps, gaps = [], np.zeros(len(draws.weight))
    for one in np.unique(step):
        part = rows.filter(pl.Series(step == one))
        sums = draws.sums(part.select("pair_id", pl.lit(1.0).alias("n"), "score", "hit"))
        steps.append(Step(part.height, float(part["score"].mean() or 0.0), figure(ratio(sums["hit"], sums["n"]))))  # type: ignore[arg-type]
        gaps += np.abs(sums["score"] - sums["hit"])
    return Reliability(tuple(steps), figure(ratio(squared["error"], squared["n"])), figure(ratio(gaps, squared["n"])))
