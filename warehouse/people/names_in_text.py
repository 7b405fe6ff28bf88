"""Finding people's names in the free text of a report: where they are written and which part is the forename, the surname, the street name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from warehouse.people.cleaning import name_tokens, sound
from warehouse.people.words_in_text import (
    FUNCTION_WORDS,
    LEADS_TO_THING,
    ORDINARY_WORDS,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    Word,
    split_words,
    written_case,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


QUOTED = re.compile(r"(?<![^\W\d_])['‘\"“]([^\W\d_][\w'’ \-]{0,24}?)['’\"”](?![^\W\d_])")
STREET_NAME_LEAD = re.compile(
    r"(?:\(|\baka\b|a\.k\.a\.?|\balias\b|\bknown as\b|\bnicknamed\b|\bstreet name(?: of)?\b)[\s:'‘\"“(]*$", re.IGNORECASE
)
DISTINCT_LEAD = re.compile(
    r"(?:not (?:to be )?confused with|not the same (?:person|individual|male|female)?\s*as|no relation (?:to|of)|not related to"
    r"|different (?:person|individual) (?:to|from)|rather than|(?:is|are|was) not)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


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


def _count(counts: Mapping[str, int], word: Word) -> int:
    return counts.get(word.name, 0) or max((counts.get(token, 0) for token in word.tokens), default=0)


def _is_ordinary(word: Word, lexicon: Lexicon) -> bool:
    return word.shape == "lower" and (word.name in ORDINARY_WORDS or word.name in lexicon.common_words)


def _name_of_two(first: Word, second: Word, lexicon: Lexicon, case: str) -> tuple[float, bool] | None:  # noqa: PLR0911
    """How well two neighbouring words fit a name, and whether the surname comes first; None if they do not."""
    gap = first.gap.replace("\n", " ")
    initial = len(first.name) == 1
    if not (gap.strip() == "" or (gap.strip() == "." and initial) or gap.strip() == ","):
        return None
    ordinary = [_is_ordinary(word, lexicon) for word in (first, second)]
    if all(ordinary) or (any(ordinary) and not _is_known_whole(first, second, lexicon)):
        return None
    comma = gap.strip() == ","
    capital = case == "mixed" and "lower" not in (first.shape, second.shape)
    if case == "mixed" and (first.shape == "lower") != (second.shape == "lower"):
        return None
    if comma and case == "mixed" and not (first.shape == "upper" and second.shape == "title"):
        return None
    if initial or len(second.name) == 1:
        family = second if initial else first
        known = _count(lexicon.surnames, family)
        dotted = gap.startswith(".")
        fits = len(family.name) > 1 and (dotted or first.name not in ("a", "i")) and (known or (capital and initial and dotted))
        return (3.0 + log(1 + known), not initial) if fits else None
    forward = (_count(lexicon.forenames, first), _count(lexicon.surnames, second))
    backward = (_count(lexicon.forenames, second), _count(lexicon.surnames, first))
    family_first = comma or (
        (first.shape, second.shape) == ("upper", "title")
        if case == "mixed" and first.shape != second.shape
        else _evidence(backward) > _evidence(forward)
    )
    given, family_count = backward if family_first else forward
    if given and family_count:
        return 4.0 + log(1 + given) + log(1 + family_count), family_first
    if (given or family_count) and capital:
        return 2.0 + log(1 + given + family_count), family_first
    family = first if family_first else second
    if (
        given
        and case == "upper"
        and len(family.name) >= 4
        and family.name not in lexicon.common_words
        and sound(family.name) in lexicon.surname_sounds
    ):
        return 2.0 + log(1 + given), family_first
    return None


def _is_known_whole(first: Word, second: Word, lexicon: Lexicon) -> bool:
    """Whether somebody is recorded under these two words, in either order."""
    return f"{first.name} {second.name}" in lexicon.full_names or f"{second.name} {first.name}" in lexicon.full_names


def _evidence(counts: tuple[int, int]) -> float:
    return log(0.05 + counts[0]) + log(0.05 + counts[1])


def _is_place(words: list[Word], first: int, last: int, lexicon: Lexicon, case: str) -> bool:
    """Whether the name-like words from first to last are (part of) a street, school or other place."""
    shouted = case == "mixed" and words[last].shape == "upper" and words[first].shape == "title"
    following = words[last + 1] if last + 1 < len(words) and words[last].gap.strip() in ("", "'s", "’s") else None
    if following and following.name in PLACE_WORDS and (case != "mixed" or following.shape != "lower"):
        return not shouted
    before = words[first - 1].name if first and words[first - 1].gap.strip() == "" else ""
    if before in LEADS_TO_THING and case == "mixed" and words[first - 1].shape == "lower":
        return True
    if words[last].name in PLACE_WORDS and not shouted:
        is_initial = len(words[first].name) == 1 and words[first].gap.startswith(".")
        is_surname = _count(lexicon.surnames, words[last]) > 0 and (is_initial or _count(lexicon.forenames, words[first]) > 0)
        part_of_longer = before and words[first - 1].shape != "lower" and case == "mixed" and words[first].name in PLACE_WORDS
        return not is_surname or bool(part_of_longer) or before in PLACE_PREPOSITIONS or before == "the"
    return False


def _windows(words: list[Word], lexicon: Lexicon, case: str) -> list[tuple[int, int, float, bool]]:
    found = []
    possible = [bool(word.tokens) and word.name not in FUNCTION_WORDS for word in words]
    for index in range(len(words) - 1):
        if possible[index] and possible[index + 1]:
            fits = _name_of_two(words[index], words[index + 1], lexicon, case)
            if fits and not _is_place(words, index, index + 1, lexicon, case):
                found.append((index, index + 1, *fits))
    return found


def _best_apart(windows: list[tuple[int, int, float, bool]]) -> list[tuple[int, int, float, bool]]:
    """The windows that do not overlap and fit best together (weighted interval scheduling)."""
    best: list[tuple[float, list[tuple[int, int, float, bool]]]] = [(0.0, [])]
    ends = [-1]
    for window in sorted(windows, key=lambda w: (w[1], w[0])):
        before = max(i for i, end in enumerate(ends) if end < window[0])
        taken = (best[before][0] + window[2], [*best[before][1], window])
        best.append(taken if taken[0] > best[-1][0] else best[-1])
        ends.append(window[1])
    return best[-1][1]


def find_names(text: str, lexicon: Lexicon) -> list[WrittenName]:
    """The people's names written in a text, in text order; a street name in quotes is one by itself unless it follows a name."""
    words = split_words(text)
    case = written_case(words)
    names = []
    for first, last, _, family_first in _best_apart(_windows(words, lexicon, case)):
        start, end = words[first].start, words[last].end
        given, family = (words[last], words[first]) if family_first else (words[first], words[last])
        if len(words[last].name) == 1 and text[end : end + 1] == ".":
            end += 1
        someone_else = bool(DISTINCT_LEAD.search(text[:start]))
        names.append(WrittenName(start, end, given.name, family.name, None, someone_else))
    return _with_street_names(text, names, lexicon)


