"""A mention is joined to a person only when the evidence singles one out; otherwise it is a person of its own, and in review."""

from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from warehouse.people.resolve import resolve_people

NAMESAKES = """
    incident_id | party_no | role    | surname | forenames | date_of_birth
    I1          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09
    I1          | 2        | SUSPECT | Mensah  | Tyrone    | 2000-05-06
    I2          | 1        | SUSPECT | Doyle   | Callum    | 1972-11-24
    I2          | 2        | SUSPECT | Rai     | Priya     | 1970-01-20
    I3          | 1        | VICTIM  | Kowalska| Zofia     | 1985-02-03
"""


def _told(text: str, subjects: str = "") -> duckdb.DuckDBPyConnection:
    con = open_known()
    tell(con, "incident_party", NAMESAKES)
    tell(con, "intelligence", f"report_id | handling_code | text\nR1 | P | {text}")
    if subjects:
        tell(con, "intelligence_subject", f"report_id | subject_no | surname | forenames | date_of_birth\n{subjects}")
    resolve_people(con)
    return con


def _meant(con: duckdb.DuckDBPyConnection) -> str | None:
    """The structured record whose person the first mention was joined to."""
    rows = con.execute("""
        select min(other.record_id) from people.person_record as mention
        left join people.person_record as other on other.person_id = mention.person_id and other.source = 'incident_party'
        where mention.source = 'intelligence_mention' and mention.record_id = 'R1/1'
    """).fetchall()
    return None if rows == [] else rows[0][0]


@pytest.mark.parametrize(
    ("text", "subjects", "meant"),
    [
        ("Zofia Kowalska is afraid.", "", "I3/1"),
        ("Callum Doyle is angry.", "", None),
        ("Callum Doyle has fallen out with Tyrone Mensah.", "R1 | 1 | Mensah | Tyrone | 2000-05-06", "I1/1"),
        ("Callum Doyle has fallen out with Priya Rai.", "R1 | 1 | Rai | Priya | 1970-01-20", "I2/1"),
        ("Callum Doyle, aged about 25, is angry.", "", "I1/1"),
        ("Callum Doyle is angry. Callum Doyle is about 53.", "", "I2/1"),
        ("Callum Doyle (b. 1972) is angry.", "", "I2/1"),
        ("C. Doyle has fallen out with Tyrone Mensah.", "R1 | 1 | Mensah | Tyrone | 2000-05-06", "I1/1"),
        ("DOYLE, C. HAS FALLEN OUT WITH PRIYA RAI.", "R1 | 1 | Rai | Priya | 1970-01-20", "I2/1"),
        ("Bartholomew Kowalska is afraid.", "", None),
    ],
)
def test_who_is_meant(text: str, subjects: str, meant: str | None) -> None:
    assert _meant(_told(text, subjects)) == meant


def test_a_street_name_that_another_text_gives_a_person_means_them() -> None:
    con = open_known()
    tell(con, "incident_party", NAMESAKES)
    tell(con, "intelligence", "report_id | handling_code | text\nR0 | P | Tyrone Mensah aka Shadow left.\nR1 | P | 'Shadow' has a blade.")
    tell(con, "intelligence_subject", "report_id | subject_no | surname | forenames | date_of_birth\nR0 | 1 | Mensah | Tyrone | 2000-05-06")
    resolve_people(con)
    assert _meant(con) == "I1/2"


def test_whoever_could_be_meant_is_in_review() -> None:
    con = _told("Callum Doyle is angry.")
    assert con.execute("select count(*) from people.text_span where person_id is null").fetchall() == [(1,)]
    found = con.execute("select why from people.link_review where why like 'named in a report%'").fetchall()
    assert found == [("named in a report's text; the name fits this person and others",)] * 2
