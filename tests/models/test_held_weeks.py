"""Pair-weeks held packed are read as the data frame they were made of, row by row and digit by digit."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from models.held_weeks import HeldWeeks, hold, joined

FIRST = date(2026, 6, 7)
DAYS = [FIRST + timedelta(days=7 * week) for week in range(4)]
DRAW = np.random.default_rng(5)
ROWS = pl.DataFrame(
    {"pair_id": [f"P{pair}-Q" for _ in DAYS for pair in range(5)], "as_of": [day for day in DAYS for _ in range(5)]}
).with_columns(pl.Series("harm", DRAW.exponential(2.0, 20)), pl.Series("events", DRAW.integers(0, 4, 20).astype(np.float32)))
HARM = (pl.col("harm") + pl.col("events")).alias("sum")


@pytest.fixture(params=["at once", "part by part"])
def held(request: pytest.FixtureRequest) -> HeldWeeks:
    return hold(ROWS) if request.param == "at once" else joined([hold(ROWS.head(10)), hold(ROWS.slice(10, 5)), hold(ROWS.tail(5))])


def test_every_column_and_expression_comes_out_as_it_went_in(held: HeldWeeks) -> None:
    assert held.columns == ROWS.columns and held.height == ROWS.height
    assert_frame_equal(held.select(*ROWS.columns), ROWS, check_exact=True)
    assert_frame_equal(held.select("pair_id", HARM), ROWS.select("pair_id", HARM), check_exact=True)
    assert held["harm"].equals(ROWS["harm"])


@pytest.mark.parametrize(("first", "rows"), [(0, 20), (0, 5), (3, 4), (4, 12), (19, 9), (20, 3)])
def test_neighbouring_rows_whatever_days_they_are_of(held: HeldWeeks, first: int, rows: int) -> None:
    assert_frame_equal(held.slice(first, rows), ROWS.slice(first, rows), check_exact=True)


@pytest.mark.parametrize("kept", [[], [0], [2, 3, 11, 19]])
def test_some_rows_with_what_followed_them(held: HeldWeeks, kept: list[int]) -> None:
    hit = pl.Series("hit", [at % 3 == 0 for at in range(20)])
    mask = pl.Series([at in kept for at in range(20)])
    columns = ["pair_id", "as_of", "hit", "harm", "events"]
    assert_frame_equal(held.with_hits(hit).filter(mask), ROWS.with_columns(hit).filter(mask).select(columns), check_exact=True)


@pytest.mark.parametrize("days", [[], DAYS[1:3], [DAYS[0], DAYS[3]], [date(2000, 1, 1)]])
def test_some_days(held: HeldWeeks, days: list[date]) -> None:
    some = held.on_days(days)
    assert some.height == 5 * len(set(days) & set(DAYS))
    assert_frame_equal(some.select(*ROWS.columns), ROWS.filter(pl.col("as_of").is_in(days)), check_exact=True)
    assert_frame_equal(some.on_days(days[:1]).select("harm"), ROWS.filter(pl.col("as_of").is_in(days[:1])).select("harm"), check_exact=True)


def test_of_no_rows_the_columns_are_known() -> None:
    nothing = hold(ROWS.clear())
    assert nothing.columns == ROWS.columns and nothing.height == 0
    assert_frame_equal(nothing.select("harm", HARM), ROWS.clear().select("harm", HARM))
    assert_frame_equal(nothing.slice(0, 5), ROWS.clear())
    assert_frame_equal(nothing.filter(pl.Series([], dtype=pl.Boolean)), ROWS.clear())
