"""All records of a night as clustering sees them: a few columns of every record, and what records say and are linked to of those asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.people.link_list import Links, codes
from warehouse.people.rows_of import Numbers, RowsOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WORDS = ("first_name", "given_names", "surname", "district")
Column = NDArray[np.int64] | NDArray[np.int32]
SAID: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(WORDS, pl.String),
    "born": pl.Int64,
    "is_reported": pl.Boolean,
    "is_placed_by_company": pl.Boolean,
}
"""What a roll's `read` gives of records: given names with spaces between, the date of birth as yyyymmdd."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What clustering needs to know of one record."""

    context: str | None
    first_name: str | None
    given_names: tuple[str, ...]
    surname: str | None
    born: str | None
    upn: str | None
    nominal_ref: str | None
    district: str | None
    is_reported: bool
    is_placed_by_company: bool


class Words:
    """Words as numbers, in the order in which they were first met."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self.words: list[str] = []

    def numbers(self, written: pl.Series) -> Numbers:
        """The number of each word, -1 where there is none."""
        found = written.to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode()
        numbers: Numbers = np.array([*map(self._numbered, found.dictionary.to_pylist()), -1], np.int64)
        place: Numbers = found.indices.fill_null(len(found.dictionary)).to_numpy(zero_copy_only=False)
        return numbers[place]

    def _numbered(self, word: str) -> int:
        number = self._number.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def ranked(self, numbers: Column) -> tuple[Numbers, Numbers]:
        """For each number, -1 for none, the place of its word in alphabetical order; and the numbers in this order."""
        told: Numbers = np.unique(numbers[numbers >= 0]).astype(np.int64)
        in_order = told[np.argsort(np.array([self.words[number] for number in told.tolist()], object))] if told.size else told
        rank: Numbers = np.full(len(self.words) + 1, -1)
        rank[in_order] = np.arange(in_order.size)
        return np.asarray(rank[numbers], np.int64), in_order


@dataclass(eq=False)
class Roll:
    """Records 0..n-1. Columns, a row each: `context` (0..m-1), `upn` and `nominal` as numbers, -1 for none, and `is_dated`.

    `read` gives what the records of some rows say (SAID), `links_of` every link with an end among the rows marked, strongest first.
    `said` holds what was fetched, a column for each thing: words as numbers, -1 where nothing is said.
    """

    context: Numbers
    upn: Numbers
    nominal: Numbers
    is_dated: NDArray[np.bool_]
    read: Callable[[Numbers], pl.DataFrame]
    links_of: Callable[[NDArray[np.bool_]], Links]
    words: Words = field(default_factory=Words)

    def __post_init__(self) -> None:
        self._is_here = np.zeros(self.size, bool)
        self.said: dict[str, NDArray[np.int32]] = {name: np.full(self.size, -1, np.int32) for name in SAID}

    @property
    def size(self) -> int:
        """How many records there are."""
        return self.context.size

    def fetch(self, marked: NDArray[np.bool_]) -> None:
        """Have at hand what the records marked say."""
        rows = np.flatnonzero(marked & ~self._is_here)
        if rows.size:
            found = self.read(rows)
            for name, column in self.said.items():
                values = found[name]
                column[rows] = self.words.numbers(values) if name in WORDS else values.cast(pl.Int32).fill_null(-1).to_numpy()
            self._is_here[rows] = True

    def traits(self, row: int) -> Traits:
        """What one record says; it has been fetched."""
        first_name, given_names, surname, district = (self._word(name, row) for name in WORDS)
        born, context, upn, nominal = (int(column[row]) for column in (self.said["born"], self.context, self.upn, self.nominal))
        return Traits(
            context=str(context) if context >= 0 else None,
            first_name=first_name,
            given_names=tuple((given_names or "").split()),
            surname=surname,
            born=iso(born) if born >= 0 else None,
            upn=str(upn) if upn >= 0 else None,
            nominal_ref=str(nominal) if nominal >= 0 else None,
            district=district,
            is_reported=bool(self.said["is_reported"][row]),
            is_placed_by_company=bool(self.said["is_placed_by_company"][row]),
        )

    def _word(self, name: str, row: int) -> str | None:
        number = self.said[name][row]
        return self.words.words[number] if number >= 0 else None

    @cached_property
    def _in_contexts(self) -> tuple[Numbers, RowsOf]:
        rows = np.argsort(self.context, kind="stable")[np.count_nonzero(self.context < 0) :]
        return rows, RowsOf.of(self.context[rows], int(self.context.max(initial=-1)) + 1)

    def named_in(self, contexts: Numbers) -> tuple[Numbers, Numbers]:
        """The records named in each of these incidents and reports: which of them it is, and the record."""
        rows, rows_of = self._in_contexts
        which, place = rows_of.spread(contexts)
        return which, rows[place]


def iso(born: int) -> str:
    """A date of birth, yyyymmdd, as ISO 8601 writes it."""
    return f"{born // 10000:04}-{born // 100 % 100:02}-{born % 100:02}"


def roll_of(traits: Sequence[Traits], links: Links) -> Roll:
    """A roll of records that are all at hand."""
    said = pl.DataFrame(
        [
            (
                *(one.first_name, " ".join(one.given_names), one.surname, one.district),
                *(int(one.born.replace("-", "")) if one.born else None, one.is_reported, one.is_placed_by_company),
            )
            for one in traits
        ],
        SAID,
        orient="row",
    )
    return Roll(
        codes(one.context for one in traits),
        codes(one.upn for one in traits),
        codes(one.nominal_ref for one in traits),
        np.fromiter((one.born is not None for one in traits), np.bool_, len(traits)),
        lambda rows: said[rows],
        lambda marked: links if marked.all() else links.where(marked[links.a] | marked[links.b]),
    )


def marks(size: int, rows: Numbers | Iterable[int]) -> NDArray[np.bool_]:
    """A mark for each of the rows given."""
    marked = np.zeros(size, bool)
    marked[rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)] = True
    return marked
