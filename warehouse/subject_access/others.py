"""Everybody else's names, taken out of a text that is given to one person: rather a word too many than a name too few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

OTHER = "[another person]"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
INITIAL = re.compile(rf"\b[A-Z]\.?[ ,]+(?={re.escape(OTHER)})|(?<={re.escape(OTHER)}),? [A-Z]\b\.?")
REACHES = re.compile(  # a way to reach or find somebody: a postcode, a telephone number, an address on the net
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?<!\d)(?:\+44 ?|0)\d(?:[ -]?\d){8,10}(?!\d)|\S+@\S+|(?<!\w)@\w{3,}", re.IGNORECASE
)
WITHHELD = "[withheld]"
LONGEST = 4


@dataclass(frozen=True)
class Names:
    """Words and phrases that are names, in lower case: `words` one by one, `phrases` of several words or street names, as a whole."""

    words: frozenset[str]
    phrases: frozenset[str] = frozenset()

    def plus(self, other: Names) -> Names:
        return Names(self.words | other.words, self.phrases | other.phrases)


@dataclass(frozen=True)
class Redaction:
    """`own`: the person's names; `others`: everybody else's here; `beside`: by incident or report, who stands in it."""

    own: Names
    others: Names
    beside: dict[str, Names] = field(default_factory=dict)

    def of(self, text: str, record: str = "") -> str:
        """The text without anybody else's name, nor how to reach them; names of those in the same record go whatever their capitals."""
        beside = self.beside.get(record, Names(frozenset()))
        words = list(WORD.finditer(text))
        gone = self._gone([word[0] for word in words], beside)
        pieces, at = [], 0
        for word, is_gone in zip(words, gone, strict=True):
            if is_gone:
                pieces += [text[at : word.start()], OTHER]
                at = word.end()
        said = "".join([*pieces, text[at:]])
        return REACHES.sub(WITHHELD, INITIAL.sub("", _joined(said)))

    def _gone(self, words: list[str], beside: Names) -> list[bool]:
        lower = [word.casefold() for word in words]
        own = _covered(lower, self.own.phrases)
        gone = [
            not mine
            and low not in self.own.words
            and (low in beside.words or (low in self.others.words and word[0].isupper()))
            for word, low, mine in zip(words, lower, own, strict=True)
        ]  # fmt: skip
        phrases = _covered(lower, beside.phrases | self.others.phrases)
        gone = [is_gone or (phrase and not mine) for is_gone, phrase, mine in zip(gone, phrases, own, strict=True)]
        # of a namesake's name, the half that is the person's too
        return [
            is_gone or (low in self.own.words and not mine and (gone[n - 1 : n] == [True] or gone[n + 1 : n + 2] == [True]))
            for n, (is_gone, low, mine) in enumerate(zip(gone, lower, own, strict=True))
        ]


def _covered(words: list[str], phrases: frozenset[str]) -> list[bool]:
    """Which words stand in a run that is one of the phrases."""
    found = [False] * len(words)
    for length in range(1, LONGEST + 1):
        for start in range(len(words) - length + 1):
            if " ".join(words[start : start + length]) in phrases:
                found[start : start + length] = [True] * length
    return found


def _joined(text: str) -> str:
    """A name of several parts becomes one mark."""
    mark = re.escape(OTHER)
    return re.sub(rf"{mark}(?:[ ,'’-]{{0,2}}{mark})+", OTHER, text)


def redaction_for(con: duckdb.DuckDBPyConnection, person_id: str) -> Redaction:
    """What to take out of texts for a person: from every name that any record or report holds of anybody else."""
    own = [row[2:] for row in con.execute(f"{NAMED} where mine.person_id = $person", {"person": person_id}).fetchall()]
    others = con.execute(f"{NAMED} where mine.person_id is distinct from $person", {"person": person_id}).fetchall()
    written = con.execute("select report_id, written, person_id is not distinct from ? from people.text_span", [person_id]).fetchall()
    mine = _names(own).plus(_phrases(text for _, text, is_own in written if is_own))
    wholes = {whole for source, whole in con.execute(WHOLES, {"person": person_id}).fetchall()}
    beside: dict[str, Names] = {}
    for whole in wholes:
        here = _names(row[2:] for row in others if row[1] == whole)
        beside[whole] = here.plus(_written(text for report, text, is_own in written if report == whole and not is_own))
    everyone = _names(row[2:] for row in others).plus(_written(text for _, text, is_own in written if not is_own))
    return Redaction(mine, Names(everyone.words, everyone.phrases - mine.phrases), beside)


def _names(rows: Iterable[Iterable[str | None]]) -> Names:
    """The names of rows of (surname, forenames, other surname, street name)."""
    words: set[str] = set()
    phrases: set[str] = set()
    for surname, forenames, other_surname, alias in rows:
        parts = [_words(one) for one in (forenames, surname, other_surname)]
        words |= {word for part in parts for word in part if len(word) > 1}
        first, last, other = parts
        phrases |= {
            _phrase(order)
            for one in (last, other)
            for order in ([*first, *one], [*first[:1], *one], [*one, *first], [*one, *first[:1]])
            if first and one
        }
        phrases |= {_phrase(_words(alias))} - {""}
    return Names(frozenset(words), frozenset(phrases))


def _written(texts: Iterable[str]) -> Names:
    names = _phrases(texts)
    return Names(frozenset(word for phrase in names.phrases for word in phrase.split() if len(word) > 1), names.phrases)


def _phrases(texts: Iterable[str]) -> Names:
    return Names(frozenset(), frozenset(_phrase(_words(text)) for text in texts) - {""})


def _phrase(words: Iterable[str]) -> str:
    return " ".join(words)


def _words(text: str | None) -> list[str]:
    return [word.casefold() for word in WORD.findall(text or "")]


NAMED = """
    select named.source, named.whole, named.surname, named.forenames, named.other_surname, named.alias
    from (
        select 'incident_party' as source, record_id, incident_id as whole, surname, forenames, null as other_surname, alias from known.incident_party
        union select 'intelligence_subject', record_id, report_id, surname, forenames, null, alias from known.intelligence_subject
        union select 'exclusion', record_id, null, surname, forename, preferred_surname, null from known.exclusion
    ) as named
    left join people.person_record as mine on mine.source = named.source and mine.record_id = named.record_id
"""
WHOLES = """
    select source, regexp_replace(record_id, '/[^/]*$', '') from people.person_record where person_id = $person and source <> 'exclusion'
"""
