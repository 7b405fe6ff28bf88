"""The company people are named in: what a record's companions, their area and their ages say for one of several people of its name.

How much each sign says is learned when the linkage model is, from records whose person is certain: how often it is seen between such a record and the rest
of its person, against how often it is seen between the record and another person of a like name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.roll import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warehouse.people.agreement import Agreement
    from warehouse.people.groups import Groups

FEWEST_CASES = 200
MOST_CASES = 10000

# A sign's levels, and by how much each multiplies the odds as long as too few certain records are there to learn from: judgements.
UNLEARNED: dict[str, tuple[float, ...]] = {
    "together": (0.6, 8.0, 15.0),  # never before, once, more often named with any of the same people
    "area": (0.4, 2.5),  # another district than the companions', the same
    "age": (0.5, 1.0, 1.5),  # more than ten years from the companions' ages, within ten, within five
}


Signs = dict[bool, dict[str, tuple[float, ...]]]
"""For people in incidents (False) and in reports (True), by how much each level of each sign multiplies the odds."""


class Company:
    """Who is named with whom, by groups of records as they stand."""

    def __init__(self, groups: Groups, signs: Signs | None = None) -> None:
        self._groups = groups
        self._roll = groups.roll
        self._companions: dict[int, Counter[int]] = {}
        self._with: tuple[int, list[int]] = (-1, [])
        self._around: tuple[Sequence[int], list[str], list[int]] = ((), [], [])
        self.signs: Signs = signs or dict.fromkeys((False, True), UNLEARNED)

    @property
    def agreement(self) -> Agreement:
        """What is known here of forms of one name."""
        return self._groups.agreement

    def fetch(self, records: Iterable[int]) -> None:
        """Have at hand what is needed of those who are named with these records."""
        named = marks(self._roll.size, records)
        self._groups.fetch(np.unique(self._groups.leader[self._roll.company_of(named)]))

    def _companions_of(self, group: int) -> Counter[int]:
        known = self._companions.get(group)
        if known is None:
            find, context, named_in = self._groups.find, self._roll.context, self._roll.named_in
            contexts = {int(context[member]) for member in self._groups.members(group)} - {-1}
            known = Counter(find(other) for one in contexts for other in named_in.rows(one))
            del known[group]
            self._companions[group] = known
        return known

    def with_record(self, record: int) -> list[int]:
        """The groups of the other records of the record's incident or report."""
        if self._with[0] != record:
            context = int(self._roll.context[record])
            others = self._roll.named_in.rows(context) if context >= 0 else []
            self._with = (record, sorted({self._groups.find(other) for other in others if other != record}))
        return self._with[1]

    def told(self, companions: Sequence[int], group: int, *, own: int | None = None, is_placed: bool = False) -> dict[str, int]:
        """The level of each sign that can be told, between someone named with `companions` and a group of records.

        `own`: a record of the group that is itself the one named, and so says nothing. `is_placed`: the area is known otherwise.
        """
        if not companions:
            return {}
        person = self._groups.portrait(group)
        areas, years = self._around_of(companions)
        met = self._companions_of(group)
        times = sum(met[other] - (own is not None) for other in companions if other != group)
        seen = {"together": min(max(times, 0), 2)}
        if areas and person.districts and not is_placed:
            seen["area"] = int(person.main_district() == areas)
        for born in person.main_birth_year():
            if years:
                gap = min(abs(born - year) for year in years)
                seen["age"] = (gap <= 10) + (gap <= 5)
        return seen

    def _around_of(self, companions: Sequence[int]) -> tuple[list[str], list[int]]:
        """The area of most companions, if any has one, and their years of birth; asked for one group after the other of the same companions."""
        if self._around[0] != companions:
            portraits = [self._groups.portrait(other) for other in companions]
            areas = Counter(area for one in portraits for area in one.main_district())
            most = [min(areas, key=lambda area: (-areas[area], area))] if areas else []
            self._around = (companions, most, [year for one in portraits for year in one.main_birth_year()])
        return self._around[1:]

    def of_record(self, record: int, group: int) -> dict[str, int]:
        """The signs between a record and a group, its own or another."""
        one = self._roll.traits[record]
        own = record if self._groups.find(record) == group else None
        return self.told(self.with_record(record), group, own=own, is_placed=not one.is_placed_by_company)

    def weight(self, told: dict[str, int], is_reported: bool) -> float:
        """By how much the signs multiply the odds that the two are one person; for someone named in a report, or in an incident."""
        factor = 1.0
        signs = self.signs[is_reported]
        for sign, level in told.items():
            factor *= signs[sign][level]
        return factor

    def weight_of_record(self, record: int, group: int) -> float:
        """By how much a record's company multiplies the odds that it belongs to the group."""
        return self.weight(self.of_record(record, group), self._roll.traits[record].is_reported)

    def learn(self, weak: Iterable[tuple[int, int, float]]) -> Signs:
        """Learn what each sign says, from certain records and the other people of a like name that weak links lead to."""
        same: dict[tuple[bool, str], Counter[int]] = defaultdict(Counter)
        other: dict[tuple[bool, str], Counter[int]] = defaultdict(Counter)
        done: dict[bool, set[int]] = {False: set(), True: set()}
        groups, traits = self._groups, self._roll.traits
        for a, b, _ in weak:
            for record, rival in ((a, groups.find(b)), (b, groups.find(a))):
                group, is_reported = groups.find(record), traits[record].is_reported
                is_certain = traits[record].born is not None and groups.size(group) > 1
                if len(done[is_reported]) >= MOST_CASES or not is_certain or group == rival or not groups.portrait(rival).births:
                    continue
                for sign, level in self.of_record(record, rival).items():
                    other[is_reported, sign][level] += 1
                if record not in done[is_reported]:
                    done[is_reported].add(record)
                    for sign, level in self.of_record(record, group).items():
                        same[is_reported, sign][level] += 1
        self.signs = {
            is_reported: {sign: _learned(same[is_reported, sign], other[is_reported, sign], before) for sign, before in UNLEARNED.items()}
            for is_reported in done
        }
        return self.signs


def _learned(same: Counter[int], other: Counter[int], unlearned: tuple[float, ...]) -> tuple[float, ...]:
    if min(same.total(), other.total()) < FEWEST_CASES:
        return unlearned
    levels = range(len(unlearned))
    if_same, if_other = ([(cases[level] + 1) / (cases.total() + len(unlearned)) for level in levels] for cases in (same, other))
    return tuple(one / two for one, two in zip(if_same, if_other, strict=True))
