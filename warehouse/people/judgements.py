"""The ledger of judgements: who said of which records that they are one person, two, or that it cannot be told; rows are only ever added.

A judgement stands on records, so that it holds whatever becomes of person ids, the model and every table made anew. It is withdrawn by a
further row. Of two judgements on the same two the later holds, a person's before a model's; one that contradicts several in a chain is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.people.settled import Judgement, Settled, settle

if TYPE_CHECKING:
    import duckdb

WORDS = ("same", "different", "unsure")
LEDGER = """(judgement_id integer, judgement varchar, source_a varchar, record_a varchar, source_b varchar, record_b varchar,
    judged_by varchar, why varchar, made_by varchar, judged_at timestamp, written_at timestamp, withdraws integer)"""
TABLES = (
    f"people.judgement {LEDGER}",
    "people.judged_record (judgement_id integer, side varchar, place integer, source varchar, record_id varchar, written varchar)",
    f"known.judgement {LEDGER}",
)


class JudgementContradicts(Exception):
    """A judgement says the opposite of what several earlier ones say together."""


class JudgementUnknown(Exception):
    """No judgement of this number can be withdrawn."""


class JudgementIncomplete(Exception):
    """A judgement lacks who made it, why, or a word that is known."""


@dataclass(frozen=True)
class Named:
    """One record of a side; `written` are the words of a mention, by which it is found again should its number change."""

    source: str
    record_id: str
    written: str | None = None

    @property
    def name(self) -> str:
        """`source:record_id`."""
        return f"{self.source}:{self.record_id}"


@dataclass(frozen=True)
class Said:
    """Who said it, why, on which day and moment it counts from, and when it was written down."""

    judged_by: str
    why: str
    judged_at: datetime
    written_at: datetime


@dataclass(frozen=True)
class Decision:
    """What somebody decided of two sides, each one record, or all of a person's with the one that stands for them first."""

    judgement: str
    side_a: tuple[Named, ...]
    side_b: tuple[Named, ...]
    said: Said
    made_by: str = "person"


@dataclass(frozen=True)
class Noted:
    """The judgement's number, whether it is new, and which earlier ones it takes the place of or brings back."""

    judgement_id: int
    is_new: bool
    replaced: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()


def create_ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Make the ledger where it is not there yet; nothing ever makes it anew."""
    for table in TABLES:
        con.execute(f"create table if not exists {table}")


def standing(con: duckdb.DuckDBPyConnection, ledger: str = "known.judgement") -> list[Judgement]:
    """The judgements that are not withdrawn, by what is known of them tonight or, with `people.judgement`, now.

    One of which a side has been erased decides nothing.
    """
    rows = con.execute(
        f"""select one.judgement_id, one.judgement, one.made_by = 'person',
            list(part.source || ':' || part.record_id order by part.place) filter (where part.side = 'a') as side_a,
            list(part.source || ':' || part.record_id order by part.place) filter (where part.side = 'b') as side_b
        from {ledger} as one join people.judged_record as part using (judgement_id)
        where one.withdraws is null and one.judgement_id not in (select withdraws from {ledger} where withdraws is not null)
        group by one.judgement_id, one.judgement, one.made_by
        having side_a is not null and side_b is not null
        order by one.judgement_id"""
    ).fetchall()
    return [Judgement(number, word, tuple(side_a), tuple(side_b), is_by_person) for number, word, is_by_person, side_a, side_b in rows]


def note(con: duckdb.DuckDBPyConnection, decision: Decision) -> Noted:
    """Add a judgement, unless one that says so already holds; its rows belong into one transaction of the caller's.

    Raises JudgementContradicts, JudgementIncomplete.
    """
    _check(decision)
    before = standing(con, "people.judgement")
    held = settle(before)
    number = _next_number(con)
    new = Judgement(number, decision.judgement, *_names(decision), decision.made_by == "person")
    known = _already(held, new)
    if known is not None:
        return Noted(known, False)
    after = settle([*before, new])
    lost = [one for one in after.set_aside if one not in held.set_aside]
    chain = [one for one in lost if not one.meets(new)]
    if chain or new in after.set_aside:
        raise JudgementContradicts(_explained(new, [one for one in before if one not in held.set_aside]))
    _write(con, number, decision)
    return Noted(number, True, tuple(sorted(one.judgement_id for one in lost)))


def withdraw(con: duckdb.DuckDBPyConnection, judgement_id: int, said: Said) -> Noted:
    """Add a row that withdraws a judgement; one whose place it had taken holds again. Raises JudgementUnknown, JudgementIncomplete."""
    _check_said(said)
    found = con.execute("select * from people.judgement where judgement_id = ? and withdraws is null", [judgement_id]).fetchall()
    if not found:
        raise JudgementUnknown(f"there is no judgement {judgement_id}: `forewarn people judgements` lists them all")
    if con.execute("select 1 from people.judgement where withdraws = ?", [judgement_id]).fetchall():
        raise JudgementUnknown(f"judgement {judgement_id} is withdrawn already: `forewarn people judgements` shows by whom")
    before = {one.judgement_id for one in settle(standing(con, "people.judgement")).taken}
    number = _next_number(con)
    row = [number, "withdrawn", *found[0][2:6], said.judged_by, said.why, "person", said.judged_at, said.written_at, judgement_id]
    con.execute("insert into people.judgement values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    after = {one.judgement_id for one in settle(standing(con, "people.judgement")).taken}
    return Noted(number, True, restored=tuple(sorted(after - before)))


def _check(decision: Decision) -> None:
    if decision.judgement not in WORDS:
        raise JudgementIncomplete(f"a judgement is one of {', '.join(WORDS)}")
    _check_said(decision.said)
    if {one.name for one in decision.side_a} & {one.name for one in decision.side_b}:
        raise JudgementIncomplete("both are one record or one person: name two records, or two people")


def _check_said(said: Said) -> None:
    if not said.judged_by.strip():
        raise JudgementIncomplete("a judgement needs the name of whoever makes it")
    if not said.why.strip():
        raise JudgementIncomplete("a judgement needs a reason that others can understand later")


def _names(decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the two sides that the judgement stands on: of `same` the one record of each that stands for it."""
    sides = tuple(tuple(one.name for one in side) for side in (decision.side_a, decision.side_b))
    side_a, side_b = (side[:1] for side in sides) if decision.judgement == "same" else sides
    return side_a, side_b


