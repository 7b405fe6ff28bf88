"""Trouble that stays small: neighbours, bullying, fights at school; and crime for gain."""

from __future__ import annotations

import numpy as np

from synth.chance import Bools, Ints, Moments, Rng, many, pick, pick_index
from synth.events import AGGRESSOR, BYSTANDER, VICTIM, Events, make_events
from synth.people import People
from synth.period import Period, time_of_day
from synth.setting import Setting
from synth.street import grown_up, whenever
from synth.ties import pick_from


def small_events(setting: Setting) -> list[Events]:
    """All of them."""
    return [_neighbours(setting), _bullying(setting), _school_fights(setting), _thefts(setting), _possession(setting)]


def _repeated(rng: Rng, period: Period, count: int, mean: float, apart_days: float) -> tuple[Ints, Ints]:
    """For each of `count` quarrels a few days on which it flares up: (quarrel, day)."""
    times = rng.geometric(1.0 / mean, count)
    quarrel = np.repeat(np.arange(count), times)
    step = np.cumsum(rng.exponential(apart_days, quarrel.size))
    first = np.repeat(np.cumsum(times) - times, times)
    day = rng.integers(0, period.days, count)[quarrel] + (step - step[first]).astype(np.int64)
    inside = day < period.days
    return quarrel[inside], day[inside]


def _neighbours(setting: Setting) -> Events:
    """Noise, fences, parking: the same two households for months, words and damage and no worse."""
    rng, people, period = setting.rng("neighbours"), setting.people, setting.period
    adult = grown_up(people, period, 24, 85)
    one = pick_from(rng, adult, many(rng, setting.world.volumes.neighbours * setting.scale))
    other = adult[np.clip(np.searchsorted(adult, one) + rng.integers(2, 9, one.size), 0, adult.size - 1)]
    apart = people.household[one] != people.household[other]
    one, other = one[apart], other[apart]
    quarrel, day = _repeated(rng, period, one.size, 4.5, 22)
    a_first = rng.random(quarrel.size) < 0.6
    struck, hurt = np.where(a_first, one[quarrel], other[quarrel]), np.where(a_first, other[quarrel], one[quarrel])
    return make_events(
        "neighbour",
        period.moments(day, time_of_day(rng, day.size, "evening")),
        [(AGGRESSOR, struck, None), (VICTIM, hurt, None)],
        severity=pick_index(rng, 3, day.size, (0.5, 0.42, 0.08)),
        place=np.full(day.size, "DWELLING", dtype=object),
        district=people.district[hurt],
    )


def pupils_by_school(people: People, period: Period) -> list[Ints]:
    """Rows of people who are of secondary age at some time, for each school, in order of birth."""
    age = people.age_on(np.datetime64(period.end, "D"))
    return [
        rows[np.argsort(people.born[rows], kind="stable")]
        for number in range(people.schools.urn.size)
        if (rows := np.flatnonzero((people.school == number) & (age > 10.5) & (age < 16.5 + period.simulated_years))).size > 3
    ]


def _classmates(rng: Rng, people: People, period: Period, count: int) -> Ints:
    """Pairs of pupils of one school who are near in age, the first by volatility."""
    schools = pupils_by_school(people, period)
    if not schools:
        return np.zeros((0, 2), dtype=np.int64)
    out = []
    for rows, share in zip(
        schools, np.bincount(pick_index(rng, len(schools), count, [float(r.size) for r in schools]), minlength=len(schools)), strict=True
    ):
        place = pick_index(rng, rows.size, int(share), people.volatility[rows] + 0.05)
        other = np.clip(place + rng.integers(1, 25, place.size) * rng.choice([-1, 1], place.size), 0, rows.size - 1)
        out.append(np.stack([rows[place], rows[other]], axis=1)[place != other])
    return np.concatenate(out)


def _in_class(people: People, pairs: Ints, time: Moments) -> Bools:
    """Whether both are of secondary age on a weekday outside the summer holidays."""
    day = time.astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(np.int64) % 12 + 1
    weekday = (day.astype(np.int64) + 3) % 7 < 5
    ages = [people.age_on(day, pairs[:, side]) for side in (0, 1)]
    return np.asarray(weekday & (month != 8) & np.all([(age > 11) & (age < 16.6) for age in ages], axis=0))


