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

from warehouse.people.company import Company, Signs
from warehouse.people.decided import UNDECIDED, Decided, HeldApart
from warehouse.people.groups import Groups, portray
from warehouse.people.joining import SINGLED_OUT_BY, Doubt, Join, Joining, Joins, probability_of
from warehouse.people.link_list import Links, both_agree
from warehouse.people.roll import Roll, Traits, marks, roll_of
from warehouse.people.standing import ROUNDS, Changed, Standing
from warehouse.people.weak_links import Proposals, mutual, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement
    from warehouse.people.contradictions import Portrait

STRONG_WEIGHT = 9.0
# Where births are hardly ever told there is nothing to wait for: a full name that few bear must do.
STRONG_UNDATED_WEIGHT = 4.0
SINGLED_OUT = 0.97
WORTH_REVIEW = 0.3
STRONG_ROUNDS = 2
REFUSED_WORTH_REVIEW = 1.0


@dataclass(frozen=True)
class Given:
    """What a night's clustering goes by: the records, names that agree, what was decided, and what company says (None: to be learned)."""

    roll: Roll
    agreement: Agreement
    decided: Decided = UNDECIDED
    signs: Signs | None = None


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
    def portraits(self) -> dict[int, Portrait]:
        """Every group's portrait."""
        return {lead: self.groups.portrait(lead) for lead in np.unique(self.groups.leader).tolist()}

    @property
    def held_apart(self) -> HeldApart:
        """What people decided, by groups."""
        return self.groups.held_apart

    @property
    def probability(self) -> list[float]:
        """How likely each record belongs to its group."""
        probability: list[float] = self.standing.probability[-1].tolist()
        return probability

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


@dataclass(frozen=True)
class _Night:
    """How records stood before, what has changed, and how they stand now, as far as that is known."""

    before: Standing
    changed: Changed
    now: Standing


def cluster_records(
    traits: Sequence[Traits], links: Links, agreement: Agreement, decided: Decided = UNDECIDED
) -> tuple[Clustering, Company]:
    """Group records 0..n-1 by their links, strongest first, and by what was decided of them. Gives their company too."""
    found = cluster(Given(roll_of(traits, links), agreement, decided), Standing.of_strangers(len(traits)), Changed.everything(len(traits)))
    return found, found.company


def _learn(given: Given, now: Standing, portraits: dict[int, Portrait]) -> Signs:
    company = Company(Groups(given.roll, now.leader[0], given.agreement, given.decided, portraits))
    return company.learn(_weak(given.roll, given.roll.links_of(np.ones(given.roll.size, bool)), given.agreement))


def cluster(given: Given, before: Standing, changed: Changed) -> Clustering:
    """Group the records of a roll: as they stood before, in tonight's rows, but for what the changes bear upon."""
    now = Standing.of_strangers(given.roll.size)
    portraits = _stage_0(given, before, changed, now)
    signs = _learn(given, now, portraits) if given.signs is None else given.signs
    for stage in range(1, ROUNDS + 1):
        groups = Groups(given.roll, now.leader[stage - 1], given.agreement, given.decided, portraits)
        _round(_Night(before, changed, now), groups, Company(groups, signs), stage)
    groups = Groups(given.roll, now.leader[ROUNDS], given.agreement, given.decided, portraits)
    again = _regrouped(before, changed, now, ROUNDS)
    now.refused[1] = _refused(groups, before, again)
    return Clustering(now, groups, Company(groups, signs), again)


def stand_alone(roll: Roll, links: Links, agreement: Agreement) -> NDArray[np.bool_]:
    """Which links need no comparison with other people of the name: strong, and both dates of birth are known or a number is shared.

    Where births apart are likelier a slip than father and son, or births are hardly ever told, a strong link needs no date either.
    """
    if not agreement.slips.isdisjoint({"birth", "undated"}):
        least = STRONG_UNDATED_WEIGHT if "undated" in agreement.slips else STRONG_WEIGHT
        strong: NDArray[np.bool_] = links.weight >= least
        return strong
    same_number = both_agree(roll.upn, links) | both_agree(roll.nominal, links)
    alone: NDArray[np.bool_] = (links.weight >= STRONG_WEIGHT) & (same_number | (roll.is_dated[links.a] & roll.is_dated[links.b]))
    return alone


def _weak(roll: Roll, links: Links, agreement: Agreement) -> Links:
    return links.where(~stand_alone(roll, links, agreement))


