"""Whole nights on drawn records: who is who, who stands in texts, what is in doubt, and that a later night equals a full relink."""

from __future__ import annotations

import random
from datetime import date, datetime

import duckdb
import pytest

from tests.warehouse.people.known import open_known, people_found, tell
from warehouse.people import kept_model
from warehouse.people.resolve import resolve_people

FORENAMES = """
adam bella callum divya ethan fatima george harriet isaac jasmine
kacper leanne mohammed niamh oscar priya reece saoirse tyrone zofia
"""
SURNAMES = """
ashby bains cartwright doyle eastwood farrow gill hussain ingram jarvis
kowalski lomax mensah nowak okafor patel quinn rai shaw turner
"""


def _night(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    con.execute("update known.as_of set as_of = ?", [as_of])


def _families(con: duckdb.DuckDBPyConnection) -> None:
    tell(con, "incident", "incident_id | district\n" + "\n".join(f"I{n} | E1" for n in range(1, 9)))
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | date_of_birth | sex | postcode | nominal_ref
        I1          | 1        | SUSPECT | DOYLE   | Callum    | 2001-03-09    | M   | AB1 2CD  | N1
        I2          | 1        | SUSPECT | Doyle   | Cal       | 2001-09-03    | M   | AB1 2CD  |
        I3          | 1        | VICTIM  | Doyle   | Ethan     | 2001-03-09    | M   | AB1 2CD  |
        I4          | 1        | SUSPECT | Shaw    | George    | 1970-05-06    | M   | AB3 4EF  |
        I5          | 1        | SUSPECT | Shaw    | George    | 1998-11-12    | M   | AB3 4EF  |
        I6          | 1        | VICTIM  | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH  |
        I6          | 2        | SUSPECT | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH  |
        I7          | 1        | VICTIM  | Kowalska| Zofia     | 1985-02-03    | F   | AB7 8IJ  |
    """)  # fmt: skip
    tell(con, "exclusion", """
        upn | school_urn | start_date | surname | forename | date_of_birth | sex | postcode
        U1  | 9          | 2015-01-05 | Doyle   | Callum   | 2001-03-09    | M   | AB1 2CD
    """)  # fmt: skip
    tell(con, "intelligence", """
        report_id | handling_code | text
        R1        | P             | Callum Doyle has fallen out with KOWALSKA, Zofia over money.
        R2/26     | C             | Callum Doyle has threatened Priya Ravenscroft in Doyle Street.
    """)  # fmt: skip
    tell(con, "intelligence_subject", """
        report_id | subject_no | surname | forenames | date_of_birth | sex
        R1        | 1          | Doyle   | Callum    | 2001-03-09    | M
        R2/26     | 1          | Doyle   | Callum    | 2001-03-09    | M
    """)  # fmt: skip


@pytest.fixture(scope="module")
def resolved() -> duckdb.DuckDBPyConnection:
    con = open_known()
    _families(con)
    resolve_people(con)
    return con


def test_records_of_all_sources_become_people(resolved: duckdb.DuckDBPyConnection) -> None:
    assert people_found(resolved) == [
        {"I1/1", "I2/1", "U1/9/2015-01-05", "R1/1", "R2/26/1"},
        {"I7/1", "R1/1"},
        {"I3/1"},
        {"I4/1"},
        {"I5/1"},
        {"I6/1"},
        {"I6/2"},
        {"R2/26/1"},
    ]


def test_what_contradicting_evidence_kept_apart_is_in_review(resolved: duckdb.DuckDBPyConnection) -> None:
    found = resolved.execute(
        "select a.display_name, b.display_name, why from people.link_review "
        "join people.person as a on a.person_id = person_a join people.person as b on b.person_id = person_b"
    ).fetchall()
    told = {(*sorted((a, b)), why) for a, b, why in found}
    assert ("Callum Doyle", "Ethan Doyle", "their forenames contradict each other") in told
    assert ("George Shaw", "George Shaw", "their dates of birth are clearly apart") in told
    assert ("Priya Rai", "Priya Rai", "both are named in one incident or report, so they are two people") in told


def test_where_people_stand_in_texts(resolved: duckdb.DuckDBPyConnection) -> None:
    spans = resolved.execute(
        "select report_id, written, record_source, record_id, person_id is not null from people.text_span order by report_id, span_start"
    ).fetchall()
    assert spans == [
        ("R1", "Callum Doyle", "intelligence_subject", "R1/1", True),
        ("R1", "KOWALSKA, Zofia", "intelligence_mention", "R1/1", True),
        ("R2/26", "Callum Doyle", "intelligence_subject", "R2/26/1", True),
        ("R2/26", "Priya Ravenscroft", "intelligence_mention", "R2/26/1", False),
    ]


def test_records_of_protected_reports_are_marked(resolved: duckdb.DuckDBPyConnection) -> None:
    marked = resolved.execute("select source, record_id from people.person_record where is_protected order by source").fetchall()
    assert marked == [("intelligence_mention", "R2/26/1"), ("intelligence_subject", "R2/26/1")]


def test_a_person_is_shown_as_most_records_have_them(resolved: duckdb.DuckDBPyConnection) -> None:
    row = resolved.execute(
        "select display_name, date_of_birth, sex, district, records from people.person order by records desc limit 1"
    ).fetchall()
    assert row == [("Callum Doyle", date(2001, 3, 9), "M", "E1", 5)]
    names = {name for (name,) in resolved.execute("select display_name from people.person").fetchall()}
    assert "Priya Ravenscroft" not in names, "known from a protected report alone"
    assert None in names


def test_the_same_night_again_changes_nothing() -> None:
    con = open_known()
    _families(con)
    resolve_people(con)
    before = con.execute("select * from people.person_record order by all").fetchall()
    again = resolve_people(con)
    assert (again.merged, again.split) == (0, 0)
    assert con.execute("select * from people.person_record order by all").fetchall() == before
    assert con.execute("select count(*) from people.person_change").fetchall() == [(0,)]


def test_nothing_known_is_no_failure() -> None:
    con = open_known()
    assert resolve_people(con).persons == 0
    assert con.execute("select count(*) from people.person").fetchall() == [(0,)]


def test_a_merge_keeps_an_id_and_is_told() -> None:
    con = open_known()
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | date_of_birth | nominal_ref
        I1          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | N1
        I2          | 1        | SUSPECT | Kenny   | Callum    |               | N2
    """)  # fmt: skip
    resolve_people(con)
    ids = dict(con.execute("select record_id, person_id from people.person_record").fetchall())
    assert ids["I1/1"] != ids["I2/1"]
    con.execute(
        "update known.incident_party set surname = 'Doyle', date_of_birth = '2001-03-09', nominal_ref = 'N1' where incident_id = 'I2'"
    )
    found = resolve_people(con)
    assert found.merged == 1
    kept, gone = ids["I1/1"], ids["I2/1"]
    assert set(con.execute("select person_id from people.person_record").fetchall()) == {(kept,)}
    assert con.execute("select * from people.person_change").fetchall() == [(date(2026, 6, 1), "merged", kept, gone, 1)]


