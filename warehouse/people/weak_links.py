"""Links that do not stand on their own, such as a name alone: whom a group of records is singled out for, among all that it could belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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

    def with_these(self, more: Odds) -> Odds:
        """These and others."""
        both = Odds(
            np.concatenate([self.lead, more.lead]),
            np.concatenate([self.other, more.other]),
            np.concatenate([self.odds, more.odds]),
            np.concatenate([self.is_lead_dated, more.is_lead_dated]),
            np.concatenate([self.is_other_dated, more.is_other_dated]),
        )
        return both.where(np.lexsort((both.other, both.lead)))

    def shares(self) -> NDArray[np.float64]:
        """How likely each other group is the same person, against all of them and someone new.

        A group without a date of birth is no rival of one that has it, since it may well be the same person.
        """
        total = NEW_PERSON + np.bincount(self.lead, self.odds)[self.lead] if self.lead.size else np.empty(0)
        dated = NEW_PERSON + np.bincount(self.lead, self.odds * self.is_other_dated)[self.lead] if self.lead.size else np.empty(0)
        found: NDArray[np.float64] = self.odds / np.where(self.is_other_dated, dated, total)
        return found

    def rivals(self) -> NDArray[np.int64]:
        """How many others besides each have a share worth naming."""
        if not self.lead.size:
            return np.empty(0, np.int64)
        found: NDArray[np.int64] = np.bincount(self.lead, self.shares() >= LEAST_RIVAL)[self.lead].astype(np.int64) - 1
        return found


@dataclass(frozen=True)
class Proposals:
    """Two groups each that are likely one person, with the share that counts; likeliest first."""

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
    key, reverse = odds.lead * many + odds.other, odds.other * many + odds.lead
    place = np.minimum(np.searchsorted(key, reverse), key.size - 1)
    returned = np.where(key[place] == reverse, share[place], 0.0)
    alike = odds.is_lead_dated == odds.is_other_dated
    counts = np.where(alike, np.minimum(share, returned), share)
    chosen = np.flatnonzero(np.where(alike, odds.lead < odds.other, ~odds.is_lead_dated) & (counts >= least))
    found = Proposals(odds.lead[chosen], odds.other[chosen], counts[chosen], odds.rivals()[chosen])
    return found.where(np.lexsort((found.other, found.lead, -found.share)))


def weigh(groups: Groups, company: Company, links: Links) -> Odds:
    """The odds between groups that weak links reach, both ways; groups that contradict each other are left out.

    A record's odds for a group are those for all its records together, since a person with many records is likelier to have one more;
    what the record's company says multiplies them. A group's odds are those of its likeliest record.
    """
    record, other, odds = _reached(groups.leader, links)
    lead = groups.leader[record]
    groups.fetch(np.unique(np.concatenate([lead, other])))
    rows = []
    contradict: dict[tuple[int, int], bool] = {}
    for one, mine, theirs, value in zip(record.tolist(), lead.tolist(), other.tolist(), odds.tolist(), strict=True):
        pair = (mine, theirs) if mine < theirs else (theirs, mine)
        apart = contradict.get(pair)
        if apart is None:
            apart = contradict[pair] = groups.contradiction(*pair) is not None
        if not apart and value > LEAST_ODDS:
            rows.append((one, mine, theirs, value))
    company.fetch(one for one, *_ in rows)
    best: dict[tuple[int, int], float] = {}
    for one, mine, theirs, value in rows:
        weighed = value * company.weight_of_record(one, theirs)
        best[mine, theirs] = max(best.get((mine, theirs), 0.0), weighed)
    return _odds(groups, best)


def _odds(groups: Groups, best: dict[tuple[int, int], float]) -> Odds:
    pairs = sorted(best)
    dated = {lead: bool(groups.portrait(lead).births) for pair in pairs for lead in pair}
    return Odds(
        np.array([lead for lead, _ in pairs], np.int64),
        np.array([other for _, other in pairs], np.int64),
        np.array([best[pair] for pair in pairs], np.float64),
        np.array([dated[lead] for lead, _ in pairs], bool),
        np.array([dated[other] for _, other in pairs], bool),
    )


def _reached(leader: NDArray[np.int64], links: Links) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Each record, the leader of another group that it has links to, and the sum of their odds; in the order of both numbers."""
    odds = np.exp2(links.weight)
    record, other = np.concatenate([links.a, links.b]), leader[np.concatenate([links.b, links.a])]
    apart = leader[record] != other
    pairs, place = np.unique(record[apart] * leader.size + other[apart], return_inverse=True)
    sums: NDArray[np.float64] = np.bincount(place, np.concatenate([odds, odds])[apart], pairs.size).astype(np.float64)
    return pairs // leader.size, pairs % leader.size, sums
