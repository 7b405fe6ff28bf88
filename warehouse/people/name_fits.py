"""Which sets of names that people bear a name in a text fits: as records write it, other forms of it, slips, initials.

People of one set of names are asked about once: a name is held against sets of names, not against people. A fit rests on the name and the set alone,
so what one night found out stands the next: only new names, and new sets, are held against the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of
from warehouse.people.mentions import surname_alike
from warehouse.people.rows_of import Numbers, RowsOf
from warehouse.people.signs import FORENAME_FITS, SURNAME_FITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warehouse.people.agreement import Agreement
    from warehouse.people.known_people import KnownPeople, Words

ROUGHLY_ALIKE = 0.89  # less than what is asked for, so that no rounding loses a pair
SLIP, SLIP_TO_NOBODYS = SURNAME_FITS.index("slip"), SURNAME_FITS.index("slip to nobody's")
Name = tuple[str | None, str | None, str | None]
"""A name as written: forename, surname, street name. Without one of the first two, the street name is all of it."""
Part = Literal["forename", "surname"]
FIT = {"name_key": pl.UInt64, "set_key": pl.UInt64, "surname_fit": pl.Int8, "forename_fit": pl.Int8}


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
        if family is None or first is None:
            return None
        return (SLIP_TO_NOBODYS if family == SLIP and self.is_nobodys(surname) else family), first

    def is_nobodys(self, surname: str) -> bool:
        """Whether nobody on record bears a surname."""
        return not self._surname_bearers.get(surname)

    def of_surname(self, surname: str, part: str) -> int | None:
        """How a surname fits a part of somebody's; a slip is one whoever bears the surname."""
        if surname == part:
            return SURNAME_FITS.index("whole")
        if part in surname.split():
            return SURNAME_FITS.index("part")
        return SLIP if surname_alike(surname, part) else None

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


@dataclass(frozen=True)
class Sets:
    """The sets of names that people bear, in the order of their keys, each a number of its forenames and parts of surnames: (set, word) of both.

    `person`: those who have forenames and surnames, in the order of their sets, which are `rows`.
    """

    key: pl.Series
    forename: pl.DataFrame
    surname: pl.DataFrame
    person: Numbers
    rows: RowsOf

    def among(self, wanted: Numbers) -> Sets:
        """Some of them, by their places, in order; nobody bears them."""
        table = pl.DataFrame({"set": wanted})
        forename, surname = (one.join(table, on="set", how="semi") for one in (self.forename, self.surname))
        return Sets(self.key, forename, surname, self.person[:0], self.rows)


def sets_of_names(people: KnownPeople) -> Sets:
    """The sets of names that people on record bear."""
    told = np.zeros(people.size, np.uint64)
    for seed, words in enumerate((people.given, people.parts), start=1):
        np.add.at(told, words.person, pl.Series(words.words, dtype=pl.String).hash(seed).to_numpy()[words.word])
    everyone = np.arange(people.size)
    named = np.flatnonzero((people.given.rows.counts(everyone) > 0) & (people.parts.rows.counts(everyone) > 0))
    key, example, number = np.unique(told[named], return_index=True, return_inverse=True)
    forename, surname = (_words_of(words, named[example]) for words in (people.given, people.parts))
    order = np.argsort(number, kind="stable")
    return Sets(pl.Series(key, dtype=pl.UInt64), forename, surname, named[order], RowsOf.of(number[order], key.size))


def _words_of(words: Words, examples: Numbers) -> pl.DataFrame:
    which, place = words.rows.spread(examples)
    return pl.DataFrame({"set": which, "word": pl.Series(words.words, dtype=pl.String).gather(words.word[place])})


def fits_of(names: pl.DataFrame, sets: Sets, fits: NameFitter) -> pl.DataFrame:
    """How each name (name_key, forename, surname) fits each of the sets that it fits at all: FIT."""
    if names.is_empty() or sets.surname.is_empty():
        return pl.DataFrame(schema=FIT)
    asked = names.rename({"name_key": "name"})
    reached = _reached(asked, sets)
    fitting = reached.join(_fitting(reached, asked, sets, "surname", fits.of_surname), on=["name", "set"])
    fitting = fitting.join(_fitting(fitting, asked, sets, "forename", fits.of_forename), on=["name", "set"])
    return fitting.select(
        name_key="name", set_key=sets.key.gather(fitting["set"]), surname_fit="surname_fit", forename_fit="forename_fit"
    ).cast(FIT)  # type: ignore[arg-type]


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
    return pl.concat(both).unique()


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
    told = [(word, trait) for word in words["word"].unique().to_list() for trait in of_word(word)]
    traits = pl.DataFrame(
        {"word": [word for word, _ in told], "trait": [trait for _, trait in told]}, {"word": pl.String, "trait": pl.String}
    )
    traits = traits.with_columns(pl.col("trait").hash(0))
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
