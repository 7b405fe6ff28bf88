"""What is to be erased: the records of an order or of a review that is due, with the words that must be found nowhere afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from warehouse.retention.holds import standing
from warehouse.retention.tombstones import EXTRACT_OF
from warehouse.wholes import WHOLE_ID, WHOLE_OF, own_or_whole_id, whole_id

if TYPE_CHECKING:
    import duckdb

Record = tuple[str, str]  # source, record_id

PARTS = {"incident": "incident_party", "intelligence": "intelligence_subject"}
NUMBERS = ("nominal_ref", "upn")
PERSONAL = (*NUMBERS, "surname", "preferred_surname", "forenames", "forename", "alias")
LEAST_LENGTH = 3
"""Shorter names and numbers stand in too many other words to be searched for."""


class NothingToErase(ValueError):
    """An order names a person or record that is not held here."""


class Held(Exception):
    """What an order names is under legal hold."""


@dataclass(frozen=True)
class Targets:
    """Records to erase; the persons whose trace goes with them; how texts name those persons, by report or incident."""

    records: frozenset[Record]
    persons: frozenset[str] = frozenset()
    words: dict[Record, tuple[str, ...]] = field(default_factory=dict)


def of_person(con: duckdb.DuckDBPyConnection, person_id: str) -> Targets:
    """All records of a person, and where texts name them. Raises NothingToErase, Held."""
    found = con.execute("select source, record_id from people.person_record where person_id = ?", [person_id]).fetchall()
    if not found:
        raise NothingToErase(f"{person_id}: no such person: look them up in analyst.people")
    records = frozenset((source, record_id) for source, record_id in found if source != "intelligence_mention")
    named = con.execute(
        "select report_id, list(distinct written order by written) from people.text_span where person_id = ? group by report_id",
        [person_id],
    ).fetchall()
    words = {("intelligence", report): tuple(written) for report, written in named}
    return _unless_held(con, Targets(records, frozenset({person_id}), words | _names_in_summaries(con, records)))


def of_record(con: duckdb.DuckDBPyConnection, source: str, record_id: str) -> Targets:
    """A record, with its parts when it is a whole incident or report. Raises NothingToErase, Held."""
    records = _with_parts(con, {(source, record_id)}) if source in EXTRACT_OF else frozenset()
    if not any(_is_there(con, *record) for record in records):
        raise NothingToErase(f"{source} {record_id}: no such record: the sources are {', '.join(EXTRACT_OF)}")
    return _unless_held(con, Targets(records))


def due(con: duckdb.DuckDBPyConnection, as_of: date) -> Targets:
    """Every record whose review date has come by `as_of` and that is not held; reads ops.review_date."""
    rows = con.execute("select source, record_id from ops.review_date where review_on <= ?", [as_of]).fetchall()
    held = _held(con)
    return Targets(_with_parts(con, {(source, record) for source, record in rows if not held & {(source, record)}}))


def _is_there(con: duckdb.DuckDBPyConnection, source: str, record_id: str) -> bool:
    return bool(con.execute(f"select 1 from core.received_{source} where record_id = ? limit 1", [record_id]).fetchall())


def _with_parts(con: duckdb.DuckDBPyConnection, records: set[Record]) -> frozenset[Record]:
    """The records, and the parties and subjects of those that are whole incidents or reports."""
    parts: set[Record] = set()
    for whole, part in PARTS.items():
        ids = [record_id for source, record_id in records if source == whole]
        rows = con.execute(
            f"select distinct record_id from core.received_{part} where {WHOLE_ID.format('record_id')} in (select unnest($ids::varchar[]))",
            {"ids": ids},
        ).fetchall()
        parts |= {(part, record_id) for (record_id,) in rows}
    return frozenset(records | parts)


def _held(con: duckdb.DuckDBPyConnection) -> set[Record]:
    held = {(hold.source, hold.record_id) for hold in standing(con)}
    return held | {(WHOLE_OF[source], whole_id(record_id)) for source, record_id in held if source in WHOLE_OF}


def _unless_held(con: duckdb.DuckDBPyConnection, targets: Targets) -> Targets:
    held = _held(con)
    wholes = {(WHOLE_OF.get(source, source), own_or_whole_id(source, record_id)) for source, record_id in targets.records}
    under_hold = (targets.records | wholes) & held
    if under_hold:
        raise Held(f"{len(under_hold)} of the records are under legal hold: `forewarn retention holds` shows which; lift the hold first")
    return targets


def _names_in_summaries(con: duckdb.DuckDBPyConnection, records: frozenset[Record]) -> dict[Record, tuple[str, ...]]:
    """The names by which the summaries of a person's incidents may call them: each surname, forename and alias recorded there."""
    words: dict[Record, set[str]] = {}
    ids = [record_id for source, record_id in records if source == "incident_party"]
    rows = con.execute(
        "select incident_id, surname, forenames, alias from core.incident_party where record_id in (select unnest($ids::varchar[]))",
        {"ids": ids},
    ).fetchall()
    for incident_id, *names in rows:
        parts = {part for name in names if name for part in (name, *name.split())}
        words.setdefault(("incident", incident_id), set()).update(part for part in parts if len(part) > 2)
    return {record: tuple(sorted(names, key=lambda name: (-len(name), name))) for record, names in words.items()}


