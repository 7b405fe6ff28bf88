"""Groups of records as they stand at one stage of clustering: who leads each, who belongs to it, and what its records say together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.contradictions import NOTHING, REASONS, Portrait
from warehouse.people.decided import JUDGED_DIFFERENT, UNDECIDED, Decided, HeldApart
from warehouse.people.portraits import Portraits
from warehouse.people.roll import Roll, Traits, marks
from warehouse.people.rows_of import Numbers, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement
    from warehouse.people.company import Signs


@dataclass(frozen=True)
class Given:
    """What a night's clustering goes by: the records, names that agree, what was decided, and what company says (None: to be learned)."""

    roll: Roll
    agreement: Agreement
    decided: Decided = UNDECIDED
    signs: Signs | None = None


class Groups:
    """`leader` gives each record's group by its leading record."""

    def __init__(self, given: Given, leader: Numbers) -> None:
        self.roll, self.agreement = given.roll, given.agreement
        self.leader = leader
        self.held_apart = HeldApart(given.decided.among(leader))

    def find(self, record: int) -> int:
        """The leading record of a record's group."""
        return int(self.leader[record])

    def members(self, leads: Numbers) -> dict[int, list[int]]:
        """The records of each of the groups led by `leads` (in order)."""
        rows = np.flatnonzero(self.of(leads))
        rows = rows[np.argsort(self.leader[rows], kind="stable")]
        starts = np.searchsorted(self.leader[rows], leads)
        return dict(zip(leads.tolist(), (some.tolist() for some in np.split(rows, starts[1:])), strict=True)) if leads.size else {}

    def of(self, leads: Numbers) -> NDArray[np.bool_]:
        """Marks the records of the groups led by `leads`."""
        return marks(self.leader.size, leads)[self.leader]

    def fetch(self, leads: Numbers) -> None:
        """Have what these groups' records say at hand, fetched at once."""
        self.roll.fetch(self.of(leads))

    def portrait(self, members: Sequence[int]) -> Portrait:
        """What some records, which have been fetched, say together."""
        return portray([self.roll.traits(member) for member in members])

    def portraits(self, leads: Numbers) -> Portraits:
        """What the groups led by `leads` (in order) say."""
        marked = self.of(leads)
        self.roll.fetch(marked)
        rows = np.flatnonzero(marked)
        return Portraits(self.roll, rows, place_of(self.leader[rows], leads), leads.size)

    def contradictions(self, one: Numbers, two: Numbers) -> NDArray[np.int8]:
        """Why the two groups of each pair, by their leaders, cannot be one person, as a place in REASONS (0: nothing says so)."""
        leads = np.unique(np.concatenate([one, two]))
        found = self.portraits(leads).contradictions(place_of(one, leads), place_of(two, leads), self.agreement)
        judged = np.array(self.held_apart.groups(), np.int64)
        for pair in np.flatnonzero(np.isin(one, judged) & np.isin(two, judged)).tolist():
            if self.held_apart.are_apart(int(one[pair]), int(two[pair])):
                found[pair] = REASONS.index(JUDGED_DIFFERENT)
        return found


def portray(traits: Sequence[Traits]) -> Portrait:
    """The portrait of records by their traits."""
    return Portrait(
        frozenset(one.context for one in traits if one.context),
        _counted(one.first_name for one in traits),
        frozenset(name for one in traits for name in one.given_names),
        _counted(one.surname for one in traits),
        _counted(one.born for one in traits),
        frozenset(one.upn for one in traits if one.upn),
    )


def _counted(values: Iterable[str | None]) -> Mapping[str, int]:
    return Counter(value for value in values if value) or NOTHING
