"""Links in doubt and the ledger of judgements as an analyst sees them: from the published file, which no run locks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.auditing import log, service
from flows.databases import published_open, warehouse_open
from flows.judging_sheet import doubts, write_doubts
from flows.lock import RunInProgress
from flows.settings import Settings
from warehouse.audit.entry import Kind

REASON = "review of links in doubt"
LEDGER = """
    select one.judgement_id, one.judgement, a.person_id, b.person_id, one.judged_by, one.judged_at, one.why, one.made_by,
        case
            when one.withdraws is not null then 'withdraws ' || one.withdraws
            when withdrawal.judgement_id is not null then 'withdrawn by ' || withdrawal.judgement_id
            else coalesce(state.state, 'waits for the next night')
        end as state
    from {judgement} as one
    left join {state} as state using (judgement_id)
    left join {judgement} as withdrawal on withdrawal.withdraws = one.judgement_id
    left join people.person_record as a on a.source = one.source_a and a.record_id = one.record_a
    left join people.person_record as b on b.source = one.source_b and b.record_id = one.record_b
    order by one.judgement_id"""
PUBLISHED_LEDGER = """
    select judgement_id, judgement, person_of_a, person_of_b, judged_by, judged_at, why, made_by, state from analyst.judgements order by judgement_id"""


def look_at_doubts(settings: Settings, most: int, *, with_unsure: bool) -> tuple[list[str], int]:
    """The first pairs in doubt, two lines each, and how many there are; that they were looked at is logged."""
    with published_open(settings) as con:
        _, rows = doubts(con, with_unsure=with_unsure)
    _log(settings, Kind.consultation, rows[:most])
    return [line for row in rows[:most] for line in _told(row)], len(rows)


def export_doubts(settings: Settings, file: Path, *, with_unsure: bool) -> int:
    """Writes all pairs in doubt to a sheet; that it was handed out is logged."""
    with published_open(settings) as con:
        columns, rows = doubts(con, with_unsure=with_unsure)
    _log(settings, Kind.disclosure, rows)
    write_doubts(file, columns, rows)
    return len(rows)


def _log(settings: Settings, kind: Kind, rows: list[tuple[object, ...]]) -> None:
    people = sorted({str(person) for row in rows for person in (row[0], row[6])})
    log(
        settings,
        kind,
        f"links in doubt, {len(rows)} pairs of people",
        people,
        recipient=service() if kind is Kind.disclosure else None,
        why=REASON,
    )


def _told(row: tuple[object, ...]) -> list[str]:
    a, b, (chance, why, judged) = row[:6], row[6:12], row[12:]
    likely = "not weighed" if chance is None else f"{chance:.0%}"
    return [f"{_person(a)}  |  {_person(b)}", f"    {likely}: {why}" + (f" (judged {judged})" if judged else "")]


def _person(person: tuple[object, ...]) -> str:
    person_id, name, born, _, district, records = person
    when = f"{born:%d.%m.%Y}" if isinstance(born, date) else "no date of birth"
    return f"{person_id} {name or 'not shown'}, {when}, {district or 'no district'}, {records or 0} records"


def ledger(settings: Settings) -> tuple[list[str], list[str]]:
    """The ledger as lines, and a note where it may not be the newest: while a run is at work, it is the published one."""
    try:
        with warehouse_open(settings, "people", wait_seconds=0) as con:
            has_state = con.execute(
                "select 1 from duckdb_tables() where schema_name = 'people' and table_name = 'judgement_state'"
            ).fetchall()
            state = "people.judgement_state" if has_state else "(select 0 as judgement_id, '' as state)"
            rows = con.execute(LEDGER.format(judgement="people.judgement", state=state)).fetchall()
            note = []
    except RunInProgress:
        with published_open(settings) as con:
            rows = con.execute(PUBLISHED_LEDGER).fetchall()
        note = ["! A run is at work: this is the ledger as last published. Try again later for what has been judged since."]
    lines = [
        f"{number:>5}  {word:<10}{a or '-':<14} {b or '-':<14} {at:%Y-%m-%d %H:%M}  {by}{' (model)' if made_by == 'model' else ''}: {why}  [{state}]"
        for number, word, a, b, by, at, why, made_by, state in rows
    ]
    return lines or ["No judgements yet: forewarn people review lists the pairs in doubt."], note
