"""Which records are one person: links joined from the strongest down, unless what the groups say together contradicts it.

Two passes. First every link that stands on its own. Then the weak ones, such as a record with a name only: a group of records joins
another only if that one stands out among all that it could belong to, and among people whom we do not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp2
from typing import TYPE_CHECKING

from warehouse.people.agreement import Agreement
from warehouse.people.company import Company
from warehouse.people.contradictions import Portrait, contradiction
from warehouse.people.weak_links import Shares, WeakLinks, mutual, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRONG_WEIGHT = 9.0
SINGLED_OUT = 0.95
WORTH_REVIEW = 0.3
ROUNDS = 3
LEAST_RIVAL = 0.05
REFUSED_WORTH_REVIEW = 1.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What clustering needs to know of one record."""

    context: str | None
    first_name: str | None
    given_names: tuple[str, ...]
    surname: str | None
    born: str | None
    upn: str | None
    nominal_ref: str | None
    district: str | None
    is_reported: bool
    is_placed_by_company: bool


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
    agreement: Agreement = field(default_factory=Agreement)
    doubts: list[Doubt] = field(default_factory=list)

    def contradiction(self, a: int, b: int) -> str | None:
        """Why the groups led by a and b cannot be one person, or None."""
        return contradiction(self.portraits[a], self.portraits[b], self.agreement)

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


def cluster_records(traits: Sequence[Traits], links: Sequence[tuple[int, int, float]], agreement: Agreement) -> tuple[Clustering, Company]:
    """Group records 0..n-1 by `links` (record, record, weight as log2 odds), strongest first; ties in the order given. Gives their company too."""
    portraits = {record: _portrait(record, one) for record, one in enumerate(traits)}
    clustering = Clustering(list(range(len(traits))), portraits, [1.0] * len(traits), agreement)
    ordered = sorted(links, key=lambda link: -link[2])
    weak_links = _join_strong(clustering, traits, ordered)
    company = Company(clustering, traits)
    company.learn(
        weak_links, lambda record: traits[record].born is not None and len(clustering.portraits[clustering.find(record)].members) > 1
    )
    weak = WeakLinks(weak_links)
    found: Shares = {}
    for _ in range(ROUNDS):
        found = shares(clustering, company, weak)
        joined = _join_singled_out(clustering, found)
        company.forget()
        if not joined:
            break
    _note_refused(clustering, weak_links)
    _note_unsure(clustering, found)
    return clustering, company


def _portrait(record: int, traits: Traits) -> Portrait:
    return Portrait(
        [record],
        {traits.context} if traits.context else set(),
        _one(traits.first_name),
        set(traits.given_names),
        _one(traits.surname),
        _one(traits.born),
        {traits.upn} if traits.upn else set(),
        _one(traits.district),
    )


def _one(value: str | None) -> dict[str, int]:
    return {value: 1} if value else {}


def _probability(weight: float) -> float:
    return 1.0 / (1.0 + exp2(-max(min(weight, 500.0), -500.0)))


def _stands_alone(a: Traits, b: Traits) -> bool:
    """Whether a strong link needs no comparison with other people of the name: both dates of birth are known, or a number is shared."""
    if a.born and b.born:
        return True
    return (a.upn is not None and a.upn == b.upn) or (a.nominal_ref is not None and a.nominal_ref == b.nominal_ref)


def _join_strong(
    clustering: Clustering, traits: Sequence[Traits], ordered: Iterable[tuple[int, int, float]]
) -> list[tuple[int, int, float]]:
    """Join what stands on its own; give back the links that do not."""
    weak = []
    refused: set[tuple[int, int]] = set()
    for a, b, weight in ordered:
        if weight < STRONG_WEIGHT or not _stands_alone(traits[a], traits[b]):
            weak.append((a, b, weight))
            continue
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a == lead_b:
            continue
        why = clustering.contradiction(lead_a, lead_b)
        if why is None:
            clustering.join(lead_a, lead_b, _probability(weight))
        elif (min(lead_a, lead_b), max(lead_a, lead_b)) not in refused:
            refused.add((min(lead_a, lead_b), max(lead_a, lead_b)))
            clustering.doubts.append(Doubt(a, b, _probability(weight), why))
    return weak


def _join_singled_out(clustering: Clustering, found: Shares) -> int:
    proposals = [proposal for proposal in mutual(found, clustering) if proposal[0] >= SINGLED_OUT]
    joined = 0
    for probability, a, b in sorted(proposals, key=lambda proposal: (-proposal[0], proposal[1], proposal[2])):
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a != lead_b and clustering.contradiction(lead_a, lead_b) is None:
            clustering.join(lead_a, lead_b, probability)
            joined += 1
    return joined


def _note_refused(clustering: Clustering, weak_links: Iterable[tuple[int, int, float]]) -> None:
    """Likely links that were not joined because the groups contradict, each two groups once."""
    noted: set[tuple[int, int]] = set()
    for a, b, weight in weak_links:
        if weight < REFUSED_WORTH_REVIEW:
            return
        pair = (min(clustering.find(a), clustering.find(b)), max(clustering.find(a), clustering.find(b)))
        if pair[0] != pair[1] and pair not in noted:
            noted.add(pair)
            why = clustering.contradiction(*pair)
            if why:
                clustering.doubts.append(Doubt(a, b, _probability(weight), why))


def _note_unsure(clustering: Clustering, found: Shares) -> None:
    for share, lead, other in mutual(found, clustering):
        if share >= WORTH_REVIEW and clustering.find(lead) != clustering.find(other):
            rivals = sum(1 for rival in found[lead].values() if rival >= LEAST_RIVAL) - 1
            clustering.doubts.append(Doubt(lead, other, share, _unsure(rivals)))


def _unsure(rivals: int) -> str:
    if rivals:
        return f"what is known fits this person and {rivals} other{'s' if rivals > 1 else ''}"
    return "too little is known to say whether they are one person"
