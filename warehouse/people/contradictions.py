"""What two groups of records say that one person cannot be: two forenames, two births, two parties of one incident."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein, Hamming

from warehouse.people.decided import JUDGED_DIFFERENT
from warehouse.people.forenames import roots_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.people.agreement import Agreement


NOTHING: Mapping[str, int] = MappingProxyType({})
REASONS = (
    None,
    "both are named in one incident or report, so they are two people",
    "their pupil numbers differ",
    "their dates of birth are clearly apart",
    "their forenames contradict each other",
    JUDGED_DIFFERENT,
)


@dataclass(slots=True)
class Portrait:
    """What the records of one group say together; grows as groups are joined."""

    contexts: frozenset[str] = frozenset()
    first_names: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    given_names: frozenset[str] = frozenset()
    surnames: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    births: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    pupil_numbers: frozenset[str] = frozenset()

    def take_in(self, other: Portrait) -> None:
        """Join the other group's records to this one."""
        self.contexts |= other.contexts
        self.first_names = _together(self.first_names, other.first_names)
        self.surnames = _together(self.surnames, other.surnames)
        self.births = _together(self.births, other.births)
        self.given_names |= other.given_names
        self.pupil_numbers |= other.pupil_numbers


def _together(mine: Mapping[str, int], theirs: Mapping[str, int]) -> Mapping[str, int]:
    if not theirs:
        return mine
    both = dict(mine)
    for value, times in theirs.items():
        both[value] = both.get(value, 0) + times
    return both


def is_vague(born: str) -> bool:
    """1 January stands for `some day that year` in many systems."""
    return born.endswith("-01-01")


@cache
def births_agree(a: str, b: str) -> bool:
    """Whether two ISO birth dates can be one person's: equal, a slip of the pen apart, or one of them only a year."""
    if a == b or Hamming.distance(a, b) <= 1:
        return True
    if a[:4] == b[:4] and (is_vague(a) or is_vague(b) or (a[5:7] == b[8:] and a[8:] == b[5:7])):
        return True
    same_parts = (a[:4] == b[:4]) + (a[5:7] == b[5:7]) + (a[8:] == b[8:])
    if same_parts == 2:
        return abs(int(a[:4]) - int(b[:4])) <= 2 or DamerauLevenshtein.distance(a, b) == 1
    return False


def _mains(counts: Mapping[str, int]) -> list[str]:
    """The value of most records; all that are tied."""
    if len(counts) == 1:
        return list(counts)
    most = max(counts.values())
    return [value for value, times in counts.items() if times == most]


def contradiction(a: Portrait, b: Portrait, agreement: Agreement) -> str | None:
    """Why the two groups cannot be one person, in plain English, or None if nothing says so."""
    if not a.contexts.isdisjoint(b.contexts):
        return REASONS[1]
    if a.pupil_numbers and b.pupil_numbers and a.pupil_numbers.isdisjoint(b.pupil_numbers):
        return REASONS[2]
    if a.births and b.births and "birth" not in agreement.slips and not _births_agree(a, b):
        return REASONS[3]
    if a.first_names and b.first_names and "forename" not in agreement.slips and not _names_agree(a, b, agreement):
        return REASONS[4]
    return None


def _births_agree(a: Portrait, b: Portrait) -> bool:
    return any(births_agree(one, two) for one in _mains(a.births) for two in _mains(b.births))


def _names_agree(a: Portrait, b: Portrait, agreement: Agreement) -> bool:
    firsts_a, firsts_b = _mains(a.first_names), _mains(b.first_names)
    if any("mohammed" in roots_of(first) for first in (*firsts_a, *firsts_b)):
        # borne before the name that a man is called by, and often left out
        return True
    if any(agreement.of_forenames(one, two) for one in firsts_a for two in firsts_b):
        return True
    if not b.given_names.isdisjoint(firsts_a) or not a.given_names.isdisjoint(firsts_b):
        return True
    return bool(a.surnames and b.surnames) and _changed_places(a, b, agreement) and _changed_places(b, a, agreement)


def _changed_places(a: Portrait, b: Portrait, agreement: Agreement) -> bool:
    """Whether the forename of one is the surname of the other, or nearly so."""
    return any(
        agreement.of_forenames(one, two) for one in _mains(a.first_names) for two in _mains(b.surnames) if min(len(one), len(two)) > 1
    )
