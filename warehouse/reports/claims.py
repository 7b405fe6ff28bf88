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

from warehouse.reports.cue import Cue
from warehouse.reports.cues import CUES, KINDS, TAKEN_BACK, TIES
from warehouse.reports.hostility import OF_HELP
from warehouse.reports.negation import CONCEDED, CONTRAST, NEGATED_INSIDE, NO_LONGER, NOT_MADE, NOT_THE_SAME, UNRELATED, is_negated
from warehouse.reports.sentences import PERSON, as_gone_on, as_told_of_another, roles, sentences
from warehouse.transaction import transaction

OWN_BRACKETS = str.maketrans("⟦⟧•", "[]-")
WHO = re.compile(r"⟦\d+⟧\W{0,3}who\b", re.IGNORECASE)
ONLY_THAT = re.compile(r"\W*that\W*", re.IGNORECASE)
WHERE = ("between", "after", "led", "around", "through", "against")
ANYBODY = re.compile(r"⟦\d*⟧")
ARROW = re.compile(r"\W*(?:->|→|>>?|=>)\W*")
# Each character can be read in one way only: a row of commas was once read in as many ways as it has subsets.
LIST_OF_NAMES = re.compile(r"^(?:⟦\d+⟧|\W|and|with|or|both|a group)*$", re.IGNORECASE)
# What says little of who does what: another reading of the sentence may say more.
VAGUE = ("dispute",)
# Characters on either side of the second name in which a turn of phrase is sought, so that a text without full stops takes no longer than its length.
NEAR = 400
IN_BRACKETS = re.compile(r"\([^()]*\)")
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
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
    for sentence in sentences(whole):
        for claim in _read_sentence(sentence, named):
            said.setdefault(_pair(claim.first, claim.second), []).append(claim)
    for first, second in combinations({p.key: p for p in named}.values(), 2):
        if _pair(first, second) not in said and not NOT_THE_SAME.search(text):
            said[_pair(first, second)] = [_apart(whole, first, second)]
    return [claim for claims in said.values() for claim in _strongest(claims)]


def _pair(first: NamedPerson, second: NamedPerson) -> Pair:
    return min(first.key, second.key), max(first.key, second.key)


def _with_placeholders(text: str, named: list[NamedPerson]) -> str:
    """The text with each name replaced by ⟦the number of its person's first⟧, so that no cue is found inside a name and no initial ends a sentence."""
    parts, at = [], 0
    text = text.translate(OWN_BRACKETS)  # so that nothing but a name looks like one
    first: dict[tuple[str, str], int] = {}
    for number, person in enumerate(named):
        if person.start < at:
            continue
        parts += [text[at : person.start], f"⟦{first.setdefault(person.key, number)}⟧"]
        at = person.end
    return "".join([*parts, text[at:]])


def _read_sentence(sentence: str, named: list[NamedPerson]) -> Iterator[Claim]:
    """What a sentence says of each two people: of every two namings of them with neither named between, the strongest."""
    sentence, acting = roles(sentence)
    places = list(PERSON.finditer(sentence))
    people = {place[1] for place in places}
    if len(people) < 2 or NOT_THE_SAME.search(sentence):
        return
    said: dict[Pair, list[Claim]] = {}
    for one, other in combinations(places, 2):
        first, second = named[int(one[1])], named[int(other[1])]
        if one[1] == other[1] or any(one.end() <= place.start() < other.start() and place[1] in (one[1], other[1]) for place in places):
            continue
        told = _said_of(sentence, (one, other), len(people))
        parts = ("acts", "suffers") if ARROW.fullmatch(sentence[one.end() : other.start()]) else (acting.get(one[1]), acting.get(other[1]))
        told = _by_role(told, sentence, *parts)
        if told is not None:
            said.setdefault(_pair(first, second), []).append(Claim(first, second, *told))
    for retell in (as_told_of_another, as_gone_on):
        kinds = {claim.kind for claims in said.values() for claim in claims}
        retold = retell(sentence) if kinds <= {*TIES, *VAGUE} else None
        again = list(_read_sentence(retold, named)) if retold else []
        if any(claim.kind not in (*TIES, *VAGUE, *TAKEN_BACK) for claim in again) or (
            again and retell is as_told_of_another and kinds <= {*TIES}
        ):
            said = {_pair(claim.first, claim.second): [claim] for claim in again}
    for claims in said.values():
        yield from _strongest(claims)


def _by_role(told: tuple[str, str] | None, sentence: str, first: str | None, second: str | None) -> tuple[str, str] | None:
    """What is said of a suspect and a victim: whatever is bad in the sentence, the suspect did."""
    if {first, second} != {"acts", "suffers"} or (told is not None and (told[0] in TAKEN_BACK or told[1] != "mutual")):
        return told
    words = PERSON.sub(" ", sentence).lower()
    kind = next((cue.kind for cue in CUES if cue.points != "mutual" and cue.words.search(words)), None)
    return (kind, DIRECTIONS["forward" if first == "acts" else "backward"]) if kind else told


