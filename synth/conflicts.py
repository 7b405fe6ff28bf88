"""Conflicts: between two people, between two crews, within couples. Who is on which side, when it starts and what course it is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from synth.chance import Bools, Floats, Ints, Rng, Strings, many, pick, pick_index
from synth.people import People
from synth.period import Period
from synth.setting import Setting
from synth.ties import Ties, neighbours_in_age, pick_from
from synth.worlds import Course, World

PAIR, GROUP, COUPLE = 0, 1, 2
KIND_NAMES = ("pair", "group", "domestic")
FIZZLE, SIMMER, ESCALATE = 0, 1, 2
YOUNGEST = 11.0
TRIGGERS = (
    "a debt",
    "an ex-partner",
    "posts online",
    "a fight at school",
    "territory",
    "a robbery",
    "a family matter",
    "a stolen bike",
    "informing the police",
)
TRIGGER_SHARES = (0.17, 0.19, 0.20, 0.12, 0.07, 0.05, 0.10, 0.06, 0.04)
GROUP_TRIGGERS = ("territory", "drugs lines", "a robbery", "posts online", "an earlier stabbing")


@dataclass(frozen=True)
class Conflicts:
    """One row per conflict. The course is where it starts; it may turn later (see dynamics)."""

    kind: Ints
    trigger: Strings
    side_a: tuple[Ints, ...]
    side_b: tuple[Ints, ...]
    start: Ints  # day number
    course: Ints
    base: Floats  # events a day when nothing happened lately
    excitation: Floats
    cooling: Floats  # days
    rung: Floats
    climb: Floats
    ceiling: Floats
    ends: Floats  # chance a day
    turns: Floats

    @property
    def count(self) -> int:
        """How many conflicts."""
        return self.kind.size

    def pairs(self, number: int) -> list[tuple[int, int]]:
        """All pairs of people on opposite sides of one conflict."""
        return [(int(a), int(b)) for a in self.side_a[number] for b in self.side_b[number]]


def make_conflicts(setting: Setting) -> Conflicts:
    """All conflicts that start within the simulated time."""
    rng, world, ties = setting.rng("conflicts"), setting.world, setting.ties
    pairs = _people_at_odds(rng, setting.people, setting.period, many(rng, world.pair_conflicts * setting.scale))
    groups = _crews_at_odds(rng, setting.people, ties, many(rng, world.group_conflicts * setting.scale))
    couples = ties.couples[rng.permutation(len(ties.couples))[: many(rng, world.volumes.couples_in_conflict * setting.scale)]]
    sides_a = [*pairs[:, :1], *(a for a, _ in groups), *couples[:, :1]]
    sides_b = [*pairs[:, 1:], *(b for _, b in groups), *couples[:, 1:]]
    kind = np.repeat([PAIR, GROUP, COUPLE], [len(pairs), len(groups), len(couples)])
    course = np.concatenate(
        [
            pick_index(rng, 3, len(pairs), world.pair_shares),
            pick_index(rng, 3, len(groups), world.group_shares),
            np.full(len(couples), SIMMER),
        ]
    )
    trigger = np.concatenate(
        [pick(rng, TRIGGERS, len(pairs), TRIGGER_SHARES), pick(rng, GROUP_TRIGGERS, len(groups)), pick(rng, ("a couple",), len(couples))]
    )
    start = rng.integers(0, setting.period.days, kind.size)
    old_enough = _ages_at(setting, sides_a, start) & _ages_at(setting, sides_b, start)
    kind, trigger, start, course = kind[old_enough], trigger[old_enough], start[old_enough], course[old_enough]
    sides_a, sides_b = ([side for side, fine in zip(sides, old_enough, strict=True) if fine] for sides in (sides_a, sides_b))
    blank = Conflicts(kind, trigger, tuple(sides_a), tuple(sides_b), start, course, *(np.zeros(kind.size) for _ in range(8)))
    return _with_courses(rng, world, blank)


def _ages_at(setting: Setting, sides: list[Ints], start: Ints) -> Bools:
    """Whether everyone on one side is old enough on the day the conflict starts."""
    people, first = setting.people, np.datetime64(setting.period.first, "D")
    youngest = np.array([people.born[side].max() for side in sides], dtype="datetime64[D]")
    return np.asarray((first + start - youngest).astype(float) / 365.25 >= YOUNGEST)


def _with_courses(rng: Rng, world: World, conflicts: Conflicts) -> Conflicts:
    """Each conflict's own temper and speed, about those of its course."""
    kind = conflicts.kind
    each = _of_course(world, conflicts.course, kind == COUPLE)
    temper, speed = rng.lognormal(-0.12, 0.5, kind.size), rng.lognormal(-0.06, 0.35, kind.size)
    crowd = np.where(kind == GROUP, 2.2, 1.0)
    return replace(
        conflicts,
        base=each("base") * temper * crowd,
        excitation=each("excitation"),
        cooling=each("cooling_days"),
        rung=np.clip(each("rung") + rng.normal(0, 0.25, kind.size), 0, 3),
        climb=each("climb") * speed,
        ceiling=each("ceiling"),
        ends=each("ends"),
        turns=each("turns"),
    )


def _of_course(world: World, course: Ints, is_couple: Bools) -> Callable[[str], Floats]:
    """Looks a parameter up for each conflict's course."""
    courses: tuple[Course, ...] = (*world.courses, world.couple)
    row = np.where(is_couple, len(world.courses), course)
    return lambda parameter: np.array([float(getattr(each, parameter)) for each in courses])[row]


def _people_at_odds(rng: Rng, people: People, period: Period, count: int) -> Ints:
    """Two of about one age who live near each other; one in seven pairs lives in two districts; every second side of a person is volatile."""
    age = people.age_on(np.datetime64(period.end, "D"))
    among = np.flatnonzero((age > 12) & (age < 60))
    first = pick_from(rng, among, count, people.volatility)
    quarrelsome = np.unique(pick_from(rng, among, among.size, people.volatility))
    near = neighbours_in_age(rng, people, first, quarrelsome, spread=25)
    second = np.where(rng.random(len(near)) < 0.14, pick_from(rng, among, len(near), people.volatility), near[:, 1])
    apart = near[:, 0] != second
    return np.stack([near[apart, 0], second[apart]], axis=1)


def _crews_at_odds(rng: Rng, people: People, ties: Ties, count: int) -> list[tuple[Ints, Ints]]:
    """Two crews, mostly of one district, with three to seven on each side."""
    if len(ties.crews) < 2:
        return []
    district = np.array([people.district[crew[0]] for crew in ties.crews])
    out = []
    for _ in range(count):
        one = int(rng.integers(len(ties.crews)))
        near = np.flatnonzero((district == district[one]) & (np.arange(len(ties.crews)) != one))
        others = near if near.size and rng.random() < 0.75 else np.flatnonzero(np.arange(len(ties.crews)) != one)
        other = int(others[int(rng.integers(others.size))])
        out.append((ties.crews[one][: int(rng.integers(3, 8))], ties.crews[other][: int(rng.integers(3, 8))]))
    return out
