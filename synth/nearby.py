"""Trouble that stays small: neighbours, bullying, fights at school; and crime for gain."""

from __future__ import annotations

import numpy as np

from synth.chance import Ints, Rng, many, pick, pick_index, stream
from synth.events import AGGRESSOR, BYSTANDER, VICTIM, Events, make_events
from synth.people import People
from synth.period import Period, time_of_day
from synth.street import grown_up, whenever
from synth.ties import Ties, pick_from
from synth.worlds import World


def small_events(seed: int, world: World, people: People, ties: Ties, period: Period) -> list[Events]:
    """All of them."""
    scale = people.count / 1000 * period.simulated_years
    volumes = world.volumes
    return [_neighbours(stream(seed, "neighbours"), people, period, volumes.neighbours * scale), _bullying(stream(seed, "bullying"), people, period, volumes.bullying * scale),
            _school_fights(stream(seed, "school fights"), people, period, volumes.school_fights * scale),
            _thefts(stream(seed, "thefts"), people, ties, period, volumes.thefts * scale), _possession(stream(seed, "possession"), people, period, volumes.possession * scale)]


def _repeated(rng: Rng, period: Period, count: int, mean: float, apart_days: float) -> tuple[Ints, Ints]:
    """For each of `count` quarrels a few days on which it flares up: (quarrel, day)."""
    times = 1 + rng.geometric(1.0 / mean, count) - 1
    quarrel = np.repeat(np.arange(count), times)
    step = np.cumsum(rng.exponential(apart_days, quarrel.size))
    first = np.append(0, np.cumsum(times)[:-1])
    day = rng.integers(0, period.days, count)[quarrel] + (step - step[first][quarrel]).astype(np.int64)
    inside = day < period.days
    return quarrel[inside], day[inside]