def _said_of(sentence: str, places: tuple[re.Match[str], re.Match[str]], people: int) -> tuple[str, str] | None:
    """The kind and direction of the first cue that the words between and around two names give.

    Words about others in a list of names do not count, nor what is conceded (despite ...); what a `but` sets against the rest counts more.
    """
    one, other = places
    before, between, after = _from_last_person(sentence[: one.start()]), sentence[one.end() : other.start()], sentence[other.end() :]
    if UNRELATED.search(sentence if people == 2 else between):
        return None
    listed = LIST_OF_NAMES.match(between) is not None and (people > 2 or between.strip(" ,") in ("and", "&"))
    follows = "" if ONLY_THAT.fullmatch(between) else _up_to_next_person(after)
    between = "" if WHO.search(between) else between
    around = CONCEDED.sub(" ", sentence)
    contrast = CONTRAST.search(follows)
    if contrast:
        told = _first_cue(dict.fromkeys(WHERE, contrast[1]), listed=listed)
        if told and told[0] not in (*TIES, "denied"):
            return told
    near = f"{between[-NEAR:]}•{follows[:NEAR]}"
    return _first_cue(
        {
            "between": between,
            "after": f"{between} {follows}",
            "led": f"{before} ⟦⟧ {between}",
            "around": around,
            "through": near,
            "against": "" if listed or OF_HELP.search(ANYBODY.sub(" ", between)) else IN_BRACKETS.sub(" ", near),
        },
        listed=listed,
    )


def _first_cue(places: dict[str, str], *, listed: bool) -> tuple[str, str] | None:
    """A cue that is negated says the opposite, if nothing else is said."""
    otherwise: tuple[str, str] | None = None
    words_of = {where: ANYBODY.sub(" ", words).lower() for where, words in places.items()}
    for cue in CUES:
        if (listed and cue.points != "mutual") or (cue.kind in TIES and otherwise):
            continue
        words = words_of[cue.where]
        found = cue.words.search(words)
        if not found:
            continue
        if cue.kind in TIES and is_negated(words[: found.start()]):
            return None
        opposite = _opposite(cue, words, found)
        if opposite is None:
            return cue.kind, DIRECTIONS[cue.points]
        otherwise = otherwise or (opposite, "mutual")
    return otherwise


def _from_last_person(before: str) -> str:
    """What leads to the first name, from the name before it on."""
    return before[before.rfind("⟧") + 1 :]


def _up_to_next_person(after: str) -> str:
    """What follows the second name, up to a name that is not in one list with it."""
    following = PERSON.search(after)
    return after if following is None or LIST_OF_NAMES.match(after[: following.start()]) else after[: following.start()]


def _opposite(cue: Cue, words: str, found: re.Match[str]) -> str | None:
    """What a negated cue says instead; None if it is not negated."""
    if cue.kind in TAKEN_BACK:
        is_void = cue.kind == "reconciled" and (is_negated(words[: found.start()]) or NOT_MADE.search(words))
        return "dispute" if is_void else None
    own = cue.words.pattern  # a cue may have its own not
    if NO_LONGER.search(words[: found.start()]) or ("no longer" not in own and NO_LONGER.search(found.group())):
        return "reconciled"
    inside = "" if "not" in own else found.group()
    return "denied" if is_negated(words[: found.start()]) or NEGATED_INSIDE.search(inside) else None


def _apart(whole: str, first: NamedPerson, second: NamedPerson) -> Claim:
    """Two people named in different sentences: only words that take a dispute back are read across them, else plain contact."""
    whole = whole.lower()
    taken_back = next((c.kind for c in CUES if c.kind == "reconciled" and c.words.search(whole)), None)
    return Claim(first, second, taken_back or "named_together", "mutual")


def _strongest(claims: list[Claim]) -> list[Claim]:
    """Of several sentences on one pair: a denial or reconciliation stands alone, else what is worst; ties only when nothing worse is said."""
    return [min(claims, key=lambda c: RANKS.get(c.kind, len(RANKS)))]


def read_claims(con: duckdb.DuckDBPyConnection) -> int:
    """Brings pairs.claim to what every known, current report's text says of the people located in it (people.text_span); returns the count.

    A report is read again only where its text, the people in it, or this code are others than when it was last read (pairs.read_report).
    """
    con.execute(f"create table if not exists pairs.claim ({', '.join(f'{name} varchar' for name in COLUMNS)})")
    con.execute("create table if not exists pairs.read_report (report_id varchar, read_from ubigint)")
    con.execute(REPORTS_TO_READ, {"code": _code()})
    with transaction(con):
        con.execute("delete from pairs.claim where report_id not in (select report_id from report_now where is_read)")
        _insert(con, _claims(con.execute("select report_id, text, people from report_now where not is_read").fetchall()))
        con.execute("create or replace table pairs.read_report as select report_id, read_from from report_now")
        [(claims,)] = con.execute("select count(*) from pairs.claim").fetchall()
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
    """What reads a text: the words of the files in this folder."""
    return sha256(b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()


def _claims(reports: Iterable[tuple[str, str, list[dict[str, Any]]]]) -> Iterator[tuple[str, ...]]:
    for report_id, text, people in reports:
        for c in read_text(text, [NamedPerson(*person.values()) for person in people]):
            yield report_id, c.first.source, c.first.record_id, c.second.source, c.second.record_id, c.kind, c.direction


def _insert(con: duckdb.DuckDBPyConnection, claims: Iterable[tuple[str, ...]]) -> None:
    con.register("claims_read", pl.DataFrame(list(claims), schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))
    con.execute("insert into pairs.claim by name select * from claims_read")
    con.unregister("claims_read")
