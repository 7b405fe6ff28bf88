"""All records of a night as clustering sees them: a few columns of every record, and traits and links of those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.link_list import Links, codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray


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


class Bins:
    """Which rows have each of the numbers 0..n-1; a row with -1 has none."""

    def __init__(self, number: NDArray[np.int64]) -> None:
        counted = int((number >= 0).sum())
        self._rows = np.argsort(number, kind="stable")[number.size - counted :]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(number[self._rows], minlength=int(number.max(initial=-1)) + 1))])

    def rows(self, number: int) -> list[int]:
        """The rows that have a number, in order."""
        found: list[int] = self._rows[self._starts[number] : self._starts[number + 1]].tolist()
        return found


@dataclass(eq=False)
class Roll:
    """Records 0..n-1. Columns, a row each: `context` (0..m-1), `upn` and `nominal` as numbers, -1 for none, and `is_dated`.

    `traits` holds what was fetched; `fetch` fetches more, `links_of` gives every link with an end among the rows marked, strongest first.
    """

    context: NDArray[np.int64]
    upn: NDArray[np.int64]
    nominal: NDArray[np.int64]
    is_dated: NDArray[np.bool_]
    traits: dict[int, Traits]
    fetch: Callable[[NDArray[np.int64]], None]
    links_of: Callable[[NDArray[np.bool_]], Links]

    @property
    def size(self) -> int:
        """How many records there are."""
        return self.context.size

    @cached_property
    def named_in(self) -> Bins:
        """The records of each incident or report."""
        return Bins(self.context)

    def company_of(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Marks the rows that are named in an incident or report together with a marked one, and those themselves."""
        met = np.zeros(int(self.context.max(initial=-1)) + 2, bool)
        met[self.context[marked]] = True
        met[-1] = False  # row -1: those that are named alone
        return marked | met[self.context]


def roll_of(traits: Sequence[Traits], links: Links) -> Roll:
    """A roll of records that are all at hand."""
    return Roll(
        codes(one.context for one in traits),
        codes(one.upn for one in traits),
        codes(one.nominal_ref for one in traits),
        np.fromiter((one.born is not None for one in traits), np.bool_, len(traits)),
        dict(enumerate(traits)),
        _at_hand,
        lambda marked: links if marked.all() else links.where(marked[links.a] | marked[links.b]),
    )


def _at_hand(_rows: NDArray[np.int64]) -> None:
    """Everything has been fetched."""


def marks(size: int, rows: NDArray[np.int64] | Iterable[int]) -> NDArray[np.bool_]:
    """A mark for each of the rows given."""
    marked = np.zeros(size, bool)
    marked[rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)] = True
    return marked