def _bullying(setting: Setting) -> Events:
    """One pupil picks on another for a term: one way only."""
    rng, people, period = setting.rng("bullying"), setting.people, setting.period
    pairs = _classmates(rng, people, period, many(rng, setting.world.volumes.bullying * setting.scale))
    quarrel, day = _repeated(rng, period, len(pairs), 3.5, 16)
    pairs, time = pairs[quarrel], period.moments(day, time_of_day(rng, day.size, "school"))
    here = _in_class(people, pairs, time)
    pairs, time = pairs[here], time[here]
    severity = pick_index(rng, 4, len(pairs), (0.45, 0.33, 0.20, 0.02))
    place = np.where((severity == 0) & (rng.random(len(pairs)) < 0.4), "ONLINE", "SCHOOL").astype(object)
    return make_events(
        "bullying",
        time,
        [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)],
        severity=severity,
        place=place,
        district=people.district[pairs[:, 1]],
        school=people.school[pairs[:, 0]],
    )


def _school_fights(setting: Setting) -> Events:
    """A fight in the corridor, and that was that."""
    rng, people, period = setting.rng("school fights"), setting.people, setting.period
    pairs = _classmates(rng, people, period, many(rng, setting.world.volumes.school_fights * setting.scale))
    time = whenever(rng, period, len(pairs), "school")
    here = _in_class(people, pairs, time)
    pairs, time, size = pairs[here], time[here], int(here.sum())
    return make_events(
        "school_fight",
        time,
        [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)],
        severity=2 + (rng.random(size) < 0.12).astype(np.int64),
        place=np.full(size, "SCHOOL", dtype=object),
        district=people.district[pairs[:, 1]],
        school=people.school[pairs[:, 0]],
        is_mutual=rng.random(size) < 0.35,
    )


def _thefts(setting: Setting) -> Events:
    """Shoplifting, burglary, vehicles: prolific thieves, chance victims, now and then two thieves together."""
    rng, people, period = setting.rng("thefts"), setting.people, setting.period
    thief = pick_from(rng, grown_up(people, period, 13, 75), many(rng, setting.world.volumes.thefts * setting.scale), people.light_fingers)
    size = thief.size
    owner = pick_from(rng, grown_up(people, period, 18, 90), size)
    mate, comes = setting.ties.mates(rng, thief, rng.random(size) < 0.12)
    place = pick(rng, ("SHOP", "DWELLING", "STREET", "OTHER"), size, (0.4, 0.25, 0.2, 0.15))
    robbed = ((place != "SHOP") | (rng.random(size) < 0.1)) & (owner != thief)
    parts = [(AGGRESSOR, thief, None), (VICTIM, owner, robbed), (AGGRESSOR, mate, comes & (mate != owner))]
    return make_events(
        "theft",
        whenever(rng, period, size, "day"),
        parts,
        severity=np.zeros(size, dtype=np.int64),
        place=place,
        district=people.district[owner],
    )


def _possession(setting: Setting) -> Events:
    """Drugs and weapons found on people, bad driving: a suspect and no victim."""
    rng, people, period = setting.rng("possession"), setting.people, setting.period
    count = many(rng, setting.world.volumes.possession * setting.scale)
    found = pick_from(rng, grown_up(people, period, 14, 60), count, people.volatility + people.light_fingers)
    witness = pick_from(rng, grown_up(people, period), found.size)
    parts = [(AGGRESSOR, found, None), (BYSTANDER, witness, (rng.random(found.size) < 0.06) & (witness != found))]
    return make_events(
        "possession",
        whenever(rng, period, found.size, "evening"),
        parts,
        severity=np.zeros(found.size, dtype=np.int64),
        place=pick(rng, ("STREET", "TRANSPORT", "DWELLING"), found.size, (0.6, 0.15, 0.25)),
        district=people.district[found],
    )
