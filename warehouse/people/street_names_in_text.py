"""Street names in a text: in quotes or brackets, introduced as such, or a known one written large; beside a name they are its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from warehouse.people.cleaning import name_tokens
from warehouse.people.words_in_text import FUNCTION_WORDS, ORDINARY_WORDS, PLACE_WORDS, Word
from warehouse.people.written_names import WrittenName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.people.written_names import Lexicon

QUOTES = ("'", '"', "‘", "’", "“", "”", "")
QUOTED = re.compile(r"(?<![^\W\d_])['‘\"“]([^\W\d_][\w'’ \-]{0,24}?)['’\"”](?![^\W\d_])")
BRACKETED = re.compile(r"\(([^\W\d_][\w'’ \-]{0,24})\)")
# What comes next is a street name, whoever bears it; after the weaker words only one that is known.
STRONG = (
    r"\b(?:aka|a\.k\.a\.?|a/k/a|(?:also |better |only |commonly )*known (?:only |simply |locally |on the street |to (?:\w+ )?)*as"
    r"|nick-?named?(?: of| is)?|street ?name(?: of| is)?|(?:goes|going) by(?: the (?:street ?|nick)?name(?: of)?)?|monik?er(?: of| is)?)"
)
WEAK = r"\b(?:alias|called|calls (?:him|her)self|tag(?: of| is)?|named)"
SIGNS = r"[\s:,'‘\"“(]*"
LEAD = re.compile(rf"(?:(?P<strong>{STRONG})|{WEAK}){SIGNS}(?P<name>[^\W\d_][\w’\-]*(?: [^\W\d_][\w’\-]*)?)", re.IGNORECASE)
LEAD_ALONE = re.compile(rf"[\s,(]*(?:who |is |was |also )*(?:{STRONG}|{WEAK}){SIGNS}", re.IGNORECASE)
# 'Ghost' is believed to be John Smith; Ghost (real name John Smith)
IS_REALLY = re.compile(
    r"['\"’”)]*(?:\s*[(=]\s*|[\s,(]+(?:who )?(?:is|was|has been)\s(?:(?:also|now|possibly|probably|believed|thought|understood|said|confirmed|identified)\s)*"
    r"(?:(?:to be|as)\s)?|[\s,(]+(?:whose )?(?:real|true|full) name(?:\s(?:is|of|being))?[\s:]+)",
    re.IGNORECASE,
)
TWO_WORDS, NEAR = 2, 40


def with_street_names(text: str, words: list[Word], case: str, names: list[WrittenName], lexicon: Lexicon) -> list[WrittenName]:
    """The names and, among them in text order, street names that stand alone; one that follows a name joins it."""
    found = list(names)
    spans = [(name.start, name.end) for name in names]
    for start, end, street_name in [
        *_quoted(text, lexicon),
        *_introduced(text, case, lexicon),
        *(_known(words, lexicon) if case == "mixed" else ()),
    ]:
        if any(start < taken and begins < end for begins, taken in spans):
            continue
        spans.append((start, end))
        owner = next((name for name in found if name.forename and _belongs(text, name, start, end)), None)
        if owner is None:
            found.append(WrittenName(start, end, None, None, street_name))
        elif owner.street_name is None:
            found[found.index(owner)] = replace(owner, street_name=street_name)
    for match in BRACKETED.finditer(text):
        street_name = " ".join(name_tokens(match.group(1)))
        owner = next((name for name in found if 0 <= match.start() - name.end <= 1), None)
        if owner and owner.forename and street_name in lexicon.street_names:
            found[found.index(owner)] = replace(owner, street_name=street_name)
    return sorted(found, key=lambda name: name.start)


def _quoted(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in QUOTED.finditer(text):
        tokens = name_tokens(match.group(1))
        street_name = " ".join(tokens)
        is_written_so = match.group(1)[0].isupper() and len(tokens) <= TWO_WORDS and not FUNCTION_WORDS & set(tokens)
        if tokens and (street_name in lexicon.street_names or is_written_so):
            yield match.start(), match.end(), street_name


def _introduced(text: str, case: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """After `known as`, `aka` and the like: a known street name, or whatever is written large."""
    for match in LEAD.finditer(text):
        written = match.group("name").split(" ")
        for size in range(len(written), 0, -1):
            part = " ".join(written[:size])
            tokens = name_tokens(part)
            is_large = case == "mixed" and bool(match.group("strong")) and all(word[0].isupper() for word in written[:size])
            if tokens and not FUNCTION_WORDS & set(tokens) and (" ".join(tokens) in lexicon.street_names or is_large):
                yield match.start("name"), match.start("name") + len(part), " ".join(tokens)
                break


def _known(words: list[Word], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A known street name written large, with nothing large beside it, and not otherwise a word or a name."""
    for place, word in enumerate(words):
        if word.shape == "lower" or word.name not in lexicon.street_names or len(word.name) <= TWO_WORDS:
            continue
        beside = [words[place - 1]] if place and words[place - 1].gap.strip() == "" else []
        beside += [words[place + 1]] if place + 1 < len(words) and word.gap.strip() in ("", "'s", "’s") else []
        is_other = word.name in lexicon.forenames or word.name in lexicon.surnames or word.name in lexicon.common_words
        if not is_other and word.name not in FUNCTION_WORDS | ORDINARY_WORDS | PLACE_WORDS and all(one.shape == "lower" for one in beside):
            led = place > 0 and words[place - 1].name in ("the", "a", "an", "at", "in", "near", "on") and words[place - 1].gap.strip() == ""
            if not led:
                yield word.start, word.end, word.name


def _belongs(text: str, name: WrittenName, start: int, end: int) -> bool:
    """Whether the street name that stands from start to end is that of a name before it, or of one that it is said to stand for."""
    if name.start >= end:
        is_owners = text[name.end : name.end + 2].lower() in ("'s", "’s")
        return name.start - end <= NEAR and bool(IS_REALLY.fullmatch(text, end, name.start)) and not is_owners
    return 0 <= start - name.end <= NEAR and _is_next(text[name.end : start])


def _is_next(between: str) -> bool:
    """Whether a street name stands right behind a name, or behind what introduces it there."""
    return between in ("", " ", "(", " (") or bool(LEAD_ALONE.fullmatch(between))
