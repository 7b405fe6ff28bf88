"""Who belongs together, from how strongly people are tied: groups that are dense inside, never one that takes in a whole town.

The constant Potts model (Traag, Van Dooren & Nesterov 2011): someone joins a group if their ties to it weigh more than DENSITY for each of its members, so
that a chain of chance acquaintances breaks and the size of a county makes no difference to what a group is, as it does with modularity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

DENSITY = 0.1
MOST_PEOPLE = 24
"""A denser crowd than this is cut where its ties are weakest: a list of people that nobody can keep in mind helps nobody."""
SWEEPS = 50

Ties = Mapping[tuple[str, str], float]
"""Weight by pair of people, each pair once."""


def communities(ties: Ties) -> list[list[str]]:
    """The groups of people, each sorted, in the order of their first members; everyone is in one. The same ties give the same groups."""
    people = sorted({person for pair in ties for person in pair})
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), weight in sorted(ties.items()):
        near[one][other] = near[other][one] = weight
    group = dict(zip(people, range(len(people)), strict=True))
    while True:
        _settle(near, group)
        if not _merge(near, group):
            break
    found = [part for members in _members(group).values() for part in _bounded(members, near)]
    return sorted(sorted(part) for part in found)


def _members(group: Mapping[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for person, number in sorted(group.items()):
        found[number].append(person)
    return found


def _settle(near: Mapping[str, Mapping[str, float]], group: dict[str, int]) -> None:
    """Moves people one by one to the group that they are tied to most for its size, until nobody gains by moving."""
    size = defaultdict(int, {number: len(members) for number, members in _members(group).items()})
    for _ in range(SWEEPS):
        moved = False
        for person in sorted(group):
            mine = group[person]
            weight: dict[int, float] = defaultdict(float)
            for other, tie in near[person].items():
                weight[group[other]] += tie
            size[mine] -= 1
            best = max([mine, *sorted(weight)], key=lambda number: weight[number] - DENSITY * size[number])
            size[best] += 1
            moved, group[person] = moved or best != mine, best
        if not moved:
            return


def _merge(near: Mapping[str, Mapping[str, float]], group: dict[str, int]) -> bool:
    """Joins whole groups that gain by it, the strongest first; whether any did."""
    size = {number: len(members) for number, members in _members(group).items()}
    between: dict[tuple[int, int], float] = defaultdict(float)
    for person, others in near.items():
        for other, tie in others.items():
            if person < other and group[person] != group[other]:
                between[min(group[person], group[other]), max(group[person], group[other])] += tie
    gains = {pair: weight - DENSITY * size[pair[0]] * size[pair[1]] for pair, weight in between.items()}
    taken: set[int] = set()
    into: dict[int, int] = {}
    for (first, second), gain in sorted(gains.items(), key=lambda item: (-item[1], item[0])):
        if gain > 0 and not taken & {first, second}:
            taken |= {first, second}
            into[second] = first
    group.update({person: into[number] for person, number in group.items() if number in into})
    return bool(into)


def _bounded(members: list[str], near: Mapping[str, Mapping[str, float]]) -> Iterable[list[str]]:
    """A group of at most MOST_PEOPLE as it is; a larger one in parts, joined by their strongest ties first."""
    if len(members) <= MOST_PEOPLE:
        return [members]
    part: dict[str, set[str]] = {person: {person} for person in members}
    ties = [(weight, one, other) for one in members for other, weight in near[one].items() if one < other and other in part]
    for _, one, other in sorted(ties, key=lambda tie: (-tie[0], tie[1], tie[2])):
        if part[one] is not part[other] and len(part[one]) + len(part[other]) <= MOST_PEOPLE:
            joined = part[one] | part[other]
            part.update(dict.fromkeys(joined, joined))
    return [sorted(some) for some in {id(some): some for some in part.values()}.values()]
