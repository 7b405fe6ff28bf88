"""Which records are one person: links joined from the strongest down, unless what the groups say together contradicts it.

Stage 0 joins every link that stands on its own. Then come rounds for the weak ones, such as a record with a name only: a group of records
joins another only if that one stands out among all that it could belong to, and among people whom we do not know.

What people have decided is stronger than both: groups with records judged different are never joined, by whatever way round, and records
judged the same are joined whatever contradicts, once each has found its own group.

A night does again only what the changes of the night bear upon, stage by stage, and what it finds is what all records from nothing give:
stage 0 of records that strong links connect depends on nothing else; a round's odds between two groups depend on their records, their
links, and whom they are named with.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from warehouse.people.company import Company
from warehouse.people.contradictions import REASONS
from warehouse.people.groups import Given, Groups
from warehouse.people.joining import SINGLED_OUT_BY, Doubt, Join, Joining, probability_of
from warehouse.people.portraits import Portraits
from warehouse.people.roll import marks
from warehouse.people.rows_of import place_of
from warehouse.people.standing import ROUNDS, Changed, Regrouping, Standing
from warehouse.people.strong_links import join_strong_links, weak
from warehouse.people.weak_links import Proposals, mutual, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from warehouse.people.company import Signs
    from warehouse.people.decided import HeldApart

SINGLED_OUT = 0.97
WORTH_REVIEW = 0.3
REFUSED_WORTH_REVIEW = 1.0


@dataclass(eq=False)
class Clustering:
    """The groups that a night ends with."""

    standing: Standing
    groups: Groups
    company: Company
    again: NDArray[np.bool_]
    """The records whose group was looked at anew."""

    def find(self, record: int) -> int:
        """The leading record of the group."""
        return self.groups.find(record)

    def leaders(self) -> NDArray[np.int64]:
        """The leading record of each record's group."""
        return self.groups.leader

    @property
    def leader(self) -> list[int]:
        """The leading record of each record's group."""
        leader: list[int] = self.groups.leader.tolist()
        return leader

    @property
    def held_apart(self) -> HeldApart:
        """What people decided, by groups."""
        return self.groups.held_apart

    @property
    def joins(self) -> list[Join]:
        """The links that made groups of records, in the order of the stages."""
        return [join for joins in self.standing.joins for join in joins.rows()]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Groups left apart that may be one person all the same, but those of whom a person has decided."""
        unsure = mutual(self.standing.odds[-1], WORTH_REVIEW)
        unsure = unsure.where(self.groups.leader[unsure.lead] != self.groups.leader[unsure.other])
        doubts = [doubt for refused in self.standing.refused for doubt in refused]
        doubts += [
            Doubt(lead, other, share, _unsure(rivals))
            for (lead, other, share), rivals in zip(unsure.rows(), unsure.rivals.tolist(), strict=True)
        ]
        return [one for one in doubts if not self.held_apart.are_apart(self.find(one.record_a), self.find(one.record_b))]


def cluster(given: Given, before: Standing | None = None, changed: Changed | None = None) -> Clustering:
    """Group the records of a roll: as they stood before, in tonight's rows, but for what the changes bear upon; or all of them from nothing."""
    size = given.roll.size
    night = Regrouping(before or Standing.of_strangers(size), changed or Changed.everything(size), Standing.of_strangers(size))
    now = night.now
    join_strong_links(given, night)
    signs = _learn(given, now) if given.signs is None else given.signs
    for stage in range(1, ROUNDS + 1):
        groups = Groups(given, now.leader[stage - 1])
        _round(night, groups, Company(groups, signs), stage)
    groups = Groups(given, now.leader[ROUNDS])
    again = night.regrouped(ROUNDS)
    night.refuse(1, again, _refused(groups, again))
    return Clustering(now, groups, Company(groups, signs), again)


def _learn(given: Given, now: Standing) -> Signs:
    company = Company(Groups(given, now.leader[0]))
    return company.learn(weak(given.roll, given.roll.links_of(np.ones(given.roll.size, bool)), given.agreement))


def _round(night: Regrouping, groups: Groups, company: Company, stage: int) -> None:
    """One round: odds between groups that the changes bear upon, and the groups that are singled out by them joined."""
    before, now, leader = night.before, night.now, groups.leader
    regrouped = night.regrouped(stage - 1)
    borne_upon = groups.of(np.unique(leader[regrouped | _met(groups, regrouped, before.leader[stage - 1], night.changed)]))
    links = groups.roll.links_of(borne_upon)
    links = weak(groups.roll, links.where(leader[links.a] != leader[links.b]), groups.agreement)
    kept = before.odds[stage - 1]
    stays = ~borne_upon & (leader == np.arange(leader.size))
    odds = kept.where(stays[kept.lead] & stays[kept.other]).with_these(weigh(groups, company, links), leader.size)
    proposals = mutual(odds, SINGLED_OUT)
    now.odds[stage - 1], now.proposals[stage - 1] = odds, proposals
    otherwise = now.probability[stage - 1] != before.probability[stage - 1]
    affected = _affected(proposals, before.proposals[stage - 1], leader, borne_upon | otherwise)
    _join_singled_out(night, groups, company, stage, affected)


