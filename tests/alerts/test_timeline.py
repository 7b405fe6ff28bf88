"""The drawing of a pair's last 12 months: who to whom, when, how grave."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.render.content import EventLine
from alerts.render.page import letters
from alerts.render.timeline import Drawing, draw, radius, style

AS_OF = date(2026, 5, 3)


def event(days_ago: int, sides: str = "ab", kind: str = "assault", severity: float = 13.5, **changed: Any) -> EventLine:
    values: dict[str, Any] = {
        "occurred_on": AS_OF - timedelta(days=days_ago), "time": "", "known_late_on": None, "source": "incident", "kinds": (kind,), "stance": "adverse",
        "weapon": "", "summary": "", "sides": tuple(sides), "role_a": "", "role_b": "", "severity": severity, "is_serious": False, "grade": "",
        "record": "", "is_protected": False,
    }  # fmt: skip
    return EventLine(**{**values, **changed})


def test_each_direction_has_its_lane_and_empty_ones_stay() -> None:
    drawing = draw([event(300), event(20), event(5, "ba")], AS_OF)
    assert [(lane.sides, lane.events) for lane in drawing.lanes] == [(("a", "b"), 2), (("b", "a"), 1), ((), 0)]
    assert [mark.x for mark in drawing.marks] == [*sorted(mark.x for mark in drawing.marks[:2]), drawing.marks[2].x]


@pytest.mark.parametrize(
    ("changed", "shape", "styled", "letter"),
    [
        ({}, "circle", "incident", "A"),
        ({"is_serious": True, "kinds": ("serious_assault",)}, "circle", "serious", "S"),
        ({"source": "intelligence", "kinds": ("looking_for",)}, "diamond", "intelligence", "L"),
        ({"source": "exclusion", "kinds": ("school_assault",)}, "square", "exclusion", "A"),
        ({"source": "intelligence", "kinds": ("reconciled",), "stance": "peace"}, "diamond", "aside", "P"),
        ({"source": "intelligence", "kinds": ("protected_intelligence",), "is_protected": True, "stance": ""}, "diamond", "protected", ""),
    ],
)
def test_shape_by_source_fill_by_what_matters_letter_by_kind(changed: dict[str, Any], shape: str, styled: str, letter: str) -> None:
    (mark,) = draw([event(10, **changed)], AS_OF).marks
    assert (mark.shape, mark.style, mark.letter) == (shape, styled, letter)
    assert style(event(10, **changed)) == styled


def test_what_is_graver_is_larger() -> None:
    assert radius(0) == radius(5) < radius(13.5) < radius(189.2) < radius(2034.7) < 14


def test_months_are_marked_and_the_28_days_ahead_stand_free() -> None:
    drawing = draw([], AS_OF)
    assert [tick.label for tick in drawing.ticks] == [
        "Jun 2025", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan 2026", "Feb", "Mar", "Apr",
    ]  # fmt: skip
    assert drawing.end_x - drawing.now_x == pytest.approx(28 / 393 * 710, abs=0.2)


@given(st.lists(st.builds(event, st.integers(0, 364), st.sampled_from(["ab", "ba", ""]), severity=st.floats(0, 8000)), max_size=25))
def test_marks_stay_inside_their_lane(events: list[EventLine]) -> None:
    drawing = draw(events, AS_OF)
    assert len(drawing.marks) == len(events)
    for mark in drawing.marks:
        assert mark.y - mark.radius > 0
        assert mark.y + mark.radius < drawing.axis_y
    assert sum(lane.events for lane in drawing.lanes) == len(events)


def test_marks_of_one_week_are_moved_apart() -> None:
    drawing = draw([event(day) for day in (3, 3, 4, 5, 6, 7)], AS_OF)
    assert overlaps(drawing) == 0


def test_the_key_says_a_thing_once() -> None:
    kinds = ("assault", "reported_assault", "school_assault", "threat", "reported_threat", "damage")
    assert letters([event(1, kind=kind) for kind in kinds]) == [
        ("A", "assault or fight or both suspended for assault"),
        ("C", "criminal damage"),
        ("T", "threats"),
    ]


def overlaps(drawing: Drawing) -> int:
    marks = drawing.marks
    return sum(
        math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius
        for number, one in enumerate(marks)
        for other in marks[number + 1 :]
    )
