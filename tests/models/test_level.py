"""The level of a calibration: it follows the latest settled weeks, as far as their outcomes are evidence, and moves all steps alike."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calibration import PRIOR, Calibration
from models.level import at_latest_level

FIRST = date(2031, 1, 5)
CALIBRATION = Calibration((0.0, 1.0, 4.0), (0.01, 0.05, 0.4), "calibrated on settled pair-weeks")


def weeks(rates: list[float], pairs: int = 60) -> tuple[pl.Series, np.ndarray, np.ndarray]:
    """`pairs` pair-weeks of a raw figure of 1 a week, of which that share came true."""
    as_of = pl.Series([FIRST + timedelta(days=7 * week) for week in range(len(rates)) for _ in range(pairs)])
    hit = np.concatenate([np.arange(pairs) < round(rate * pairs) for rate in rates])
    return as_of, np.ones(len(hit)), hit


def level(rates: list[float], pairs: int = 60) -> float:
    """What is said of a raw figure of 1 after such weeks; 0.05 before."""
    as_of, raw, hit = weeks(rates, pairs)
    return float(at_latest_level(CALIBRATION, as_of, raw, hit, pairs).apply(np.array([1.0]))[0])


@pytest.mark.parametrize(
    ("came_true", "low", "high"),
    [
        ([0.05] * 52, 0.049, 0.051),
        ([0.05] * 26 + [0.10] * 26, 0.070, 0.095),
        ([0.10] * 26 + [0.05] * 26, 0.050, 0.065),
        ([0.05] * 26 + [0.0] * 26, 0.015, 0.035),
    ],
)
def test_what_is_said_follows_what_came_true_of_late(came_true: list[float], low: float, high: float) -> None:
    assert low <= level(came_true) <= high


def test_few_outcomes_move_little() -> None:
    assert 0.05 < level([0.2] * 4, pairs=10) < 0.08 < level([0.2] * 4, pairs=200)


def test_only_the_heads_of_the_weeks_are_looked_at() -> None:
    as_of, raw, hit = weeks([0.05] * 26)
    others = pl.concat([as_of, as_of, as_of])
    figures, missed = np.concatenate([raw, raw / 2, raw / 2]), np.concatenate([hit, np.ones(len(hit) * 2, dtype=bool)])
    moved = at_latest_level(CALIBRATION, others, figures, missed, 30)
    assert moved.probability == pytest.approx(CALIBRATION.probability, rel=0.02)


def test_a_prior_and_an_empty_lane_stay_as_they_are() -> None:
    as_of, raw, hit = weeks([0.5] * 4)
    assert at_latest_level(PRIOR, as_of, raw, hit, 20) is PRIOR
    assert at_latest_level(CALIBRATION, as_of.clear(), raw[:0], hit[:0], 20) is CALIBRATION


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_steps_stay_in_order_and_within_bounds_and_the_note_says_the_factor(came_true: list[float]) -> None:
    as_of, raw, hit = weeks(came_true, pairs=20)
    moved = at_latest_level(CALIBRATION, as_of, raw, hit, 20)
    assert moved.raw == CALIBRATION.raw
    assert list(moved.probability) == sorted(moved.probability)
    assert all(0.0 < one < 1.0 for one in moved.probability)
    assert "odds times" in moved.note
