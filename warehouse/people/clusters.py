"""Which records are one person: links joined from the strongest down, unless what the groups say together contradicts it.

Two passes. First every link that stands on its own. Then the weak ones, such as a record with a name only: a group of records joins
another only if that one stands out among all that it could belong to, and among people whom we do not know.

What people have decided is stronger than both: groups with records judged different are never joined, by whatever way round, and records
judged the same are joined whatever contradicts, once each has found its own group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp2, log2
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.agreement import Agreement
from warehouse.people.company import Company
from warehouse.people.contradictions import Portrait, contradiction
from warehouse.people.decided import JUDGED_DIFFERENT, UNDECIDED, Decided, HeldApart
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


@dataclass(frozen=True, slots=True)
class Join:
    """The link along which two groups became one: its records, why it was joined, how likely it was then, and what company added (log2 odds)."""

    record_a: int
    record_b: int
    how: str
    probability: float
    company: float = 0.0


JUDGED, STANDS_ALONE, SINGLED_OUT_BY = "judged by a person", "strong by itself", "singled out among all who fit"


@dataclass(slots=True)
class Clustering:
    """The groups so far: who leads each record's group, each group's portrait, and the links that joined them."""

    leader: list[int]
    portraits: dict[int, Portrait]
    probability: list[float]
    agreement: Agreement = field(default_factory=Agreement)
    doubts: list[Doubt] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    held_apart: HeldApart = field(default_factory=lambda: HeldApart(UNDECIDED))

    def contradiction(self, a: int, b: int) -> str | None:
        """Why the groups led by a and b cannot be one person, or None."""
        if self.held_apart.are_apart(a, b):
            return JUDGED_DIFFERENT
        return contradiction(self.portraits[a], self.portraits[b], self.agreement)

    def find(self, record: int) -> int:
        """The leading record of the group."""
        leader = self.leader
        while leader[record] != record:
            leader[record] = leader[leader[record]]
            record = leader[record]
        return record

    def leaders(self) -> NDArray[np.int64]:
        """The leading record of each record's group."""
        return np.fromiter((self.find(record) for record in range(len(self.leader))), np.int64, len(self.leader))

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
        self.leader[b] = a


def cluster_records(
    traits: Sequence[Traits], links: Links, agreement: Agreement, decided: Decided = UNDECIDED
) -> tuple[Clustering, Company]:
    """Group records 0..n-1 by their links, strongest first, and by what was decided of them. Gives their company too."""
    portraits = {record: portrait_of(record, one) for record, one in enumerate(traits)}
    clustering = Clustering(list(range(len(traits))), portraits, [1.0] * len(traits), agreement, held_apart=HeldApart(decided))
    strong = _stand_alone(traits, links)
    for _ in range(STRONG_ROUNDS):
        # a group grown by stronger links may agree with what one of its records alone contradicted
        clustering.doubts = _join_strong(clustering, links.where(strong))
    if _join_judged(clustering, decided):
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
        joined = _join_singled_out(clustering, found, company, weak_links)
        company.forget()
        if not joined:
            break
    _note_refused(clustering, weak_links)
    _note_unsure(clustering, found)
    clustering.doubts = [doubt for doubt in clustering.doubts if not _is_settled(clustering, doubt)]
    return clustering, company


def _join_judged(clustering: Clustering, decided: Decided) -> bool:
    """Join each two records judged the same, with the groups that they belong to by then; gives back whether there were any."""
    for a, b in decided.same:
        lead_a, lead_b = clustering.find(a), clustering.find(b)
        if lead_a != lead_b:
            clustering.join(lead_a, lead_b, Join(a, b, JUDGED, 1.0))
    return bool(decided.same)


def _is_settled(clustering: Clustering, doubt: Doubt) -> bool:
    """Whether a person has decided that the two are apart, so that nobody need look again."""
    return clustering.held_apart.are_apart(clustering.find(doubt.record_a), clustering.find(doubt.record_b))


def portrait_of(record: int, traits: Traits) -> Portrait:
    """What one record says by itself."""
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
            clustering.join(lead_a, lead_b, Join(a, b, STANDS_ALONE, _probability(weight)))
        else:
            refused |= {(lead_a, lead_b), (lead_b, lead_a)}
            doubts.append(Doubt(a, b, _probability(weight), why))
    return doubts


def _join_singled_out(clustering: Clustering, found: Shares, company: Company, weak_links: Links) -> int:
    leaders = clustering.leaders()
    proposals = sorted((one for one in mutual(found, clustering) if one[0] >= SINGLED_OUT), key=lambda one: (-one[0], one[1], one[2]))
    strongest = weak_links.strongest_between(leaders, [(lead, other) for _, lead, other in proposals])
    joins = [
        Join(a, b, SINGLED_OUT_BY, share, log2(company.weight_of_record(a, other)))
        for (share, _, other), (a, b) in zip(proposals, strongest, strict=True)
    ]
    joined = 0
    for by in joins:
        lead_a, lead_b = clustering.find(by.record_a), clustering.find(by.record_b)
        if lead_a != lead_b and clustering.contradiction(lead_a, lead_b) is None:
            clustering.join(lead_a, lead_b, by)
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