def _street(count: int, seed: int) -> list[str]:
    """Party rows of a small town: each person several times, with slips of the pen, missing dates and places."""
    chance = random.Random(seed)
    people = [
        (
            chance.choice(SURNAMES.split()),
            chance.choice(FORENAMES.split()),
            date(chance.randint(1970, 2010), chance.randint(1, 12), chance.randint(1, 28)),
            f"AB{n % 9} {n % 7}CD",
        )
        for n in range(count)
    ]
    rows = []
    for n in range(count * 4):
        surname, forename, born, postcode = chance.choice(people)
        if chance.random() < 0.1:
            at = chance.randrange(len(surname) - 1)
            surname = surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :]
        shown = "" if chance.random() < 0.3 else str(born)
        rows.append(f"I{n // 2} | {n % 2 + 1} | SUSPECT | {surname} | {forename} | {shown} | {postcode if chance.random() < 0.7 else ''}")
    return rows


HEAD = "incident_id | party_no | role | surname | forenames | date_of_birth | postcode\n"


def test_a_later_night_compares_only_what_is_new_and_equals_a_full_relink(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    rows = _street(60, 3)
    nightly, at_once = open_known(date(2026, 2, 1)), open_known(date(2026, 3, 1))
    tell(nightly, "incident_party", HEAD + "\n".join(rows[:180]), "2025-08-01 12:00:00")
    first = resolve_people(nightly)
    assert (first.records_scored, first.is_full_relink) == (180, True)
    tell(nightly, "incident_party", HEAD + "\n".join(rows[180:]), "2026-02-10 12:00:00")
    nightly.execute("update known.incident_party set date_of_birth = null, postcode = null where incident_id = 'I3'")
    _night(nightly, date(2026, 3, 1))
    later = resolve_people(nightly)
    assert (later.records_scored, later.is_full_relink) == (len(rows) - 180 + 2, False)

    held = nightly.sql("select * from known.incident_party").pl()
    at_once.register("held", held)
    at_once.execute("insert into known.incident_party select * from held")
    assert resolve_people(at_once).is_full_relink
    assert people_found(nightly) == people_found(at_once)
    edges = "select record_a, record_b, round(match_weight, 9) from people.edge order by all"
    assert nightly.execute(edges).fetchall() == at_once.execute(edges).fetchall()


def test_whoever_is_known_by_a_correction_is_split_off_again() -> None:
    con = open_known()
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | date_of_birth | postcode
        I1          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | AB1 2CD
        I2          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | AB1 2CD
    """)  # fmt: skip
    resolve_people(con)
    con.execute("update known.incident_party set date_of_birth = '1971-06-27' where incident_id = 'I2'")
    assert resolve_people(con).split == 1
    assert people_found(con) == [{"I1/1"}, {"I2/1"}]
    assert con.execute("select change, records from people.person_change").fetchall() == [("split", 1)]


def test_versions_known_only_later_play_no_part() -> None:
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", "incident_id | party_no | role | surname | forenames\nI1 | 1 | SUSPECT | Doyle | Callum")
    con.execute("update known.incident_party set known_to = ?, is_current = false, counts = false", [datetime(2026, 1, 20)])
    tell(
        con,
        "incident_party",
        "incident_id | party_no | role | surname | forenames\nI1 | 1 | SUSPECT | Doyle | Cormac",
        "2026-01-20 00:00:00",
    )
    resolve_people(con)
    assert con.execute("select forename, known_from from people.record").fetchall() == [("cormac", datetime(2026, 1, 10, 12))]