def _already(held: Settled, new: Judgement) -> int | None:
    """The number of a judgement that holds and says what the new one says."""
    saying = [one for one in held.on_the_same(new) if one.judgement == new.judgement and one.is_by_person >= new.is_by_person]
    return min((one.judgement_id for one in saying), default=None)


def _explained(new: Judgement, before: Sequence[Judgement]) -> str:
    """Which judgements stand against the new one: as few as contradict it together."""
    against = [one for one in _reached(new, before) if not one.meets(new)]
    for one in tuple(against):
        fewer = [other for other in against if other is not one]
        if settle(fewer).contradicts(new):
            against = fewer
    numbers = ", ".join(str(one.judgement_id) for one in against)
    return (
        f"`{new.judgement}` contradicts what {'judgement' if len(against) == 1 else 'judgements'} {numbers} "
        f"say{'s' if len(against) == 1 else ' together'}: look at them (forewarn people judgements), and withdraw what is wrong first"
    )


def _reached(new: Judgement, before: Sequence[Judgement]) -> list[Judgement]:
    """The judgements on records that a chain of judgements leads to from the new one's."""
    names, found = set(new.side_a + new.side_b), 0
    while len(names) > found:
        found = len(names)
        names.update(name for one in before if names.intersection(one.side_a + one.side_b) for name in one.side_a + one.side_b)
    return [one for one in before if names.intersection(one.side_a + one.side_b)]


def _next_number(con: duckdb.DuckDBPyConnection) -> int:
    [(number,)] = con.execute("select coalesce(max(judgement_id), 0) + 1 from people.judgement").fetchall()
    return int(number)


def _write(con: duckdb.DuckDBPyConnection, number: int, decision: Decision) -> None:
    if decision.judgement == "same":
        decision = replace(decision, side_a=decision.side_a[:1], side_b=decision.side_b[:1])
    a, b = decision.side_a[0], decision.side_b[0]
    said = [decision.said.judged_by, decision.said.why, decision.made_by, decision.said.judged_at, decision.said.written_at]
    con.execute(
        "insert into people.judgement values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        [number, decision.judgement, a.source, a.record_id, b.source, b.record_id, *said],
    )
    for side, records in (("a", decision.side_a), ("b", decision.side_b)):
        for place, one in enumerate(records):
            con.execute(
                "insert into people.judged_record values (?, ?, ?, ?, ?, ?)", [number, side, place, one.source, one.record_id, one.written]
            )
