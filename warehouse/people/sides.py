"""Whom an analyst means: a person by id, or a record by its key, as sides of a judgement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.people.judgements import Named

if TYPE_CHECKING:
    import duckdb

PERSON = re.compile(r"P[0-9a-f]{12}")
SOURCES = ("incident_party", "intelligence_subject", "intelligence_mention", "exclusion")
MOST_SUCCESSORS = 50

# The records of people, the one that stands for its person first: shown, counting, with most known of it, surest, earliest.
RECORDS = """
    select found.person_id, found.source, found.record_id, span.written, record.context_id
    from people.person_record as found
    left join people.record as record on record.source = found.source and record.record_id = found.record_id
    left join (
        select record_source as source, record_id, arg_min(written, span_start) as written
        from people.text_span where record_source = 'intelligence_mention' group by all
    ) as span on span.source = found.source and span.record_id = found.record_id
    where {}
    order by
        found.is_protected, record.record_id is null, not coalesce(record.counts, true),
        (record.born is null)::integer + (record.forename is null)::integer + (record.surname_clean is null)::integer
        + (record.nominal_ref is null and record.upn is null)::integer + (record.post is null)::integer,
        found.match_probability desc, record.known_from, found.source, found.record_id"""


class PersonUnknown(Exception):
    """No person has this id."""


class RecordUnknown(Exception):
    """No record has this key."""


class RecordAmbiguous(Exception):
    """Several records have this key, in different sources."""


@dataclass(frozen=True)
class Side:
    """Whom an analyst means: the person, and the records that a judgement stands on, the one that stands for them first.

    `contexts` are the incidents and reports that they are named in; `is_person` whether a person was named rather than a record.
    """

    person_id: str
    records: tuple[Named, ...]
    contexts: frozenset[str]
    is_person: bool


def find_side(con: duckdb.DuckDBPyConnection, text: str) -> Side:
    """The person or record that a text names. Raises PersonUnknown, RecordUnknown, RecordAmbiguous."""
    text = text.strip()
    if PERSON.fullmatch(text):
        return _person(con, text)
    return _record(con, text)


def unknown(text: str) -> RecordUnknown:
    """The same words for a record that is not there and for one that may not be shown."""
    return RecordUnknown(f"there is no record {text}: give a key as in analyst.person_records, as SOURCE:RECORD_ID, or a person_id")


def successor(con: duckdb.DuckDBPyConnection, person_id: str) -> str:
    """The id that a person has now: their own, or that of whom they were merged with since."""
    for _ in range(MOST_SUCCESSORS):
        if con.execute("select 1 from people.person_record where person_id = ? limit 1", [person_id]).fetchall():
            break
        merged = con.execute(
            "select person_id from people.person_change where change = 'merged' and other_person_id = ? order by as_of desc limit 1",
            [person_id],
        ).fetchall()
        if not merged:
            break
        [(person_id,)] = merged
    return person_id


def _person(con: duckdb.DuckDBPyConnection, person_id: str) -> Side:
    rows = con.execute(RECORDS.format("found.person_id = ?"), [person_id]).fetchall()
    if not rows:
        now = successor(con, person_id)
        since = f"; it was given up when that person was found to be {now}" if now != person_id else ""
        raise PersonUnknown(f"there is no person {person_id}{since}")
    return _side(rows, is_person=True)


def _record(con: duckdb.DuckDBPyConnection, text: str) -> Side:
    source, _, key = text.partition(":")
    if source not in SOURCES:
        source, key = "", text
    rows = con.execute(
        RECORDS.format("found.record_id = $key and ($source = '' or found.source = $source)"), {"key": key, "source": source}
    ).fetchall()
    if not rows:
        raise unknown(text)
    if len(rows) > 1:
        choices = " or ".join(f"{row[1]}:{row[2]}" for row in rows)
        raise RecordAmbiguous(f"{text} is the key of {len(rows)} records: say which, {choices}")
    return _side(rows, is_person=False)


def _side(rows: list[tuple[str, str, str, str | None, str | None]], *, is_person: bool) -> Side:
    records = tuple(Named(source, record_id, written) for _, source, record_id, written, _ in rows)
    return Side(rows[0][0], records, frozenset(context for *_, context in rows if context), is_person)