def _stage_0(given: Given, before: Standing, changed: Changed, now: Standing) -> dict[int, Portrait]:
    """Join by strong links the records of every component that has changed. Gives their portraits."""
    roll = given.roll
    touched = changed.altered | changed.linked | changed.bereft_component
    again = touched | (before.component < 0)
    again |= marks(roll.size + 1, before.component[again])[:-1][before.component]  # those without a component are in it already
    links = roll.links_of(again)
    links = links.where(stand_alone(roll, links, given.agreement) & again[links.a] & again[links.b])
    rows = np.flatnonzero(again)
    roll.fetch(rows)
    decided = given.decided.among(np.where(again, np.arange(roll.size), -1))
    component = _components(roll.size, links, decided)
    records = rows.tolist()
    joining = Joining(
        {row: portray([row], [roll.traits[row]]) for row in records}, dict.fromkeys(records, 1.0), given.agreement, HeldApart(decided)
    )
    doubts: list[Doubt] = []
    for _ in range(STRONG_ROUNDS):
        # a group grown by stronger links may agree with what one of its records alone contradicted
        doubts = joining.join_strong(links)
    judged = (
        marks(roll.size, component[[record for pair in decided.same for record in pair]]) if decided.same else np.zeros(roll.size, bool)
    )
    joining.join_judged(decided.same)
    if decided.same:
        doubts = [doubt for doubt in doubts if not judged[component[doubt.record_a]]]
        doubts += joining.join_strong(links.where(judged[component[links.a]]))
    now.component = np.where(again, component, before.component)
    now.leader[0] = before.leader[0]
    now.leader[0][rows] = [joining.find(row) for row in records]
    now.probability[0] = before.probability[0]
    now.probability[0][rows] = [joining.probability[row] for row in records]
    now.joins[0] = _kept_joins(before.joins[0], again).with_these(Joins.of(joining.joins))
    now.refused[0] = _kept_doubts(before.refused[0], again) + doubts
    return joining.portraits


def _components(size: int, links: Links, decided: Decided) -> NDArray[np.int64]:
    """For each record the first of all that these links, and judgements, connect with it."""
    same = np.array(decided.same, np.int64).reshape(-1, 2)
    a, b = np.concatenate([links.a, same[:, 0]]), np.concatenate([links.b, same[:, 1]])
    _, label = connected_components(coo_array((np.ones(a.size, np.int8), (a, b)), shape=(size, size)), directed=False)
    first = np.full(int(label.max(initial=-1)) + 1, size)
    np.minimum.at(first, label, np.arange(size))
    return np.asarray(first[label], np.int64)


def _regrouped(before: Standing, changed: Changed, now: Standing, stage: int) -> NDArray[np.bool_]:
    """Marks the records of groups at a stage that are not as they were: in who belongs to them, or in what their records say or are linked to."""
    leader, earlier = now.leader[stage], before.leader[stage]
    other = (leader != earlier) | changed.touched
    groups = np.zeros(leader.size + 1, bool)
    groups[leader[other]] = True
    left = earlier[other & (earlier >= 0)]
    groups[left[leader[left] == left]] = True
    found: NDArray[np.bool_] = groups[leader]
    return found


def _round(night: _Night, groups: Groups, company: Company, stage: int) -> None:
    """One round: odds between groups that the changes bear upon, and the groups that are singled out by them joined."""
    before, now, leader = night.before, night.now, groups.leader
    regrouped = _regrouped(before, night.changed, now, stage - 1)
    borne_upon = groups.of(np.unique(leader[regrouped | _met(groups, regrouped, before.leader[stage - 1], night.changed)]))
    links = groups.roll.links_of(borne_upon)
    links = _weak(groups.roll, links.where(leader[links.a] != leader[links.b]), groups.agreement)
    kept = before.odds[stage - 1]
    stays = ~borne_upon & (leader == np.arange(leader.size))
    odds = kept.where(stays[kept.lead] & stays[kept.other]).with_these(weigh(groups, company, links))
    proposals = mutual(odds, SINGLED_OUT)
    now.odds[stage - 1], now.proposals[stage - 1] = odds, proposals
    otherwise = now.probability[stage - 1] != before.probability[stage - 1]
    affected = _affected(proposals, before.proposals[stage - 1], leader, borne_upon | otherwise)
    _join_singled_out(night, groups, company, stage, affected)


