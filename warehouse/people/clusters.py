"""Which records are one person: links joined from the strongest down, unless what the groups say together contradicts it.

Two passes. First every link that stands on its own. Then the weak ones, such as a record with a name only: a group of records joins
another only if that one stands out among all that it could belong to, and among people whom we do not know.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import exp2
from typing import TYPE_CHECKING

from warehouse.people.contradictions import Portrait, contradiction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRONG_WEIGHT = 9.0
SINGLED_OUT = 0.9
WORTH_REVIEW = 0.3
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What clustering needs to know of one record."""

    context: str | None
    first_name: str | None
    given_names: tuple[str, ...]
    surname: str | None
    born: str | None
    upn: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records whose people were left apart, how likely they are one all the same, and why they were left."""

    record_a: int
    record_b: int
    probability: float
    why: str


@dataclass(slots=True)
class Clustering:
    """The groups so far: who leads each record's group, and each group's portrait."""

    leader: list[int]
    portraits: dict[int, Portrait]
    probability: list[float]
    doubts: list[Doubt] = field(default_factory=list)

    def find(self, record: int) -> int:
        """The leading record of the group."""
        leader = self.leader
        while leader[record] != record:
            leader[record] = leader[leader[record]]
            record = leader[record]
        return record

    def join(self, a: int, b: int, probability: float) -> None:
        """Make one group of the groups led by a and b."""
        portraits = self.portraits
        if (len(portraits[a].members), -a) < (len(portraits[b].members), -b):
            a, b = b, a
        for member in portraits[b].members:
            self.probability[member] = min(self.probability[member], probability)
        if len(portraits[a].members) == 1:
            self.probability[a] = probability
        portraits[a].take_in(portraits.pop(b))
        self.leader[b] = a


def cluster_records(traits: Sequence[Traits], links: Sequence[tuple[int, int, float]]) -> Clustering:
    """Group records 0..n-1 by `links` (record, record, weight as log2 odds), strongest first; ties in the order given."""
    clustering = Clustering(list(range(len(traits))), {i: _portrait(i, t) for i, t in enumerate(traits)}, [1.0] * len(traits))
    ordered = sorted(links, key=lambda link: -link[2])
    weak = _join_strong(clustering, ordered)
    for _ in range(ROUNDS):
        if not _join_singled_out(clustering, weak):
            break
    _note_unsure(clustering, weak)
    return clustering


def _portrait(record: int, traits: Traits) -> Portrait:
    return Portrait(
        [record],
        {traits.context} if traits.context else set(),
        _one(traits.first_name),
        set(traits.given_names),
        _one(traits.surname),
        _one(traits.born),
        {traits.upn} if traits.upn else set(),
    )


def _one(value: str | None) -> Counter[str]:
    return Counter([value]) if value else Counter()


def _probability(weight: float) -> float:
    return 1.0 / (1.0 + exp2(-max(min(weight, 500.0), -500.0)))


def _join_strong(clustering: Clustering, ordered: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    weak = []
    refused: set[tuple[int, int]] = set()
    for a, b, weight in ordered:
        if weight < STRONG_WEIGHT:
            weak.append((a, b, weight))
            continue
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a == lead_b:
            continue
        why = contradiction(clustering.portraits[lead_a], clustering.portraits[lead_b])
        if why is None:
            clustering.join(lead_a, lead_b, _probability(weight))
        elif (min(lead_a, lead_b), max(lead_a, lead_b)) not in refused:
            refused.add((min(lead_a, lead_b), max(lead_a, lead_b)))
            clustering.doubts.append(Doubt(a, b, _probability(weight), why))
    return weak


def _candidates(clustering: Clustering, weak: Iterable[tuple[int, int, float]]) -> dict[int, dict[int, float]]:
    """For each group, the odds of each other group that a weak link reaches: the most that any of its records has for all of the other's."""
    per_record: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, weight in weak:
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a != lead_b:
            odds = exp2(weight)
            per_record[a, lead_b] += odds
            per_record[b, lead_a] += odds
    reached: dict[int, dict[int, float]] = defaultdict(dict)
    for (record, other), odds in per_record.items():
        lead = clustering.find(record)
        reached[lead][other] = max(reached[lead].get(other, 0.0), odds)
    return reached


def _join_singled_out(clustering: Clustering, weak: Iterable[tuple[int, int, float]]) -> int:
    proposals = []
    for lead, others in _candidates(clustering, weak).items():
        possible = {o: odds for o, odds in others.items() if contradiction(clustering.portraits[lead], clustering.portraits[o]) is None}
        total = 1.0 + sum(possible.values())
        proposals += [(odds / total, lead, other) for other, odds in possible.items() if odds / total >= SINGLED_OUT]
    joined = 0
    for probability, a, b in sorted(proposals, key=lambda p: (-p[0], p[1], p[2])):
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a != lead_b and contradiction(clustering.portraits[lead_a], clustering.portraits[lead_b]) is None:
            clustering.join(lead_a, lead_b, probability)
            joined += 1
    return joined


def _note_unsure(clustering: Clustering, weak: Iterable[tuple[int, int, float]]) -> None:
    for lead, others in _candidates(clustering, weak).items():
        total = 1.0 + sum(others.values())
        for other, odds in others.items():
            share = odds / total
            if share >= WORTH_REVIEW:
                why = contradiction(clustering.portraits[lead], clustering.portraits[other])
                rivals = sum(1 for o in others.values() if o / total >= 0.05) - 1
                clustering.doubts.append(Doubt(lead, other, share, why or _unsure(rivals)))


def _unsure(rivals: int) -> str:
    if rivals:
        return f"what is known fits this person and {rivals} other{'s' if rivals > 1 else ''}"
    return "too little is known to say whether they are one person"
