"""The gate, drawn: who replaces whom on lists of one, and that a richer model must gain more than a hair."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from models import evaluation
from models.gate import LEAST_GAIN, Order, Verdict, compare, compare_order

FIRST = date(2026, 3, 1)
WEEKS, PAIRS = 20, 40


def judged(challenger_right: int) -> pl.DataFrame:
    """Each week another pair is attacked. The rule never ranks it first; `challenger` does in so many of the weeks."""
    rows = []
    for week in range(WEEKS):
        for pair in range(PAIRS):
            hit = pair == week
            rows.append(
                {
                    "pair_id": f"A{pair:02}-B",
                    "as_of": FIRST + timedelta(days=7 * week),
                    "hit": hit,
                    "rule": float(pair == PAIRS - 1 - week // 2),
                    "glass_box": 2.0 if hit and week < challenger_right else float(pair == PAIRS - 1 - week // 2),
                    "challenger": 2.0 if hit and week < challenger_right else float(pair == PAIRS - 1 - week // 2),
                }
            )
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("right", "gain", "passes"),
    [
        (0, 0.0, False),  # the same lists
        (1, 0.05, False),  # one week in twenty: chance does as much
        (10, 0.5, True),
    ],
)
def test_a_model_passes_when_the_whole_interval_of_its_gain_is_above_nothing(right: int, gain: float, passes: bool) -> None:
    verdict = compare(judged(right), "glass_box", "rule", 1)
    assert verdict.gain == pytest.approx(gain)
    assert verdict.passes is passes


@pytest.mark.parametrize(
    ("verdict", "passes"),
    [
        (Verdict(0.004, 0.001, 0.008), True),
        (Verdict(0.004, 0.001, 0.008, 0.01), False),  # surely better, and not by enough
        (Verdict(0.010, 0.001, 0.018, 0.01), True),
        (Verdict(0.030, -0.001, 0.060, 0.01), False),
    ],
)
def test_a_gain_must_be_sure_and_as_large_as_is_asked(verdict: Verdict, passes: bool) -> None:
    assert verdict.passes is passes


def test_the_richer_model_is_asked_for_more_than_the_glass_box() -> None:
    least = {name: compare(judged(10), name, "rule", 1).least for name in ("glass_box", "challenger")}
    assert least == {"glass_box": 0.0, "challenger": LEAST_GAIN["challenger"]}
    assert LEAST_GAIN["challenger"] > 0


@pytest.mark.parametrize(
    ("gain", "order", "passes"),
    [
        (0.03, Order(0.03, 0.01, 0.05), True),  # few lists, and all pairs leave no doubt
        (0.03, Order(0.03, -0.01, 0.05), False),
        (0.03, Order(0.001, 0.0005, 0.002), False),  # surely better by nothing
        (-0.01, Order(0.03, 0.01, 0.05), False),  # the list is what is read
        (0.03, None, False),
    ],
)
def test_where_lists_are_few_the_whole_order_may_decide_and_never_against_the_list(gain: float, order: Order | None, passes: bool) -> None:
    assert Verdict(gain, gain - 0.05, gain + 0.05, order=order).passes is passes


def test_the_gain_in_order_is_that_of_average_precision() -> None:
    lists = judged(10)
    found = compare_order(lists, "glass_box", "rule", 1)
    assert found.gain == pytest.approx(average_precision(lists, "glass_box") - average_precision(lists, "rule"), abs=0.02)  # ties in turn
    assert found.low > 0


def average_precision(lists: pl.DataFrame, scorer: str) -> float:
    return evaluation.average_precision(lists[scorer].to_numpy(), lists["hit"].to_numpy())
