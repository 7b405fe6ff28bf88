"""The label, drawn: which as-of days see which serious events; checked against an independent recomputation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from models.outcome import DEFAULT_DELAY_DAYS, HORIZON_DAYS, closed, grave_events, label, reporting_delay_days

AS_OF = date(2026, 3, 1)


def event(
    pair: str, day: date, *, grave: bool = True, domestic: bool = False, gone: bool = False, known_after: int = 1
) -> dict[str, object]:
    moment = datetime(day.year, day.month, day.day, 12)
    return {
        "pair_id": pair,
        "record_id": f"{pair}/{day}",
        "occurred_at": moment,
        "known_at": moment + timedelta(days=known_after),
        "known_to": moment + timedelta(days=known_after + 1) if gone else None,
        "is_grave": grave,
        "is_domestic": domestic,
    }


def events(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema_overrides={"known_to": pl.Datetime("us")})


def weeks(*rows: tuple[str, date]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=["pair_id", "as_of"], orient="row")


def test_the_day_itself_is_past_and_day_28_is_the_last_one_that_counts() -> None:
    for days, expected in ((0, False), (1, True), (28, True), (29, False)):
        grave = grave_events(events(event("A-B", AS_OF + timedelta(days=days))), "conflict")
        assert label(weeks(("A-B", AS_OF)), grave).to_list() == [expected], days


def test_only_grave_events_of_the_lane_that_still_count_make_a_label() -> None:
    day = AS_OF + timedelta(days=5)
    table = events(
        event("serious", day),
        event("slight", day, grave=False),
        event("at home", day, domestic=True),
        event("withdrawn", day, gone=True),
    )
    pairs = weeks(*((p, AS_OF) for p in ("serious", "slight", "at home", "withdrawn", "stranger")))
    assert label(pairs, grave_events(table, "conflict")).to_list() == [True, False, False, False, False]
    assert label(pairs, grave_events(table, "domestic")).to_list() == [False, False, True, False, False]


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-40, 60)), max_size=12),
    st.lists(st.integers(-20, 20), min_size=1, max_size=5, unique=True),
)
def test_it_agrees_with_a_recomputation_by_hand(happened: list[tuple[str, int]], asked: list[int]) -> None:
    grave = pl.DataFrame(
        [(p, datetime(2026, 3, 1) + timedelta(days=d, hours=9)) for p, d in happened],
        schema={"pair_id": pl.String, "occurred_at": pl.Datetime("us")},
        orient="row",
    )
    table = weeks(*((p, AS_OF + timedelta(days=d)) for d in asked for p in "ABC"))
    by_hand = [any(p == q and d < e <= d + HORIZON_DAYS for q, e in happened) for d in asked for p in "ABC"]
    assert label(table, grave).to_list() == by_hand


def test_the_delay_is_what_nine_of_ten_took_and_a_default_while_few_are_known() -> None:
    few = grave_events(events(*(event(f"P{n}", AS_OF, known_after=3) for n in range(5))), "conflict")
    many = grave_events(events(*(event(f"P{n}", AS_OF, known_after=40 if n >= 27 else 2) for n in range(30))), "conflict")
    assert reporting_delay_days(few) == DEFAULT_DELAY_DAYS
    assert reporting_delay_days(many) == 40


def test_a_week_is_closed_once_horizon_and_delay_have_passed() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2)]
    assert closed(days, date(2026, 1, 1) + timedelta(days=38), 10) == [date(2026, 1, 1)]
