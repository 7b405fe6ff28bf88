"""Which version of a record was known when: the two clocks, restatements, late files and withdrawals."""

from __future__ import annotations

from datetime import date

import pytest

from tests.warehouse.conftest import Landing

VERSIONS = "select weapon, known_from, known_to, counts_to from core.incident order by record_id, known_from"


def test_the_first_version_is_known_from_recorded_at_and_a_later_one_from_its_extract_date(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "recorded_at | weapon\n2026-01-01 09:00 | BLUNT")
    landing.draw("incidents_2026-01-11.csv", "recorded_at | weapon\n2026-01-01 09:00 | KNIFE")
    landing.settle()
    assert landing.drawn(VERSIONS) == (
        "BLUNT | 2026-01-01 09:00:00 | 2026-01-11 | 2026-01-11\n"
        "KNIFE | 2026-01-11 | - | -"
    )  # fmt: skip


def test_a_row_said_again_is_no_new_version_however_it_is_written(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "recorded_at | weapon | offence_code\n2026-01-01 09:00 | KNIFE | 8N")
    landing.draw("incidents_2026-01-11.csv", "recorded_at | weapon | offence_code\n01/01/2026 09:00:00 | knife | 008N")
    landing.draw("incidents_2026-01-18.csv", "recorded_at | weapon | offence_code\n2026-01-01T09:00 | OTHER | 8N")
    landing.settle()
    assert landing.drawn(VERSIONS) == (
        "KNIFE | 2026-01-01 09:00:00 | 2026-01-18 | 2026-01-18\n"
        "OTHER | 2026-01-18 | - | -"
    )  # fmt: skip


def test_last_weeks_file_after_this_weeks_takes_its_place(landing: Landing) -> None:
    landing.draw("incidents_2026-01-18.csv", "weapon\nKNIFE")
    landing.settle()
    landing.draw("incidents_2026-01-11.csv", "weapon\nBLUNT")
    landing.settle()
    assert landing.drawn(VERSIONS) == (
        "BLUNT | 2026-01-01 09:00:00 | 2026-01-18 | 2026-01-18\n"
        "KNIFE | 2026-01-18 | - | -"
    )  # fmt: skip


def test_of_two_rows_of_one_key_in_one_file_the_last_is_the_later(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "weapon\nBLUNT\nOTHER\nKNIFE")
    landing.settle()
    assert landing.drawn(VERSIONS) == (
        "BLUNT | 2026-01-01 09:00:00 | 2026-01-04 | 2026-01-04\n"
        "KNIFE | 2026-01-04 | - | -"
    )  # fmt: skip


def test_nothing_is_known_before_it_was_recorded_even_if_a_later_extract_was_cut_before(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "recorded_at | weapon\n2026-01-20 10:00 | BLUNT")
    landing.draw("incidents_2026-01-11.csv", "recorded_at | weapon\n2026-01-20 10:00 | KNIFE")
    landing.settle()
    assert landing.drawn(VERSIONS) == "KNIFE | 2026-01-20 10:00:00 | - | -"


