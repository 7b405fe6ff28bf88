"""Judgements from the command: whom an analyst means, from when it counts, what to be warned of, and the entry in the log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from flows.auditing import log
from flows.clock import now_in_london
from flows.settings import Settings
from warehouse.audit.entry import Kind
from warehouse.people.judgements import Decision, Noted, Said, note, withdraw
from warehouse.people.sides import Side, find_side
from warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

END_OF_DAY = time(23, 59, 59)


class DateRefused(Exception):
    """A judgement cannot count from this day."""


@dataclass(frozen=True)
class Judged:
    """What was noted of a judgement, and what whoever made it should know."""

    noted: Noted
    counts_from: date
    people: tuple[str, str]
    warnings: tuple[str, ...] = ()


def moment(con: duckdb.DuckDBPyConnection, as_of: date | None) -> Said:
    """From when a judgement made now counts: now, or the end of a day that the last night has not gone beyond. Raises DateRefused."""
    now = now_in_london()
    if as_of is None or as_of == now.date():
        return Said("", "", now, now)
    last = last_night(con)
    if as_of > now.date():
        raise DateRefused(f"{as_of} has not come yet: a judgement counts from today on")
    if last is not None and as_of < last:
        raise DateRefused(f"{as_of} is before the last night ({last}), which did not know of it: give that day or a later one")
    return Said("", "", datetime.combine(as_of, END_OF_DAY), now)


def last_night(con: duckdb.DuckDBPyConnection) -> date | None:
    """The as-of date of the last night."""
    if not con.execute("select 1 from duckdb_tables() where schema_name = 'known' and table_name = 'as_of'").fetchall():
        return None
    [(day,)] = con.execute("select max(as_of) from known.as_of").fetchall()
    return day if isinstance(day, date) else None


def judge(settings: Settings, con: duckdb.DuckDBPyConnection, word: str, sides: tuple[Side, Side], said: Said) -> Judged:
    """Notes a judgement and logs it, both or neither. Raises JudgementContradicts, JudgementIncomplete, LogBroken."""
    a, b = sides
    with transaction(con):
        noted = note(con, Decision(word, a.records, b.records, said))
        if noted.is_new:
            log(
                settings,
                Kind.alteration,
                f"judgement {noted.judgement_id}: {word}",
                sorted({a.person_id, b.person_id}),
                who=said.judged_by,
                why=f"as the ledger has it, judgement {noted.judgement_id}",
            )
    return Judged(noted, said.judged_at.date(), (a.person_id, b.person_id), _warnings(word, a, b))


def take_back(settings: Settings, con: duckdb.DuckDBPyConnection, number: int, said: Said) -> Noted:
    """Withdraws a judgement and logs it, both or neither. Raises JudgementUnknown, JudgementIncomplete, LogBroken."""
    with transaction(con):
        noted = withdraw(con, number, said)
        log(
            settings,
            Kind.alteration,
            f"judgement {noted.judgement_id}: withdraws {number}",
            [f"judgement:{number}"],
            who=said.judged_by,
            why=f"as the ledger has it, judgement {noted.judgement_id}",
        )
    return noted


def find_sides(con: duckdb.DuckDBPyConnection, a: str, b: str) -> tuple[Side, Side]:
    """The two whom an analyst names; a person and one of their own records are that record and all the others.

    Raises PersonUnknown, RecordUnknown, RecordAmbiguous.
    """
    side_a, side_b = find_side(con, a), find_side(con, b)
    if side_a.person_id == side_b.person_id and side_a.is_person != side_b.is_person:
        return _without(side_a, side_b), _without(side_b, side_a)
    return side_a, side_b


def _without(side: Side, other: Side) -> Side:
    """A person without the other side's record; a record as it is."""
    rest = tuple(one for one in side.records if one not in other.records)
    return replace(side, records=rest) if side.is_person and rest else side


def _warnings(word: str, a: Side, b: Side) -> tuple[str, ...]:
    if word == "same" and (together := sorted(a.contexts & b.contexts)):
        return (
            f"both are named in {' and in '.join(together)}: two people of one incident or report are hardly ever one. "
            "The judgement is kept, and holds; withdraw it if that was not meant.",
        )
    if word == "unsure" and a.person_id == b.person_id:
        return (f"both belong to {a.person_id} now: `unsure` leaves them so; judge `different` to part them.",)
    if word == "same" and a.person_id == b.person_id:
        return (f"both belong to {a.person_id} already: from now on they do whatever the evidence says.",)
    return ()
