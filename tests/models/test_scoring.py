"""Which rule scores a lane: the one that ranked settled weeks best, or the default while there is too little to choose on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from features.catalogue import HALF_LIVES, feature_names
from models.calibration import MIN_OUTCOMES
from models.rules import DEFAULT, RULES
from models.scoring import choose, score_lane

TONIGHT = date(2026, 6, 28)


def pair_weeks(weeks: int, pairs: int, **columns: np.ndarray) -> pl.DataFrame:
    """Pair-weeks with every feature 0 but those given, each of shape (weeks, pairs); Sundays up to tonight."""
    rows = pl.DataFrame(
        {
            "pair_id": [f"A{p:03}-B" for _ in range(weeks) for p in range(pairs)],
            "as_of": [TONIGHT - timedelta(days=7 * (weeks - 1 - w)) for w in range(weeks) for _ in range(pairs)],
        }
    )
    zeros = [pl.lit(0.0).alias(name) for name in feature_names() if name not in columns]
    given = [pl.Series(name, values.ravel().astype(float)) for name, values in columns.items()]
    return rows.with_columns(*zeros, *given, (pl.col("as_of") + pl.duration(days=1)).alias("week"))


def test_the_rule_that_ranked_best_is_chosen() -> None:
    draw = np.random.default_rng(3)
    harm = draw.exponential(2.0, (40, 100))
    hit = draw.random((40, 100)) < 0.02 * harm
    noise = {f"record_harm_{days}d": draw.exponential(2.0, harm.shape) for days in HALF_LIVES if days != 60}
    history = pair_weeks(40, 100, record_harm_60d=harm, **noise).with_columns(pl.Series("hit", hit.ravel()))
    choice = choose("conflict", history, 20)
    assert choice.rule.name.startswith("decayed_harm_60d")
    assert choice.figures.filter("is_chosen")["scorer"].to_list() == [choice.rule.name]
    assert choice.figures["scorer"].to_list() == [rule.name for rule in RULES]


def test_too_little_history_ships_the_default_and_says_so() -> None:
    hits = np.zeros((10, 50), dtype=bool)
    hits.ravel()[: MIN_OUTCOMES - 1] = True
    choice = choose("conflict", pair_weeks(10, 50).with_columns(pl.Series("hit", hits.ravel())), 20)
    assert choice.rule is DEFAULT
    assert "not calibrated" in choice.calibration.note


def test_outcomes_that_are_not_settled_yet_teach_nothing() -> None:
    draw = np.random.default_rng(4)
    weeks = pair_weeks(30, 60, record_harm_30d=draw.exponential(2.0, (30, 60)))
    recent = [TONIGHT - timedelta(days=n % 20) for n in range(60)]
    events = pl.DataFrame(
        {
            "pair_id": [f"A{n:03}-B" for n in range(60)],
            "record_id": [f"I{n}" for n in range(60)],
            "occurred_at": [datetime(d.year, d.month, d.day) for d in recent],
            "known_at": [datetime(d.year, d.month, d.day) for d in recent],
            "known_to": pl.Series([None] * 60, dtype=pl.Datetime("us")),
            "is_grave": True,
            "is_domestic": False,
        }
    )
    scored, choice = score_lane("conflict", weeks, events, TONIGHT - timedelta(days=25), 20)
    assert choice.figures["outcomes"].to_list() == [0]
    assert scored.height == weeks.height
    _, later = score_lane("conflict", weeks, events, TONIGHT + timedelta(days=60), 20)
    assert later.figures["outcomes"][0] > 0


def test_a_lane_with_no_pairs_is_scored_without_complaint() -> None:
    none = pl.DataFrame(schema={"pair_id": pl.String, "record_id": pl.String, "occurred_at": pl.Datetime, "known_at": pl.Datetime})
    empty = none.with_columns(
        pl.lit(None, pl.Datetime).alias("known_to"), pl.lit(True).alias("is_grave"), pl.lit(False).alias("is_domestic")
    )
    scored, choice = score_lane("domestic", pair_weeks(1, 1).clear(), empty, TONIGHT, 20)
    assert scored.is_empty()
    assert choice.rule is DEFAULT
