"""Households: who lives with whom, how old they are, and how names pass down in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from synth import names
from synth.chance import Bools, Floats, Ints, Moments, Rng, Strings, pick, pick_index
from synth.names import COMMUNITIES

# kind: share of households, adults in it, smallest and largest number of children, youngest and oldest age of the eldest adult
KINDS = {
    "single": (0.20, 1, 0, 0, 19, 84),
    "couple": (0.21, 2, 0, 0, 21, 82),
    "couple with children": (0.25, 2, 1, 4, 24, 60),
    "lone parent": (0.13, 1, 1, 4, 20, 56),
    "shared house": (0.09, 4, 0, 0, 18, 34),
    "three generations": (0.05, 2, 1, 4, 27, 52),
    "foster or supported": (0.02, 1, 2, 4, 32, 62),
    "grown-up children": (0.05, 2, 1, 3, 45, 68),
}
TWINS = 0.025  # of children who have an elder sibling
NAMED_AFTER_FATHER = 0.035  # of sons
SHARED, GRANDPARENTS = list(KINDS).index("shared house"), list(KINDS).index("three generations")
FOSTER, GROWN = list(KINDS).index("foster or supported"), list(KINDS).index("grown-up children")


@dataclass(frozen=True)
class Households:
    """One row per person: which household, of what kind, which place in it (0 first adult), what part, and age on the day the county is made."""

    household: Ints
    kind: Ints
    place: Ints
    is_child: Bools
    age: Floats
    is_twin: Bools


def make_households(rng: Rng, people: int) -> Households:
    """Households for exactly so many people; the last may be cut short."""
    table = np.array(list(KINDS.values()))
    kind = pick_index(rng, len(KINDS), people, table[:, 0])
    children = rng.binomial((table[kind, 3] - table[kind, 2]).astype(int), 0.36) + table[kind, 2].astype(int)
    adults = table[kind, 1].astype(int) + np.where(kind == GRANDPARENTS, rng.integers(1, 3, people), 0)
    size = adults + children
    enough = int(np.searchsorted(np.cumsum(size), people)) + 1
    kind, adults, size = kind[:enough], adults[:enough], size[:enough]
    first = np.cumsum(size) - size
    household = np.repeat(np.arange(enough), size)[:people]
    place = np.arange(people) - first[household]
    is_child = place >= adults[household]
    head_age = rng.uniform(table[kind, 4], table[kind, 5])
    is_twin = is_child & (rng.random(people) < TWINS) & _follows_a_child(household, is_child)
    homes = Households(household, kind[household], place, is_child, head_age[household], is_twin)
    return replace(homes, age=_ages(rng, homes))


def _follows_a_child(household: Ints, is_child: Bools) -> Bools:
    """Whether the row before is a child of the same household."""
    return np.append(False, is_child[:-1] & (household[1:] == household[:-1]))


def _ages(rng: Rng, homes: Households) -> Floats:
    """Partners are of about one age, housemates too, grandparents a generation older; children follow each other at two or three years.
    Expects the age of the household's eldest adult in everyone's row."""
    kind, household, place, is_child, head_age = homes.kind, homes.household, homes.place, homes.is_child, homes.age
    size = place.size
    age = head_age + np.where(place == 0, 0.0, rng.normal(-1.5, 3.5, size))
    age = np.where((kind == SHARED) & ~is_child, rng.uniform(18, 34, size), age)
    age = np.where((kind == GRANDPARENTS) & (place >= 2) & ~is_child, head_age + rng.uniform(22, 33, size), age)
    age = np.where(~is_child, np.clip(age, 17.5, 97), age)
    eldest = np.clip(head_age - rng.uniform(19, 34, size), 0.2, 30)
    eldest = np.where(
        (kind == FOSTER) | (kind == GROWN), np.where(kind == GROWN, rng.uniform(17, 26, size), rng.uniform(8, 17.5, size)), eldest
    )
    starts = is_child & ~_follows_a_child(household, is_child)
    gap = np.where(homes.is_twin, 0.0, rng.uniform(1.3, 4.5, size))
    group = np.cumsum(starts) - 1
    since_eldest = np.cumsum(np.where(is_child & ~starts, gap, 0.0))
    at_start = since_eldest[np.flatnonzero(starts)]
    children = np.flatnonzero(is_child)
    eldest_of = eldest[np.flatnonzero(starts)][group[children]]
    below = since_eldest[children] - at_start[group[children]]
    age[children] = np.maximum(eldest_of - below, 0.05 + 0.9 * rng.random(children.size) * (eldest_of < below))
    return _same_day(age, homes.is_twin)


def _same_day(age: Floats, is_twin: Bools) -> Floats:
    """A twin has exactly the age of the sibling before."""
    for row in np.flatnonzero(is_twin):
        age[row] = age[row - 1]
    return age


def birth_dates(homes: Households, made_on: np.datetime64) -> Moments:
    """Dates of birth on the day the county is made."""
    return np.asarray(made_on.astype("datetime64[D]") - np.round(homes.age * 365.25).astype("timedelta64[D]"))


def family_names(rng: Rng, homes: Households, community: Ints, is_male: Bools, forename: Strings) -> Strings:
    """Surnames: one for the family, another for some partners, double ones for some children, the father's forename where that is the custom."""
    of_house = names.surnames(rng, community[homes.place == 0])[homes.household]
    own = names.surnames(rng, community)
    apart = ((homes.kind == SHARED) | (homes.kind == FOSTER) & homes.is_child | (homes.place == 1) & (rng.random(own.size) < 0.35)) & (
        homes.place > 0
    )
    surname = np.where(apart, own, of_house)
    first, second = _adult(homes, surname, 0), _adult(homes, surname, 1)
    double = homes.is_child & (homes.kind != FOSTER) & (second != "") & (second != first) & (rng.random(own.size) < 0.3)
    surname = np.where(double, second + "-" + first, surname)
    fathers = np.where(_adult_male(homes, is_male), _adult(homes, forename, 0), of_house)
    for name in ("somali", "eritrean"):
        here = community == COMMUNITIES.index(name)
        surname = np.where(here, np.where(homes.is_child, fathers, own), surname)
    women = np.flatnonzero((community == COMMUNITIES.index("muslim")) & ~is_male & (rng.random(own.size) < 0.45))
    surname[women] = pick(rng, names.name_lists()["muslim_women_last"], women.size)
    sikhs = np.flatnonzero((community == COMMUNITIES.index("sikh")) & (rng.random(own.size) < 0.25))
    surname[sikhs] = np.where(is_male[sikhs], "Singh", "Kaur")
    poles = np.flatnonzero((community == COMMUNITIES.index("polish")) & ~is_male)
    surname[poles] = [names.as_a_woman_bears_it(name) for name in surname[poles]]
    return np.asarray(surname, dtype=object)


def _adult(homes: Households, value: Strings, place: int) -> Strings:
    """For each person, the value of the household's adult at that place; blank where there is none."""
    by_house = np.full(int(homes.household.max()) + 1, "", dtype=object)
    rows = np.flatnonzero((homes.place == place) & ~homes.is_child)
    by_house[homes.household[rows]] = value[rows]
    return np.asarray(by_house[homes.household])


def _adult_male(homes: Households, is_male: Bools) -> Bools:
    return np.asarray(_adult(homes, np.where(is_male, "M", "F").astype(object), 0) == "M")


def name_after_father(rng: Rng, homes: Households, is_male: Bools, forename: Strings) -> Strings:
    """Some sons bear their father's forename, and so his whole name."""
    father = np.where(_adult_male(homes, is_male), _adult(homes, forename, 0), "")
    named = homes.is_child & is_male & (father != "") & (homes.kind != FOSTER) & (rng.random(is_male.size) < NAMED_AFTER_FATHER)
    return np.where(named, father, forename).astype(object)
