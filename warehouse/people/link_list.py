"""The scored links of a night as columns: which two records, how heavy, and whether a link stands on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree


@dataclass(frozen=True)
class Links:
    """Links between records 0..n-1, strongest first; `weight` as log2 odds that the two are one person."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, links: Sequence[tuple[int, int, float]]) -> Links:
        """Links from rows."""
        a, b, weight = ([link[column] for link in links] for column in range(3))
        return cls(np.array(a, np.int64), np.array(b, np.int64), np.array(weight, np.float64)).strongest_first()

    def strongest_first(self) -> Links:
        """The links by falling weight, then by their records."""
        return self.where(np.lexsort((self.b, self.a, -self.weight)))

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Links:
        """Some of the links."""
        return Links(self.a[chosen], self.b[chosen], self.weight[chosen])

    def with_these(self, more: Links) -> Links:
        """These and then others."""
        return Links(np.concatenate([self.a, more.a]), np.concatenate([self.b, more.b]), np.concatenate([self.weight, more.weight]))

    def with_leaves(self, leaf: NDArray[np.bool_], least: float) -> Links:
        """The links, but of each leaf record only the strongest to a record that is none, if it weighs at least `least`.

        A leaf can so belong to a person and never make two people one.
        """
        leaf_a, leaf_b = leaf[self.a], leaf[self.b]
        reaching = np.flatnonzero((leaf_a ^ leaf_b) & (self.weight >= least))
        _, strongest = np.unique(np.where(leaf_a, self.a, self.b)[reaching], return_index=True)
        kept = ~(leaf_a | leaf_b)
        kept[reaching[strongest]] = True
        return self.where(kept)

    def strongest_between(
        self, leaders: NDArray[np.int64], one: NDArray[np.int64], two: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each two groups, by their leaders, that some link joins: the strongest link's record in the one and in the other."""
        lead_a, lead_b = leaders[self.a], leaders[self.b]
        keys, strongest = np.unique(np.minimum(lead_a, lead_b) * len(leaders) + np.maximum(lead_a, lead_b), return_index=True)
        found = strongest[np.searchsorted(keys, np.minimum(one, two) * len(leaders) + np.maximum(one, two))]
        turn = lead_a[found] != one
        return np.where(turn, self.b[found], self.a[found]), np.where(turn, self.a[found], self.b[found])

    def forest(self, size: int) -> NDArray[np.bool_]:
        """Marks the links that join records 0..size-1 not joined by stronger ones: as many as it takes to hold them together."""
        rank = np.arange(1, len(self) + 1, dtype=np.float64)  # the strongest first
        tree = minimum_spanning_tree(coo_array((rank, (self.a, self.b)), shape=(size, size)).tocsr())
        marked = np.zeros(len(self), bool)
        marked[tree.data.astype(np.int64) - 1] = True
        return marked

    def __len__(self) -> int:
        return len(self.a)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.a.tolist(), self.b.tolist(), self.weight.tolist(), strict=True)


def codes(values: Iterable[str | None]) -> NDArray[np.int64]:
    """A number for each distinct value, -1 for a missing one."""
    numbers: dict[str, int] = {}
    return np.fromiter((-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values), np.int64)


def both_agree(numbers: NDArray[np.int64], links: Links) -> NDArray[np.bool_]:
    """Which links are between records of one value, neither missing."""
    one, two = numbers[links.a], numbers[links.b]
    agree: NDArray[np.bool_] = (one == two) & (one >= 0)
    return agree
