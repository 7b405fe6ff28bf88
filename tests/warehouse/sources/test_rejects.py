"""A bad row never stops a file and is never lost: it is kept verbatim with its line and a reason that repeats nothing of it."""

from __future__ import annotations

import pytest

from tests.warehouse.conftest import Landing, as_csv, full_rows
from warehouse.contracts import EXTRACT_BY_NAME

NOT_A_DATE = "not a date (YYYY-MM-DD or dd/mm/yyyy)"
NOT_A_MOMENT = "not a date and time (YYYY-MM-DD HH:MM:SS or dd/mm/yyyy HH:MM:SS)"


@pytest.mark.parametrize(
    ("extract", "column", "written", "reason"),
    [
        ("incidents", "incident_id", "", "incident_id: required value missing"),
        ("incidents", "incident_id", "n/k", "incident_id: required value missing"),
        ("incidents", "recorded_at", "yesterday", f"recorded_at: {NOT_A_MOMENT}"),
        ("incidents", "offence_code", "999Z", "offence_code: not in the list of Home Office offence codes (warehouse/codes/offences.csv)"),
        ("incidents", "domestic", "?", "domestic: not Y or N"),
        ("incidents", "weapon", "SPOON", "weapon: not in the list of weapons (NONE, KNIFE, FIREARM, CORROSIVE, BLUNT, OTHER)"),
        ("incident_parties", "party_no", "first", "party_no: not a whole number"),
        (
            "incident_parties",
            "role",
            "SUSPCT?",
            "role: not in the list of roles (SUSPECT, VICTIM, WITNESS, INVOLVED, EMERGENCY_WORKER, STAFF)",
        ),
        ("intelligence", "handling_code", "X", "handling_code: not in the list of 3x5x2 handling codes (P, C)"),
        ("intelligence", "text", "  ", "text: required value missing"),
        ("intelligence_subjects", "sex", "X", "sex: not in the list of sexes (M, F, U)"),
        ("exclusions", "date_of_birth", "31/02/2010", f"date_of_birth: {NOT_A_DATE}"),
        ("exclusions", "reason_3", "Q9", "reason_3: not in the list of DfE reasons for suspension or exclusion (warehouse/codes/exclusion_reasons.csv)"),
    ],
)  # fmt: skip
def test_a_bad_value_rejects_its_row(landing: Landing, extract: str, column: str, written: str, reason: str) -> None:
    landing.put(f"{extract}_2026-01-04.csv", as_csv(full_rows(EXTRACT_BY_NAME[extract], [{column: written}])))
    intake = landing.take_in()
    assert (intake.rows_read, intake.rows_accepted, intake.rows_rejected) == (1, 0, 1)
    assert landing.drawn("select file, line, reason from ops.reject") == f"{extract}_2026-01-04.csv | 2 | {reason}"
    assert landing.drawn(f"select count(*) from landing.{extract}") == "0"


def test_every_reason_is_given_and_none_repeats_a_value(landing: Landing) -> None:
    landing.draw("exclusions_2026-01-04.csv", "surname | date_of_birth | category\nUnk | Tuesday | Q")
    landing.take_in()
    assert landing.drawn("select reason from ops.reject") == (
        f"surname: required value missing; date_of_birth: {NOT_A_DATE}; category: not in the list of exclusion categories (SUSP, PERM)"
    )


@pytest.mark.parametrize(
    ("extract", "column", "written"),
    [
        ("incidents", "occurred_to", "soon after"),
        ("incident_parties", "date_of_birth", "about 15"),
        ("incident_parties", "ethnicity", "Martian"),
        ("intelligence", "withdrawn_at", "2026-02-30"),
        ("exclusions", "sessions", "a few"),
    ],
)
def test_an_unreadable_optional_value_becomes_unknown_and_is_counted(landing: Landing, extract: str, column: str, written: str) -> None:
    landing.draw(f"{extract}_2026-01-04.csv", f"{column}\n{written}\nN/K\n")
    intake = landing.take_in()
    assert (intake.rows_accepted, intake.values_unreadable) == (2, 1)
    assert landing.drawn("select values_unreadable from ops.load") == "1"


def test_codes_are_read_as_people_write_them(landing: Landing) -> None:
    landing.draw(
        "incidents_2026-01-04.csv", "incident_id | offence_code | weapon | domestic | district\nI1 | 008n | knife | yes | e07000219"
    )
    landing.settle()
    assert landing.drawn("select offence_code, weapon, domestic, district from core.incident") == "8N | KNIFE | True | E07000219"


def test_the_raw_row_is_kept_as_it_came_over_all_its_lines(landing: Landing) -> None:
    landing.draw("intelligence_2026-01-04.csv", "report_id\nR1")
    file = landing.folder / "intelligence_2026-01-04.csv"
    header = file.read_text().splitlines()[0]
    file.write_text(header + '\n,2026-01-01,,2,B,P,,,"two\nlines, both kept ",\nR2,short\n')
    landing.take_in()
    assert landing.drawn("select line, raw from ops.reject order by line") == (
        '2 | ,2026-01-01,,2,B,P,,,"two\nlines, both kept ",\n4 | R2,short'
    )
    assert landing.drawn("select line, reason from ops.reject where line = 4") == "4 | 2 fields where the header has 10"


def test_a_reject_says_whether_it_may_be_protected(landing: Landing) -> None:
    landing.draw("intelligence_2026-01-04.csv", "report_id | handling_code | recorded_at\nR1 | P | x\nR2 | C | x\nR3 | ? | x")
    with (landing.folder / "intelligence_2026-01-04.csv").open("a") as file:
        file.write("R4,short\n")
    landing.draw("incidents_2026-01-04.csv", "incident_id | recorded_at\nI1 | x")
    landing.take_in()
    assert landing.drawn("select record_key, is_protected from ops.reject order by file, line") == (
        "I1 | False\nR1 | False\nR2 | True\nR3 | True\n- | True"
    )
