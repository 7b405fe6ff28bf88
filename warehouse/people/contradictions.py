"""What two groups of records say that one person cannot be: two forenames, two births, two parties of one incident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein, Hamming, JaroWinkler

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of


@dataclass(slots=True)
class Portrait:
    """What the records of one group say together; grows as groups are joined."""

    members: list[int]
    contexts: set[str] = field(default_factory=set)
    first_names: Counter[str] = field(default_factory=Counter)
    given_names: set[str] = field(default_factory=set)
    surnames: Counter[str] = field(default_factory=Counter)
    births: Counter[str] = field(default_factory=Counter)
    pupil_numbers: set[str] = field(default_factory=set)

    def take_in(self, other: Portrait) -> None:
        """Join the other group's records to this one."""
        self.members += other.members
        self.contexts |= other.contexts
        self.first_names += other.first_names
        self.given_names |= other.given_names
        self.surnames += other.surnames
        self.births += other.births
        self.pupil_numbers |= other.pupil_numbers


@cache
def forenames_agree(a: str, b: str) -> bool:
    """Whether two forenames can be one person's: equal, forms of one name, alike in spelling or sound, or an initial."""
    if a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]):
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    return bool(roots_of(a) & roots_of(b)) or sound(a) == sound(b) or _spelled_alike(a, b)


def _spelled_alike(a: str, b: str) -> bool:
    shortest = min(len(a), len(b))
    if shortest >= 3 and a[:shortest] == b[:shortest]:
        return True
    if shortest >= 4 and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1:
        return True
    return JaroWinkler.similarity(a, b) >= 0.9


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
    return Hamming.distance(a, b) == 2 and DamerauLevenshtein.distance(a, b) == 1


def _main(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))


def contradiction(a: Portrait, b: Portrait) -> str | None:
    """Why the two groups cannot be one person, in plain English, or None if nothing says so."""
    if not a.contexts.isdisjoint(b.contexts):
        return "both are named in one incident or report, so they are two people"
    if a.pupil_numbers and b.pupil_numbers and a.pupil_numbers.isdisjoint(b.pupil_numbers):
        return "their pupil numbers differ"
    if a.births and b.births and not births_agree(_main(a.births), _main(b.births)):
        return "their dates of birth are clearly apart"
    if a.first_names and b.first_names and not _names_agree(a, b):
        return "their forenames contradict each other"
    return None


def _names_agree(a: Portrait, b: Portrait) -> bool:
    first_a, first_b = _main(a.first_names), _main(b.first_names)
    if forenames_agree(first_a, first_b):
        return True
    if first_a in b.given_names or first_b in a.given_names:
        return True
    return bool(a.surnames and b.surnames) and first_a == _main(b.surnames) and first_b == _main(a.surnames)
