"""The evidence of links: it adds up to what linked, is there for every link that holds people together, and for any two records when asked."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from warehouse.build import SQL_FOLDER
from warehouse.people.comparisons import COMPARISONS
from warehouse.people.resolve import resolve_people
from warehouse.people.sides import RecordUnknown
from warehouse.people.waterfall import as_page, as_svg, record_shown
from warehouse.people.why import Why, find_why


@pytest.fixture(scope="module")
def resolved() -> duckdb.DuckDBPyConnection:
    con = open_known()
    tell(con, "incident", "incident_id | district\n" + "\n".join(f"I{n} | E1" for n in range(1, 7)))
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames    | alias | date_of_birth | sex | postcode | nominal_ref
        I1          | 1        | SUSPECT | DOYLE   | Callum James | Jinx  | 2001-03-09    | M   | AB1 2CD  | N1
        I2          | 1        | SUSPECT | Doyle   | Cal          |       | 2001-09-03    | M   | AB1 2CD  |
        I3          | 1        | SUSPECT | Doyle   | Callum       | Jinx  | 2001-03-09    |     |          | N1
        I4          | 1        | VICTIM  | Doyle   | Callum       |       |               | M   | AB1 2CD  |
        I5          | 1        | SUSPECT | Shaw    | George       |       | 1970-05-06    | M   | AB3 4EF  |
        I6          | 1        | SUSPECT | Shaw    | George       |       | 1998-11-12    | M   | AB3 4EF  |
    """)  # fmt: skip
    tell(con, "exclusion", """
        upn | school_urn | start_date | surname | forename | date_of_birth | sex | postcode
        U1  | 9          | 2015-01-05 | Doyle   | Callum   | 2001-03-09    | M   | AB1 2CD
    """)  # fmt: skip
    tell(con, "intelligence", "report_id | handling_code | text\nR1 | C | Callum Doyle has a knife.")
    tell(con, "intelligence_subject", """
        report_id | subject_no | surname | forenames | date_of_birth | sex
        R1        | 1          | Doyle   | Callum    | 2001-03-09    | M
    """)  # fmt: skip
    resolve_people(con)
    return con


def analyst_rows(con: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[object, ...]]:
    query = (SQL_FOLDER / "analyst" / "link_evidence.sql").read_text(encoding="utf-8")
    return con.execute(f"select {columns} from ({query})").fetchall()


def test_the_weights_of_a_link_add_up_to_its_match_weight(resolved: duckdb.DuckDBPyConnection) -> None:
    off = resolved.execute(
        "select count(*), max(abs(together - match_weight)) from "
        "(select record_a, record_b, sum(weight) as together from people.link_evidence group by all) join people.edge using (record_a, record_b)"
    ).fetchall()
    [(links, most)] = off
    assert links == 5
    assert most < 1e-6


def test_a_person_of_n_records_has_n_less_one_links(resolved: duckdb.DuckDBPyConnection) -> None:
    [(records, people)] = resolved.execute(
        "select count(*), count(distinct person_id) from people.person_record where source <> 'intelligence_mention'"
    ).fetchall()
    assert resolved.execute("select count(*) from people.link").fetchall() == [(records - people,)]
    assert resolved.execute("select count(distinct (record_a, record_b)) from people.link_evidence").fetchall() == [(records - people,)]


def test_published_evidence_adds_up_too_and_shows_nothing_protected_and_no_pupil_number(resolved: duckdb.DuckDBPyConnection) -> None:
    per_link = analyst_rows(
        resolved, "sum(weight) filter (where part = 'records compared') over (partition by record_a, record_b) - match_weight"
    )
    assert max(abs(float(str(off))) for (off,) in per_link) < 1e-5
    values = analyst_rows(resolved, "record_a, record_b, comparison, value_a, value_b")
    assert not [row for row in values if "R1/1" in row]
    assert not [row for row in values if row[2] == "upn" and (row[3] or row[4])]


def test_every_level_has_a_meaning(resolved: duckdb.DuckDBPyConnection) -> None:
    assert resolved.execute("select says from people.comparison_level where comparison = 'born' order by level desc").fetchall() == [
        *((level.meaning,) for comparison in COMPARISONS if comparison.name == "born" for level in comparison.levels),
        ("different",),
    ]
    assert resolved.execute(
        "select count(*) from people.link_evidence anti join people.comparison_level using (place, level)"
    ).fetchall() == [(0,)]


def said(why: Why) -> dict[str, str]:
    return {one.comparison: one.says for one in why.weighed}


def test_the_same_night_again_weighs_nothing_anew(resolved: duckdb.DuckDBPyConnection) -> None:
    before = resolved.execute("select * from people.link_evidence").fetchall()
    resolve_people(resolved)
    assert resolved.execute("select * from people.link_evidence").fetchall() == before


def test_any_two_records_can_be_asked_about(resolved: duckdb.DuckDBPyConnection) -> None:
    joined = find_why(resolved, "I1/1", "I3/1")
    assert said(joined) == {
        "prior": "how likely any two records are one person's, before they are compared",
        "forename": "same forename",
        "surname": "same surname",
        "born": "same date of birth",
        "district": "same district",
        "nominal_ref": "same person number",
        "street_name": "same street name",
    }
    [(weight,)] = resolved.execute(
        "select match_weight from people.edge join people.record as a on a.record_key = record_a join people.record as b on b.record_key = record_b "
        "where {'one': a.record_id, 'two': b.record_id} in ({'one': 'I1/1', 'two': 'I3/1'}, {'one': 'I3/1', 'two': 'I1/1'})"
    ).fetchall()
    assert joined.match_weight == pytest.approx(weight)
    apart = find_why(resolved, "I5/1", "I6/1")
    assert apart.reasons[0] == "Kept apart, whatever else agrees: their dates of birth are clearly apart."
    strangers = find_why(resolved, "I1/1", "I5/1")
    assert any(reason.startswith("Never compared") for reason in strangers.reasons)
    assert strangers.match_weight < 0


@pytest.mark.parametrize(
    ("a", "b", "error"),
    [
        ("I1/1", "intelligence_subject:R1/1", "there is no record intelligence_subject:R1/1"),
        ("I1/1", "I1/1", "both are one record"),
        ("I1/1", "X", "there is no record X"),
    ],
)
def test_records_that_cannot_be_asked_about(resolved: duckdb.DuckDBPyConnection, a: str, b: str, error: str) -> None:
    with pytest.raises(RecordUnknown, match=error):
        find_why(resolved, a, b)


def test_the_picture_says_in_words_what_it_shows_and_needs_nothing_else(resolved: duckdb.DuckDBPyConnection) -> None:
    why = find_why(resolved, "I1/1", "exclusion:U1/9/2015-01-05")
    svg = as_svg(why)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    texts = [element.text or "" for element in root.iter()]
    assert texts[1] == "Evidence that incident_party:I1/1 and exclusion:…/9/2015-01-05 are one person"
    assert f"together {why.match_weight:+.1f}" in texts[2]
    assert len([element for element in root.iter() if element.tag.endswith("rect")]) == len(why.weighed) + 2
    for drawn in (svg, as_page(why)):
        assert "U1" not in drawn, "a pupil number is in no picture"
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
        assert "OFFICIAL-SENSITIVE" in drawn
    assert record_shown("incident_party:I1/1") == "incident_party:I1/1"
