"""Groups becoming one along links, unless what they say together contradicts it; and the doubts that are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp2
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.contradictions import Portrait, contradiction
from warehouse.people.decided import JUDGED_DIFFERENT, HeldApart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement

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


@dataclass(slots=True)
class Joining:
    """Groups as they grow: their portraits by leader, how likely each of their records belongs, and the links that joined them."""

    portraits: dict[int, Portrait]
    probability: dict[int, float]
    agreement: Agreement
    held_apart: HeldApart
    joins: list[Join] = field(default_factory=list)
    _parent: dict[int, int] = field(default_factory=dict)

    def find(self, lead: int) -> int:
        """Who leads the group by now that `lead` led at first."""
        parent = self._parent
        while lead in parent:
            above = parent[lead]
            if above in parent:
                parent[lead] = parent[above]
            lead = above
        return lead

    def contradiction(self, a: int, b: int) -> str | None:
        """Why the groups led by a and b cannot be one person, or None."""
        if self.held_apart.are_apart(a, b):
            return JUDGED_DIFFERENT
        return contradiction(self.portraits[a], self.portraits[b], self.agreement)

    def join(self, a: int, b: int, by: Join) -> None:
        """Make one group of the groups led by a and b."""
        portraits, probability = self.portraits, by.probability
        self.joins.append(by)
        self.held_apart.join(a, b)
        if (len(portraits[a].members), -a) < (len(portraits[b].members), -b):
            a, b = b, a
        for member in portraits[b].members:
            self.probability[member] = min(self.probability[member], probability)
        if len(portraits[a].members) == 1:
            self.probability[a] = probability
        portraits[a].take_in(portraits.pop(b))
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
