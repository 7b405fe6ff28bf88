"""Finding people's names in the free text of a report: where they are written and which part is the forename, the surname, the street name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from warehouse.people.cleaning import name_tokens, sound
from warehouse.people.street_names_in_text import QUOTES, with_street_names
from warehouse.people.words_in_text import (
    COLOURS_AND_SIZES,
    FUNCTION_WORDS,
    LEADS_TO_THING,
    ORDINARY_WORDS,
    PARTICLES,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    POSSESSIVE,
    RANKS,
    SHORT_RANKS,
    THING_LEADS,
    THINGS,
    THINGS_ALSO_PEOPLE,
    TITLES,
    Word,
    split_words,
    written_case,
)
from warehouse.people.written_names import WrittenName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.people.written_names import Lexicon


LINE_END_OR_PICTURE = re.compile(r"[\n\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
BEHIND_RANK = re.compile(r"\.?\s*[:#(/–-]?\s*\d{0,6}\)?\s*")
AT_WORK = re.compile(r"\b(?:officer in (?:the |this )?case|author|(?:submitted|inputted) by)[\s:–-]*\Z", re.IGNORECASE)
LONGER, LONGER_PERHAPS = 3.0, 1.5
NEAR = 40
MUCH_OFTENER = 10
NOT_THE = re.compile(r"\bnot the\s+\Z", re.IGNORECASE)
NAMED_AFTER = ("st", "saint", "operation", "op")
DISTINCT_LEAD = re.compile(
    r"(?:not (?:to be )?confused with|not the same (?:person|individual|male|female)?\s*as|no relation (?:to|of)|not related to"
    r"|different (?:person|individual) (?:to|from)|rather than|(?:is|are|was) not)\s+(?:the\s+)?$|\bnot the\s+$",
    re.IGNORECASE,
)


def _count(counts: Mapping[str, int], word: Word) -> int:
    return counts.get(word.name, 0) or max((counts.get(token, 0) for token in word.tokens), default=0)


def _is_ordinary(word: Word, lexicon: Lexicon) -> bool:
    return word.shape == "lower" and (word.name in ORDINARY_WORDS or word.name in lexicon.common_words)


def _name_of_two(first: Word, second: Word, lexicon: Lexicon, case: str) -> tuple[float, bool] | None:  # noqa: PLR0911
    """How well two neighbouring words fit a name, and whether the surname comes first; None if they do not."""
    gap = LINE_END_OR_PICTURE.sub(" ", first.gap)
    initial = len(first.name) == 1
    turned = gap.strip() == "," or (gap.strip() == "(" and second.gap.lstrip().startswith(")"))
    if not (gap.strip() == "" or (gap.strip() == "." and initial) or turned):
        return None
    ordinary = [_is_ordinary(word, lexicon) for word in (first, second)]
    if all(ordinary) or (any(ordinary) and not _is_known_whole(first, second, lexicon) and not _is_colour_behind(first, second, lexicon)):
        return None
    capital = case == "mixed" and "lower" not in (first.shape, second.shape)
    if case == "mixed" and (first.shape == "lower") != (second.shape == "lower"):
        return None
    if turned and not _may_be_turned(first, second, lexicon, case):
        return None
    if initial or len(second.name) == 1:
        family = second if initial else first
        known = _count(lexicon.surnames, family)
        dotted = gap.startswith(".")
        is_article = first.name == "i" or (
            first.name == "a" and not (first.shape == "title" and second.shape == "upper" and case == "mixed")
        )
        fits = len(family.name) > 1 and (dotted or not is_article) and (known or (capital and initial and dotted))
        return (3.0 + log(1 + known), not initial) if fits else None
    forward = (_count(lexicon.forenames, first), _count(lexicon.surnames, second))
    backward = (_count(lexicon.forenames, second), _count(lexicon.surnames, first))
    family_first = turned or (
        (first.shape, second.shape) == ("upper", "title")
        if case == "mixed" and first.shape != second.shape
        else not _begins_with_particle(second) and _evidence(backward) > _evidence(forward)
    )
    given, family_count = backward if family_first else forward
    if given and family_count:
        return (2.0 if turned and first.shape == second.shape else 4.0) + log(1 + given) + log(1 + family_count), family_first
    family = first if family_first else second
    if (given or family_count) and capital:
        stranger = family if given else second if family_first else first
        is_word = stranger is first and stranger.name in (LEADS_TO_THING | lexicon.common_words) - (ORDINARY_WORDS - LEADS_TO_THING)
        is_turned = family_first and first.shape == second.shape
        return None if is_word or is_turned else (2.0 + log(1 + given + family_count), family_first)
    if (
        given
        and case == "upper"
        and len(family.name) >= 4
        and family.name not in lexicon.common_words
        and sound(family.name) in lexicon.surname_sounds
    ):
        return 2.0 + log(1 + given), family_first
    return None


def _may_be_turned(surname: Word, forename: Word, lexicon: Lexicon, case: str) -> bool:
    """Whether a comma or a bracket can stand between a surname and a forename: SMITH, John; in like letters, if they are known as that much oftener."""
    if case != "mixed" and surname.gap.strip() == ",":
        return True
    if (surname.shape, forename.shape) == ("upper", "title"):
        return surname.gap.strip() == "," or forename.name in lexicon.forenames
    family = lexicon.surnames.get(surname.name, 0) > MUCH_OFTENER * lexicon.forenames.get(surname.name, 0)
    return (
        surname.shape == forename.shape
        and family
        and lexicon.forenames.get(forename.name, 0) > MUCH_OFTENER * lexicon.surnames.get(forename.name, 0)
    )


def _begins_with_particle(word: Word) -> bool:
    """El-Sayed, ul-Haq: no forename."""
    return len(word.tokens) > 1 and word.tokens[0] in PARTICLES


def _is_colour_behind(first: Word, second: Word, lexicon: Lexicon) -> bool:
    """Whether a word such as brown stands in small letters behind a forename, and is a surname."""
    is_forename = first.name in lexicon.forenames and not _is_ordinary(first, lexicon)
    return is_forename and second.name in COLOURS_AND_SIZES and second.name in lexicon.surnames


def _is_known_whole(first: Word, second: Word, lexicon: Lexicon) -> bool:
    """Whether somebody is recorded under these two words, in either order."""
    return f"{first.name} {second.name}" in lexicon.full_names or f"{second.name} {first.name}" in lexicon.full_names


def _evidence(counts: tuple[int, int]) -> float:
    return log(0.05 + counts[0]) + log(0.05 + counts[1])


def _is_place(text: Text, first: int, last: int) -> bool:
    """Whether the name-like words from first to last are (part of) a street, school or other place."""
    words, case, lexicon = text.words, text.case, text.lexicon
    shouted = case == "mixed" and words[last].shape == "upper" and words[first].shape == "title"
    if _is_followed_by_place(words, first, last, case):
        return not shouted
    before = words[first - 1].name if first and words[first - 1].gap.strip() == "" else ""
    if (
        before in LEADS_TO_THING
        and case == "mixed"
        and words[first - 1].shape == "lower"
        and not NOT_THE.search(text.written, 0, words[first].start)
    ):
        return True
    if before in NAMED_AFTER:
        return True
    if words[last].name in PLACE_WORDS and not shouted:
        is_initial = len(words[first].name) == 1 and words[first].gap.startswith(".")
        is_surname = _count(lexicon.surnames, words[last]) > 0 and (is_initial or _count(lexicon.forenames, words[first]) > 0)
        part_of_longer = before and words[first - 1].shape != "lower" and case == "mixed" and words[first].name in PLACE_WORDS
        return not is_surname or bool(part_of_longer) or before in PLACE_PREPOSITIONS or before == "the"
    return False


def _is_followed_by_place(words: list[Word], first: int, last: int, case: str) -> bool:
    """Whether the words run on into a place: James Weir School, Martin Luther King Drive; small letters only after `the`."""
    led = first > 0 and words[first - 1].name == "the"
    for place in range(last + 1, min(last + 3, len(words))):
        following = words[place]
        if words[place - 1].gap.strip() not in ("", *POSSESSIVE):
            return False
        if following.name in PLACE_WORDS and (case != "mixed" or following.shape != "lower" or led):
            return place == last + 1 or case == "mixed"
        if case != "mixed" or following.shape != words[last].shape or following.shape == "lower":
            return False
    return False


def _is_no_party(text: Text, first: int, last: int) -> bool:
    """Whether a name is that of a thing, or of somebody at work: an officer with a rank, a teacher."""
    words, lexicon = text.words, text.lexicon
    whole = " ".join(word.name for word in words[first : last + 1])
    if whole in THINGS or AT_WORK.search(text.written, max(words[first].start - NEAR, 0), words[first].start):
        return True
    at = first - 1
    while at >= 0 and words[at].name in TITLES | {""} and words[at].gap.strip(" .") == "":
        at -= 1
    if at >= 0 and words[at].name in RANKS and BEHIND_RANK.fullmatch(words[at].gap):
        return True
    is_led = first > 0 and words[first - 1].gap.strip(" .0123456789") == "" and words[first - 1].name in THING_LEADS
    return whole in THINGS_ALSO_PEOPLE and (whole not in lexicon.full_names or is_led)


@dataclass(frozen=True, slots=True)
class Window:
    """Words that fit a name: from first to last, how well, which of them are forename and surname, and a street name between the two."""

    first: int
    last: int
    fits: float
    given: Word
    family: Word
    street_name: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Two words, or what counts as two, that may make a name; up to which word, and what it is worth that it is longer than two."""

    last: int
    first: Word
    second: Word
    bonus: float = 0.0
    street_name: str | None = None
    order: str = "either"  # or given first, family first


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its words, its case, which words may be a name's, and the names known."""

    written: str
    words: list[Word]
    case: str
    possible: list[bool]
    lexicon: Lexicon


