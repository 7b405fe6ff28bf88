"""Violence that comes of no conflict: nights out, robberies, attacks out of the blue, staff and officers hurt at work."""

from __future__ import annotations

import numpy as np

from synth.chance import Ints, Moments, Rng, many, pick, pick_index
from synth.conflicts import PAIR, Conflicts
from synth.events import AGGRESSOR, BYSTANDER, OFFICER, STAFF, VICTIM, Events, make_events
from synth.people import People
from synth.period import Period, time_of_day
from synth.setting import Setting
from synth.ties import neighbours_in_age, pick_from


def street_events(setting: Setting, conflicts: Conflicts) -> list[Events]:
    """All of them."""
    return [_nights(setting), _robberies(setting), _blue(setting), _blue_on_known(setting, conflicts), *_at_work(setting)]


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


def _nights(setting: Setting) -> Events:
    """Strangers or slight acquaintances, drink taken, once and never again."""
    rng, people, period = setting.rng("nights"), setting.people, setting.period
    out = pick_from(rng, grown_up(people, period), many(rng, setting.world.volumes.night_fights * setting.scale), people.volatility)
    pairs = neighbours_in_age(rng, people, out, grown_up(people, period, 17, 50), 400)
    size = len(pairs)
    severity = 1 + pick_index(rng, 4, size, (0.26, 0.45, 0.275, 0.015))
    witness = pick_from(rng, grown_up(people, period), size)
    parts = [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None), (BYSTANDER, witness, rng.random(size) < 0.2)]
    return make_events(
        "night",
        weekend_nights(rng, period, size),
        parts,
        severity=severity,
        place=pick(rng, ("LICENSED", "STREET", "TRANSPORT"), size, (0.5, 0.42, 0.08)),
        district=people.district[pairs[:, 1]],
        is_mutual=(severity <= 2) & (rng.random(size) < 0.12),
    )


def _robberies(setting: Setting) -> Events:
    """A few offenders rob strangers, one in six with a knife shown; sometimes in twos."""
    rng, people, period = setting.rng("robberies"), setting.people, setting.period
    young = grown_up(people, period, 14, 40)
    count = many(rng, setting.world.volumes.robberies * setting.scale)
    robber = pick_from(rng, young, count, (people.light_fingers + 0.2) * people.volatility**2)
    victim, mate = pick_from(rng, grown_up(people, period, 12, 80), robber.size), pick_from(rng, young, robber.size, people.volatility**2)
    parts = [(AGGRESSOR, robber, None), (VICTIM, victim, None), (AGGRESSOR, mate, rng.random(robber.size) < 0.25)]
    return make_events(
        "robbery",
        whenever(rng, period, robber.size, "evening"),
        parts,
        severity=2 + pick_index(rng, 3, robber.size, (0.52, 0.32, 0.16)),
        place=pick(rng, ("STREET", "TRANSPORT", "SHOP"), robber.size, (0.75, 0.15, 0.10)),
        district=people.district[victim],
    )


def _blue(setting: Setting) -> Events:
    """Serious attacks without any history that anyone could know."""
    rng, people, period = setting.rng("blue"), setting.people, setting.period
    attacker = pick_from(rng, grown_up(people, period, 14), many(rng, setting.world.blue * setting.scale), people.volatility)
    pairs = neighbours_in_age(rng, people, attacker, grown_up(people, period, 13), 300)
    return _serious(rng, setting, pairs, rng.integers(0, period.days, len(pairs)))


def _blue_on_known(setting: Setting, conflicts: Conflicts) -> Events:
    """Serious attacks within conflicts, but at any time after they began, whatever happened in them last."""
    rng = setting.rng("blue on known")
    known = np.flatnonzero(conflicts.kind == PAIR)
    count = many(rng, setting.world.blue_on_known * setting.scale) if known.size else 0
    chosen = known[rng.integers(0, max(known.size, 1), count)]
    pairs = np.array([(conflicts.side_a[n][0], conflicts.side_b[n][0]) for n in chosen], dtype=np.int64).reshape(-1, 2)
    day = rng.integers(0, setting.period.days, count)
    later = day >= conflicts.start[chosen]
    return _serious(rng, setting, pairs[later], day[later])


def _serious(rng: Rng, setting: Setting, pairs: Ints, day: Ints) -> Events:
    size, places = len(pairs), ("STREET", "DWELLING", "LICENSED", "OTHER")
    return make_events(
        "blue",
        setting.period.moments(day, time_of_day(rng, size, "evening")),
        [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)],
        severity=4 + (rng.random(size) < 0.25).astype(np.int64),
        place=pick(rng, places, size, (0.6, 0.2, 0.12, 0.08)),
        district=setting.people.district[pairs[:, 1]],
    )


def _at_work(setting: Setting) -> list[Events]:
    """Shop staff, nurses and officers: they meet the same prolific people again and again, and have no feud with them."""
    volumes = setting.world.volumes
    return [
        _hurt_at_work(setting, "staff", STAFF, volumes.staff_assaults, ("SHOP", "OTHER", "LICENSED")),
        _hurt_at_work(setting, "officer", OFFICER, volumes.officer_assaults, ("STREET", "DWELLING", "LICENSED")),
    ]


def _hurt_at_work(setting: Setting, kind: str, part: str, rate: float, places: tuple[str, ...]) -> Events:
    rng, people = setting.rng(kind), setting.people
    workers = np.flatnonzero(people.is_staff)
    count = many(rng, rate * setting.scale) if workers.size else 0
    attacker = pick_from(rng, grown_up(people, setting.period, 13, 65), count, (people.light_fingers + 0.1) * people.volatility)
    worker = pick_from(rng, workers, attacker.size)
    attacker, worker = attacker[attacker != worker], worker[attacker != worker]
    size = worker.size
    return make_events(
        kind,
        whenever(rng, setting.period, size, "evening"),
        [(AGGRESSOR, attacker, None), (part, worker, None)],
        severity=1 + pick_index(rng, 3, size, (0.35, 0.42, 0.23)),
        place=pick(rng, places, size, (0.6, 0.25, 0.15)),
        district=people.district[worker],
    )
