"""Groups becoming one along links, unless what they say together contradicts it; and the doubts that are left."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp2
from typing import TYPE_CHECKING, Any

import numpy as np

from warehouse.people.contradictions import contradiction
from warehouse.people.decided import JUDGED_DIFFERENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from warehouse.people.contradictions import Portrait
    from warehouse.people.groups import Groups

JUDGED, STANDS_ALONE, SINGLED_OUT_BY = "judged by a person", "strong by itself", "singled out among all who fit"
HOW = (JUDGED, STANDS_ALONE, SINGLED_OUT_BY)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records whose people were left apart, how likely they are one all the same, and why they were left."""

    record_a: int
    record_b: int
    probability: float
    why: str


@dataclass(frozen=True, slots=True)
class Join:
    """The link along which two groups became one: its records, why it was joined, how likely it was then, and what company added (log2 odds)."""

    record_a: int
    record_b: int
    how: str
    probability: float
    company: float = 0.0


@dataclass(frozen=True)
class Joins:
    """Joins as columns; `how` as a place in HOW."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    how: NDArray[np.int64]
    probability: NDArray[np.float64]
    company: NDArray[np.float64]

    @classmethod
    def of(cls, joins: Sequence[Join]) -> Joins:
        """Joins from rows."""
        return cls(
            np.array([one.record_a for one in joins], np.int64),
            np.array([one.record_b for one in joins], np.int64),
            np.array([HOW.index(one.how) for one in joins], np.int64),
            np.array([one.probability for one in joins], np.float64),
            np.array([one.company for one in joins], np.float64),
        )

    def where(self, chosen: NDArray[np.bool_]) -> Joins:
        """Some of the joins."""
        return Joins(self.a[chosen], self.b[chosen], self.how[chosen], self.probability[chosen], self.company[chosen])

    def with_these(self, more: Joins) -> Joins:
        """These and others."""
        columns = zip(vars(self).values(), vars(more).values(), strict=True)
        return Joins(*(np.concatenate(both) for both in columns))

    def rows(self) -> list[Join]:
        """The joins one by one."""
        columns = (self.a.tolist(), self.b.tolist(), self.how.tolist(), self.probability.tolist(), self.company.tolist())
        return [Join(a, b, HOW[how], probability, company) for a, b, how, probability, company in zip(*columns, strict=True)]


class Joining:
    """Groups as they grow, and the links that joined them.

    `members`: the records of each group, by its leader, if it has several; `probability`: how likely each record belongs to its group, kept up to
    date. `harmless` marks groups whose links reach none that contradicts them, so that nobody asks: most are.
    """

    def __init__(
        self, groups: Groups, members: dict[int, list[int]], probability: NDArray[np.float64], harmless: NDArray[np.bool_]
    ) -> None:
        self.joins: list[Join] = []
        self._groups, self._members, self._held_apart = groups, members, groups.held_apart
        # read and written one by one as if they were lists, without the lists
        self._probability: Any = probability.data
        self._harmless = harmless.data
        self._parent: dict[int, int] = {}
        self._portraits: dict[int, Portrait] = {}

    def find(self, lead: int) -> int:
        """Who leads the group by now that `lead` led at first."""
        parent = self._parent
        while lead in parent:
            above = parent[lead]
            if above in parent:
                parent[lead] = parent[above]
            lead = above
        return lead

    def leader(self) -> NDArray[np.int64]:
        """Who leads each group by now, by who led it at first."""
        found = np.arange(self._groups.leader.size)
        found[list(self._parent)] = [self.find(lead) for lead in self._parent]
        return found

    def contradiction(self, a: int, b: int) -> str | None:
        """Why the groups led by a and b cannot be one person, or None."""
        if self._harmless[a] and self._harmless[b]:
            return None
        if self._held_apart.are_apart(a, b):
            return JUDGED_DIFFERENT
        return contradiction(self._portrait(a), self._portrait(b), self._groups.agreement)

    def _portrait(self, lead: int) -> Portrait:
        if lead not in self._portraits:
            self._portraits[lead] = self._groups.portrait(self._members_of(lead))
        return self._portraits[lead]

    def _members_of(self, lead: int) -> list[int]:
        return self._members.get(lead) or [lead]

    def join(self, a: int, b: int, by: Join) -> None:
        """Make one group of the groups led by a and b."""
        self.joins.append(by)
        self._held_apart.join(a, b)
        of_a, of_b = self._members_of(a), self._members_of(b)
        if (len(of_a), -a) < (len(of_b), -b):
            a, b, of_a, of_b = b, a, of_b, of_a
        for member in of_b:
            self._probability[member] = min(self._probability[member], by.probability)
        if len(of_a) == 1:
            self._probability[a] = by.probability
        if a in self._portraits or b in self._portraits:
            self._portrait(a).take_in(self._portrait(b))
        self._members.setdefault(a, of_a).extend(of_b)
        self._members.pop(b, None)
        self._portraits.pop(b, None)
        self._parent[b] = a

    def join_strong(self, links: Iterable[tuple[int, int, float]]) -> list[Doubt]:
        """Join groups by links, strongest first; give back the links that contradicting groups refused, each two groups once."""
        refused: set[tuple[int, int]] = set()
        doubts = []
        for a, b, weight in links:
            lead_a, lead_b = self.find(a), self.find(b)
            if lead_a == lead_b or (lead_a, lead_b) in refused:
                continue
            why = self.contradiction(lead_a, lead_b)
            if why is None:
                self.join(lead_a, lead_b, Join(a, b, STANDS_ALONE, probability_of(weight)))
            else:
                refused |= {(lead_a, lead_b), (lead_b, lead_a)}
                doubts.append(Doubt(a, b, probability_of(weight), why))
        return doubts

    def join_judged(self, same: Iterable[tuple[int, int]]) -> None:
        """Join each two records judged the same, with the groups that they belong to by then."""
        for a, b in same:
            lead_a, lead_b = self.find(a), self.find(b)
            if lead_a != lead_b:
                self.join(lead_a, lead_b, Join(a, b, JUDGED, 1.0))


def probability_of(weight: float) -> float:
    """The probability that log2 odds stand for."""
    return 1.0 / (1.0 + exp2(-max(min(weight, 500.0), -500.0)))
