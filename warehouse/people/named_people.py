"""Whom the names written in texts may mean: names as records write them, other forms of them, slips, initials, street names.

People of one set of names are asked about once: a name is held against sets of names, not against people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of
from warehouse.people.mentions import surname_alike
from warehouse.people.rows_of import Numbers, RowsOf, place_of
from warehouse.people.signs import FORENAME_FITS, SURNAME_FITS, Fits, Strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.people.agreement import Agreement
    from warehouse.people.known_people import KnownPeople, Words

BEFORE_STREET_NAME = frozenset(("lil", "little", "big", "young", "yung", "yg", "the"))
ROUGHLY_ALIKE = 0.89  # less than what is asked for, so that no rounding loses a pair
Name = tuple[str | None, str | None, str | None]
"""A name as written: forename, surname, street name. Without one of the first two, the street name is all of it."""
Part = Literal["forename", "surname"]


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


class NameFitter:
    """Says how a name fits a person, or a set of names; remembers how two parts of names fit."""

    def __init__(self, agreement: Agreement, surname_bearers: Mapping[str, int]) -> None:
        self._agreement = agreement
        self._surname_bearers = surname_bearers
        self._known: dict[tuple[str, str], int | None] = {}

    def fit(self, name: Name, given: Iterable[str], parts: Iterable[str], streets: Iterable[str]) -> tuple[int, int] | None:
        """How a name fits somebody of these forenames, parts of surnames and street names: places in SURNAME_FITS and FORENAME_FITS."""
        forename, surname, street_name = name
        if surname is None or forename is None:
            known = set(streets)
            return (0, 0 if street_name in known else FORENAME_FITS.index("street name alike")) if known else None
        family = min((fit for part in parts if (fit := self.of_surname(surname, part)) is not None), default=None)
        first = min((fit for one in given if (fit := self.of_forename(forename, one)) is not None), default=None)
        return None if family is None or first is None else (family, first)

    def of_surname(self, surname: str, part: str) -> int | None:
        """How a surname fits a part of somebody's."""
        if surname == part:
            return SURNAME_FITS.index("whole")
        if part in surname.split():
            return SURNAME_FITS.index("part")
        if not surname_alike(surname, part):
            return None
        return SURNAME_FITS.index("slip" if self._surname_bearers.get(surname) else "slip to nobody's")

    def of_forename(self, written: str, given: str) -> int | None:
        """How a forename fits one of somebody's."""
        pair = (written, given)
        if pair not in self._known:
            fit = self._of_forename(written, given)
            self._known[pair] = None if fit is None else FORENAME_FITS.index(fit)
        return self._known[pair]

    def _of_forename(self, written: str, given: str) -> str | None:
        if written == given or (len(written) == 1 and given[0] == written):
            return "whole"
        if len(given) == 1:
            return "initial in record" if given == written[0] else None
        if len(written) == 1:
            return None
        if roots_of(written) & roots_of(given) or self._agreement.is_learned(written, given):
            return "nickname"
        return "slip" if self._agreement.of_forenames(written, given) else None


def fitter(people: KnownPeople, agreement: Agreement) -> NameFitter:
    """What holds names against the people on record."""
    return NameFitter(agreement, dict(zip(people.parts.words, people.parts.bearers().tolist(), strict=True)))


