"""People named in reports' texts: the listed subjects where they stand, and everyone else as numbered mentions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from warehouse.people.agreement import spelled_alike
from warehouse.people.cleaning import sound
from warehouse.people.mention import Mention, NamedRecord
from warehouse.people.names_in_text import find_names
from warehouse.people.one_word_names import add_later_namings, find_single_names
from warehouse.people.said_in_text import said_beside, said_of_pronouns
from warehouse.people.words_in_text import split_words, written_case
from warehouse.people.written_names import Lexicon, WrittenName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warehouse.people.agreement import Agreement

COMMON_FROM = 3
TEXTS_FOR_COMMON_WORDS = 5000
ROUGHLY_ALIKE = 0.8


def make_lexicon(records: Iterable[NamedRecord], texts: Sequence[str]) -> Lexicon:
    """The names that records know, and the words that texts write small, which are no names even where a text has no capitals."""
    forenames: Counter[str] = Counter()
    surnames: Counter[str] = Counter()
    street_names: Counter[str] = Counter()
    full_names: set[str] = set()
    for record in records:
        forenames.update(name for name in record.given_names if len(name) > 1)
        surnames.update(part for part in record.surname_parts if len(part) > 1)
        if record.street_name:
            street_names[record.street_name] += 1
        if record.forename and record.surname:
            full_names.add(f"{record.forename} {record.surname}")
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts[:: 1 + len(texts) // TEXTS_FOR_COMMON_WORDS]:
        words = split_words(text)
        if written_case(words) == "mixed":
            for word in words:
                (small if word.shape == "lower" else large)[word.name] += 1
    common = frozenset(word for word, count in small.items() if count >= COMMON_FROM and count > 2 * large[word])
    return Lexicon(
        forenames, surnames, street_names, common, frozenset(full_names), frozenset(sound(name) for name in surnames if " " not in name)
    )


@cache
def surname_alike(a: str, b: str) -> bool:
    """Whether two surnames are alike in sound or a slip of the pen apart."""
    return len(b) > 2 and (sound(a.replace(" ", "")) == sound(b.replace(" ", "")) or spelled_alike(a, b))


def surnames_agree(written: str, record: NamedRecord) -> bool:
    """Whether a surname in a text can be the record's: the whole, a part of it, or alike in sound or spelling."""
    if written in record.surname_parts or any(part in record.surname_parts for part in written.split()):
        return True
    return any(surname_alike(written, part) for part in record.surname_parts)


