"""The worlds a county can be made in: how conflicts behave there, and how much else happens. Rates are per 1,000 people and year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


class UnknownWorldError(ValueError):
    """A county was asked for in a world that is not defined."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no world called {name!r}; choose one of {', '.join(sorted(WORLDS))} or add it in synth/worlds.py")


@dataclass(frozen=True)
class Course:
    """How a conflict on one course behaves, day by day."""

    base: float  # events a day when nothing has happened lately
    excitation: float  # further events a day for each recent event
    cooling_days: float  # how long an event stays recent
    rung: float  # where on the ladder of severity (0 words .. 5 life-threatening) it starts
    climb: float  # rungs gained with each event, on average
    ceiling: float  # the highest rung it climbs to
    ends: float  # chance a day of ending for good
    turns: float = 0.0  # chance a day of turning into an escalating one


@dataclass(frozen=True)
class Volumes:
    """How much of everything else happens."""

    couples_in_conflict: float = 5.0
    neighbours: float = 5.0
    bullying: float = 9.0
    school_fights: float = 16.0
    night_fights: float = 42.0
    robberies: float = 8.0
    staff_assaults: float = 13.0
    officer_assaults: float = 6.0
    thefts: float = 150.0
    possession: float = 24.0
    other_reports: float = 66.0
    association_reports: float = 20.0
    false_conflict_reports: float = 9.0
    exclusions: float = 32.0


FIZZLE = Course(base=0.045, excitation=0.02, cooling_days=9, rung=0.8, climb=0.05, ceiling=1.6, ends=1 / 40)
SIMMER = Course(base=0.016, excitation=0.024, cooling_days=12, rung=1.0, climb=0.08, ceiling=2.3, ends=1 / 330, turns=1 / 1100)
ESCALATE = Course(base=0.030, excitation=0.042, cooling_days=15, rung=0.9, climb=0.55, ceiling=4.6, ends=1 / 240)
COUPLE = Course(base=0.014, excitation=0.012, cooling_days=14, rung=1.5, climb=0.03, ceiling=2.1, ends=1 / 600, turns=1 / 2500)


@dataclass(frozen=True)
class World:
    """All parameters of one world."""

    name: str
    meaning: str
    pair_conflicts: float = 21.0
    group_conflicts: float = 0.22
    courses: tuple[Course, Course, Course] = (FIZZLE, SIMMER, ESCALATE)
    pair_shares: tuple[float, float, float] = (0.65, 0.22, 0.13)
    group_shares: tuple[float, float, float] = (0.35, 0.40, 0.25)
    couple: Course = COUPLE
    severity_spread: float = 0.7
    top_severity: int = 5  # the worst that a conflict of this world leads to by itself
    ends_after_serious: float = 0.26
    revenge: float = 1.3  # extra recent events that a serious one counts for
    blue: float = 0.9  # serious attacks without any history
    blue_on_known: float = 0.0  # ... and on someone whom the attacker has been in conflict with, at any time, however long ago
    volumes: Volumes = field(default_factory=Volumes)


def steady(course: Course) -> Course:
    """A course on which events follow no pattern: none makes the next likelier or worse."""
    return replace(course, excitation=0.0, climb=0.0, turns=0.0, base=course.base * 1.4)


TOWN = World("town", "Most conflicts fizzle out, some simmer for years, about one in eight escalates over months.")
FLAT = World(
    "flat",
    "Nothing escalates: serious violence comes out of the blue, and what went before says nothing about it.",
    courses=(steady(FIZZLE), steady(SIMMER), steady(ESCALATE)),
    pair_shares=(0.65, 0.35, 0.0),
    group_shares=(0.40, 0.60, 0.0),
    couple=steady(COUPLE),
    top_severity=3,
    blue=2.0,
    blue_on_known=5.5,
)
GANGS = World(
    "gangs",
    "Feuds between groups dominate: many attackers, many victims, and no single pair that stands out for long.",
    pair_conflicts=9.0,
    group_conflicts=1.1,
    pair_shares=(0.72, 0.22, 0.06),
    group_shares=(0.20, 0.35, 0.45),
)
WORLDS = {world.name: world for world in (TOWN, FLAT, GANGS)}


def world_named(name: str) -> World:
    """The world of that name."""
    if name not in WORLDS:
        raise UnknownWorldError(name)
    return WORLDS[name]
