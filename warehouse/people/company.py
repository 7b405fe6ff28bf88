"""The company people are named in: what a record's companions, their area and their ages say for one of several people of its name.

How much each sign says is learned every night from records whose person is certain: how often it is seen between such a record and the rest
of its person, against how often it is seen between the record and another person of a like name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from warehouse.people.agreement import Agreement
    from warehouse.people.clusters import Clustering, Traits

FEWEST_CASES = 200
MOST_CASES = 10000

# A sign's levels, and by how much each multiplies the odds as long as too few certain records are there to learn from: judgements.
UNLEARNED: dict[str, tuple[float, ...]] = {
    "together": (0.6, 8.0, 15.0),  # never before, once, more often named with any of the same people
    "area": (0.4, 2.5),  # another district than the companions', the same
    "age": (0.5, 1.0, 1.5),  # more than ten years from the companions' ages, within ten, within five
}


class Company:
    """Who is named with whom, by groups of records as they stand."""

    def __init__(self, clustering: Clustering, traits: Sequence[Traits]) -> None:
        self._clustering = clustering
        self._traits = traits
        self._named_in: dict[str, list[int]] = defaultdict(list)
        for record, one in enumerate(traits):
            if one.context:
                self._named_in[one.context].append(record)
        self._in_texts: dict[int, Counter[int]] = {}
        self._companions: dict[int, Counter[int]] = {}
        self._signs = dict.fromkeys((False, True), UNLEARNED)

    @property
    def agreement(self) -> Agreement:
        """What is known here of forms of one name."""
        return self._clustering.agreement

    def forget(self) -> None:
        """Groups have been joined: what was remembered of them no longer holds."""
        self._companions.clear()

    def add_texts(self, people_in_texts: Iterable[tuple[frozenset[int], frozenset[int]]]) -> None:
        """From now on people mentioned in a text are company to its subjects and to each other: (subjects, mentioned) of each text."""
        self._in_texts = defaultdict(Counter)
        for subjects, mentioned in people_in_texts:
            for person in subjects | mentioned:
                self._in_texts[person].update((subjects | mentioned if person in mentioned else mentioned) - {person})
        self.forget()

    def _companions_of(self, group: int) -> Counter[int]:
        known = self._companions.get(group)
        if known is None:
            find, named_in = self._clustering.find, self._named_in
            known = Counter(find(other) for context in self._clustering.portraits[group].contexts for other in named_in[context])
            known.update(self._in_texts.get(group, ()))
            del known[group]
            self._companions[group] = known
        return known

    def with_record(self, record: int) -> list[int]:
        """The groups of the other records of the record's incident or report."""
        context = self._traits[record].context
        if context is None or len(self._named_in[context]) == 1:
            return []
        return sorted({self._clustering.find(other) for other in self._named_in[context] if other != record})

    def told(
        self, companions: Sequence[int], group: int, *, own: int | None = None, is_placed: bool = False, is_met_here: bool = False
    ) -> dict[str, int]:
        """The level of each sign that can be told, between someone named with `companions` and a group of records.

        `own`: a record of the group that is itself the one named, and so says nothing. `is_met_here`: the group was found to be the one named
        in this very text, and that says nothing either. `is_placed`: the area is known otherwise.
        """
        if not companions:
            return {}
        portraits, person = self._clustering.portraits, self._clustering.portraits[group]
        met = self._companions_of(group)
        times = sum(met[other] - (own is not None or is_met_here) for other in companions if other != group)
        seen = {"together": min(max(times, 0), 2)}
        areas = (
            Counter(area for other in companions for area in portraits[other].main_district())
            if person.districts and not is_placed
            else None
        )
        if areas:
            seen["area"] = int(person.main_district() == [min(areas, key=lambda area: (-areas[area], area))])
        years = [year for other in companions for year in portraits[other].main_birth_year()]
        for born in person.main_birth_year():
            if years:
                gap = min(abs(born - year) for year in years)
                seen["age"] = (gap <= 10) + (gap <= 5)
        return seen

    def of_record(self, record: int, group: int) -> dict[str, int]:
        """The signs between a record and a group, its own or another."""
        one = self._traits[record]
        own = record if self._clustering.find(record) == group else None
        return self.told(self.with_record(record), group, own=own, is_placed=not one.is_placed_by_company)

    def weight(self, told: dict[str, int], is_reported: bool) -> float:
        """By how much the signs multiply the odds that the two are one person; for someone named in a report, or in an incident."""
        factor = 1.0
        signs = self._signs[is_reported]
        for sign, level in told.items():
            factor *= signs[sign][level]
        return factor

    def weight_of_record(self, record: int, group: int) -> float:
        """By how much a record's company multiplies the odds that it belongs to the group."""
        return self.weight(self.of_record(record, group), self._traits[record].is_reported)

    def learn(self, weak: Iterable[tuple[int, int, float]], is_certain: Callable[[int], bool]) -> None:
        """Learn what each sign says, from certain records and the other people of a like name that weak links lead to."""
        same: dict[tuple[bool, str], Counter[int]] = defaultdict(Counter)
        other: dict[tuple[bool, str], Counter[int]] = defaultdict(Counter)
        done: dict[bool, set[int]] = {False: set(), True: set()}
        for a, b, _ in weak:
            for record, rival in ((a, self._clustering.find(b)), (b, self._clustering.find(a))):
                group, is_reported = self._clustering.find(record), self._traits[record].is_reported
                is_enough = len(done[is_reported]) >= MOST_CASES
                if is_enough or group == rival or not self._clustering.portraits[rival].births or not is_certain(record):
                    continue
                for sign, level in self.of_record(record, rival).items():
                    other[is_reported, sign][level] += 1
                if record not in done[is_reported]:
                    done[is_reported].add(record)
                    for sign, level in self.of_record(record, group).items():
                        same[is_reported, sign][level] += 1
        for is_reported in done:
            self._signs[is_reported] = {
                sign: _learned(same[is_reported, sign], other[is_reported, sign], unlearned) for sign, unlearned in UNLEARNED.items()
            }


def _learned(same: Counter[int], other: Counter[int], unlearned: tuple[float, ...]) -> tuple[float, ...]:
    if min(same.total(), other.total()) < FEWEST_CASES:
        return unlearned
    levels = range(len(unlearned))
    if_same, if_other = ([(cases[level] + 1) / (cases.total() + len(unlearned)) for level in levels] for cases in (same, other))
    return tuple(one / two for one, two in zip(if_same, if_other, strict=True))
