"""Which quarter a day's training reports on, and what `forewarn audit fairness` leaves."""

from __future__ import annotations

from datetime import date

import pytest

from flows.fairness_audit import quarter_of


@pytest.mark.parametrize(
    ("day", "name", "last"),
    [
        (date(2026, 3, 31), "2026-Q1", date(2026, 3, 31)),
        (date(2026, 3, 30), "2025-Q4", date(2025, 12, 31)),
        (date(2026, 5, 31), "2026-Q1", date(2026, 3, 31)),
        (date(2026, 6, 30), "2026-Q2", date(2026, 6, 30)),
        (date(2026, 12, 31), "2026-Q4", date(2026, 12, 31)),
        (date(2026, 11, 30), "2026-Q3", date(2026, 9, 30)),
        (date(2027, 1, 31), "2026-Q4", date(2026, 12, 31)),
    ],
)
def test_the_last_full_quarter_is_reported(day: date, name: str, last: date) -> None:
    assert quarter_of(day) == (name, last)
