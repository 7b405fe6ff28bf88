"""Which records are one person: links joined from the strongest down, unless what the groups say together contradicts it.

Two passes. First every link that stands on its own. Then the weak ones, such as a record with a name only: a group of records joins
another only if that one stands out among all that it could belong to, and among people whom we do not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp2
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.agreement import Agreement
from warehouse.people.company import Company
from warehouse.people.contradictions import Portrait, contradiction
from warehouse.people.link_list import Links, both_agree, codes
from warehouse.people.weak_links import Shares, WeakLinks, mutual, shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STRONG_WEIGHT = 9.0
SINGLED_OUT = 0.97
WORTH_REVIEW = 0.3
STRONG_ROUNDS = 2
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


def cluster_records(traits: Sequence[Traits], links: Links, agreement: Agreement) -> tuple[Clustering, Company]:
    """Group records 0..n-1 by their links, strongest first. Gives their company too."""
    portraits = {record: _portrait(record, one) for record, one in enumerate(traits)}
    clustering = Clustering(list(range(len(traits))), portraits, [1.0] * len(traits), agreement)
    strong = _stand_alone(traits, links)
    for _ in range(STRONG_ROUNDS):
        # a group grown by stronger links may agree with what one of its records alone contradicted
        clustering.doubts = _join_strong(clustering, links.where(strong))
    weak_links = links.where(~strong)
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


def _stand_alone(traits: Sequence[Traits], links: Links) -> NDArray[np.bool_]:
    """Which links need no comparison with other people of the name: strong, and both dates of birth are known or a number is shared."""
    is_dated = np.fromiter((one.born is not None for one in traits), np.bool_, len(traits))
    same_number = both_agree(codes(one.upn for one in traits), links) | both_agree(codes(one.nominal_ref for one in traits), links)
    stand_alone: NDArray[np.bool_] = (links.weight >= STRONG_WEIGHT) & (same_number | (is_dated[links.a] & is_dated[links.b]))
    return stand_alone


def _join_strong(clustering: Clustering, strong: Links) -> list[Doubt]:
    """Join groups by strong links, strongest first; give back the links that contradicting groups refused, each two groups once."""
    refused: set[tuple[int, int]] = set()
    doubts = []
    for a, b, weight in strong:
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a == lead_b or (lead_a, lead_b) in refused:
            continue
        why = clustering.contradiction(lead_a, lead_b)
        if why is None:
            clustering.join(lead_a, lead_b, _probability(weight))
        else:
            refused |= {(lead_a, lead_b), (lead_b, lead_a)}
            doubts.append(Doubt(a, b, _probability(weight), why))
    return doubts


def _join_singled_out(clustering: Clustering, found: Shares) -> int:
    proposals = [proposal for proposal in mutual(found, clustering) if proposal[0] >= SINGLED_OUT]
    joined = 0
    for probability, a, b in sorted(proposals, key=lambda proposal: (-proposal[0], proposal[1], proposal[2])):
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a != lead_b and clustering.contradiction(lead_a, lead_b) is None:
            clustering.join(lead_a, lead_b, probability)
            joined += 1
    return joined


def _note_refused(clustering: Clustering, weak_links: Links) -> None:
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
