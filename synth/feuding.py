"""The events of conflicts: who struck whom, who came along, where and when."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth.chance import Bools, Ints, Moments, Rng, Strings, pick
from synth.conflicts import COUPLE, GROUP, PAIR, Conflicts
from synth.dynamics import Course, Flares
from synth.events import AGGRESSOR, PART_SCHEMA, VICTIM, Events, make_events
from synth.people import People
from synth.period import time_of_day
from synth.setting import Setting

RETALIATES = 0.6
BRINGS_A_FRIEND = 0.11
ONLINE_BY_SEVERITY = np.array([0.55, 0.35, 0.04, 0.0, 0.0, 0.0])


def feud_events(setting: Setting, conflicts: Conflicts, course: Course) -> list[Events]:
    """All events of pair and group conflicts (kind `feud`) and of couples (kind `domestic`)."""
    rng = setting.rng("feuding")
    kind = conflicts.kind[course.flares.number]
    pairs, couples, groups = (np.flatnonzero(kind == which) for which in (PAIR, COUPLE, GROUP))
    feuds = _two_sided(rng, "feud", setting, conflicts, course.of(pairs))
    homes = _two_sided(rng, "domestic", setting, conflicts, course.of(couples))
    return [feuds, homes, _groups(rng, setting, conflicts, course.of(groups))]


def who_strikes(rng: Rng, number: Ints, kind: str) -> Bools:
    """Whether side A strikes, per event of conflicts in order of time: the side struck last strikes back more often than not. Couples have one abuser."""
    order = np.argsort(number, kind="stable")
    flips = rng.random(number.size) < (RETALIATES if kind == "feud" else 0.12)
    total = np.cumsum(flips[order])
    first = np.append(True, number[order][1:] != number[order][:-1]) if number.size else np.zeros(0, dtype=bool)
    at_first = np.maximum.accumulate(np.where(first, np.arange(number.size), 0))
    out = np.empty(number.size, dtype=bool)
    out[order] = (total - total[at_first]) % 2 == 0
    return out


def places(rng: Rng, severity: Ints, home: Bools, day: Bools) -> Strings:
    """Online for words, at home for couples, else the street and where people meet."""
    out = pick(rng, ("STREET", "LICENSED", "SHOP", "TRANSPORT", "DWELLING", "OTHER"), severity.size, (0.52, 0.10, 0.08, 0.07, 0.15, 0.08))
    out = np.where(home & (rng.random(severity.size) < 0.85), "DWELLING", out)
    return np.where(~day & (rng.random(severity.size) < ONLINE_BY_SEVERITY[severity]), "ONLINE", out).astype(object)


def _two_sided(rng: Rng, kind: str, setting: Setting, conflicts: Conflicts, flares: Flares) -> Events:
    people, number, severity = setting.people, flares.number, flares.severity
    size = number.size
    a = np.array([int(side[0]) for side in conflicts.side_a] or [0], dtype=np.int64)[number]
    b = np.array([int(side[0]) for side in conflicts.side_b] or [0], dtype=np.int64)[number]
    a_strikes = who_strikes(rng, number, kind)
    struck, hurt = np.where(a_strikes, a, b), np.where(a_strikes, b, a)
    time = setting.period.moments(flares.day, time_of_day(rng, size, "evening"))
    friend, comes = setting.ties.mates(rng, struck, (kind == "feud") & (severity >= 1) & (rng.random(size) < BRINGS_A_FRIEND))
    school = _at_school(rng, people, np.stack([struck, hurt], axis=1), time, severity)
    place = places(rng, severity, np.full(size, kind == "domestic"), school >= 0)
    place = np.where(school >= 0, "SCHOOL", place).astype(object)
    return make_events(
        kind,
        time,
        [(AGGRESSOR, struck, None), (VICTIM, hurt, None), (AGGRESSOR, friend, comes & (friend != hurt))],
        severity=severity,
        place=place,
        district=people.district[hurt],
        feud=number,
        school=school,
        is_mutual=(severity == 2) & (rng.random(size) < 0.18),
    )


def _at_school(rng: Rng, people: People, pairs: Ints, time: Moments, severity: Ints) -> Ints:
    """The school where it happened, for some events between pupils of one school on a weekday; else -1."""
    a, b, day = pairs[:, 0], pairs[:, 1], time.astype("datetime64[D]")
    weekday = (day.astype(np.int64) + 3) % 7 < 5
    of_age = (people.age_on(day, a) < 16.5) & (people.age_on(day, b) < 16.5)
    same = (people.school[a] >= 0) & (people.school[a] == people.school[b])
    return np.where(same & of_age & weekday & (severity <= 3) & (rng.random(a.size) < 0.5), people.school[a], -1)


def _groups(rng: Rng, setting: Setting, conflicts: Conflicts, flares: Flares) -> Events:
    """One to four of one side set upon one to three of the other; leaders more often than the rest."""
    number, severity, size = flares.number, flares.severity, flares.number.size
    a_strikes = who_strikes(rng, number, "feud")
    parts: list[tuple[int, int, str]] = []
    district = np.zeros(size, dtype=np.int64)
    for event, (conflict, from_a, worst) in enumerate(zip(number.tolist(), a_strikes.tolist(), severity.tolist(), strict=True)):
        one, other = (conflicts.side_a, conflicts.side_b) if from_a else (conflicts.side_b, conflicts.side_a)
        struck = _some(rng, one[conflict], 1 + rng.binomial(3, 0.35 if worst >= 2 else 0.1))
        hurt = _some(rng, other[conflict], 1 + rng.binomial(2, 0.15))
        parts += [(event, person, AGGRESSOR) for person in struck] + [(event, person, VICTIM) for person in hurt]
        district[event] = setting.people.district[hurt[0]]
    nowhere = np.zeros(size, dtype=bool)
    events = make_events(
        "feud",
        setting.period.moments(flares.day, time_of_day(rng, size, "evening")),
        [],
        severity=severity,
        place=places(rng, severity, nowhere, nowhere),
        district=district,
        feud=number,
        is_mutual=(severity >= 2) & (rng.random(size) < 0.2),
    )
    return Events(events.happened, pl.DataFrame(parts, schema=PART_SCHEMA, orient="row"))


def leading(size: int) -> np.ndarray:
    """How often each member of a side takes part, the leaders first."""
    return np.asarray(1.0 / (np.arange(size) + 2.0) / np.sum(1.0 / (np.arange(size) + 2.0)))


def _some(rng: Rng, side: Ints, count: int) -> list[int]:
    return [int(person) for person in rng.choice(side, min(count, side.size), replace=False, p=leading(side.size))]
