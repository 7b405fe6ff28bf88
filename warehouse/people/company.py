"""The company people are named in: what a record's companions, their area and their ages say for one of several people of its name.

How much each sign says is learned when the linkage model is, from records whose person is certain: how often it is seen between such a record and the rest
of its person, against how often it is seen between the record and another person of a like name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.portraits import Values, main_of
from warehouse.people.roll import marks
from warehouse.people.rows_of import Numbers, place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from warehouse.people.groups import Groups
    from warehouse.people.link_list import Links

FEWEST_CASES = 200
MOST_CASES = 10000
AT_ONCE = 500_000
NEVER = 1000

# A sign's levels, and by how much each multiplies the odds as long as too few certain records are there to learn from: judgements.
UNLEARNED: dict[str, tuple[float, ...]] = {
    "together": (0.6, 8.0, 15.0),  # never before, once, more often named with any of the same people
    "area": (0.4, 2.5),  # another district than the companions', the same
    "age": (0.5, 1.0, 1.5),  # more than ten years from the companions' ages, within ten, within five
}


Signs = dict[bool, dict[str, tuple[float, ...]]]
"""For people in incidents (False) and in reports (True), by how much each level of each sign multiplies the odds."""

Levels = dict[str, Numbers]
"""The level of each sign for each of some records and groups; -1 where it cannot be told."""


class Company:
    """Who is named with whom, by groups of records as they stand."""

    def __init__(self, groups: Groups, signs: Signs | None = None) -> None:
        self._groups = groups
        self._roll = groups.roll
        self.signs: Signs = signs or dict.fromkeys((False, True), UNLEARNED)

    def weights(self, record: Numbers, group: Numbers) -> NDArray[np.float64]:
        """By how much each record's company multiplies the odds that it belongs to the group, its own or another."""
        return np.concatenate([
            self._weights(record[start : start + AT_ONCE], group[start : start + AT_ONCE]) for start in range(0, record.size, AT_ONCE)
        ] or [np.empty(0)])  # fmt: skip

    def _weights(self, record: Numbers, group: Numbers) -> NDArray[np.float64]:
        told, factor = self.told(record, group), np.ones(record.size)
        is_reported = self._roll.said["is_reported"][record] > 0
        for sign, level in told.items():
            by = np.array([(*self.signs[kind][sign], 1.0) for kind in (False, True)])
            factor *= by[is_reported.astype(np.int64), level]
        return factor

    def told(self, record: Numbers, group: Numbers) -> Levels:
        """The signs between records and groups, by their leaders."""
        leader, said = self._groups.leader, self._roll.said
        asked, place = np.unique(record, return_inverse=True)
        companions = self._companions(asked)
        leads = np.unique(np.concatenate([group, leader[asked], companions.value]))
        portraits = self._groups.portraits(leads)
        pair, companion = companions.rows.spread(place)
        other, theirs = companions.value[companion], group[pair]
        times = np.where(other == theirs, 0, self._met(theirs, other) - (leader[record] == group)[pair])
        together = np.minimum(np.maximum(np.bincount(pair, times, record.size), 0), 2).astype(np.int64)
        district, year = portraits.main_district[place_of(group, leads)], portraits.main_birth_year[place_of(group, leads)]
        of_companions = place_of(companions.value, leads)
        area = main_of(companions.owner, portraits.main_district[of_companions], asked.size, self._roll.words)[place]
        is_placed = said["is_placed_by_company"][record] == 0
        companion_year = portraits.main_birth_year[of_companions][companion]
        gap, known = np.full(record.size, NEVER), (companion_year >= 0) & (year[pair] >= 0)
        np.minimum.at(gap, pair[known], np.abs(year[pair] - companion_year)[known])
        return {
            "together": np.where(companions.rows.counts(place) > 0, together, -1),
            "area": np.where(is_placed | (area < 0) | (district < 0), -1, area == district),
            "age": np.where(gap == NEVER, -1, (gap <= 10).astype(np.int64) + (gap <= 5)),
        }

    def _companions(self, records: Numbers) -> Values:
        """The groups of the other records of each record's incident or report."""
        context = self._roll.context[records]
        alone = np.flatnonzero(context >= 0)
        which, other = self._roll.named_in(context[alone])
        whose = alone[which]
        others = other != records[whose]
        return Values.of(whose[others], self._groups.leader[other[others]], records.size)

    def _met(self, group: Numbers, other: Numbers) -> Numbers:
        """How many records of the other group are named together with each group."""
        leader, context, size = self._groups.leader, self._roll.context, self._roll.size
        leads = np.unique(group)
        rows = np.flatnonzero(self._groups.of(leads) & (context >= 0))
        contexts = Values.of(place_of(leader[rows], leads), context[rows], leads.size)
        which, named = self._roll.named_in(contexts.value)
        met = Values.of(contexts.owner[which], leader[named], leads.size)
        found = place_of(place_of(group, leads) * size + other, met.owner * size + met.value)
        return np.where(found >= 0, np.append(met.times, 0)[found], 0)

    def learn(self, weak: Links) -> Signs:
        """Learn what each sign says, from certain records and the other people of a like name that weak links lead to."""
        groups, leader = self._groups, self._groups.leader
        is_dated = marks(leader.size, leader[self._roll.is_dated])
        is_certain = self._roll.is_dated & (np.bincount(leader, minlength=leader.size) > 1)[leader]
        apart = leader[weak.a] != leader[weak.b]
        of_a, of_b = (apart & is_certain[one] & is_dated[leader[two]] for one, two in ((weak.a, weak.b), (weak.b, weak.a)))
        link, is_b = np.divmod(np.flatnonzero(np.stack([of_a, of_b], axis=1)), 2)
        record, rival = np.where(is_b, weak.b[link], weak.a[link]), leader[np.where(is_b, weak.a[link], weak.b[link])]
        groups.fetch(leader[record])
        is_reported = self._roll.said["is_reported"][record] > 0
        self.signs = {kind: self._learn(record[is_reported == kind], rival[is_reported == kind]) for kind in (False, True)}
        return self.signs

    def _learn(self, record: Numbers, rival: Numbers) -> dict[str, tuple[float, ...]]:
        _, first = np.unique(record, return_index=True)
        is_first = marks(record.size, first)
        enough = np.cumsum(is_first) - is_first < MOST_CASES
        record, rival, is_first = record[enough], rival[enough], is_first[enough]
        other = self.told(record, rival)
        same = self.told(record[is_first], self._groups.leader[record[is_first]])
        return {sign: _learned(same[sign], other[sign], unlearned) for sign, unlearned in UNLEARNED.items()}


def _learned(same: Numbers, other: Numbers, unlearned: tuple[float, ...]) -> tuple[float, ...]:
    levels = len(unlearned)
    cases = [np.bincount(told[told >= 0], minlength=levels).tolist() for told in (same, other)]
    if min(map(sum, cases)) < FEWEST_CASES:
        return unlearned
    if_same, if_other = ([(count + 1) / (sum(counts) + levels) for count in counts] for counts in cases)
    return tuple(one / two for one, two in zip(if_same, if_other, strict=True))
