"""How the number of a record is shown: a pupil's number never, whatever strokes a school's number has."""

from __future__ import annotations

import pytest

from alerts.pages.events import record_shown


@pytest.mark.parametrize(
    ("source", "record_id", "shown"),
    [
        ("incident", "CR/12/26", "CR/12/26"),
        ("intelligence", None, ""),
        ("exclusion", "A937200912503/136322/2026-03-09", "school 136322, 2026-03-09"),
        ("exclusion", "A937200912503/938/4001/2026-03-09", "school 938/4001, 2026-03-09"),
    ],
)
def test_a_school_record_is_shown_by_school_and_day(source: str, record_id: str | None, shown: str) -> None:
    assert record_shown(source, record_id) == shown