def _with_street_names(text: str, names: list[WrittenName], lexicon: Lexicon) -> list[WrittenName]:
    found = list(names)
    for match in QUOTED.finditer(text):
        tokens = name_tokens(match.group(1))
        street_name = " ".join(tokens)
        inside = any(name.start < match.end() and match.start() < name.end for name in found)
        is_written_so = match.group(1)[0].isupper() and len(tokens) <= 2 and not FUNCTION_WORDS & set(tokens)
        if not tokens or inside or not (street_name in lexicon.street_names or is_written_so):
            continue
        owner = next((name for name in found if 0 <= match.start() - name.end <= 12 and _introduces(text[name.end : match.start()])), None)
        if owner:
            found[found.index(owner)] = WrittenName(
                owner.start, owner.end, owner.forename, owner.surname, street_name, owner.is_someone_else
            )
        else:
            found.append(WrittenName(match.start(), match.end(), None, None, street_name))
    for match in re.finditer(r"\(([^\W\d_][\w'’ \-]{0,24})\)", text):
        street_name = " ".join(name_tokens(match.group(1)))
        owner = next((name for name in found if 0 <= match.start() - name.end <= 1), None)
        if owner and owner.forename and street_name in lexicon.street_names:
            found[found.index(owner)] = WrittenName(
                owner.start, owner.end, owner.forename, owner.surname, street_name, owner.is_someone_else
            )
    return sorted(found, key=lambda name: name.start)


def _introduces(between: str) -> bool:
    return between.strip() == "" or bool(STREET_NAME_LEAD.search(between))
