"""What every scorer is, a rule anyone can check by hand or a learned model: a name, a meaning, and a raw figure for each pair and week."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from models.held_weeks import Weeks

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Scorer(Protocol):
    """Ranks pairs: a higher raw figure is more urgent. It sees rows of features.pair_week and nothing else."""

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""

    @property
    def meaning(self) -> str:
        """What it counts, in a sentence that a reader of the list understands."""

    def raw(self, pair_weeks: Weeks) -> Floats:
        """One figure a row, in the order of the rows."""