def _windows(text: Text) -> list[Window]:
    found = []
    ordinary = [_is_ordinary(word, text.lexicon) for word in text.words]
    for index in range(len(text.words) - 1):
        if not text.possible[index] or (ordinary[index] and ordinary[index + 1]):
            continue
        for made in _made_of(text, index):
            fits = _name_of_two(made.first, made.second, text.lexicon, text.case)
            if not fits or made.order not in ("either", "family first" if fits[1] else "given first"):
                continue
            if not _is_place(text, index, made.last) and not _is_no_party(text, index, made.last):
                given, family = (made.second, made.first) if fits[1] else (made.first, made.second)
                found.append(Window(index, made.last, fits[0] + made.bonus, given, family, made.street_name))
    return found


def _may_be_name(word: Word, case: str) -> bool:
    is_rank = case == "mixed" and word.name in SHORT_RANKS and (word.shape == "upper" or (word.shape == "title" and len(word.name) > 2))
    return bool(word.tokens) and word.name not in FUNCTION_WORDS and not is_rank


def _made_of(text: Text, index: int) -> Iterator[Made]:
    """The ways in which a name may begin at a word: two words; a surname with particles; a middle name, an initial or a street name between."""
    words, possible, lexicon = text.words, text.possible, text.lexicon
    first, second = words[index], words[index + 1]
    if possible[index + 1]:
        if not _follows_name_without_comma(text, index):
            yield Made(index + 1, first, second)
    elif second.name not in PARTICLES:
        return
    end = index + 1
    while end < len(words) - 1 and words[end].name in PARTICLES and words[end].gap.strip() in ("", "-"):
        end += 1
    if end > index + 1 and possible[end] and first.gap.strip() == "":
        yield Made(end, first, _joined(text.written, words, index + 1, end), LONGER, None, "given first")
    if index + 2 >= len(words) or not possible[index + 2]:
        return
    third, gaps = words[index + 2], (first.gap.strip(), second.gap.strip())
    if all(gaps) and all(gap in QUOTES for gap in gaps) and _is_forename(first, lexicon) and _count(lexicon.surnames, third):
        yield Made(index + 2, _spaced(first), third, LONGER, second.name, "given first")
    if not possible[index + 1]:
        return
    if all(gap in ("", ".") for gap in gaps) and _is_forename(first, lexicon) and _is_forename(second, lexicon):
        yield Made(index + 2, _spaced(first), third, LONGER, None, "given first")
    elif (
        not any(gaps)
        and first.shape != "lower"
        and len(second.tokens) == 1
        and second.shape == third.shape == "title"
        and first.name in lexicon.forenames
    ):
        yield Made(index + 2, _spaced(first), third, LONGER_PERHAPS, None, "given first")
    is_second_forename = third.name in lexicon.forenames and third.name not in lexicon.surnames and len(third.name) > 1
    if gaps[0] in ("", ",") and gaps[1] == "" and third.shape == second.shape and is_second_forename:
        yield Made(index + 2, first, second, LONGER, None, "family first")


