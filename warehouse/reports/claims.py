"""Reads from a report's text what it says of every two people it names: who is in dispute with, threatens, fears, or knows whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.reports import cues
from warehouse.reports.cues import CUES, NEGATED, NO_LONGER, NOT_MADE, NOT_THE_SAME, TAKEN_BACK, TIES, UNRELATED, WITHIN_WORDS, Cue

PERSON = re.compile(r"⟦(\d+)⟧")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
PRONOUN = re.compile(r"\W*(?:he|she)\b", re.IGNORECASE)
WHO = re.compile(r"⟦\d+⟧\W{0,3}who\b", re.IGNORECASE)
ONLY_THAT = re.compile(r"\W*that\W*", re.IGNORECASE)
LIST_OF_NAMES = re.compile(r"^\W*(?:(?:and|with|or|,|&|⟦\d+⟧|both|a group)\W*)*$", re.IGNORECASE)
DIRECTIONS = {"forward": "first_to_second", "backward": "second_to_first", "mutual": "mutual"}


@dataclass(frozen=True)
class NamedPerson:
    """A person where a report's text names them: [start, end) in the text, and their record in the warehouse."""

    start: int
    end: int
    source: str
    record_id: str

    @property
    def key(self) -> tuple[str, str]:
        """Who it is: a subject and a mention of one report can have the same number."""
        return self.source, self.record_id


Pair = tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Claim:
    """What a text says of two of the people it names; direction is first_to_second, second_to_first or mutual."""

    first: NamedPerson
    second: NamedPerson
    kind: str
    direction: str


def read_text(text: str, people: Iterable[NamedPerson]) -> list[Claim]:
    """All that one text says of each two of the people it names: at most one claim a sentence and pair, plain contact only if no more is said."""
    named = sorted(people, key=lambda p: p.start)
    said: dict[Pair, list[Claim]] = {}
    whole = _with_placeholders(text, named)
    for sentence in _with_pronouns(SENTENCE_END.split(whole)):
        for claim in _read_sentence(sentence, named):
            said.setdefault(_pair(claim.first, claim.second), []).append(claim)
    for first, second in combinations({p.key: p for p in named}.values(), 2):
        if _pair(first, second) not in said and not NOT_THE_SAME.search(text):
            said[_pair(first, second)] = [_apart(whole, first, second)]
    return [claim for claims in said.values() for claim in _strongest(claims)]


