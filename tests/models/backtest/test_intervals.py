"""Figures and their intervals: right in the middle, and about as wide as they should be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import average_precision_score

from models.backtest.intervals import Figure, draw_pairs, figure, ratio, weighted_median
from models.backtest.ranking import average_precision
from models.backtest.reliability import all_reliability, list_reliability
from models.backtest.verdict import LEAST_EVENTS, judge

DRAW = np.random.default_rng(11)


def rows(pairs: int = 300, weeks: int = 4) -> pl.DataFrame:
    score = DRAW.beta(1, 8, (weeks, pairs)).ravel()
    ids = [f"P{n:03}" for _ in range(weeks) for n in range(pairs)]
    return pl.DataFrame({"pair_id": ids, "score": score, "hit": DRAW.random(weeks * pairs) < score})


def test_a_ratio_and_its_interval() -> None:
    counts = pl.DataFrame({"pair_id": [f"P{n:04}" for n in range(1000)], "hits": [n < 300 for n in range(1000)], "listed": [1] * 1000})
    sums = draw_pairs(counts["pair_id"]).sums(counts)
    found = figure(ratio(sums["hits"], sums["listed"]))
    assert found.value == pytest.approx(0.3)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low == pytest.approx(2 * 1.645 * (0.3 * 0.7 / 1000) ** 0.5, rel=0.15)


def test_pairs_that_are_not_drawn_count_once_each_time() -> None:
    counts = pl.DataFrame({"pair_id": ["A", "B"], "n": [1.0, 5.0]})
    sums = draw_pairs(pl.Series(["A"])).sums(counts)
    assert sums["n"][0] == 6.0
    assert sums["n"].min() == 5.0


def test_nothing_to_divide_by_is_no_figure() -> None:
    assert figure(ratio(np.zeros(5), np.zeros(5))) == Figure(None, None, None)


@pytest.mark.parametrize("digits", [1, 12])
def test_average_precision_is_the_textbook_one_also_with_ties(digits: int) -> None:
    frame = rows().with_columns(pl.col("score").round(digits))
    found = average_precision(frame, "score", draw_pairs(frame.filter("hit")["pair_id"]))
    assert found[0] == pytest.approx(average_precision_score(frame["hit"], frame["score"]))
    assert np.nanquantile(found, 0.05) < found[0] < np.nanquantile(found, 0.95)


def test_a_drawn_pair_counts_as_often_as_it_is_drawn() -> None:
    frame = rows(40)
    draws = draw_pairs(frame["pair_id"])
    weight = draws.weight[7][draws.places(frame["pair_id"])]
    wanted = average_precision_score(frame["hit"], frame["score"], sample_weight=weight)
    assert average_precision(frame, "score", draws)[7] == pytest.approx(wanted)


def test_the_median_of_what_is_drawn() -> None:
    values = np.array([10.0, 20.0, 30.0])
    assert weighted_median(values, np.array([[1.0, 1, 1], [0, 0, 2], [3, 1, 1], [0, 0, 0]])).tolist()[:3] == [20.0, 30.0, 10.0]


def test_probabilities_that_come_true_are_reliable_and_doubled_ones_are_not() -> None:
    frame = rows(2000)
    draws = draw_pairs(frame["pair_id"])
    doubled = frame.with_columns((pl.col("score") * 2).clip(0, 1))
    for measure in (list_reliability, all_reliability):
        right, wrong = measure(frame, draws).ece.value, measure(doubled, draws).ece.value
        assert right is not None
        assert wrong is not None
        assert right < 0.03
        assert wrong > 0.08


ABOVE, ACROSS = Figure(0.05, 0.02, 0.08), Figure(0.01, -0.01, 0.03)
NAMES = ("base_rate", "random", "no_change", "most_recent", "count_365d", "serious_365d", "person_rates", "decayed_harm")
MEASURES = {name: Figure(0.3, 0.2, 0.4) for name in ("precision", "recall", "onset_precision", "onset_recall")} | {
    "lead_median": Figure(21.0, 14.0, 28.0)
}


@pytest.mark.parametrize(
    ("gains", "events", "works", "said"),
    [
        (dict.fromkeys(NAMES, ABOVE), 100, True, "The warning works here"),
        (dict.fromkeys(NAMES, ABOVE) | {"decayed_harm": ACROSS}, 100, True, "not shown to be better than decayed harm"),
        (dict.fromkeys(NAMES, ABOVE) | {"count_365d": ACROSS}, 100, False, "better than the base rate, but not shown to be better than “count in 365 days”"),
        (dict.fromkeys(NAMES, ABOVE) | {"base_rate": ACROSS}, 100, False, "does not work here: it is not shown to be better than the base rate"),
        (dict.fromkeys(NAMES, ABOVE), LEAST_EVENTS - 1, None, "cannot be said whether the warning works: only 29 serious events"),
    ],
)  # fmt: skip
def test_the_verdict(gains: dict[str, Figure], events: int, works: bool | None, said: str) -> None:
    found = judge(MEASURES, gains, Figure(0.01, 0.01, 0.02), ABOVE, events=events, list_size=50)
    assert found.works is works
    assert said in " ".join([found.headline, *found.sentences])
