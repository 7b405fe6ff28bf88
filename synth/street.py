"""Violence that comes of no conflict: nights out, robberies, attacks out of the blue, staff and officers hurt at work."""

from __future__ import annotations

import numpy as np

from synth.chance import Ints, Moments, Rng, many, pick, pick_index, stream
from synth.conflicts import PAIR, Conflicts
from synth.events import AGGRESSOR, BYSTANDER, OFFICER, STAFF, VICTIM, Events, make_events
from synth.people import People
from synth.period import Period, time_of_day
from synth.ties import neighbours_in_age, pick_from
from synth.worlds import World


def street_events(seed: int, world: World, people: People, conflicts: Conflicts, period: Period) -> list[Events]:
    """All of them."""
    scale = people.count / 1000 * period.simulated_years
    return [_nights(stream(seed, "nights"), people, period, world.volumes.night_fights * scale),
            _robberies(stream(seed, "robberies"), people, period, world.volumes.robberies * scale),
            _blue(stream(seed, "blue"), people, period, world.blue * scale),
            _blue_on_known(stream(seed, "blue on known"), people, conflicts, period, world.blue_on_known * scale),
            *_at_work(stream(seed, "work"), people, period, world, scale)]


def whenever(rng: Rng, period: Period, size: int, pattern: str) -> Moments:
    """Times spread over the simulated days."""
    return period.moments(rng.integers(0, period.days, size), time_of_day(rng, size, pattern))


def weekend_nights(rng: Rng, period: Period, size: int) -> Moments:
    """Two in three on Friday, Saturday or Sunday (the small hours)."""
    day = rng.integers(0, period.days, size)
    weekday = ((np.datetime64(period.first, "D") + day).astype(np.int64) + 3) % 7
    shift = np.where(rng.random(size) < 0.6, (pick_index(rng, 3, size) + 4) - weekday, 0)
    return period.moments(np.clip(day + shift, 0, period.days - 1), time_of_day(rng, size, "night"))


def grown_up(people: People, period: Period, youngest: float = 18, oldest: float = 70) -> Ints:
    """Rows of people of those ages on the day the county is made."""
    age = people.age_on(np.datetime64(period.end, "D"))
    return np.flatnonzero((age >= youngest) & (age < oldest))


def _nights(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """Strangers or slight acquaintances, drink taken, once and never again."""
    pairs = neighbours_in_age(rng, people, pick_from(rng, grown_up(people, period), many(rng, mean), people.volatility), grown_up(people, period, 17, 50), 400)
    size = len(pairs)
    severity = 1 + pick_index(rng, 4, size, (0.26, 0.45, 0.275, 0.015))
    witness = pick_from(rng, grown_up(people, period), size)
    place = pick(rng, ("LICENSED", "STREET", "TRANSPORT"), size, (0.5, 0.42, 0.08))
    return make_events("night", weekend_nights(rng, period, size), severity, place, people.district[pairs[:, 1]],
                       [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None), (BYSTANDER, witness, rng.random(size) < 0.2)],
                       is_mutual=(severity <= 2) & (rng.random(size) < 0.12))


def _robberies(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """A few offenders rob strangers, one in five with a knife shown; sometimes in twos."""
    robber = pick_from(rng, grown_up(people, period, 14, 40), many(rng, mean), (people.light_fingers + 0.2) * people.volatility ** 2)
    victim = pick_from(rng, grown_up(people, period, 12, 80), robber.size)
    mate = pick_from(rng, grown_up(people, period, 14, 40), robber.size, people.volatility ** 2)
    severity = 2 + pick_index(rng, 3, robber.size, (0.5, 0.32, 0.18))
    return make_events("robbery", whenever(rng, period, robber.size, "evening"), severity, pick(rng, ("STREET", "TRANSPORT", "SHOP"), robber.size, (0.75, 0.15, 0.10)),
                       people.district[victim], [(AGGRESSOR, robber, None), (VICTIM, victim, None), (AGGRESSOR, mate, rng.random(robber.size) < 0.25)])


def _blue(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """Serious attacks without any history that anyone could know."""
    pairs = neighbours_in_age(rng, people, pick_from(rng, grown_up(people, period, 14), many(rng, mean), people.volatility), grown_up(people, period, 13), 300)
    return _serious(rng, people, period, pairs)


def _blue_on_known(rng: Rng, people: People, conflicts: Conflicts, period: Period, mean: float) -> Events:
    """Serious attacks within conflicts, but at any time after they began, whatever happened in them last."""
    known = np.flatnonzero(conflicts.kind == PAIR)
    chosen = known[pick_index(rng, known.size, many(rng, mean))] if known.size else known
    pairs = np.array([(conflicts.side_a[n][0], conflicts.side_b[n][0]) for n in chosen], dtype=np.int64).reshape(-1, 2)
    day = rng.integers(0, period.days, chosen.size)
    later = day >= conflicts.start[chosen]
    return _serious(rng, people, period, pairs[later], day[later])


def _serious(rng: Rng, people: People, period: Period, pairs: Ints, day: Ints | None = None) -> Events:
    size = len(pairs)
    severity = 4 + (rng.random(size) < 0.25).astype(np.int64)
    when = rng.integers(0, period.days, size) if day is None else day
    return make_events("blue", period.moments(when, time_of_day(rng, size, "evening")), severity,
                       pick(rng, ("STREET", "DWELLING", "LICENSED", "OTHER"), size, (0.6, 0.2, 0.12, 0.08)), people.district[pairs[:, 1]],
                       [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)])


def _at_work(rng: Rng, people: People, period: Period, world: World, scale: float) -> list[Events]:
    """Shop staff, nurses and officers: they meet the same prolific people again and again, and have no feud with them."""
    out = []
    workers = np.flatnonzero(people.is_staff)
    for part, kind, mean in ((STAFF, "staff", world.volumes.staff_assaults), (OFFICER, "officer", world.volumes.officer_assaults)):
        attacker = pick_from(rng, grown_up(people, period, 13, 65), many(rng, mean * scale) if workers.size else 0, (people.light_fingers + 0.1) * people.volatility)
        worker = pick_from(rng, workers, attacker.size)
        severity = 1 + pick_index(rng, 3, attacker.size, (0.35, 0.42, 0.23))
        place = pick(rng, ("SHOP", "OTHER", "LICENSED") if part == STAFF else ("STREET", "DWELLING", "LICENSED"), attacker.size, (0.6, 0.25, 0.15))
        fine = attacker != worker
        out.append(make_events(kind, whenever(rng, period, attacker.size, "evening")[fine], severity[fine], place[fine], people.district[worker][fine],
                               [(AGGRESSOR, attacker[fine], None), (part, worker[fine], None)]))
    return out
