"""People whom a text calls by one word: listed subjects whom it never names in full, and anybody whom it has named before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warehouse.people.mention import Mention
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
from warehouse.people.written_names import WrittenName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.people.mention import NamedRecord

LED_TO_PLACE = PLACE_PREPOSITIONS | LEADS_TO_THING | {"in"}
NAMED_AFTER = frozenset(("st", "saint", "operation", "op"))
NOT_ONE = frozenset(("family", "families", "brothers", "sisters", "twins", "lot", "crew", "household"))
SHORTEST = 3


def find_single_names(text: str, mentions: list[Mention], subjects: Sequence[NamedRecord], report_id: str) -> None:
    """Subjects whom the text calls by one word only: a surname, a street name, or a forename."""
    found = {mention.subject for mention in mentions}
    if all(subject.record_id in found for subject in subjects):
        return
    taken = [span for mention in mentions for span in mention.spans]
    words = [w for w in split_words(text) if not any(start < w.end and w.start < end for start, end in taken)]
    for subject in subjects:
        if subject.record_id in found:
            continue
        names = [
            name
            for name in (subject.street_name, subject.surname, *subject.surname_parts, subject.forename)
            if name and len(name) >= SHORTEST
        ]
        word = next((w for name in names for w in words if w.name == name and w.shape != "lower"), None)
        if word:
            mentions.append(
                Mention(report_id, [(word.start, word.end)], WrittenName(word.start, word.end, None, word.name), subject.record_id)
            )


def add_later_namings(text: str, mentions: Sequence[Mention]) -> None:
    """A surname or a forename alone, written large, of one who was named in full before, and of nobody else here: SMITH has since threatened JONES."""
    words = split_words(text)
    if written_case(words) != "mixed":
        return
    bearers: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for part in {mention.name.forename, mention.name.surname}:
            if part and len(part) >= SHORTEST:
                bearers[part].append(mention)
    taken = [span for mention in mentions for span in mention.spans]
    for place, word in enumerate(words):
        own = bearers.get(word.name, [])
        if len(own) != 1 or word.shape == "lower" or word.start < own[0].spans[0][1] or own[0].name.forename is None:
            continue
        if not any(start < word.end and word.start < end for start, end in taken) and _is_person(words, place):
            own[0].spans.append((word.start, word.end))


def _is_person(words: list[Word], place: int) -> bool:
    """Whether a name of one word stands for a person by what stands beside it: no street, no longer name, no family."""
    word = words[place]
    before = words[place - 1] if place and words[place - 1].gap.strip() == "" else None
    after = words[place + 1] if place + 1 < len(words) and word.gap.strip() == "" else None
    if before is None and word.shape == "title" and word.name in FUNCTION_WORDS | ORDINARY_WORDS:
        return False
    if before and before.shape != "lower" and (before.name in NAMED_AFTER or before.name not in FUNCTION_WORDS):
        return False
    if before and before.name in LED_TO_PLACE and not (before.name == "on" and word.shape == "upper"):
        return False
    return after is None or (after.shape == "lower" and after.name not in PLACE_WORDS | NOT_ONE)
