"""What is found in a text, and what it is found with: a written name, and the names that records know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A person's name where it stands in a text. A street name that belongs to it stands in `street_name`."""

    start: int
    end: int
    forename: str | None
    surname: str | None
    street_name: str | None = None
    is_someone_else: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The names that records know: forenames, surnames (whole and in parts) and street names with how often, whole names and surnames' sounds.

    `common_words` are words that are not names.
    """

    forenames: Mapping[str, int]
    surnames: Mapping[str, int]
    street_names: Mapping[str, int]
    common_words: frozenset[str]
    full_names: frozenset[str]
    surname_sounds: frozenset[str]