def _with_pronouns(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences; one that begins with he or she and names another begins with the one that the sentence before it named first."""
    last = None
    for sentence in sentences:
        begins, named = PRONOUN.match(sentence), PERSON.search(sentence)
        if begins and named and last and last not in sentence:
            yield last + sentence[begins.end() :]
            continue
        last = named[0] if named else last
        yield sentence


def _pair(first: NamedPerson, second: NamedPerson) -> Pair:
    return min(first.key, second.key), max(first.key, second.key)


def _with_placeholders(text: str, named: list[NamedPerson]) -> str:
    """The text with each name replaced by ⟦its number⟧, so that no cue is found inside a name and no initial ends a sentence."""
    parts, at = [], 0
    for number, person in enumerate(named):
        if person.start < at:
            continue
        parts += [text[at : person.start], f"⟦{number}⟧"]
        at = person.end
    return "".join([*parts, text[at:]])


def _read_sentence(sentence: str, named: list[NamedPerson]) -> Iterator[Claim]:
    places = list(PERSON.finditer(sentence))
    if len(places) < 2 or NOT_THE_SAME.search(sentence):
        return
    read: set[Pair] = set()
    for one, other in combinations(places, 2):
        first, second = named[int(one[1])], named[int(other[1])]
        if first.key == second.key or _pair(first, second) in read:
            continue
        said = _said_of(sentence, sentence[one.end() : other.start()], sentence[other.end() :], len(places))
        if said is not None:
            read.add(_pair(first, second))
            yield Claim(first, second, *said)


def _said_of(sentence: str, between: str, after: str, people: int) -> tuple[str, str] | None:
    """The kind and direction of the first cue that the words between and around two names give.

    Words about others in a list of names do not count. A cue that is negated says the opposite, if nothing else is said.
    """
    if UNRELATED.search(sentence):
        return None
    listed = people > 2 and LIST_OF_NAMES.match(between) is not None
    follows = "" if ONLY_THAT.fullmatch(between) else _up_to_next_person(after)
    between = "" if WHO.search(between) else between
    places = {"between": between, "after": f"{between} {follows}", "around": sentence}
    otherwise: tuple[str, str] | None = None
    for cue in CUES:
        if (listed and cue.points != "mutual") or (cue.kind in TIES and otherwise):
            continue
        words = PERSON.sub(" ", places[cue.where])
        found = cue.words.search(words)
        if not found:
            continue
        if cue.kind in TIES and _is_negated(words[: found.start()]):
            return None
        opposite = _opposite(cue, words, found)
        if opposite is None:
            return cue.kind, DIRECTIONS[cue.points]
        otherwise = otherwise or (opposite, "mutual")
    return otherwise


def _up_to_next_person(after: str) -> str:
    """What follows the second name, up to a name that is not in one list with it."""
    following = PERSON.search(after)
    return after if following is None or LIST_OF_NAMES.match(after[: following.start()]) else after[: following.start()]


def _opposite(cue: Cue, words: str, found: re.Match[str]) -> str | None:
    """What a negated cue says instead; None if it is not negated."""
    if cue.kind in TAKEN_BACK:
        is_void = cue.kind == "reconciled" and (_is_negated(words[: found.start()]) or NOT_MADE.search(words))
        return "dispute" if is_void else None
    if NO_LONGER.search(words[: found.start()]) or NO_LONGER.search(found.group()):
        return "reconciled"
    inside = "" if "not" in cue.words.pattern else found.group()  # a cue that has its own not
    return "denied" if _is_negated(words[: found.start()]) or NEGATED_INSIDE.search(inside) else None


NEGATED_INSIDE = re.compile(r"\b(?:not|never)\b(?! (?:only|just|joking|afraid|scared|frightened))|n['’]t\b", re.IGNORECASE)


def _is_negated(before: str) -> bool:
    found = NEGATED.search(before)
    return found is not None and len(before[found.start() :].split()) <= WITHIN_WORDS


def _apart(whole: str, first: NamedPerson, second: NamedPerson) -> Claim:
    """Two people named in different sentences: only words that take a dispute back are read across them, else plain contact."""
    taken_back = next((c.kind for c in CUES if c.kind == "reconciled" and c.words.search(whole)), None)
    return Claim(first, second, taken_back or "named_together", "mutual")


def _strongest(claims: list[Claim]) -> list[Claim]:
    """Of several sentences on one pair: a denial or reconciliation stands alone, else what is worst; ties only when nothing worse is said."""
    order = {kind: rank for rank, kind in enumerate(dict.fromkeys(cue.kind for cue in CUES))}
    return [min(claims, key=lambda c: order.get(c.kind, len(order)))]


def read_claims(con: duckdb.DuckDBPyConnection) -> int:
    """Brings pairs.claim to what every known, current report's text says of the people located in it (people.text_span); returns the count.

    A report is read again only where its text, the people in it, or this code are others than when it was last read (pairs.read_report).
    """
    con.execute(f"create table if not exists pairs.claim ({', '.join(f'{name} varchar' for name in COLUMNS)})")
    con.execute("create table if not exists pairs.read_report (report_id varchar, read_from ubigint)")
    con.execute(REPORTS_TO_READ, {"code": _code()})
    con.begin()
    try:
        con.execute("delete from pairs.claim where report_id not in (select report_id from report_now where is_read)")
        _insert(con, _claims(con.execute("select report_id, text, people from report_now where not is_read").fetchall()))
        con.execute("create or replace table pairs.read_report as select report_id, read_from from report_now")
        [(claims,)] = con.execute("select count(*) from pairs.claim").fetchall()
        con.commit()
    except BaseException:
        con.rollback()
        raise
    con.execute("drop table report_now")
    return int(claims)


COLUMNS = ("report_id", "first_source", "first_record_id", "second_source", "second_record_id", "kind", "direction")

REPORTS_TO_READ = """
create or replace temporary table report_now as
with named as (
    select
        span.report_id,
        any_value(report."text") as text,
        list({a: span_start, b: span_end, c: record_source, d: span.record_id} order by span_start, span_end, record_source, span.record_id) as people
    from people.text_span as span
    join known.intelligence as report on report.record_id = span.report_id and report.counts
    group by span.report_id
    having count(*) > 1
),

report as (
    select report_id, hash($code, text, people) as read_from, text, people from named
)

select report_id, read_from, was.report_id is not null as is_read, case when not is_read then text end as text, case when not is_read then people end as people
from report
left join pairs.read_report as was using (report_id, read_from)
"""


@cache
def _code() -> str:
    """What reads a text: the words of this file and of the cues."""
    return sha256(b"".join(Path(file).read_bytes() for file in (__file__, cues.__file__))).hexdigest()


def _claims(reports: Iterable[tuple[str, str, list[dict[str, Any]]]]) -> Iterator[tuple[str, ...]]:
    for report_id, text, people in reports:
        for c in read_text(text, [NamedPerson(*person.values()) for person in people]):
            yield report_id, c.first.source, c.first.record_id, c.second.source, c.second.record_id, c.kind, c.direction


def _insert(con: duckdb.DuckDBPyConnection, claims: Iterable[tuple[str, ...]]) -> None:
    con.register("claims_read", pl.DataFrame(list(claims), schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))
    con.execute("insert into pairs.claim by name select * from claims_read")
    con.unregister("claims_read")
