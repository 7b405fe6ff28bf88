"""Links that do not stand on their own, such as a name alone: whom a group of records is singled out for, among all that it could belong to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.roll import marks
from warehouse.people.rows_of import Numbers, place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from warehouse.people.company import Company
    from warehouse.people.groups import Groups
    from warehouse.people.link_list import Links

# What speaks for someone who has no other record, in the odds of one record's link.
NEW_PERSON = 2.0
# Odds too small to make anyone a rival, whatever their company says.
LEAST_ODDS = 1e-4
LEAST_RIVAL = 0.05
AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Odds:
    """For each group (`lead`) and each other that it may be one person with, the odds, and which of the two have a date of birth.

    Sorted by both; a pair is there in both directions.
    """

    lead: NDArray[np.int64]
    other: NDArray[np.int64]
    odds: NDArray[np.float64]
    is_lead_dated: NDArray[np.bool_]
    is_other_dated: NDArray[np.bool_]

    @classmethod
    def none(cls) -> Odds:
        """No two groups."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, bool), np.empty(0, bool))

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Odds:
        """Some of them."""
        return Odds(self.lead[chosen], self.other[chosen], self.odds[chosen], self.is_lead_dated[chosen], self.is_other_dated[chosen])

    def with_these(self, more: Odds, size: int) -> Odds:
        """These and others, which are none of these, between groups of records 0..size-1."""
        place = np.searchsorted(self.lead * size + self.other, more.lead * size + more.other)
        columns = zip(vars(self).values(), vars(more).values(), strict=True)
        return Odds(*(np.insert(mine, place, theirs) for mine, theirs in columns))

    def shares(self) -> NDArray[np.float64]:
        """How likely each other group is the same person, against all of them and someone new.

        A group without a date of birth is no rival of one that has it, since it may well be the same person.
        """
        total = NEW_PERSON + np.bincount(self.lead, self.odds)[self.lead] if self.lead.size else np.empty(0)
        dated = NEW_PERSON + np.bincount(self.lead, self.odds * self.is_other_dated)[self.lead] if self.lead.size else np.empty(0)
        found: NDArray[np.float64] = self.odds / np.where(self.is_other_dated, dated, total)
        return found


@dataclass(frozen=True)
class Proposals:
    """Two groups each that are likely one person, with the share that counts, and how many others besides have one worth naming; likeliest first."""

    lead: NDArray[np.int64]
    other: NDArray[np.int64]
    share: NDArray[np.float64]
    rivals: NDArray[np.int64]

    @classmethod
    def none(cls) -> Proposals:
        """No two groups."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Proposals:
        """Some of them."""
        return Proposals(self.lead[chosen], self.other[chosen], self.share[chosen], self.rivals[chosen])

    def likeliest_first(self) -> Proposals:
        """The proposals by falling share, then by their groups."""
        return self.where(np.lexsort((self.other, self.lead, -self.share)))

    def ends_apart(self, others: Proposals, size: int) -> NDArray[np.int64]:
        """The groups, of records 0..size-1 or -1, in proposals that are not among the others with the same share."""
        key, known = self.lead * (size + 1) + self.other, others.lead * (size + 1) + others.other
        order = np.argsort(known)
        place = order[np.minimum(np.searchsorted(known, key, sorter=order), known.size - 1)] if known.size else np.zeros(key.size, np.int64)
        same = (known[place] == key) & (others.share[place] == self.share) if known.size else np.zeros(key.size, bool)
        return np.concatenate([self.lead[~same], self.other[~same]])

    def rows(self) -> list[tuple[int, int, float]]:
        """lead, other, share."""
        return list(zip(self.lead.tolist(), self.other.tolist(), self.share.tolist(), strict=True))


def mutual(odds: Odds, least: float) -> Proposals:
    """Each two groups once, with the share that counts: that of the group of which less is known, as only it must single the other out."""
    if not odds.lead.size:
        return Proposals.none()
    share, many = odds.shares(), int(max(odds.lead.max(), odds.other.max())) + 1
    alike = odds.is_lead_dated == odds.is_other_dated
    likely = np.flatnonzero((share >= least) & np.where(alike, odds.lead < odds.other, ~odds.is_lead_dated))
    lead, other = odds.lead[likely], odds.other[likely]
    returned = np.append(share, 0.0)[
        place_of(other * many + lead, odds.lead * many + odds.other)
    ]  # too small to be there, it counts for nothing
    counts = np.where(alike[likely], np.minimum(share[likely], returned), share[likely])
    chosen = counts >= least
    rivals = np.bincount(odds.lead, share >= LEAST_RIVAL)[lead].astype(np.int64) - 1
    return Proposals(lead, other, counts, rivals).where(chosen).likeliest_first()


def weigh(groups: Groups, company: Company, links: Links) -> Odds:
    """The odds between groups that weak links reach, both ways; groups that contradict each other are left out.

    A record's odds for a group are those for all its records together, since a person with many records is likelier to have one more;
    what the record's company says multiplies them. A group's odds are those of its likeliest record.
    """
    record, other, odds = _reached(groups.leader, links)
    lead, size = groups.leader[record], groups.leader.size
    pairs, place = np.unique(np.minimum(lead, other) * size + np.maximum(lead, other), return_inverse=True)
    fits = (groups.contradictions(pairs // size, pairs % size) == 0)[place]
    record, other, lead = record[fits], other[fits], lead[fits]
    weighed = odds[fits] * company.weights(record, other)
    order = np.lexsort((-weighed, other, lead))
    pairs, likeliest = np.unique((lead * size + other)[order], return_index=True)
    dated = marks(size, groups.leader[groups.roll.is_dated])
    lead, other = pairs // size, pairs % size
    return Odds(lead, other, weighed[order][likeliest], dated[lead], dated[other])


def _reached(leader: Numbers, links: Links) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Each record, the leader of another group that it has links to, and the sum of their odds if that is enough; in the order of both numbers."""
    bounds = np.linspace(0, leader.size, 2 + 2 * len(links) // AT_ONCE).astype(np.int64).tolist()
    found = [_reached_of(range(*some), leader, links) for some in pairwise(bounds)]
    record, other, odds = (np.concatenate(column) for column in zip(*found, strict=True))
    return record, other, odds


def _reached_of(rows: range, leader: Numbers, links: Links) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    of_a, of_b = (links.where((end >= rows.start) & (end < rows.stop)) for end in (links.a, links.b))
    odds = np.exp2(np.concatenate([of_a.weight, of_b.weight]))
    record, other = np.concatenate([of_a.a, of_b.b]), leader[np.concatenate([of_a.b, of_b.a])]
    apart = leader[record] != other
    pairs, place = np.unique(record[apart] * leader.size + other[apart], return_inverse=True)
    sums: NDArray[np.float64] = np.bincount(place, odds[apart], pairs.size).astype(np.float64)
    likely = sums > LEAST_ODDS
    return pairs[likely] // leader.size, pairs[likely] % leader.size, sums[likely]
