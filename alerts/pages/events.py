"""What passed between two people, as rows: one record and direction a row, with who did what to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alerts.english import short_day
from alerts.pages.page import Drawn, Side
from alerts.render.compose import SHOWN_DAYS, by_record, event_lines
from alerts.render.content import EventLine
from alerts.render.published import PairEvent, shown_event
from alerts.render.rows import rows
from alerts.render.wording import SOURCES, band, kind_words

if TYPE_CHECKING:
    import duckdb

Told = tuple[date, tuple[str, ...]]
COLUMNS = ("Date", "Source", "What", "Who to whom", "Severity", "Grade", "Record", "In the record's words")
VICTIM = {"VICTIM", "SAID TO BE TARGET"}
ONLY_VICTIM = "is known only as a victim in what is between them: someone at risk, not a party."


def events_of(con: duckdb.DuckDBPyConnection, pair_ids: Sequence[str]) -> dict[str, list[PairEvent]]:
    """The events of each pair."""
    found: dict[str, list[PairEvent]] = {pair: [] for pair in pair_ids}
    for row in rows(con, _EVENTS, [list(pair_ids)]):
        found[row["pair_id"]].append(shown_event(row))
    return found


def only_victims(events: Sequence[PairEvent]) -> set[str]:
    """The sides (a, b) that are known only as victims in what may be shown of adverse events."""
    adverse = [event for event in events if event.stance == "adverse" and not event.is_protected]
    roles = {
        "a": {event.role_a for event in adverse if not is_neutral(event.role_a, event.kind)} - {None},
        "b": {event.role_b for event in adverse if not is_neutral(event.role_b, event.kind)} - {None},
    }
    return {side for side, had in roles.items() if had and had <= VICTIM}


def is_neutral(role: str | None, kind: str) -> bool:
    """To be named in a dispute, or in fear of each other, is no act of anybody's (as in analyst.flagged_people)."""
    return role == "NAMED" and kind in ("dispute", "fear")


def told(events: Sequence[PairEvent], names: Mapping[str, str]) -> list[Told]:
    """The rows of one pair's events, newest first, each with its day; `names` by side."""
    lines = list(event_lines(list(events), only_victims(events)))
    records = list(by_record(list(events)))
    return [_row(line, record[0], names) for line, record in zip(lines, reversed(records), strict=True)]


def drawn(events: Sequence[PairEvent], names: Mapping[str, str], as_of: date) -> Drawn:
    """What the drawing shows: the last 12 months, without records that only name the two together."""
    since = as_of - timedelta(days=SHOWN_DAYS)
    recent = [one for one in events if one.occurred_at.date() > since and not (one.stance == "contact" and one.severity == 0)]
    return Drawn(Side(names["a"]), Side(names["b"]), tuple(event_lines(recent, only_victims(events))))


def record_shown(source: str | None, record_id: str | None) -> str:
    """The number of a record; of a school record the school and the day, since the pupil's number is for education use only."""
    if source != "exclusion":
        return record_id or ""
    school, _, day = (record_id or "").partition("/")[2].rpartition("/")
    return f"school {school}, {day}" if day else ""


def _row(line: EventLine, event: PairEvent, names: Mapping[str, str]) -> Told:
    when = f"{short_day(line.occurred_on)} {line.time}".strip()
    late = f" (known {short_day(line.known_late_on)})" if line.known_late_on else ""
    if line.is_protected:
        what = "Protected intelligence: nothing more may be shown"
        return line.occurred_on, (when + late, "Intelligence, an assessment", what, "", band(event.severity), line.grade, "", "")
    source = SOURCES.get(line.source, line.source) + (", an assessment" if line.source == "intelligence" else "")
    what = kind_words(line.kinds) + (f", {line.weapon}" if line.weapon else "") + (" (SERIOUS)" if line.is_serious else "")
    record = record_shown(line.source, event.record_id)
    return line.occurred_on, (when + late, source, what, _who(line, names), band(event.severity), line.grade, record, _flat(event.summary))


def _who(line: EventLine, names: Mapping[str, str]) -> str:
    roles = {"a": line.role_a, "b": line.role_b}
    part = {side: names[side] + (f" ({roles[side]})" if roles[side] else "") for side in "ab"}
    if not line.sides:
        return f"{part['a']} and {part['b']}"
    one, other = line.sides
    return f"{part[other]} in fear of {part[one]}" if line.kinds[0] == "fear" else f"{part[one]} → {part[other]}"


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


_EVENTS = """
    select pair_id, occurred_at, known_at, source, record_id, kind, stance, direction, coalesce(severity, 0) as severity,
        coalesce(serious or serious_domestic, false) as serious, summary, nullif(weapon, 'NONE') as weapon, grade, is_protected, role_a, role_b
    from analyst.pair_timeline where pair_id in (select unnest($1)) order by all
"""