def named_people(names: Sequence[Name], asked: Sequence[int], people: KnownPeople, fits: NameFitter) -> Named:
    """The people whom each of the names asked for, by their places, may mean, and how it fits each."""
    full = [number for number in asked if None not in names[number][:2]]
    street = [number for number in asked if None in names[number][:2]]
    columns = (
        np.concatenate(pair) for pair in zip(_by_full_name(names, full, people, fits), _by_street_name(names, street, people), strict=True)
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


def _by_full_name(names: Sequence[Name], full: Sequence[int], people: KnownPeople, fits: NameFitter) -> Columns:
    if not full:
        return NOBODY
    sets, of_person = _sets_of_names(people)
    asked = pl.DataFrame(
        [(number, names[number][0], names[number][1]) for number in full],
        schema={"name": pl.Int64, "forename": pl.String, "surname": pl.String},
        orient="row",
    )
    reached = _reached(asked, sets)
    fitting = reached.join(_fitting(reached, asked, sets, "surname", fits.of_surname), on=["name", "set"])
    fitting = fitting.join(_fitting(fitting, asked, sets, "forename", fits.of_forename), on=["name", "set"])
    members = RowsOf.of(*of_person[1:])
    which, place = members.spread(fitting["set"].to_numpy())
    name, family, first = (fitting[column].to_numpy()[which] for column in ("name", "surname_fit", "forename_fit"))
    return name, of_person[0][place], family, first


@dataclass(frozen=True)
class Sets:
    """Sets of names that people bear: (set, word) of forenames and of parts of surnames."""

    forename: pl.DataFrame
    surname: pl.DataFrame


def _sets_of_names(people: KnownPeople) -> tuple[Sets, tuple[Numbers, Numbers, int]]:
    """The sets of names that people bear; the people who have forenames and surnames in the order of their sets, these sets, and how many there are."""
    told = np.zeros(people.size, np.uint64)
    for salt, words in enumerate((people.given, people.parts)):
        mixed = (words.word.astype(np.uint64) * np.uint64(2) + np.uint64(salt + 1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        np.add.at(told, words.person, mixed)
    everyone = np.arange(people.size)
    named = np.flatnonzero((people.given.rows.counts(everyone) > 0) & (people.parts.rows.counts(everyone) > 0))
    _, example, number = np.unique(told[named], return_index=True, return_inverse=True)
    examples = named[example]
    tables = []
    for words in (people.given, people.parts):
        which, place = words.rows.spread(examples)
        tables.append(pl.DataFrame({"set": which, "word": pl.Series(words.words, dtype=pl.String).gather(words.word[place])}))
    order = np.argsort(number, kind="stable")
    return Sets(*tables), (named[order], number[order], example.size)


def _reached(asked: pl.DataFrame, sets: Sets) -> pl.DataFrame:
    """The sets (name, set) that have a forename and a surname which share with the name what two spellings of one name are likely to share.

    That is the surname or its sound with the forename's first letter or a form of it; or the forename, with how the surname begins or ends.
    """
    parts = asked.select("name", word=pl.concat_list("surname", pl.col("surname").str.split(" "))).explode("word").unique()
    names = asked.select("name", word="forename")
    both = [
        _share(names, parts, sets, _begins, _families),
        _share(names, parts, sets, lambda forename: [forename], lambda part: [f"begins {part[:2]}", f"ends {part[-3:]}"]),
    ]
    return pl.concat(both).unique().sort("name", "set")


def _share(
    names: pl.DataFrame, parts: pl.DataFrame, sets: Sets, of_forename: Callable[[str], list[str]], of_part: Callable[[str], list[str]]
) -> pl.DataFrame:
    begins, families = _traits(names, of_forename), _traits(parts, of_part)
    wanted = begins.join(families, on="name", suffix="_family")
    theirs = _traits(sets.forename, of_forename, among=begins["trait"])
    of_sets = theirs.join(_traits(sets.surname, of_part, among=families["trait"]), on="set", suffix="_family")
    return wanted.join(of_sets, on=["trait", "trait_family"]).select("name", "set").unique()


def _traits(words: pl.DataFrame, of_word: Callable[[str], list[str]], *, among: pl.Series | None = None) -> pl.DataFrame:
    """The table with a hash of each trait of its words in place of them; only those `among` others."""
    known = words["word"].unique().to_list()
    told = pl.DataFrame(
        {"word": known, "trait": [of_word(word) for word in known]}, schema={"word": pl.String, "trait": pl.List(pl.String)}
    )
    traits = told.explode("trait").with_columns(pl.col("trait").hash(0))
    if among is not None:
        traits = traits.filter(pl.col("trait").is_in(among.unique().implode()))
    return words.join(traits, on="word").select(pl.exclude("word")).unique()


def _begins(forename: str) -> list[str]:
    return [forename[0], *(f"root {root}" for root in roots_of(forename))]


def _families(part: str) -> list[str]:
    return [part, f"sound {sound(part.replace(' ', ''))}"]


def _fitting(reached: pl.DataFrame, asked: pl.DataFrame, sets: Sets, part: Part, fit: Callable[[str, str], int | None]) -> pl.DataFrame:
    """How well a part of each name fits the sets it reached, at best; those that it does not fit are left out."""
    table = sets.forename if part == "forename" else sets.surname
    pairs = reached.select("name", "set").join(asked.select("name", written=part), on="name").join(table, on="set")
    known = pairs.select("written", "word").unique()
    known = known.filter(_may_agree(known)) if part == "surname" else known
    fits = known.with_columns(pl.Series("fit", [fit(written, word) for written, word in known.iter_rows()], pl.Int64)).drop_nulls("fit")
    return pairs.join(fits, on=["written", "word"]).group_by("name", "set").agg(pl.col("fit").min().alias(f"{part}_fit"))


def _may_agree(pairs: pl.DataFrame) -> pl.Series:
    """Marks all pairs of surnames that can agree, and few others: most that are reached begin or end alike and no more."""
    written, word = pairs["written"], pairs["word"]
    close = process.cpdist(written.to_list(), word.to_list(), scorer=JaroWinkler.similarity) >= ROUGHLY_ALIKE
    slip = process.cpdist(written.to_list(), word.to_list(), scorer=DamerauLevenshtein.distance) <= 1
    heard = [
        one.replace_strict({name: sound(name.replace(" ", "")) for name in one.unique()}, return_dtype=pl.String) for one in (written, word)
    ]
    within = pairs.select(
        pl.col("written").str.contains(pl.col("word"), literal=True) | pl.col("word").str.contains(pl.col("written"), literal=True)
    )
    return pl.Series(close | slip) | (heard[0] == heard[1]) | within.to_series()


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
