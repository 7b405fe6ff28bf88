"""An event is visible on the dates by whose end it had happened, was known and still counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.timegate import visible

WEEKS = [date(2026, 1, 4) + timedelta(weeks=n) for n in range(4)]
MOMENT = pl.Datetime("us")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {"event": pl.String, "occurred_at": MOMENT, "known_from": MOMENT, "known_to": MOMENT}


def event(name: str, occurred: str, known: str | None, until: str | None = None) -> dict[str, object]:
    return {
        "event": name,
        "occurred_at": datetime.fromisoformat(occurred),
        "known_from": known and datetime.fromisoformat(known),
        "known_to": until and datetime.fromisoformat(until),
    }


@pytest.mark.parametrize(
    ("drawn", "weeks"),
    [
        pytest.param(event("known at once", "2026-01-05", "2026-01-05"), "11 18 25", id="known at once"),
        pytest.param(event("known late", "2026-01-01", "2026-01-12"), "18 25", id="known late"),
        pytest.param(event("known on the day", "2026-01-01", "2026-01-11T23:59:59"), "11 18 25", id="known in the last second of the day"),
        pytest.param(event("known next day", "2026-01-01", "2026-01-12T00:00:00"), "18 25", id="known in the first second of the next"),
        pytest.param(event("replaced", "2026-01-01", "2026-01-01", "2026-01-18"), "4 11", id="no longer counts by the end of the 18th"),
        pytest.param(event("replaced", "2026-01-01", "2026-01-01", "2026-01-19"), "4 11 18", id="still counts at the end of the 18th"),
        pytest.param(event("recorded before", "2026-01-20", "2026-01-01"), "25", id="recorded before it happened"),
        pytest.param(event("between weeks", "2026-01-01", "2026-01-12", "2026-01-13"), "", id="counted between two weeks only"),
        pytest.param(event("never known", "2026-01-01", None), "", id="never known"),
        pytest.param(event("to come", "2026-02-01", "2026-02-01"), "", id="after all weeks"),
    ],
)
def test_an_event_is_visible_on(drawn: dict[str, object], weeks: str) -> None:
    seen = visible(pl.DataFrame([drawn], SCHEMA), WEEKS)
    assert " ".join(str(day.day) for day in seen["as_of"]) == weeks


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 5)).map(lambda moment: moment.replace(minute=0, second=0, microsecond=0))
EVENTS = st.lists(st.tuples(MOMENTS, MOMENTS, st.none() | MOMENTS), max_size=8)


@given(EVENTS, st.lists(st.dates(date(2025, 12, 28), date(2026, 2, 10)), max_size=6))
def test_it_is_what_comparing_every_event_with_every_date_gives(
    events: list[tuple[datetime, datetime, datetime | None]], dates: list[date]
) -> None:
    frame = pl.DataFrame([(str(n), *moments) for n, moments in enumerate(events)], SCHEMA, orient="row")
    seen = visible(frame, dates)
    expected = [
        (str(n), day)
        for n, (occurred, known, until) in enumerate(events)
        for day in sorted(set(dates))
        for end in [datetime.combine(day, datetime.min.time()) + timedelta(days=1)]
        if occurred < end and known < end and (until is None or until >= end)
    ]
    assert seen.select("event", "as_of").rows() == expected
    assert seen.columns == [*SCHEMA, "as_of"]
    assert visible(frame, pl.Series("week", dates, dtype=pl.Date)).equals(seen)
