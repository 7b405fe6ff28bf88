"""Reasons, drawn: what is known of a pair -> what the list says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from alerts.reasons import Evidence, reasons
from alerts.selection import status_of

AS_OF = date(2026, 5, 10)
QUIET = {
    "events_28d": 0.0,
    "events_56d_before": 0.0,
    "events_365d": 0.0,
    "reciprocity_365d": 0.0,
    "serious_365d": 0.0,
    "days_since_serious": 730.0,
    "person_events_365d_higher": 0.0,
}


def known(**changes: Any) -> Evidence:
    usual: dict[str, Any] = {
        "source": "incident",
        "kind": "assault",
        "stance": "adverse",
        "phrase": "assault",
        "occurred_at": datetime(2026, 5, 3),
        "points": 1.0,
        "is_serious": False,
        "weapon": None,
        "offence": "Assault with injury",
        "grade": None,
        "is_protected": False,
    }
    return Evidence(**(usual | changes))


def report(phrase: str, **changes: Any) -> Evidence:
    return known(source="intelligence", kind="x", phrase=phrase, offence=None, grade="1B", **changes)


def test_numbers_and_dates_are_named_and_the_weightiest_event_comes_first() -> None:
    said = reasons(
        [known(), known(points=5.0, is_serious=True, weapon="KNIFE", occurred_at=datetime(2026, 4, 20)), report("a weapon", points=3.0)],
        QUIET
        | {
            "events_28d": 3.0,
            "events_56d_before": 1.0,
            "events_365d": 4.0,
            "reciprocity_365d": 1.0,
            "serious_365d": 1.0,
            "days_since_serious": 20.0,
        },
        AS_OF,
    )
    assert said == [
        "3 events in 28 days, 1 in the 56 before",
        "serious violence: assault with injury on 20 April 2026 (knife)",
        "a weapon mentioned in intelligence graded 1B on 3 May 2026",
        "assault with injury on 3 May 2026",
        "serious violence once in a year, the last 20 days ago",
        "each has acted against the other, at least once in a year",
    ]


def test_protected_intelligence_shows_its_date_and_grade_only() -> None:
    said = reasons([report("a weapon", is_protected=True)], QUIET | {"events_28d": 1.0, "events_365d": 1.0}, AS_OF)
    assert said == ["1 event in 28 days, 0 in the 56 before", "protected intelligence graded 1B on 3 May 2026"]


def test_what_speaks_against_comes_last() -> None:
    said = reasons([report("peace between the two", stance="peace"), known()], QUIET | {"events_365d": 1.0}, AS_OF)
    assert said[-1] == "against: peace between the two mentioned in intelligence graded 1B on 3 May 2026"


def test_events_older_than_a_year_are_not_reasons() -> None:
    assert reasons([known(occurred_at=datetime(2025, 4, 1))], QUIET, AS_OF) == []


def test_status_is_drawn_from_the_score_four_weeks_before() -> None:
    last_week, long_ago = date(2026, 5, 3), date(2026, 1, 1)
    for score, before, last_listed, expected in (
        (0.2, 0.1, None, "new"),
        (0.2, 0.2, long_ago, "new"),
        (0.2, 0.1, last_week, "escalating"),
        (0.2, None, last_week, "persisting"),
        (0.2, 0.2, last_week, "persisting"),
        (0.1, 0.2, last_week, "cooling"),
    ):
        assert status_of(score, before, last_listed, AS_OF) == expected
