"""Links that do not stand on their own, such as a name alone: whom a group of records is singled out for, among all that it could belong to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from warehouse.people.clusters import Clustering
    from warehouse.people.company import Company
    from warehouse.people.link_list import Links

# What speaks for someone who has no other record, in the odds of one record's link.
NEW_PERSON = 2.0
# Odds too small to make anyone a rival, whatever their company says.
LEAST_ODDS = 1e-4

Shares = dict[int, dict[int, float]]


class WeakLinks:
    """Weak links of both directions; remembers which groups contradict each other until one of them grows."""

    def __init__(self, links: Links) -> None:
        odds = np.exp2(links.weight)
        self._record, self._other = np.concatenate([links.a, links.b]), np.concatenate([links.b, links.a])
        self._odds = np.concatenate([odds, odds])
        self._contradicts: dict[tuple[int, int, int, int], bool] = {}

    def reached(self, leaders: NDArray[np.int64]) -> Iterator[tuple[int, int, float]]:
        """Each record, the leader of another group that it has links to, and the sum of their odds; in the order of both numbers."""
        other = leaders[self._other]
        apart = leaders[self._record] != other
        pair = self._record[apart] * len(leaders) + other[apart]
        pairs, place = np.unique(pair, return_inverse=True)
        sums = np.bincount(place, self._odds[apart], len(pairs))
        yield from zip((pairs // len(leaders)).tolist(), (pairs % len(leaders)).tolist(), sums.tolist(), strict=True)

    def contradict(self, clustering: Clustering, a: int, b: int) -> bool:
        """Whether the groups led by a and b cannot be one person."""
        portraits = clustering.portraits
        key = (
            (a, b, len(portraits[a].members), len(portraits[b].members))
            if a < b
            else (b, a, len(portraits[b].members), len(portraits[a].members))
        )
        known = self._contradicts.get(key)
        if known is None:
            known = self._contradicts[key] = clustering.contradiction(a, b) is not None
        return known


def shares(clustering: Clustering, company: Company, weak: WeakLinks) -> Shares:
    """For each group, how likely each other group that weak links reach is the same person, against all of them and someone new.

    A record's odds for a group are those for all its records together, since a person with many records is likelier to have one more;
    what the record's company says multiplies them. Groups that contradict are no rivals.
    """
    leaders = clustering.leaders()
    reached: Shares = defaultdict(dict)
    for record, other, odds in weak.reached(leaders):
        lead = int(leaders[record])
        if odds > LEAST_ODDS and not weak.contradict(clustering, lead, other):
            others = reached[lead]
            others[other] = max(others.get(other, 0.0), odds * company.weight_of_record(record, other))
    return {lead: _share(others, clustering) for lead, others in reached.items()}


def _share(odds: dict[int, float], clustering: Clustering) -> dict[int, float]:
    """Odds as shares. A group without a date of birth is no rival of one that has it, since it may well be the same person."""
    dated = {group for group in odds if clustering.portraits[group].births}
    total = NEW_PERSON + sum(odds.values())
    total_dated = NEW_PERSON + sum(odds[group] for group in dated)
    return {group: value / (total_dated if group in dated else total) for group, value in odds.items()}


def mutual(found: Shares, clustering: Clustering) -> Iterator[tuple[float, int, int]]:
    """Each two groups once, with the share that counts: that of the group of which less is known, as only it must single the other out."""
    for lead, others in found.items():
        dated = bool(clustering.portraits[clustering.find(lead)].births)
        for other, share in others.items():
            if dated == bool(clustering.portraits[clustering.find(other)].births):
                if lead < other:
                    yield min(share, found.get(other, {}).get(lead, 0.0)), lead, other
            elif not dated:
                yield share, lead, other