def _met(groups: Groups, regrouped: NDArray[np.bool_], earlier: NDArray[np.int64], changed: Changed) -> NDArray[np.bool_]:
    """Marks the records named together with somebody who is another person now, or of another area or age."""
    roll, leader = groups.roll, groups.leader
    other = (leader != earlier) | changed.altered | changed.bereft
    left = earlier[(leader != earlier) & (earlier >= 0)]
    # of groups that lost a record, or with one that said something else, it is not known how they were
    whole = marks(roll.size, np.concatenate([leader[changed.altered & (earlier >= 0)], leader[changed.bereft], left]))
    grown = np.unique(leader[regrouped & other & ~whole[leader]])
    today = groups.portraits(grown)
    stayed = np.flatnonzero(groups.of(grown) & (earlier == leader))
    then = Portraits(roll, stayed, place_of(leader[stayed], grown), grown.size)
    whole[grown[(then.main_district != today.main_district) | (then.main_birth_year != today.main_birth_year)]] = True
    met = np.zeros(int(roll.context.max(initial=-1)) + 2, bool)
    met[roll.context[other | whole[leader]]] = True
    met[changed.contexts] = True
    met[-1] = False
    return met[roll.context]


def _affected(proposals: Proposals, earlier: Proposals, leader: NDArray[np.int64], other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Marks the leaders of groups that proposals connect with a group of `other` records, or a proposal, that is not as it was."""
    size = leader.size
    ends = np.concatenate([proposals.ends_apart(earlier, size), earlier.ends_apart(proposals, size)])
    ends = ends[ends >= 0]
    ends = ends[leader[ends] == ends]
    _, label = connected_components(
        coo_array((np.ones(proposals.lead.size, np.int8), (proposals.lead, proposals.other)), shape=(size, size)), directed=False
    )
    hit = np.zeros(int(label.max(initial=-1)) + 1, bool)
    hit[label[leader[other]]] = True
    hit[label[ends]] = True
    return np.asarray(hit[label] & (leader == np.arange(size)))


def _join_singled_out(night: Regrouping, groups: Groups, company: Company, stage: int, affected: NDArray[np.bool_]) -> None:
    """Join again what was proposed to the groups whose leaders are marked; all others stand as they stood."""
    now, before, leader = night.now, night.before, groups.leader
    records = affected[leader]
    proposals = now.proposals[stage - 1]
    proposals = proposals.where(affected[proposals.lead])
    ends = np.concatenate([proposals.lead, proposals.other])
    once = np.bincount(ends, minlength=leader.size) == 1
    alone = proposals.where(once[proposals.lead] & once[proposals.other])
    harmless = marks(leader.size, np.concatenate([alone.lead, alone.other]))  # whether these contradict was asked already
    groups.fetch(ends)
    now.probability[stage] = np.where(records, now.probability[stage - 1], before.probability[stage])
    joining = Joining(groups, groups.members(np.unique(ends)), now.probability[stage], harmless)
    for by in _along(groups, company, proposals):
        a, b = joining.find(groups.find(by.record_a)), joining.find(groups.find(by.record_b))
        if a != b and joining.contradiction(a, b) is None:
            joining.join(a, b, by)
    now.leader[stage] = np.where(records, joining.leader()[leader], before.leader[stage])
    night.join(stage, records, joining.joins)


def _along(groups: Groups, company: Company, proposals: Proposals) -> list[Join]:
    """For each proposal the link along which its groups are joined."""
    if not proposals.lead.size:
        return []
    links = groups.roll.links_of(groups.of(proposals.lead))
    links = weak(groups.roll, links.where(groups.leader[links.a] != groups.leader[links.b]), groups.agreement)
    a, b = links.strongest_between(groups.leader, proposals.lead, proposals.other)
    weights = company.weights(a, proposals.other).tolist()
    return [
        Join(one, two, SINGLED_OUT_BY, share, log2(weight))
        for one, two, share, weight in zip(a.tolist(), b.tolist(), proposals.share.tolist(), weights, strict=True)
    ]


def _refused(groups: Groups, again: NDArray[np.bool_]) -> list[Doubt]:
    """Likely links of some records that were not joined because the groups contradict, each two groups once."""
    links, leader = groups.roll.links_of(again), groups.leader
    apart = (links.weight >= REFUSED_WORTH_REVIEW) & (leader[links.a] != leader[links.b])
    links = weak(groups.roll, links.where(apart), groups.agreement)
    one, two = leader[links.a], leader[links.b]
    _, first = np.unique(np.minimum(one, two) * leader.size + np.maximum(one, two), return_index=True)
    strongest = links.where(np.sort(first))
    why = groups.contradictions(leader[strongest.a], leader[strongest.b]).tolist()
    return [
        Doubt(a, b, probability_of(weight), reason)
        for (a, b, weight), place in zip(strongest, why, strict=True)
        if (reason := REASONS[place])
    ]


def _unsure(rivals: int) -> str:
    if rivals:
        return f"what is known fits this person and {rivals} other{'s' if rivals > 1 else ''}"
    return "too little is known to say whether they are one person"
