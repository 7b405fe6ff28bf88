"""Whom the names written in texts may mean: people whose sets of names they fit, or who bear the street names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.cleaning import sound
from warehouse.people.kept_fits import keyed
from warehouse.people.name_fits import SLIP, SLIP_TO_NOBODYS
from warehouse.people.rows_of import Numbers, RowsOf, place_of
from warehouse.people.signs import FORENAME_FITS, Fits, Strangers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from warehouse.people.known_people import KnownPeople, Words
    from warehouse.people.name_fits import Name, Sets

BEFORE_STREET_NAME = frozenset(("lil", "little", "big", "young", "yung", "yg", "the"))


@dataclass(frozen=True)
class Named:
    """Who may be meant by which name: rows in the order of names and people, and what `stranger` may be. `key`: both as one number."""

    fits: Fits
    name: Numbers
    person: Numbers
    rows: RowsOf
    strangers: Strangers
    people: int

    def key_of(self, name: Numbers, person: Numbers) -> Numbers:
        """A name and a person as one number."""
        return name * self.people + person

    def find(self, name: Numbers, person: Numbers) -> Numbers:
        """The row of a name and a person; -1 where it cannot mean them."""
        return place_of(self.key_of(name, person), self.key_of(self.name, self.person))


def named_people(names: Sequence[Name], asked: Sequence[int], people: KnownPeople, sets: Sets, fitted: pl.DataFrame) -> Named:
    """The people whom each of the names asked for, by their places, may mean, and how it fits each; `fitted` has the sets that full names fit."""
    street = [number for number in asked if None in names[number][:2]]
    columns = (
        np.concatenate(pair)
        for pair in zip(_by_full_name(names, asked, people, sets, fitted), _by_street_name(names, street, people), strict=True)
    )
    name, person, surname, forename = columns
    order = np.lexsort((person, name))
    name, person, surname, forename = name[order], person[order], surname[order], forename[order]
    found = Fits(
        surname.astype(np.int8),
        forename.astype(np.int8),
        _usual(names, people, name, person, forename),
        _bears_street_name(names, people, name, person),
        people.records[person],
        people.reports[person],
    )
    return Named(found, name, person, RowsOf.of(name, len(names)), strangers(names, people), people.size)


def strangers(names: Sequence[Name], people: KnownPeople) -> Strangers:
    """How many people without a record may bear each name: by how many people that we know bear its parts, and all of it."""
    forenames, surnames, streets = (
        dict(zip(words.words, words.bearers().tolist(), strict=True)) for words in (people.given, people.parts, people.streets)
    )
    initials = _initials(people.given)
    whole = people.bearers_of(sorted({f"{forename} {surname}" for forename, surname, _ in names if forename and surname}))
    size = max(people.size, 1)
    bearers = []
    for forename, surname, street_name in names:
        if not forename or not surname:
            bearers.append(streets.get(street_name or "", 0) + 0.5)
            continue
        first = (initials if len(forename) == 1 else forenames).get(forename, 0)
        bearers.append(first * surnames.get(surname, 0) / size + 0.5 * (whole.get(f"{forename} {surname}", 0) + 0.5))
    is_street_name = [not forename or not surname for forename, surname, _ in names]
    return Strangers(np.array(bearers, np.float64), np.array(is_street_name, np.bool_))


def _initials(given: Words) -> dict[str, int]:
    """How many people have a forename that begins with each letter."""
    letters = sorted({word[0] for word in given.words})
    number = {letter: place for place, letter in enumerate(letters)}
    letter = np.array([number[word[0]] for word in given.words], np.int64)[given.word]
    pairs = np.unique(given.person * max(len(letters), 1) + letter)
    return dict(zip(letters, np.bincount(pairs % max(len(letters), 1), minlength=len(letters)).tolist(), strict=True))


Columns = tuple[Numbers, Numbers, Numbers, Numbers]
"""Name, person, how the surname fits, how the forename."""
NOBODY: Columns = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))


def _by_full_name(names: Sequence[Name], asked: Sequence[int], people: KnownPeople, sets: Sets, fitted: pl.DataFrame) -> Columns:
    if fitted.is_empty():
        return NOBODY
    numbers = keyed(names, asked)
    bearers = dict(zip(people.parts.words, people.parts.bearers().tolist(), strict=True))
    is_nobodys = pl.Series("is_nobodys", [not bearers.get(surname) for surname in numbers["surname"].to_list()], pl.Boolean)
    place = pl.DataFrame({"set_key": sets.key}).with_row_index("set")
    told = fitted.join(numbers.select("name_key", "number", is_nobodys), on="name_key").join(place, on="set_key")
    family = pl.when("is_nobodys", pl.col("surname_fit") == SLIP).then(SLIP_TO_NOBODYS).otherwise("surname_fit")
    told = told.select("number", pl.col("set").cast(pl.Int64), family=family, first="forename_fit")
    which, row = sets.rows.spread(told["set"].to_numpy())
    name, surname_fit, forename_fit = (told[column].cast(pl.Int64).to_numpy()[which] for column in ("number", "family", "first"))
    return name, sets.person[row], surname_fit, forename_fit


def _by_street_name(names: Sequence[Name], street: Sequence[int], people: KnownPeople) -> Columns:
    if not street:
        return NOBODY
    streets = people.streets
    having: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(streets.words):
        for key in _street_keys(one):
            having[key].append(place)
    order = np.argsort(streets.word, kind="stable")
    bearers = RowsOf.of(streets.word[order], len(streets.words))
    rows: set[tuple[int, int]] = set()
    exact: set[tuple[int, int]] = set()
    for number in street:
        written = names[number][2] or ""
        for word in {word for key in _street_keys(written) for word in having.get(key, ())}:
            found = streets.person[order[bearers.starts[word] : bearers.starts[word + 1]]].tolist()
            rows.update((number, person) for person in found)
            if streets.words[word] == written:
                exact.update((number, person) for person in found)
    alike = FORENAME_FITS.index("street name alike")
    told = np.array([(*row, 0, 0 if row in exact else alike) for row in sorted(rows)], np.int64).reshape(-1, 4)
    return told[:, 0], told[:, 1], told[:, 2], told[:, 3]


def _street_keys(street_name: str) -> list[str]:
    """A street name as it is, and by its sound without what often stands before it: Lil Ghost, Ghost and Ghosty are alike."""
    words = [word for word in street_name.split() if word not in BEFORE_STREET_NAME] or street_name.split()
    return [f"street {street_name}", f"street sound {sound(''.join(words)[:1] + re.sub('(?:ie|y|s|z)$', '', ''.join(words)[1:]))}"]


def _usual(names: Sequence[Name], people: KnownPeople, name: Numbers, person: Numbers, forename: Numbers) -> NDArray[np.float64]:
    given = people.given
    asked = np.array([
        given.number.get(first, -1) if first is not None and family is not None and len(first) > 1 else -1 for first, family, _ in names
    ], np.int64)[name]  # fmt: skip
    usual = np.ones(name.size)
    told = np.flatnonzero((forename == FORENAME_FITS.index("whole")) & (asked >= 0))
    width = max(len(given.words), 1)
    rows = place_of(person[told] * width + asked[told], given.person * width + given.word)
    usual[told] = np.minimum(given.times[rows] / people.records[person[told]], 1.0)
    return usual


def _bears_street_name(names: Sequence[Name], people: KnownPeople, name: Numbers, person: Numbers) -> NDArray[np.bool_]:
    """Whether a person bears the street name that the text writes beside the full name."""
    streets = people.streets
    asked = np.array([
        streets.number.get(street, -1) if first is not None and family is not None and street else -1 for first, family, street in names
    ], np.int64)[name]  # fmt: skip
    width = max(len(streets.words), 1)
    found = place_of(person * width + np.maximum(asked, 0), streets.person * width + streets.word)
    return np.asarray((asked >= 0) & (found >= 0))
