"""Who goes about with whom: crews of friends, and couples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synth.chance import Bools, Floats, Ints, Rng, pick_index, stream
from synth.people import People
from synth.period import Period


@dataclass(frozen=True)
class Ties:
    """Crews as rows of people (the first two lead), couples (and grown children with a parent) as pairs of rows, and each person's crew (-1 for none)."""

    crews: tuple[Ints, ...]
    crew_of: Ints
    couples: Ints  # shape (couples, 2)

    def mates(self, rng: Rng, person: Ints, may: Bools) -> tuple[Ints, Bools]:
        """For each person one of his crew, and whether that one comes along: where `may` says so and there is one."""
        mate = person.copy()
        for row in np.flatnonzero(may & (self.crew_of[person] >= 0)):
            crew = self.crews[self.crew_of[person[row]]]
            mate[row] = crew[int(rng.integers(crew.size))]
        return mate, mate != person


def make_ties(seed: int, people: People, period: Period) -> Ties:
    """Crews of four to nine who are of about one age and district; couples who live together or have parted, and grown children with a parent."""
    rng = stream(seed, "ties")
    crews = _crews(rng, people, period)
    crew_of = np.full(people.count, -1, dtype=np.int64)
    for number, crew in enumerate(crews):
        crew_of[crew] = number
    return Ties(tuple(crews), crew_of, _couples(rng, people, period))


def _crews(rng: Rng, people: People, period: Period) -> list[Ints]:
    age = people.age_on(np.datetime64(period.end, "D"))
    young = np.flatnonzero((age > 14) & (age < 32) & (people.volatility > 0.15))
    joined = young[rng.random(young.size) < 0.45]
    order = np.lexsort((age[joined] + rng.normal(0, 1.2, joined.size), people.district[joined]))
    ranked = joined[order]
    crews, at = [], 0
    while at < ranked.size:
        size = int(rng.integers(4, 10))
        crew = ranked[at : at + size]
        crew = crew[people.district[crew] == people.district[crew[0]]]
        at += crew.size
        if crew.size >= 3:
            crews.append(crew[np.argsort(-people.volatility[crew], kind="stable")])
    return crews


def _couples(rng: Rng, people: People, period: Period) -> Ints:
    second = np.flatnonzero((people.place == 1) & ~people.is_child & (people.sex != np.roll(people.sex, 1)))
    together = np.stack([second - 1, second], axis=1)
    age = people.age_on(np.datetime64(period.end, "D"))
    parted = _of_one_age(rng, people, np.flatnonzero((age > 17) & (age < 55)), int(together.shape[0] * 0.25))
    parted = parted[people.sex[parted[:, 0]] != people.sex[parted[:, 1]]]
    return np.concatenate([together, parted, _grown_children(rng, people, age)])


def _grown_children(rng: Rng, people: People, age: Floats) -> Ints:
    """A third of the grown children who live at home, each with the household's first adult."""
    grown = np.flatnonzero(people.is_child & (age > 17) & (rng.random(people.count) < 0.33))
    return np.stack([grown, grown - people.place[grown]], axis=1)


def _of_one_age(rng: Rng, people: People, among: Ints, count: int) -> Ints:
    return neighbours_in_age(rng, people, pick_from(rng, among, count), among, spread=200)


def pick_from(rng: Rng, among: Ints, count: int, weight: Floats | None = None) -> Ints:
    """`count` rows out of `among`, with repeats, by weight when given."""
    if among.size == 0:
        return np.zeros(0, dtype=np.int64)
    return np.asarray(among[pick_index(rng, among.size, count, None if weight is None else weight[among])])


def neighbours_in_age(rng: Rng, people: People, first: Ints, among: Ints, spread: int) -> Ints:
    """Pairs (shape n x 2) of each of `first` with someone of `among` from the same district and of about the same age; no one with himself or his household."""
    if first.size == 0 or among.size < 2:
        return np.zeros((0, 2), dtype=np.int64)
    order = among[np.lexsort((people.born[among], people.district[among]))]
    start = np.searchsorted(_rank(people, order), _rank(people, first))
    step = rng.integers(1, spread + 1, first.size) * rng.choice([-1, 1], first.size)
    second = order[np.clip(start + step, 0, order.size - 1)]
    apart = (second != first) & (people.household[second] != people.household[first])
    return np.stack([first[apart], second[apart]], axis=1)


def _rank(people: People, rows: Ints) -> Floats:
    days = people.born[rows].astype("datetime64[D]").astype(np.int64)
    return np.asarray(people.district[rows] * 1_000_000.0 + days)
