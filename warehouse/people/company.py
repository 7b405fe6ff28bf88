"""The company people are named in: whether a record's companions, area and ages speak for one of several people of its name.

How much each sign says is learned every night from records whose person is certain: how often it holds between such a record and the rest
of its person, against how often it holds between the record and another person of a like name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from warehouse.people.clusters import Clustering, Traits

NEAR_IN_AGE_YEARS = 5
FEWEST_CASES = 200
MOST_CASES = 20000
SIGNS = ("together", "same area", "near in age")


@dataclass(frozen=True, slots=True)
class Sign:
    """How a sign, when it can be told at all, multiplies the odds that two are one person."""

    when_seen: float
    when_not: float


# Judgements for a night with too few certain records to learn from.
UNLEARNED = {"together": Sign(10.0, 0.6), "same area": Sign(2.5, 0.4), "near in age": Sign(1.5, 0.7)}


class Company:
    """Who is named with whom, by groups of records as they stand."""

    def __init__(self, clustering: Clustering, traits: Sequence[Traits]) -> None:
        self._clustering = clustering
        self._traits = traits
        self._named_in: dict[str, list[int]] = defaultdict(list)
        for record, one in enumerate(traits):
            if one.context:
                self._named_in[one.context].append(record)
        self._companions: dict[int, Counter[int]] = {}
        self.signs = UNLEARNED

    def forget(self) -> None:
        """Groups have been joined: what was remembered of them no longer holds."""
        self._companions.clear()

    def _with(self, record: int) -> list[int]:
        context = self._traits[record].context
        if context is None or len(self._named_in[context]) == 1:
            return []
        return [self._clustering.find(other) for other in self._named_in[context] if other != record]

    def _companions_of(self, group: int) -> Counter[int]:
        known = self._companions.get(group)
        if known is None:
            contexts = self._clustering.portraits[group].contexts
            leaders = (self._clustering.find(other) for context in contexts for other in self._named_in[context])
            known = self._companions[group] = Counter(leader for leader in leaders if leader != group)
        return known

    def shown(self, record: int, group: int) -> dict[str, bool]:
        """Which signs can be told between a record and a group of others, and whether each holds."""
        company = self._with(record)
        if not company:
            return {}
        own = self._clustering.find(record) == group
        companions = self._companions_of(group)
        seen = {"together": any(companions[other] > own for other in company if other != group)}
        portraits, person = self._clustering.portraits, self._clustering.portraits[group]
        one = self._traits[record]
        areas = Counter(area for other in company for area in portraits[other].main_district())
        if one.is_placed_by_company and areas and person.districts:
            seen["same area"] = person.main_district() == [min(areas, key=lambda area: (-areas[area], area))]
        years = [year for other in company for year in portraits[other].main_birth_year()]
        for year in person.main_birth_year():
            if years:
                seen["near in age"] = min(abs(year - other) for other in years) <= NEAR_IN_AGE_YEARS
        return seen

    def weight(self, record: int, group: int) -> float:
        """By how much the record's company multiplies the odds that it belongs to the group."""
        factor = 1.0
        for name, holds in self.shown(record, group).items():
            factor *= self.signs[name].when_seen if holds else self.signs[name].when_not
        return factor

    def learn(self, weak: Iterable[tuple[int, int, float]], is_certain: Callable[[int], bool]) -> None:
        """Learn what each sign says, from certain records and the other people of a like name that weak links lead to."""
        same: dict[str, list[bool]] = defaultdict(list)
        other: dict[str, list[bool]] = defaultdict(list)
        done: set[int] = set()
        for a, b, _ in weak:
            for record, rival in ((a, self._clustering.find(b)), (b, self._clustering.find(a))):
                group = self._clustering.find(record)
                if group == rival or not is_certain(record) or not self._clustering.portraits[rival].births:
                    continue
                for name, holds in self.shown(record, rival).items():
                    other[name].append(holds)
                if record not in done:
                    done.add(record)
                    for name, holds in self.shown(record, group).items():
                        same[name].append(holds)
            if len(done) >= MOST_CASES:
                break
        self.signs = {name: _learned(same[name], other[name], UNLEARNED[name]) for name in SIGNS}


def _learned(same: list[bool], other: list[bool], unlearned: Sign) -> Sign:
    if min(len(same), len(other)) < FEWEST_CASES:
        return unlearned
    if_same, if_other = ((sum(cases) + 1) / (len(cases) + 2) for cases in (same, other))
    return Sign(if_same / if_other, (1 - if_same) / (1 - if_other))
