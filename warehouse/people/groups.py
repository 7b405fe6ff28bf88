"""Groups of records as they stand at one stage of clustering: who leads each, who belongs to it, and its portrait, made when asked for."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.contradictions import NOTHING, Portrait, contradiction
from warehouse.people.decided import JUDGED_DIFFERENT, Decided, HeldApart
from warehouse.people.roll import Bins, Roll, Traits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement


class Groups:
    """`leader` gives each record's group by its leading record. `portraits` of an earlier stage are taken over where no group has grown."""

    def __init__(
        self, roll: Roll, leader: NDArray[np.int64], agreement: Agreement, decided: Decided, portraits: dict[int, Portrait] | None = None
    ) -> None:
        self.roll = roll
        self.leader = leader
        self.agreement = agreement
        self.held_apart = HeldApart(decided.among(leader))
        # read one by one as if they were lists, without the lists
        self._leader = np.ascontiguousarray(leader).data
        self._size = np.bincount(leader, minlength=leader.size).data
        self.known = {} if portraits is None else portraits

    def find(self, record: int) -> int:
        """The leading record of a record's group."""
        found: int = self._leader[record]
        return found

    @cached_property
    def _bins(self) -> Bins:
        return Bins(self.leader)

    def members(self, lead: int) -> list[int]:
        """The records of the group led by `lead`."""
        return [lead] if self._size[lead] == 1 else self._bins.rows(lead)

    def size(self, lead: int) -> int:
        """How many records the group led by `lead` has."""
        found: int = self._size[lead]
        return found

    def portrait(self, lead: int) -> Portrait:
        """What the records of the group led by `lead` say together."""
        known = self.known.get(lead)
        if known is None or len(known.members) != self._size[lead]:
            members = self.members(lead)
            known = self.known[lead] = portray(members, [self.roll.traits[member] for member in members])
        return known

    def contradiction(self, a: int, b: int) -> str | None:
        """Why the groups led by a and b cannot be one person, or None."""
        if self.held_apart.are_apart(a, b):
            return JUDGED_DIFFERENT
        return contradiction(self.portrait(a), self.portrait(b), self.agreement)

    def of(self, leads: Iterable[int] | NDArray[np.int64]) -> NDArray[np.bool_]:
        """Marks the records of the groups led by `leads`."""
        marked = np.zeros(self.leader.size, bool)
        marked[leads if isinstance(leads, np.ndarray) else np.fromiter(leads, np.int64)] = True
        return marked[self.leader]

    def fetch(self, leads: Iterable[int] | NDArray[np.int64]) -> None:
        """Have the traits of these groups' records at hand, fetched at once."""
        self.roll.fetch(np.flatnonzero(self.of(leads)))


def portray(members: list[int], traits: list[Traits]) -> Portrait:
    """The portrait of records by their traits."""
    if len(traits) == 1:
        return _of_one(members, traits[0])
    return Portrait(
        members,
        frozenset(one.context for one in traits if one.context),
        _counted(one.first_name for one in traits),
        frozenset(name for one in traits for name in one.given_names),
        _counted(one.surname for one in traits),
        _counted(one.born for one in traits),
        frozenset(one.upn for one in traits if one.upn),
        _counted(one.district for one in traits),
    )


def _of_one(members: list[int], one: Traits) -> Portrait:
    return Portrait(
        members,
        frozenset((one.context,)) if one.context else NOBODY,
        _once(one.first_name),
        _all(one.given_names),
        _once(one.surname),
        _once(one.born),
        frozenset((one.upn,)) if one.upn else NOBODY,
        _once(one.district),
    )


NOBODY: frozenset[str] = frozenset()


@cache
def _once(value: str | None) -> Mapping[str, int]:
    return {value: 1} if value else NOTHING


@cache
def _all(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(values)


def _counted(values: Iterable[str | None]) -> Mapping[str, int]:
    return Counter(value for value in values if value) or NOTHING
