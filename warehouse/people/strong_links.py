"""Links that stand on their own: joined from the strongest down, unless what the records say together contradicts it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from warehouse.people.groups import Given, Groups
from warehouse.people.joining import Doubt, Joining
from warehouse.people.link_list import Links, both_agree
from warehouse.people.portraits import Portraits
from warehouse.people.roll import Roll, marks
from warehouse.people.rows_of import place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement
    from warehouse.people.decided import Decided
    from warehouse.people.rows_of import Numbers
    from warehouse.people.standing import Regrouping

STRONG_WEIGHT = 9.0
# Where births are hardly ever told there is nothing to wait for: a full name that few bear must do.
STRONG_UNDATED_WEIGHT = 4.0
STRONG_ROUNDS = 2


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


def weak(roll: Roll, links: Links, agreement: Agreement) -> Links:
    """The links that do not stand on their own."""
    return links.where(~stand_alone(roll, links, agreement))


def join_strong_links(given: Given, night: Regrouping) -> None:
    """Join by strong links the records of every component that has changed."""
    roll, before, changed, now = given.roll, night.before, night.changed, night.now
    again = changed.touched | changed.bereft_component | (before.component < 0)
    reached = _strong(roll, roll.links_of(again), given.agreement)
    again[reached.a] = again[reached.b] = True
    again |= marks(roll.size + 1, before.component[again])[:-1][before.component]  # those without a component are in it already
    links = _strong(roll, roll.links_of(again), given.agreement)
    roll.fetch(again)
    decided = given.decided.among(np.where(again, np.arange(roll.size), -1))
    component = _components(roll.size, links, decided)
    harmless = _harmless(given, component, again)
    groups = Groups(replace(given, decided=decided), np.arange(roll.size))
    now.probability[0] = np.where(again, 1.0, before.probability[0])
    joining = Joining(groups, {}, now.probability[0], harmless)
    links = links.where(~harmless[links.a] | links.forest(roll.size))
    doubts: list[Doubt] = []
    for _ in range(STRONG_ROUNDS):
        # a group grown by stronger links may agree with what one of its records alone contradicted
        doubts = joining.join_strong(links)
        links = links.where(~harmless[links.a])
    joining.join_judged(decided.same)
    if decided.same:
        judged = marks(roll.size, component[np.array(decided.same).ravel()])
        doubts = [doubt for doubt in doubts if not judged[component[doubt.record_a]]]
        doubts += joining.join_strong(links.where(judged[component[links.a]]))
    now.component = np.where(again, component, before.component)
    now.leader[0] = np.where(again, joining.leader(), before.leader[0])
    night.join(0, again, joining.joins)
    night.refuse(0, again, doubts)


def _strong(roll: Roll, links: Links, agreement: Agreement) -> Links:
    return links.where(stand_alone(roll, links, agreement))


def _harmless(given: Given, component: Numbers, again: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Marks the records of components in which nothing contradicts anything, and of which nothing was decided."""
    rows = np.flatnonzero(again & (np.bincount(component, minlength=component.size) > 1)[component])
    leads = np.unique(component[rows])
    harmless = marks(
        component.size, leads[Portraits(given.roll, rows, place_of(component[rows], leads), leads.size).harmless(given.agreement)]
    )
    harmless[component[list(given.decided.records())]] = False
    found: NDArray[np.bool_] = harmless[component]
    return found


def _components(size: int, links: Links, decided: Decided) -> NDArray[np.int64]:
    """For each record the first of all that these links, and judgements, connect with it."""
    same = np.array(decided.same, np.int64).reshape(-1, 2)
    a, b = np.concatenate([links.a, same[:, 0]]), np.concatenate([links.b, same[:, 1]])
    _, label = connected_components(coo_array((np.ones(a.size, np.int8), (a, b)), shape=(size, size)), directed=False)
    first = np.full(int(label.max(initial=-1)) + 1, size)
    np.minimum.at(first, label, np.arange(size))
    return np.asarray(first[label], np.int64)
