"""Everybody on record as those who read texts ask for them: people in the order of their leading records, a column for each thing known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.rows_of import Numbers, RowsOf
from warehouse.people.said_in_text import school_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.people.mention import NamedRecord

NOT_TOLD = -1
SEXES = {"F": 0, "M": 1}


@dataclass(frozen=True)
class Words:
    """Which people bear which words, in the order of people: a row for each of both, with how many of their records have it.

    `word` is a place among `words`, which are in order.
    """

    person: Numbers
    word: Numbers
    times: Numbers
    words: Sequence[str]
    rows: RowsOf

    @classmethod
    def of(cls, person: Numbers, written: pl.Series, people: int) -> Words:
        """By the words of records (a word or a list of them each), and whose these are."""
        told = pl.DataFrame({"person": person, "word": written})
        if isinstance(written.dtype, pl.List):
            told = told.with_columns(pl.col("word").list.unique()).explode("word", empty_as_null=True)
        told = told.filter(pl.col("word").is_not_null() & (pl.col("word") != ""))
        word, words = coded(told["word"])
        key, times = np.unique(told["person"].to_numpy() * max(len(words), 1) + word, return_counts=True)
        who = key // max(len(words), 1)
        return cls(who, key % max(len(words), 1), times, words, RowsOf.of(who, people))

    def of_person(self, person: int) -> dict[str, int]:
        """Somebody's words, with how many of their records have each."""
        rows = slice(self.rows.starts[person], self.rows.starts[person + 1])
        return {self.words[word]: times for word, times in zip(self.word[rows].tolist(), self.times[rows].tolist(), strict=True)}

    def bearers(self) -> Numbers:
        """How many people bear each word."""
        return np.bincount(self.word, minlength=len(self.words))

    @cached_property
    def number(self) -> dict[str, int]:
        """The place of each word."""
        return {word: place for place, word in enumerate(self.words)}


def coded(values: pl.Series) -> tuple[Numbers, list[str]]:
    """Each value as its place among all of them in order, -1 for none; and these."""
    words = values.drop_nulls().unique().sort().to_list()
    return values.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(NOT_TOLD).to_numpy(), words


def main_of(person: Numbers, value: Numbers, people: int) -> Numbers:
    """The value of most of each person's rows, of several the least; -1 for those who have none."""
    told = value >= 0
    width = int(value.max(initial=0)) + 1
    key, times = np.unique(person[told] * width + value[told], return_counts=True)
    who = key // width
    order = np.lexsort((key, -times, who))
    first, places = np.unique(who[order], return_index=True)
    found = np.full(people, NOT_TOLD)
    found[first] = (key % width)[order][places]
    return found


class KnownPeople:
    """People 0..n-1, as tonight's records know them. `persons` has each record's person as a number of records, `of_record` as one of people."""

    def __init__(self, records: pl.DataFrame, persons: Sequence[int]) -> None:
        self._records = records
        self.leaders, self.of_record = np.unique(np.asarray(persons, np.int64), return_inverse=True)
        self.size = size = self.leaders.size
        self.records = np.bincount(self.of_record, minlength=size)
        is_reported = (records["source"] == "intelligence_subject").to_numpy()
        self.reports = np.bincount(self.of_record[is_reported], minlength=size)
        self.given = Words.of(self.of_record, records["given_names"], size)
        self.parts = Words.of(self.of_record, records["surname_parts"], size)
        self.streets = Words.of(self.of_record, records["street_name"], size)
        self.district = main_of(self.of_record, coded(records["district"])[0], size)
        sex = records["sex"].replace_strict(SEXES, default=NOT_TOLD, return_dtype=pl.Int64).to_numpy()
        self.sex = main_of(self.of_record, sex, size)
        born_year = records["born_year"].cast(pl.Int64).fill_null(0).to_numpy()
        self.born_year = main_of(self.of_record, np.where(born_year > 0, born_year, NOT_TOLD), size)
        born, dates = coded(records["born"].replace("", None))
        years = np.array([*(int(date[:4]) for date in dates), NOT_TOLD])
        self.year = years[main_of(self.of_record, born, size)]
        order = np.argsort(self.of_record, kind="stable")
        self.days_of = RowsOf.of(self.of_record[order], size)
        self.days = self.day_of_record[order]

    @cached_property
    def day_of_record(self) -> Numbers:
        """The day on which each record became known, in days since 1970."""
        return self._records["known_from"].cast(pl.Date).to_physical().cast(pl.Int64).to_numpy()

    @cached_property
    def schools(self) -> dict[int, frozenset[str]]:
        """The schools of those who have any."""
        told = pl.DataFrame({"person": self.of_record, "school": self._records["school"]}).filter(
            pl.col("school").is_not_null() & (pl.col("school") != "")
        )
        names = {written: school_name(written) for written in told["school"].unique().to_list()}
        found = told.unique().group_by("person").agg("school")
        return {person: frozenset(names[one] for one in schools) for person, schools in found.iter_rows()}

    def bearers_of(self, names: Sequence[str]) -> dict[str, int]:
        """How many people have a record under each of these names, forename and surname."""
        whole = self._records.select(
            pl.Series("person", self.of_record), pl.concat_str("forename", "surname_clean", separator=" ").alias("name")
        )
        found = whole.filter(pl.col("name").is_in(pl.Series(names, dtype=pl.String).implode())).unique()
        return dict(found.group_by("name").len().iter_rows())

    def with_other_names(self, name: NamedRecord, row: int) -> NamedRecord:
        """A record's name, with what other records call its person."""
        person = int(self.of_record[row])
        return replace(
            name,
            street_names=tuple(sorted(self.streets.of_person(person))),
            other_given_names=tuple(sorted(self.given.of_person(person))),
            other_surname_parts=tuple(sorted(self.parts.of_person(person))),
        )

    def learn_street_names(self, said: Sequence[tuple[int, str]]) -> None:
        """Texts give these people street names beside their names: from now on these may mean them."""
        before, told = self.streets, {*said}
        new = sorted(
            told - {(person, before.words[word]) for person, word in zip(before.person.tolist(), before.word.tolist(), strict=True)}
        )
        if not new:
            return
        person = np.concatenate([np.repeat(before.person, before.times), np.array([one for one, _ in new])])
        written = [before.words[word] for word in np.repeat(before.word, before.times).tolist()] + [name for _, name in new]
        self.streets = Words.of(person, pl.Series(written, dtype=pl.String), self.size)