def _met(groups: Groups, regrouped: NDArray[np.bool_], earlier: NDArray[np.int64], changed: Changed) -> NDArray[np.bool_]:
    """Marks the records named together with somebody who is another person now, or of another area or age."""
    roll, leader = groups.roll, groups.leader
    other = (leader != earlier) | changed.altered | changed.bereft
    whole = marks(
        roll.size, np.unique(leader[changed.altered & (earlier >= 0)])
    )  # of records that were others, what they said is not known
    whole |= marks(roll.size, np.unique(leader[changed.bereft]))
    left = earlier[(leader != earlier) & (earlier >= 0)]
    whole |= marks(roll.size, np.unique(left))
    grown = np.unique(leader[regrouped & other & ~whole[leader]])
    groups.fetch(grown)
    for lead in grown.tolist():
        stayed = [member for member in groups.members(lead) if earlier[member] == lead]
        then, today = portray(stayed, [roll.traits[member] for member in stayed]), groups.portrait(lead)
        whole[lead] = then.main_district() != today.main_district() or then.main_birth_year() != today.main_birth_year()
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


def _join_singled_out(night: _Night, groups: Groups, company: Company, stage: int, affected: NDArray[np.bool_]) -> None:
    """Join again what was proposed to the groups whose leaders are marked; all others stand as they stood."""
    now, before, leader = night.now, night.before, groups.leader
    records = affected[leader]
    rows = np.flatnonzero(records)
    proposals = now.proposals[stage - 1]
    proposals = proposals.where(affected[proposals.lead])
    ends = np.unique(np.concatenate([proposals.lead, proposals.other]))
    groups.fetch(ends)
    joining = Joining(
        {lead: groups.portrait(lead) for lead in ends.tolist()},
        dict(zip(rows.tolist(), now.probability[stage - 1][rows].tolist(), strict=True)),
        groups.agreement,
        groups.held_apart,
    )
    for by in _along(groups, company, proposals):
        a, b = joining.find(groups.find(by.record_a)), joining.find(groups.find(by.record_b))
        if a != b and joining.contradiction(a, b) is None:
            joining.join(a, b, by)
            groups.known.pop(b if a in joining.portraits else a)
    now.leader[stage] = before.leader[stage]
    now.leader[stage][rows] = [joining.find(lead) for lead in leader[rows].tolist()]
    now.probability[stage] = before.probability[stage]
    now.probability[stage][rows] = [joining.probability[row] for row in rows.tolist()]
    now.joins[stage] = _kept_joins(before.joins[stage], records).with_these(Joins.of(joining.joins))


def _along(groups: Groups, company: Company, proposals: Proposals) -> list[Join]:
    """For each proposal the link along which its groups are joined."""
    if not proposals.lead.size:
        return []
    links = groups.roll.links_of(groups.of(np.concatenate([proposals.lead, proposals.other])))
    links = _weak(groups.roll, links.where(groups.leader[links.a] != groups.leader[links.b]), groups.agreement)
    strongest = links.strongest_between(groups.leader, [(lead, other) for lead, other, _ in proposals.rows()])
    company.fetch(a for a, _ in strongest)
    return [
        Join(a, b, SINGLED_OUT_BY, share, log2(company.weight_of_record(a, other)))
        for (_, other, share), (a, b) in zip(proposals.rows(), strongest, strict=True)
    ]


def _kept_joins(joins: Joins, again: NDArray[np.bool_]) -> Joins:
    """The joins of records that are not joined again; of records that are gone, all are."""
    return joins.where((joins.a >= 0) & (joins.b >= 0) & ~again[joins.a])


def _kept_doubts(doubts: list[Doubt], again: NDArray[np.bool_]) -> list[Doubt]:
    marked = again.data
    return [one for one in doubts if one.record_a >= 0 and one.record_b >= 0 and not marked[one.record_a] and not marked[one.record_b]]


def _refused(groups: Groups, before: Standing, again: NDArray[np.bool_]) -> list[Doubt]:
    """Likely links that were not joined because the groups contradict, each two groups once."""
    links = groups.roll.links_of(again)
    apart = (links.weight >= REFUSED_WORTH_REVIEW) & (groups.leader[links.a] != groups.leader[links.b])
    links = _weak(groups.roll, links.where(apart), groups.agreement)
    groups.fetch(np.unique(np.concatenate([groups.leader[links.a], groups.leader[links.b]])))
    refused = []
    noted: set[tuple[int, int]] = set()
    for a, b, weight in links:
        lead_a, lead_b = groups.find(a), groups.find(b)
        pair = (min(lead_a, lead_b), max(lead_a, lead_b))
        if pair not in noted:
            noted.add(pair)
            why = groups.contradiction(*pair)
            if why:
                refused.append(Doubt(a, b, probability_of(weight), why))
    return _kept_doubts(before.refused[1], again) + refused


def _unsure(rivals: int) -> str:
    if rivals:
        return f"what is known fits this person and {rivals} other{'s' if rivals > 1 else ''}"
    return "too little is known to say whether they are one person"