def _neighbours(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """Noise, fences, parking: the same two households for months, words and damage and no worse."""
    adult = grown_up(people, period, 24, 85)
    one = pick_from(rng, adult, many(rng, mean))
    place = np.searchsorted(adult, one)
    other = adult[np.clip(place + rng.integers(2, 9, one.size), 0, adult.size - 1)]
    fine = people.household[one] != people.household[other]
    one, other = one[fine], other[fine]
    quarrel, day = _repeated(rng, period, one.size, 4.5, 22)
    a_first = rng.random(quarrel.size) < 0.6
    struck, hurt = np.where(a_first, one[quarrel], other[quarrel]), np.where(a_first, other[quarrel], one[quarrel])
    return make_events("neighbour", period.moments(day, time_of_day(rng, day.size, "evening")), pick_index(rng, 3, day.size, (0.5, 0.42, 0.08)),
                       np.full(day.size, "DWELLING", dtype=object), people.district[hurt], [(AGGRESSOR, struck, None), (VICTIM, hurt, None)])


def pupils_by_school(people: People, period: Period) -> list[Ints]:
    """Rows of people who are of secondary age at some time, for each school, in order of birth."""
    age = people.age_on(np.datetime64(period.end, "D"))
    return [rows[np.argsort(people.born[rows], kind="stable")] for number in range(people.schools.urn.size)
            if (rows := np.flatnonzero((people.school == number) & (age > 10.5) & (age < 16.5 + period.simulated_years))).size > 3]


def _classmates(rng: Rng, people: People, period: Period, count: int) -> Ints:
    """Pairs of pupils of one school who are near in age, the first by volatility."""
    schools = pupils_by_school(people, period)
    if not schools:
        return np.zeros((0, 2), dtype=np.int64)
    out = []
    for rows, share in zip(schools, np.bincount(pick_index(rng, len(schools), count, [float(r.size) for r in schools]), minlength=len(schools)), strict=True):
        place = pick_index(rng, rows.size, int(share), people.volatility[rows] + 0.05)
        other = np.clip(place + rng.integers(1, 25, place.size) * rng.choice([-1, 1], place.size), 0, rows.size - 1)
        out.append(np.stack([rows[place], rows[other]], axis=1)[place != other])
    return np.concatenate(out)


def _in_class(people: People, pairs: Ints, time: np.ndarray) -> np.ndarray:
    """Whether both are of secondary age on a weekday outside the summer holidays."""
    day = time.astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(np.int64) % 12 + 1
    weekday = (day.astype(np.int64) + 3) % 7 < 5
    ages = [people.age_on(day, pairs[:, side]) for side in (0, 1)]
    return np.asarray(weekday & (month != 8) & np.all([(age > 11) & (age < 16.6) for age in ages], axis=0))


def _bullying(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """One pupil picks on another for a term: one way only."""
    pairs = _classmates(rng, people, period, many(rng, mean))
    quarrel, day = _repeated(rng, period, len(pairs), 3.5, 16)
    pairs, time = pairs[quarrel], period.moments(day, time_of_day(rng, day.size, "school"))
    here = _in_class(people, pairs, time)
    pairs, time = pairs[here], time[here]
    severity = pick_index(rng, 4, len(pairs), (0.45, 0.33, 0.20, 0.02))
    online = (severity == 0) & (rng.random(len(pairs)) < 0.4)
    return make_events("bullying", time, severity, np.where(online, "ONLINE", "SCHOOL").astype(object), people.district[pairs[:, 1]],
                       [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)], school=people.school[pairs[:, 0]])


def _school_fights(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """A fight in the corridor, and that was that."""
    pairs = _classmates(rng, people, period, many(rng, mean))
    time = whenever(rng, period, len(pairs), "school")
    here = _in_class(people, pairs, time)
    pairs, time = pairs[here], time[here]
    return make_events("school_fight", time, 2 + (rng.random(len(pairs)) < 0.12).astype(np.int64), np.full(len(pairs), "SCHOOL", dtype=object),
                       people.district[pairs[:, 1]], [(AGGRESSOR, pairs[:, 0], None), (VICTIM, pairs[:, 1], None)], school=people.school[pairs[:, 0]],
                       is_mutual=rng.random(len(pairs)) < 0.35)


def _thefts(rng: Rng, people: People, ties: Ties, period: Period, mean: float) -> Events:
    """Shoplifting, burglary, vehicles: prolific thieves, chance victims, now and then two thieves together."""
    adult = grown_up(people, period, 13, 75)
    thief = pick_from(rng, adult, many(rng, mean), people.light_fingers)
    owner = pick_from(rng, grown_up(people, period, 18, 90), thief.size)
    mate = np.array([_mate(rng, ties, int(row)) if alone else int(row) for row, alone in zip(thief, rng.random(thief.size) < 0.12, strict=True)], dtype=np.int64)
    place = pick(rng, ("SHOP", "DWELLING", "STREET", "OTHER"), thief.size, (0.4, 0.25, 0.2, 0.15))
    private = (place != "SHOP") | (rng.random(thief.size) < 0.1)
    return make_events("theft", whenever(rng, period, thief.size, "day"), np.zeros(thief.size, dtype=np.int64), place, people.district[owner],
                       [(AGGRESSOR, thief, None), (VICTIM, owner, private & (owner != thief)), (AGGRESSOR, mate, (mate != thief) & (mate != owner))])


def _mate(rng: Rng, ties: Ties, row: int) -> int:
    crew = ties.crew_of[row]
    return row if crew < 0 else int(ties.crews[crew][int(rng.integers(ties.crews[crew].size))])


def _possession(rng: Rng, people: People, period: Period, mean: float) -> Events:
    """Drugs and weapons found on people, bad driving: a suspect and no victim."""
    found = pick_from(rng, grown_up(people, period, 14, 60), many(rng, mean), people.volatility + people.light_fingers)
    witness = pick_from(rng, grown_up(people, period), found.size)
    return make_events("possession", whenever(rng, period, found.size, "evening"), np.zeros(found.size, dtype=np.int64), pick(rng, ("STREET", "TRANSPORT", "DWELLING"), found.size, (0.6, 0.15, 0.25)),
                       people.district[found], [(AGGRESSOR, found, None), (BYSTANDER, witness, (rng.random(found.size) < 0.06) & (witness != found))])
