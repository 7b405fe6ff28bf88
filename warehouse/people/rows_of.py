"""Many rows of few owners as columns: which rows each owner has, and these rows one after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class RowsOf:
    """Rows in the order of their owners 0..n-1: `starts` has where each owner's begin, and at its end how many there are."""

    starts: Numbers

    @classmethod
    def of(cls, owner: Numbers, owners: int) -> RowsOf:
        """By the owner of each row, in order."""
        return cls(np.searchsorted(owner, np.arange(owners + 1)))

    def counts(self, wanted: Numbers) -> Numbers:
        """How many rows each has."""
        return np.asarray(self.starts[wanted + 1] - self.starts[wanted])

    def spread(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """The rows of each of these owners one after the other: which of the wanted they belong to, and where they are."""
        counts = self.counts(wanted)
        which = np.repeat(np.arange(wanted.size), counts)
        before = np.repeat(np.cumsum(counts) - counts, counts)
        return which, np.arange(which.size) - before + np.repeat(self.starts[wanted], counts)


def place_of(wanted: Numbers, among: Numbers) -> Numbers:
    """Where each number stands among others, which are in order; -1 where it does not."""
    if not among.size:
        return np.full(wanted.size, -1)
    place = np.minimum(np.searchsorted(among, wanted), among.size - 1)
    return np.where(among[place] == wanted, place, -1)


def without(wanted: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Marks the numbers that are not among others."""
    return place_of(wanted, np.unique(others)) < 0
