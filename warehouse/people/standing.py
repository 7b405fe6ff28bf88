"""How records stood in groups when a night had been clustered, stage by stage, so that the next night clusters only what has changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.joining import Doubt, Join, Joins
from warehouse.people.weak_links import Odds, Proposals

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 3
NONE = -1


@dataclass
class Standing:
    """Records 0..n-1 by their rows. Stage 0 joins what strong links hold together; each round after it joins who is singled out by then.

    `component`: one record of all that strong links connect. `leader` and `probability`: a row a stage. `odds` and `proposals`: of each round.
    `joins` and `refused`: by stage (refused has one more, for what is refused at the end).
    """

    component: NDArray[np.int64]
    leader: NDArray[np.int64]
    probability: NDArray[np.float64]
    odds: list[Odds] = field(default_factory=lambda: [Odds.none()] * ROUNDS)
    proposals: list[Proposals] = field(default_factory=lambda: [Proposals.none()] * ROUNDS)
    joins: list[Joins] = field(default_factory=lambda: [Joins.of([])] * (ROUNDS + 1))
    refused: list[list[Doubt]] = field(default_factory=lambda: [[], []])

    @classmethod
    def of_strangers(cls, size: int) -> Standing:
        """Records none of which was there before."""
        return cls(np.full(size, NONE), np.full((ROUNDS + 1, size), NONE), np.ones((ROUNDS + 1, size)))

    def moved(self, row_now: NDArray[np.int64], size: int) -> Standing:
        """The same for tonight's rows: `row_now` gives for each row what it is now, or -1 if the record is gone."""
        now = Standing.of_strangers(size)
        stays = row_now >= 0
        rows = row_now[stays]
        now.component[rows] = row_now[self.component[stays]]
        now.leader[:, rows] = row_now[self.leader[:, stays]]
        now.probability[:, rows] = self.probability[:, stays]
        for stage in range(ROUNDS):
            odds, proposals = self.odds[stage], self.proposals[stage]
            odds = replace(odds, lead=row_now[odds.lead], other=row_now[odds.other])
            now.odds[stage] = odds.where((odds.lead >= 0) & (odds.other >= 0))
            now.proposals[stage] = replace(proposals, lead=row_now[proposals.lead], other=row_now[proposals.other])
        here = np.ascontiguousarray(row_now).data
        now.joins = [replace(joins, a=row_now[joins.a], b=row_now[joins.b]) for joins in self.joins]
        now.refused = [
            [replace(one, record_a=here[one.record_a], record_b=here[one.record_b]) for one in refused] for refused in self.refused
        ]
        return now


@dataclass(frozen=True)
class Before:
    """What a night before left: its records' keys, in order, how they stood, what had been decided, in words; and its tables `records` and `edges`."""

    key: NDArray[np.int64]
    standing: Standing
    decisions: frozenset[str]
    records: str
    edges: str


@dataclass(frozen=True)
class Changed:
    """What is not as it was: records (rows marked) that are new or other than they were, whose links or judgements are, that were in one group,
    or one component, with a record that is gone; and contexts (numbers) that gained or lost somebody.

    Of a link that has come, gone or changed one end is marked at least, if it is there: what the other's group makes of all the rest stays.
    """

    altered: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    bereft: NDArray[np.bool_]
    bereft_component: NDArray[np.bool_]
    contexts: NDArray[np.int64]

    @classmethod
    def everything(cls, size: int) -> Changed:
        """All records are new."""
        return cls(np.ones(size, bool), np.ones(size, bool), np.zeros(size, bool), np.zeros(size, bool), np.empty(0, np.int64))

    @property
    def touched(self) -> NDArray[np.bool_]:
        """Records whose group must be looked at anew, whatever others do."""
        return self.altered | self.linked | self.bereft


@dataclass(frozen=True)
class Difference:
    """What sets tonight's records apart from those of the night before, whose rows are now `row_now`, or -1 for those that are gone.

    In tonight's rows: `altered`, which say something else, and `linked`: one end at least of each link that has come, gone or changed, unless an end
    of it is new, altered or gone; and records on which something else was decided. `contexts`: numbers of the incidents and reports that records
    gone or altered were named in before.
    """

    row_now: NDArray[np.int64]
    altered: NDArray[np.int64]
    linked: NDArray[np.int64]
    contexts: NDArray[np.int64]


def carry_over(before: Standing, difference: Difference, size: int) -> tuple[Standing, Changed]:
    """How tonight's records stood before, and what has changed for them."""
    row_now = difference.row_now
    stays, gone = row_now >= 0, row_now < 0
    altered, linked, bereft, bereft_component = (np.zeros(size, bool) for _ in range(4))
    altered[:] = True
    altered[row_now[stays]] = False
    altered[difference.altered] = True
    linked[difference.linked] = True
    for mark, group in ((bereft, before.leader[ROUNDS]), (bereft_component, before.component)):
        lost = np.zeros(group.size, bool)
        lost[group[gone]] = True
        mark[row_now[stays & lost[group]]] = True
    return before.moved(row_now, size), Changed(altered, linked, bereft, bereft_component, difference.contexts)


@dataclass(frozen=True)
class Regrouping:
    """How records stood before, what has changed, and how they stand now, as far as that is known."""

    before: Standing
    changed: Changed
    now: Standing

    def regrouped(self, stage: int) -> NDArray[np.bool_]:
        """Marks the records of groups at a stage that are not as they were: in who belongs to them, or in what their records say or are linked to."""
        leader, earlier = self.now.leader[stage], self.before.leader[stage]
        other = (leader != earlier) | self.changed.touched
        groups = np.zeros(leader.size + 1, bool)
        groups[leader[other]] = True
        left = earlier[other & (earlier >= 0)]
        groups[left[leader[left] == left]] = True
        found: NDArray[np.bool_] = groups[leader]
        return found

    def join(self, stage: int, again: NDArray[np.bool_], joins: list[Join]) -> None:
        """At a stage some records are joined again; the joins of all others stay, but for those of records that are gone."""
        kept = self.before.joins[stage]
        kept = kept.where((kept.a >= 0) & (kept.b >= 0) & ~again[kept.a])
        self.now.joins[stage] = kept.with_these(Joins.of(joins))

    def refuse(self, stage: int, again: NDArray[np.bool_], doubts: list[Doubt]) -> None:
        """At a stage (0, or 1 for the end) links of some records are refused again; of all others that are there what was refused stays."""
        marked = again.data
        kept = [one for one in self.before.refused[stage] if min(one.record_a, one.record_b) >= 0]
        self.now.refused[stage] = [one for one in kept if not marked[one.record_a] and not marked[one.record_b]] + doubts
