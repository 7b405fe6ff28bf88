"""What people have decided of records, as clustering honours it: who is one person, and who may never become one, by whatever way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

JUDGED_DIFFERENT = "a person judged that they are two people"


@dataclass(frozen=True)
class Decided:
    """Decisions on records 0..n-1, free of contradiction: pairs that are one person, and sides that are two."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()

    def among(self, leader: NDArray[np.int64]) -> Decided:
        """The same decisions on groups, each named by the leading record that `leader` gives for its records; -1 for records left out."""
        same = ((int(leader[a]), int(leader[b])) for a, b in self.same)
        sides = ((_leaders(leader, a), _leaders(leader, b)) for a, b in self.different)
        return Decided(tuple((a, b) for a, b in same if min(a, b) >= 0), tuple((a, b) for a, b in sides if a and b))

    def records(self) -> set[int]:
        """Every record that something was decided of."""
        return {record for pair in self.same for record in pair} | {record for sides in self.different for side in sides for record in side}


def _leaders(leader: NDArray[np.int64], records: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({int(leader[record]) for record in records if leader[record] >= 0}))


UNDECIDED = Decided()


class HeldApart:
    """Which groups may not become one; groups with records judged the same count as one here, before they are joined.

    Groups are named by their leaders. Only those that a judgement touches are kept.
    """

    def __init__(self, decided: Decided) -> None:
        self._parent: dict[int, int] = {}
        self._sides: dict[int, set[int]] = {}  # 2n and 2n + 1 are the two sides of the nth `different`
        for a, b in decided.same:
            self._sides.setdefault(a, set())
            self._sides.setdefault(b, set())
        for number, sides in enumerate(decided.different):
            for side, records in enumerate(sides):
                for record in records:
                    self._sides.setdefault(record, set()).add(2 * number + side)
        for a, b in decided.same:
            self.join(a, b)

    def groups(self) -> list[int]:
        """Every group that a judgement touches."""
        return [*self._sides, *self._parent]

    def join(self, a: int, b: int) -> None:
        """The groups led by a and b become one, or are judged to be."""
        root_a, root_b = self._root(a), self._root(b)
        if root_a not in self._sides:
            root_a, root_b = root_b, root_a
        if root_a != root_b and root_a in self._sides:
            self._parent[root_b] = root_a
            self._sides[root_a] = self._sides.get(root_a, set()) | self._sides.pop(root_b, set())

    def are_apart(self, a: int, b: int) -> bool:
        """Whether a person judged that someone of the group led by a and someone of that led by b are two people."""
        if not self._sides:
            return False
        sides, others = self._sides.get(self._root(a)), self._sides.get(self._root(b))
        return bool(sides and others) and not {side ^ 1 for side in sides or ()}.isdisjoint(others or ())

    def _root(self, group: int) -> int:
        while group in self._parent:
            group = self._parent[group]
        return group