def only_theirs(con: duckdb.DuckDBPyConnection, targets: Targets) -> frozenset[str]:
    """The full names and numbers in the records of the persons to erase that are nobody else's. Empty for an order on records alone: their people
    stay. A name is somebody else's where all its words stand among the names of one of their records, in whatever order and beside whichever others.
    """
    if not targets.persons:
        return frozenset()
    numbers: dict[bool, set[str]] = {True: set(), False: set()}
    names: set[str] = set()
    bags: list[frozenset[str]] = list(_names_as_compared(con, targets))
    for source in ("incident_party", "intelligence_subject", "exclusion"):
        columns = [name for name in PERSONAL if name in _fields(con, source)]
        rows = con.execute(
            f"select record_id in (select unnest($ids::varchar[])), {', '.join(f'content.{name}' for name in columns)} from core.received_{source}",
            {"ids": [record_id for _, record_id in targets.records]},
        ).fetchall()
        for is_target, *values in rows:
            row = dict(zip(columns, values, strict=True))
            numbers[is_target] |= {value for name in NUMBERS if (value := row.get(name))}
            if is_target:
                names |= _full_names(row)
            else:
                bags.append(_words(*(value for name, value in row.items() if name not in NUMBERS)))
    of_others = {number.casefold() for number in numbers[False]}
    alone = {number for number in numbers[True] if number.casefold() not in of_others}
    return frozenset(phrase for phrase in alone | _borne_by_none(names, bags) if len(phrase) > LEAST_LENGTH)


def _borne_by_none(names: set[str], bags: list[frozenset[str]]) -> set[str]:
    """The names whose words no bag holds all of."""
    sought = frozenset().union(*map(_words, names))
    holding: dict[str, set[int]] = {word: set() for word in sought}
    for number, bag in enumerate(bags):
        for word in bag & sought:
            holding[word].add(number)
    return {name for name in names if (words := _words(name)) and not set.intersection(*(holding[word] for word in words))}


def _names_as_compared(con: duckdb.DuckDBPyConnection, targets: Targets) -> list[frozenset[str]]:
    """The names of other people as the linkage cleaned them (without accents, parts apart) and as they are shown."""
    rows = con.execute(
        """select concat_ws(' ', full_name, array_to_string(surname_parts, ' ')) from people.record where (source, record_id) not in (
               select (source, record_id) from people.person_record where person_id in (select unnest($persons::varchar[])))
           union all select display_name from people.person where person_id not in (select unnest($persons::varchar[]))""",
        {"persons": sorted(targets.persons)},
    ).fetchall()
    return [_words(name) for (name,) in rows]


def _words(*names: str | None) -> frozenset[str]:
    return frozenset(word for name in names if name for word in re.split(r"[\s,]+", name.casefold()) if word)


def known_from(con: duckdb.DuckDBPyConnection, targets: Targets) -> str | None:
    """The day from which the first of the records was known, in ISO form: models trained since then learned from it."""
    [(day,)] = con.execute(
        "select min(known_from)::date from core.version where record_id in (select unnest($ids::varchar[]))",
        {"ids": [record_id for _, record_id in targets.records]},
    ).fetchall()
    return day.isoformat() if isinstance(day, date) else None


def needles(targets: Targets, theirs: frozenset[str]) -> list[str]:
    """What must be found nowhere once the targets are gone: their keys, and the names and numbers that are theirs alone.

    The key of a subject whose report stays is left out: people mentioned in its text are numbered anew, and one of them may get it.
    """
    reports = {record_id for source, record_id in targets.records if source == "intelligence"}
    keys = {record_id for source, record_id in targets.records if source != "intelligence_subject" or whole_id(record_id) in reports}
    return sorted(theirs | keys)


def _fields(con: duckdb.DuckDBPyConnection, source: str) -> set[str]:
    rows = con.execute(f"select unnest(struct_keys(content)) from (select content from core.received_{source} limit 1)").fetchall()
    return {name for (name,) in rows}


def _full_names(row: dict[str, str | None]) -> set[str]:
    """Forename and surname together, in each way they are written: one of them alone is many people's."""
    forenames, surname = row.get("forenames") or row.get("forename"), row.get("surname")
    ways = ("{0} {1}", "{1} {0}", "{1}, {0}", "{1},{0}", "{0},{1}")
    return {way.format(forenames, surname) for way in ways} if forenames and surname else set()
