"""How what agencies write becomes a value, and what does not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.warehouse.conftest import Landing


def value(landing: Landing, macro: str, written: str | None) -> object:
    return landing.con.execute(f"select {macro}(?)", [written]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-06-29T14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("2022-06-29 14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("2022-06-29T14:09", datetime(2022, 6, 29, 14, 9)),
        ("2022-06-29 14:09:07.25", datetime(2022, 6, 29, 14, 9, 7, 250000)),
        ("2022-06-29", datetime(2022, 6, 29)),
        ("29/06/2022 14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("29/06/2022 14:09", datetime(2022, 6, 29, 14, 9)),
        ("29/06/2022", datetime(2022, 6, 29)),
        ("3/4/2024 9:05", datetime(2024, 4, 3, 9, 5)),
        (" 03/04/2024\t", datetime(2024, 4, 3)),
        ("2022-06-29T14:09:07Z", datetime(2022, 6, 29, 15, 9, 7)),
        ("2022-12-29T14:09:07Z", datetime(2022, 12, 29, 14, 9, 7)),
        ("2022-06-29T14:09:07+01:00", datetime(2022, 6, 29, 14, 9, 7)),
        ("31/02/2024", None),
        ("2024-13-45", None),
        ("00/00/0000", None),
        ("06/29/2022", None),
        ("29/06/22", None),
        ("29/06/0022", None),
        ("29 June 2022", None),
        ("yesterday", None),
        ("2022-06-29 24:00", None),
        ("2022-06-29 14:60", None),
        ("14:09", None),
        ("45123", None),
        ("infinity", None),
        ("not known", None),
        (None, None),
    ],
)
def test_a_moment_is_read_in_the_ways_of_the_contract_and_no_other(landing: Landing, written: str | None, moment: datetime | None) -> None:
    assert value(landing, "as_moment", written) == moment
    assert value(landing, "as_date", written) == (moment and moment.date())


def test_a_date_cell_of_a_workbook_is_a_date(landing: Landing) -> None:
    assert value(landing, "as_date", "2008-02-01 00:00:00") == date(2008, 2, 1)


@pytest.mark.parametrize(
    ("macro", "written", "read"),
    [
        ("as_text", "  O'Hara ", "O'Hara"),
        ("as_text", "\u00a0Ash\r\n", "Ash"),
        ("as_text", "   ", None),
        ("as_text", "unknown", None),
        ("as_text", "Unk", None),
        ("as_text", "N/K", None),
        ("as_text", "Not known", None),
        ("as_text", "NULL", None),
        ("as_text", "Unkle", "Unkle"),
        ("as_int", "07", 7),
        ("as_int", "8.0", 8),
        ("as_int", "4.5", None),
        ("as_int", "-1", None),
        ("as_int", "two", None),
        ("as_int", "99999999999", None),
        ("as_flag", "y", True),
        ("as_flag", "No", False),
        ("as_flag", "maybe", None),
        ("as_code", " knife ", "KNIFE"),
        ("as_code", "2.0", "2"),
        ("as_padded_code", "008n", "8N"),
        ("as_padded_code", "8 N", "8N"),
        ("as_padded_code", "4.10", "4.10"),
        ("as_padded_code", "001", "1"),
        ("as_ethnicity", "w1", "W1"),
        ("as_ethnicity", "Martian", None),
    ],
)
def test_other_values(landing: Landing, macro: str, written: str, read: object) -> None:
    assert value(landing, macro, written) == read
