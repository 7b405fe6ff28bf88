"""A protected report is date, severity and grade wherever a page reads the timeline, whatever was published of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import alerts
from alerts.pages.events import events_of
from alerts.render.published import shown_event

TOLD_TOO_MUCH = {
    "pair_id": "Pa-Pb", "occurred_at": datetime(2026, 5, 1), "known_at": datetime(2026, 5, 2), "source": "intelligence", "record_id": "R-SECRET",
    "kind": "looking_for", "stance": "adverse", "direction": "a_to_b", "severity": 275.0, "serious": True, "summary": "SECRET", "weapon": "KNIFE",
    "grade": "1B", "is_protected": True, "role_a": "SAID TO ACT", "role_b": "SAID TO BE TARGET",
}  # fmt: skip
LEFT = {"pair_id", "occurred_at", "source", "kind", "severity", "serious", "grade", "is_protected"}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("create schema analyst")
        row = TOLD_TOO_MUCH | {"serious_domestic": True}
        columns = ", ".join(f"${name} as {name}" for name in row)
        con.execute(f"create table analyst.pair_timeline as select {columns}", row)
        yield con


def test_only_date_severity_and_grade_are_left(con: duckdb.DuckDBPyConnection) -> None:
    for event in (shown_event(TOLD_TOO_MUCH), *events_of(con, ["Pa-Pb"])["Pa-Pb"]):
        assert {name for name, value in vars(event).items() if value is not None} == LEFT
        assert (event.kind, event.severity, event.grade, event.serious) == ("protected_intelligence", 275.0, "1B", False)
    assert shown_event(TOLD_TOO_MUCH | {"is_protected": False}).summary == "SECRET"


def test_there_is_no_other_way_to_an_event_of_a_page() -> None:
    room = Path(alerts.__file__).parent
    made = [file.relative_to(room).as_posix() for file in room.rglob("*.py") if "PairEvent(" in file.read_text(encoding="utf-8")]
    assert made == ["render/published.py"]