def _follows_name_without_comma(text: Text, index: int) -> bool:
    """Whether a word before a comma ends what is written large before it, as in Emily Clarke, Jake: no surname that comes first."""
    if index == 0 or text.words[index].gap.strip() != "," or text.words[index].shape != "title":
        return False
    before = text.words[index - 1]
    return before.gap.strip() == "" and (
        before.name in TITLES | PLACE_PREPOSITIONS | {"in", "to", "from"} or (before.shape != "lower" and text.possible[index - 1])
    )


def _is_forename(word: Word, lexicon: Lexicon) -> bool:
    return word.name in lexicon.forenames or (len(word.name) == 1 and word.name not in ("a", "i"))


def _spaced(word: Word) -> Word:
    return word._replace(gap=". " if len(word.name) == 1 else " ")


def _joined(text: str, words: list[Word], first: int, last: int) -> Word:
    """Several words as one surname, written as its last word is."""
    start, end = words[first].start, words[last].end
    tokens = name_tokens(text[start:end])
    return Word(start, end, tokens, " ".join(tokens), words[last].shape, words[last].gap)


def _best_apart(windows: list[Window]) -> list[Window]:
    """The windows that do not overlap and fit best together (weighted interval scheduling)."""
    best: list[tuple[float, list[Window]]] = [(0.0, [])]
    ends = [-1]
    for window in sorted(windows, key=lambda w: (w.last, w.first)):
        before = max(i for i, end in enumerate(ends) if end < window.first)
        taken = (best[before][0] + window.fits, [*best[before][1], window])
        best.append(taken if taken[0] > best[-1][0] else best[-1])
        ends.append(window.last)
    return best[-1][1]


def find_names(text: str, lexicon: Lexicon) -> list[WrittenName]:
    """The people's names written in a text, in text order; a street name in quotes, or introduced as one, is one by itself unless it follows a name."""
    words = split_words(text)
    case = written_case(words)
    possible = [_may_be_name(word, case) for word in words]
    names = []
    for window in _best_apart(_windows(Text(text, words, case, possible, lexicon))):
        start, end = words[window.first].start, words[window.last].end
        if len(words[window.last].name) == 1 and text[end : end + 1] == ".":
            end += 1
        someone_else = bool(DISTINCT_LEAD.search(text[:start]))
        names.append(WrittenName(start, end, window.given.name, window.family.name, window.street_name, someone_else))
    return with_street_names(text, words, case, names, lexicon)
