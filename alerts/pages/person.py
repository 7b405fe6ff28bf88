"""The page of a person: with whom there is conflict, everything that passed, the feuds, the records and what holds them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from alerts.english import counted, long_date, short_day
from alerts.pages.around import feuds, others, reviews
from alerts.pages.events import COLUMNS, ONLY_VICTIM, Told, events_of, only_victims, record_shown, told
from alerts.pages.links import doubts, links
from alerts.pages.page import Page, Section, share
from alerts.pages.pair import ASSESSMENT
from alerts.pages.people import known_people, person_said
from alerts.render.partnerships import District
from alerts.render.rows import rows
from alerts.render.wording import STATUSES

if TYPE_CHECKING:
    import duckdb

SOURCES = {
    "incident_party": "party of an incident",
    "intelligence_subject": "subject of a report",
    "intelligence_mention": "named in a report's text",
    "exclusion": "school suspension or exclusion",
}


def person_page(con: duckdb.DuckDBPyConnection, said: str, districts: Mapping[str, District], pathways: Mapping[str, str]) -> Page:
    """The page of the person that `said` names by id or full name; `con` is the published database. Raises NotThere."""
    person_id = person_said(con, said)
    one = known_people(con, [person_id], districts)[person_id]
    [(run_id, as_of)] = con.execute("select run_id, as_of from analyst.run").fetchall()
    pairs = [pair for (pair,) in con.execute("select pair_id from analyst.pairs where $1 in (person_a, person_b)", [person_id]).fetchall()]
    timeline, is_only_victim = _timeline(con, person_id, pairs, districts)
    sections = (
        others(con, person_id, one.name),
        _listed(con, person_id),
        Section("What passed with others", f"{len(timeline)} entries, newest first.", COLUMNS, tuple(row for _, row in timeline)),
        reviews(con, pairs, pathways),
        feuds(con, [person_id]),
        _records(con, person_id),
        links(con, one),
        doubts(con, [one]),
    )
    born = f"born {long_date(one.born)}" if one.born else "date of birth not known"
    return Page(
        title=one.called,
        ids=person_id,
        as_of=as_of,
        run_id=str(run_id),
        lines=(f"{born[0].upper()}{born[1:]}, sex {one.sex}, {one.district}, {counted(one.records, 'record')} that may be shown, "
               f"in contact with {counted(len(pairs), 'other')}.", ASSESSMENT),
        heed=(*one.heed, *((f"{one.name} {ONLY_VICTIM.replace('what is between them', 'all that is known of adverse events')}",) if is_only_victim else ())),
        sections=sections,
        shown=frozenset({person_id, *pairs}),
    )  # fmt: skip


def _timeline(
    con: duckdb.DuckDBPyConnection, person_id: str, pairs: list[str], districts: Mapping[str, District]
) -> tuple[list[Told], bool]:
    """Everything that passed with anyone, newest first; and whether the person is known only as a victim in all of it."""
    names = {key: known.name for key, known in known_people(con, {side for pair in pairs for side in pair.split("-")}, districts).items()}
    found: list[Told] = []
    victim: list[bool] = []
    for pair, events in events_of(con, pairs).items():
        sides = dict(zip("ab", pair.split("-"), strict=True))
        found += told(events, {side: names[known] for side, known in sides.items()})
        mine = next(side for side, known in sides.items() if known == person_id)
        if any(event.stance == "adverse" and not event.is_protected for event in events):
            victim.append(mine in only_victims(events))
    return sorted(found, key=lambda row: row[0], reverse=True), bool(victim) and all(victim)


def _listed(con: duckdb.DuckDBPyConnection, person_id: str) -> Section:
    found = rows(con, _LISTED, [person_id])
    return Section(
        "On which lists",
        "Every list that is kept and had a pair of this person, newest first.",
        ("As of", "List", "With", "Score", "Status", "First reason"),
        tuple(
            (short_day(one["as_of"]), f"{one['lane']} no. {one['rank']}", one["name"], share(one["score"]),
             STATUSES.get(one["status"], one["status"]), (one["reasons"] or [""])[0])
            for one in found
        ),
        "On none.",
    )  # fmt: skip


def _records(con: duckdb.DuckDBPyConnection, person_id: str) -> Section:
    found = rows(con, _RECORDS, [person_id])
    return Section(
        "Records",
        "The records taken to be about this person, and how sure that is; protected reports are left out.",
        ("Source", "Record", "How sure", "Due for review"),
        tuple(
            (SOURCES.get(one["source"], one["source"]), record_shown(one["source"], one["record_id"]), share(one["match_probability"]),
             str(one["review_on"] or "") + (" (held)" if one["is_held"] else ""))
            for one in found
        ),
        "None that may be shown.",
    )  # fmt: skip


_LISTED = """
    select flag.as_of, flag.lane, flag.rank, flag.score, flag.status, flag.reasons, people.display_name as name
    from analyst.flag_history as flag
    left join analyst.people on people.person_id = if(flag.person_a = $1, flag.person_b, flag.person_a)
    where $1 in (flag.person_a, flag.person_b) order by flag.as_of desc, flag.lane, flag.rank
"""
_RECORDS = """
    select record.source, record.record_id, record.match_probability, due.review_on, due.is_held
    from analyst.person_records as record
    left join analyst.review_dates as due
        on due.source = case record.source when 'incident_party' then 'incident' when 'exclusion' then 'exclusion' else 'intelligence' end
        and due.record_id = if(record.source = 'exclusion', record.record_id, regexp_replace(record.record_id, '/[^/]*$', ''))
    where record.person_id = $1 order by record.match_probability, record.source, record.record_id
"""
