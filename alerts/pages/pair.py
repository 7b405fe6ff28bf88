"""The page of a pair: who they are, what passed between them, how it scores and why, and what the linkage rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from alerts.english import long_date
from alerts.pages.around import feuds, others, reviews
from alerts.pages.events import COLUMNS, ONLY_VICTIM, drawn, events_of, only_victims, told
from alerts.pages.links import doubts, links
from alerts.pages.page import Page, Section
from alerts.pages.people import Known, known_people, pair_said
from alerts.pages.scores import history, outlook, reasons, standing
from alerts.render.partnerships import District

if TYPE_CHECKING:
    import duckdb

DOMESTIC = "A domestic pair: for the specialist route only. No mediation, no joint meeting, no contact with both."
ASSESSMENT = "Scores, feuds and intelligence are assessments, not findings; a role on a record is not a finding of guilt."


def pair_page(con: duckdb.DuckDBPyConnection, said: str, districts: Mapping[str, District], pathways: Mapping[str, str]) -> Page:
    """The page of the pair that `said` names by its id; `con` is the published database. Raises NotThere."""
    pair_id = pair_said(con, said)
    person_a, person_b = pair_id.split("-")
    known = known_people(con, (person_a, person_b), districts)
    one, other = known[person_a], known[person_b]
    [(lane, first, last)] = con.execute(
        "select lane, first_contact::date, last_contact::date from analyst.pairs where pair_id = ?", [pair_id]
    ).fetchall()
    [(run_id, as_of)] = con.execute("select run_id, as_of from analyst.run").fetchall()
    events, names = events_of(con, [pair_id])[pair_id], {"a": one.name, "b": other.name}
    victims = [f"{names[side]} {ONLY_VICTIM}" for side in sorted(only_victims(events))]
    timeline = tuple(row for _, row in told(events, names))
    said_of = f"{len(timeline)} entries, newest first: one a record and direction. An arrow points from who acted to whom it was done."
    sections = (
        _who((one, other)),
        reasons(con, pair_id),
        outlook(con, pair_id),
        history(con, pair_id),
        Section("What passed between them", said_of, COLUMNS, timeline),
        reviews(con, [pair_id], pathways),
        feuds(con, [person_a, person_b]),
        others(con, person_a, one.name, pair_id),
        others(con, person_b, other.name, pair_id),
        links(con, one),
        links(con, other),
        doubts(con, [one, other]),
    )
    contact = f"In contact from {long_date(first)} to {long_date(last)}; lane {lane}."
    return Page(
        title=f"{one.called} and {other.called}",
        ids=pair_id,
        as_of=as_of,
        run_id=str(run_id),
        lines=(standing(con, pair_id), contact, ASSESSMENT),
        heed=(*one.heed, *other.heed, *victims, *((DOMESTIC,) if lane == "domestic" else ())),
        sections=sections,
        shown=frozenset({pair_id, person_a, person_b}),
        drawn=drawn(events, names, as_of),
    )


def _who(people: tuple[Known, ...]) -> Section:
    return Section(
        "Who they are",
        "As most often recorded.",
        ("Person", "Born", "Age", "Sex", "District", "Records", "Id"),
        tuple(
            (one.name, f"{one.born:%d.%m.%Y}" if one.born else "not known", str(one.age if one.age is not None else "not known"), one.sex,
             one.district, str(one.records), one.person_id)
            for one in people
        ),
    )  # fmt: skip
