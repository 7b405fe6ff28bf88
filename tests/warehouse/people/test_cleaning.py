"""Names as they are written and as they are compared."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from warehouse.people.agreement import Agreement
from warehouse.people.cleaning import clean_records, name_tokens, sound
from warehouse.people.contradictions import births_agree


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("  Smith ", ["smith"]),
        ("O'BRIEN", ["obrien"]),
        ("O’Brien", ["obrien"]),
        ("O Brien", ["obrien"]),
        ("Mc Donald", ["mcdonald"]),
        ("Łukasz", ["lukasz"]),
        ("Róisín", ["roisin"]),
        ("Cox-Smith", ["cox", "smith"]),
        ("MASON  OLIVER", ["mason", "oliver"]),
        ("Harry T.", ["harry", "t"]),
        ("Unknown Male", []),
        ("N/K", []),
        ("--", []),
    ],
)
def test_a_written_name_as_words(written: str, tokens: list[str]) -> None:
    assert list(name_tokens(written)) == tokens


@pytest.mark.parametrize(
    "spellings",
    ["mohammed muhammad mohamed muhamed", "hussain hussein husain", "catherine katherine kathryn", "steven stephen", "szymon simon"],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({sound(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("bob", "robert", True),
        ("gosia", "malgorzata", True),
        ("kasia", "katarzyna", True),
        ("mo", "mohammed", True),
        ("j", "john", True),
        ("jonathon", "jonathan", True),
        ("ben", "bne", True),
        ("tim", "tom", False),
        ("dan", "don", False),
        ("oliver", "harry", False),
        ("amy", "lily", False),
        ("kez", "kieran", False),
    ],
)
def test_forenames_of_one_person(a: str, b: str, agree: bool) -> None:
    assert Agreement().of_forenames(a, b) is agree
    assert Agreement().of_forenames(b, a) is agree


def test_a_learned_form_agrees() -> None:
    assert Agreement(frozenset({("kez", "kieran")})).of_forenames("kieran", "kez")


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("2001-03-09", "2001-09-03", True),
        ("2001-03-09", "2001-03-08", True),
        ("2001-01-01", "2001-07-20", True),
        ("1987-03-09", "1978-03-09", True),
        ("2001-03-09", "2002-03-09", True),
        ("2001-03-09", "1975-03-09", False),
        ("2001-03-09", "2001-06-27", False),
        ("2001-03-09", "2003-11-27", False),
    ],
)
def test_dates_of_birth_of_one_person(a: str, b: str, agree: bool) -> None:
    assert births_agree(a, b) is agree


def _cleaned(con: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[object, ...]]:
    con.execute("attach ':memory:' as linkage")
    clean_records(con, datetime(2026, 6, 2))
    return con.execute(f"select {columns} from linkage.record order by source, record_id").fetchall()


def test_records_of_all_sources_are_cleaned_and_placed() -> None:
    con = open_known()
    tell(con, "incident", """
        incident_id | district
        I1          | E07000001
        I2          | E07000002
    """)  # fmt: skip
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | sex | date_of_birth | postcode
        I1          | 1        | SUSPECT | COX-LEE | JAMES ROY | M   | 1990-01-01    | AB1 2CD
        I2          | 1        | STAFF   | Unknown |           | U   | 1890-05-05    |
    """)  # fmt: skip
    tell(con, "intelligence", "report_id | handling_code | text\nR1 | P | None")
    tell(con, "intelligence_subject", """
        report_id | subject_no | surname | forenames | postcode
        R1        | 1          | Lee     | Jim       | ab12ef
    """)  # fmt: skip
    tell(con, "exclusion", """
        upn | school_urn | start_date | surname | forename | preferred_surname | date_of_birth
        U1  | 9          | 2026-01-05 | O'Hara  | Zoë      | Cox               | 2012-04-05
    """)  # fmt: skip
    columns = "record_id, role, forename, surname_clean, surname_parts, born, is_born_vague, sex, district"
    assert _cleaned(con, columns) == [
        ("U1/9/2026-01-05", "PUPIL", "zoe", "ohara", ["cox", "ohara"], "2012-04-05", False, None, None),
        ("I1/1", "SUSPECT", "james", "cox lee", ["cox", "cox lee", "lee"], "1990-01-01", True, "M", "E07000001"),
        ("I2/1", "STAFF", None, None, [], None, False, None, "E07000002"),
        ("R1/1", "SUBJECT", "jim", "lee", ["lee"], None, False, None, "E07000001"),
    ]


def test_names_written_the_other_way_round_are_turned() -> None:
    con = open_known()
    usual = "\n".join(f"I{n} | 1 | VICTIM | Nowak | Teddy" for n in range(40))
    tell(con, "incident_party", f"incident_id | party_no | role | surname | forenames\n{usual}\nX1 | 1 | VICTIM | TEDDY | Nowak")
    assert _cleaned(con, "distinct forename, surname_clean, transposed") == [("teddy", "nowak", False), ("teddy", "nowak", True)]


def test_a_withdrawn_record_is_kept_and_does_not_count() -> None:
    con = open_known()
    tell(con, "incident", "incident_id | district | withdrawn_at\nI1 | E1 | 2026-02-01 00:00:00\nI2 | E1 |")
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | withdrawn_at
        I1          | 1        | SUSPECT | Lee     | Jim       |
        I2          | 1        | SUSPECT | Lee     | Jim       | 2026-02-01 00:00:00
        I2          | 2        | VICTIM  | Ray     | Tom       |
    """)  # fmt: skip
    assert _cleaned(con, "record_id, counts") == [("I1/1", False), ("I2/1", False), ("I2/2", True)]