def test_a_withdrawn_record_counts_until_it_was_withdrawn(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1")
    landing.draw("incidents_2026-01-18.csv", "incident_id | withdrawn_at\nI1 | 2026-01-16 12:00")
    landing.settle()
    assert landing.drawn("select withdrawn_at, known_from, known_to, counts_to from core.incident order by known_from") == (
        "- | 2026-01-01 09:00:00 | 2026-01-18 | 2026-01-18\n"
        "2026-01-16 12:00:00 | 2026-01-18 | - | 2026-01-16 12:00:00"
    )  # fmt: skip


def test_a_party_may_come_before_its_incident(landing: Landing) -> None:
    landing.draw("incident_parties_2026-01-04.csv", "incident_id | party_no | recorded_at\nI1 | 02 | 2026-01-03 10:00")
    landing.settle()
    assert (
        landing.drawn("select record_id, incident_id, party_no, known_from from core.incident_party")
        == "I1/2 | I1 | 2 | 2026-01-03 10:00:00"
    )


def test_a_subject_is_known_with_its_report_and_not_before_that_has_come(landing: Landing) -> None:
    subjects = "select record_id, surname, known_from, known_to from core.intelligence_subject order by all"
    landing.draw("intelligence_subjects_2026-01-04.csv", "report_id | subject_no | surname\nR1 | 1 | Ash")
    landing.draw("intelligence_subjects_2026-01-11.csv", "report_id | subject_no | surname\nR1 | 1 | Ashe\nR9 | 1 | Elm")
    landing.settle()
    assert landing.drawn(subjects) == ""
    landing.draw("intelligence_2026-01-18.csv", "report_id | recorded_at\nR1 | 2026-01-02 08:00")
    landing.draw("intelligence_2026-01-25.csv", "report_id | recorded_at\nR1 | 2026-01-01 07:00")
    landing.settle()
    assert landing.drawn(subjects) == (
        "R1/1 | Ash | 2026-01-02 08:00:00 | 2026-01-11\n"
        "R1/1 | Ashe | 2026-01-11 | -"
    )  # fmt: skip


def test_an_exclusion_is_keyed_by_pupil_school_and_first_day(landing: Landing) -> None:
    landing.draw("exclusions_2026-02-08.csv", "upn | school_urn | start_date\nA1 | 136000 | 03/02/2026\nA1 | 136000 | 04/02/2026")
    landing.settle()
    assert landing.drawn("select record_id from core.exclusion order by all") == "A1/136000/2026-02-03\nA1/136000/2026-02-04"


def test_ethnicity_stands_apart_with_versions_of_its_own(landing: Landing) -> None:
    landing.draw("incident_parties_2026-01-04.csv", "incident_id | ethnicity\nI1 | W1\nI2 | N/K\nI3 | A1")
    landing.draw("incident_parties_2026-01-11.csv", "incident_id | ethnicity | surname\nI1 | W1 | Ash\nI2 | B1 | \nI3 | Martian | ")
    landing.settle()
    assert landing.drawn("select * from core.ethnicity order by all") == (
        "incident_party | I1/1 | W1 | 2026-01-01 09:00:00 | -\n"
        "incident_party | I2/1 | B1 | 2026-01-11 | -\n"
        "incident_party | I3/1 | A1 | 2026-01-01 09:00:00 | 2026-01-11"
    )  # fmt: skip
    columns = landing.con.sql("select * from core.incident_party").columns
    assert "ethnicity" not in columns
    assert landing.drawn("select record_id, count(*) from core.incident_party group by all order by all") == "I1/1 | 2\nI2/1 | 1\nI3/1 | 1"


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        (date(2025, 12, 31), ""),
        (date(2026, 1, 1), "BLUNT | - | - | - | True | True"),
        (date(2026, 1, 10), "BLUNT | - | - | - | True | True"),
        (date(2026, 1, 11), "BLUNT | 2026-01-11 | 2026-01-11 | - | False | False\nKNIFE | - | - | - | True | True"),
        (
            date(2026, 1, 20),
            "BLUNT | 2026-01-11 | 2026-01-11 | - | False | False\n"
            "KNIFE | - | 2026-01-20 23:59:59 | 2026-01-20 23:59:59 | True | False",
        ),
    ],
)  # fmt: skip
def test_the_gate_shows_what_was_known_by_the_end_of_the_day_and_no_more(landing: Landing, as_of: date, known: str) -> None:
    landing.draw("incidents_2026-01-04.csv", "weapon\nBLUNT")
    landing.draw("incidents_2026-01-11.csv", "weapon | withdrawn_at\nKNIFE | 2026-01-20 23:59:59")
    landing.settle(as_of)
    assert (
        landing.drawn("select weapon, known_to, counts_to, withdrawn_at, is_current, counts from known.incident order by known_from")
        == known
    )
    assert landing.drawn("select as_of from known.as_of") == str(as_of)


def test_a_gate_opened_again_takes_the_place_of_one_before_even_of_copies(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id | recorded_at\nI1 | 2026-01-01 09:00\nI2 | 2026-01-03 09:00")
    landing.settle(date(2026, 1, 3))
    known = "select record_id from known.incident order by all"
    assert landing.drawn(known) == "I1\nI2"
    landing.con.execute("drop view known.incident")
    landing.con.execute("create table known.incident as select 'as an older version left it' as record_id")
    landing.settle(date(2026, 1, 2))
    assert landing.drawn(known) == "I1"
    landing.settle(date(2026, 1, 3))
    assert landing.drawn(known) == "I1\nI2"