class Reader:
    """Reads texts with the names that records know and what is known of names that agree."""

    def __init__(self, lexicon: Lexicon, agreement: Agreement) -> None:
        self._lexicon = lexicon
        self._agreement = agreement

    def read_mentions(self, report_id: str, text: str, subjects: Sequence[NamedRecord]) -> list[Mention]:
        """Everyone named in one text, in text order: subjects located, others numbered; a second naming adds a span to the first."""
        mentions: list[Mention] = []
        named: list[Mention] = []
        names = find_names(text, self._lexicon)
        for name in names:
            known = next((mention for mention in mentions if self._same_person(mention.name, name)), None)
            if known is None:
                known = Mention(report_id, [], name)
                mentions.append(known)
            known.spans.append((name.start, name.end))
            known.said += said_beside(text, name.start, name.end)
            named.append(known)
        for place, said in said_of_pronouns(text, [(name.start, name.end) for name in names]):
            named[place].said += said
        self._find_subjects(mentions, subjects)
        find_single_names(text, mentions, subjects, report_id)
        add_later_namings(text, mentions)
        mentions.sort(key=lambda mention: mention.spans[0])
        for number, mention in enumerate((m for m in mentions if m.subject is None), start=1):
            mention.number = number
        return mentions

    def _same_person(self, a: WrittenName, b: WrittenName) -> bool:
        if a.is_someone_else != b.is_someone_else:
            return False
        if a.street_name and a.street_name == b.street_name:
            return True
        if not (a.forename and b.forename and a.surname and b.surname):
            return False
        return a.surname == b.surname and self._agreement.of_forenames(a.forename, b.forename)

    def _find_subjects(self, mentions: list[Mention], subjects: Sequence[NamedRecord]) -> None:
        """Tell each listed subject's mention: names that fit fully first, then, as a report names its subjects, what is left and fits loosely."""
        for fits in (self._may_mean, self._may_mean_damaged, self._may_mean_by_other_records, _may_be_left_over):
            found = {mention.subject for mention in mentions}
            missing = [subject for subject in subjects if subject.record_id not in found]
            for subject in sorted(missing, key=lambda s: (s.forename is None) + (s.surname is None)):
                free = [mention for mention in mentions if mention.subject is None and not self._is_namesake(mention, mentions)]
                fitting = [mention for mention in free if fits(mention.name, subject)]
                if fitting and (fits is not _may_be_left_over or len(fitting) == len(missing) == 1):
                    fitting[_closest(fitting, subject)].subject = subject.record_id

    def _is_namesake(self, mention: Mention, mentions: list[Mention]) -> bool:
        """Somebody said to be another than the one of that name in the same text."""
        plain = replace(mention.name, is_someone_else=False)
        return mention.name.is_someone_else and any(self._same_person(plain, other.name) for other in mentions if other is not mention)

    def _given_agree(self, written: str, record: NamedRecord) -> bool:
        return any(self._agreement.of_forenames(written, name) for name in record.given_names)

    def _may_mean(self, name: WrittenName, record: NamedRecord) -> bool:
        """Whether a name in a text can mean a record's person; a part that the record lacks is no obstacle."""
        if name.street_name and name.street_name in (record.street_name, *record.street_names):
            return True
        if not name.surname or not name.forename:
            return False
        for given, family in ((name.forename, name.surname), (name.surname, name.forename)):
            given_fits = self._given_agree(given, record) if record.given_names else None
            family_fits = surnames_agree(family, record) if record.surname_parts else None
            if (given_fits, family_fits) in ((True, True), (True, None), (None, True)):
                return True
        return False

    def _may_mean_damaged(self, name: WrittenName, subject: NamedRecord) -> bool:
        """One part of the name fits, and the other begins alike or is spelled roughly so."""
        if not (name.forename and name.surname and subject.given_names and subject.surname_parts):
            return False
        for given, family in ((name.forename, name.surname), (name.surname, name.forename)):
            given_near = any(given[0] == other[0] for other in subject.given_names)
            if (surnames_agree(family, subject) and given_near) or (self._given_agree(given, subject) and _surname_near(family, subject)):
                return True
        return False

    def _may_mean_by_other_records(self, name: WrittenName, subject: NamedRecord) -> bool:
        """What other records call the person fits, such as an earlier surname."""
        given_names = tuple(sorted({*subject.given_names, *subject.other_given_names}))
        parts = tuple(sorted({*subject.surname_parts, *subject.other_surname_parts}))
        return self._may_mean(name, replace(subject, given_names=given_names, surname_parts=parts))


def _surname_near(family: str, subject: NamedRecord) -> bool:
    return any(
        JaroWinkler.similarity(family, part) >= ROUGHLY_ALIKE or DamerauLevenshtein.distance(family, part) == 1
        for part in subject.surname_parts
    )


def _closest(mentions: list[Mention], subject: NamedRecord) -> int:
    def distance(index: int) -> tuple[bool, bool, tuple[int, int]]:
        name = mentions[index].name
        return name.surname not in subject.surname_parts, name.forename != subject.forename, mentions[index].spans[0]

    return min(range(len(mentions)), key=distance)


def _may_be_left_over(name: WrittenName, subject: NamedRecord) -> bool:
    """The only name left for the only subject left: a street name that no record has for them, or one part of the name changed."""
    if name.street_name:
        return subject.street_name is None and not subject.street_names
    if not (name.forename and name.surname):
        return False
    return name.forename in subject.given_names or surnames_agree(name.surname, subject)
