"""A leak is planted, and the checks fail; without one they pass."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from features.pair_week import measure
from models.backtest import canaries
from models.backtest.intervals import draw_pairs
from models.backtest.ranking import average_precision
from models.held_weeks import Weeks
from models.learned import teach_glass_box
from models.rules import DEFAULT
from models.scorer import Floats
from tests.models.test_training import pair_weeks

SUNDAYS = [date(2026, 1, 4) + timedelta(days=7 * n) for n in range(12)]
DRAW = np.random.default_rng(4)


def events(count: int = 400) -> pl.DataFrame:
    """Random assaults between 40 pairs over half a year, known up to three weeks later, some withdrawn."""
    happened = [datetime(2025, 10, 5) + timedelta(hours=int(h)) for h in DRAW.integers(0, 24 * 180, count)]
    known = [moment + timedelta(days=int(d)) for moment, d in zip(happened, DRAW.integers(0, 21, count), strict=True)]
    people = DRAW.integers(0, 40, count)
    return pl.DataFrame(
        {
            "pair_id": [f"P{p:02}-Q{p % 7}" for p in people],
            "person_a": [f"P{p:02}" for p in people],
            "person_b": [f"Q{p % 7}" for p in people],
            "source": "incident",
            "record_id": [f"I{n}" for n in range(count)],
            "kind": "assault",
            "stance": "adverse",
            "direction": "a_to_b",
            "severity": DRAW.choice([5.0, 100.0, 1500.0], count),
            "evidence": 1.0,
            "is_grave": DRAW.random(count) < 0.1,
            "is_domestic": False,
            "weapon": "NONE",
            "occurred_at": happened,
            "known_at": known,
            "known_from": known,
            "known_to": [k + timedelta(days=30) if n % 9 == 0 else None for n, k in enumerate(known)],
        },
        schema_overrides={"known_to": pl.Datetime("us")},
    )


EVENTS = events()
FEATURES = measure(EVENTS, SUNDAYS)


def test_features_that_know_only_what_was_known_come_out_the_same() -> None:
    assert canaries.recomputed(FEATURES, EVENTS, SUNDAYS) == ()
    assert canaries.only_what_was_known(FEATURES, EVENTS, SUNDAYS).passed
    assert canaries.planted_is_caught(FEATURES, EVENTS, SUNDAYS).passed


@pytest.mark.parametrize(
    ("leak", "planted", "named"),
    [
        ("a column that sees the 28 days ahead", lambda f: canaries.with_planted(f, EVENTS), (canaries.PLANTED,)),
        ("an honest name over a value of a week later", lambda f: f.with_columns(pl.col("events_28d").shift(-1).over("pair_id").fill_null(0)), ("events_28d",)),
        ("pairs that only later had contact", lambda f: pl.concat([f, f.head(1).with_columns(pl.lit("X-Y").alias("pair_id"))]), ("rows",)),
    ],
)  # fmt: skip
def test_a_planted_leak_is_named(leak: str, planted: object, named: tuple[str, ...]) -> None:
    assert callable(planted), leak
    found = canaries.only_what_was_known(planted(FEATURES), EVENTS, SUNDAYS)
    assert not found.passed
    assert all(name in found.saw for name in named)


def test_a_measure_that_forgets_the_gate_is_caught() -> None:
    """Events measured as if all had been known the moment they happened."""
    hindsight = measure(EVENTS.with_columns(pl.col("occurred_at").alias("known_from")), SUNDAYS)
    assert not canaries.only_what_was_known(hindsight, EVENTS, SUNDAYS).passed


def county(seed: int) -> pl.DataFrame:
    """Pair-weeks in which harm says something of what follows, and no more than that."""
    draw = np.random.default_rng(seed)
    harm = draw.exponential(2.0, (30, 200))
    hit = draw.random(harm.shape) < 0.01 * harm
    return pair_weeks(30, 200, record_harm_30d=harm).with_columns(pl.Series("hit", hit.ravel()), pl.lit(True).alias("is_eligible"))


def too_good(rows: pl.DataFrame) -> canaries.Canary:
    draws = draw_pairs(rows["pair_id"])
    best = average_precision(rows.with_columns(pl.Series("rule", DEFAULT.raw(rows))), "rule", draws)
    return canaries.no_feature_too_good(rows.drop("is_eligible"), best, draws)


def test_a_feature_that_ranks_far_better_than_the_rules_is_named() -> None:
    rows = county(1)
    assert too_good(rows).passed
    noise = np.random.default_rng(2).random(rows.height)
    leaking = rows.with_columns((pl.col("hit").cast(pl.Float64) * 0.3 + pl.Series(noise)).alias("calls_next_month"))
    found = too_good(leaking)
    assert not found.passed
    assert "calls_next_month" in found.saw


class Peeks:
    """A scorer that reads what followed."""

    name, meaning = "peeks", "the outcome itself"

    def raw(self, pair_weeks: Weeks) -> Floats:
        return pair_weeks["hit"].cast(pl.Float64).to_numpy() + np.random.default_rng(3).random(pair_weeks.height)


def test_dealt_outcomes_score_at_base_rate_unless_the_scorer_peeks() -> None:
    history, judged = county(3), county(4)
    assert canaries.permuted_labels(history, judged, teach_glass_box, 20).passed
    assert not canaries.permuted_labels(history, judged, lambda _: Peeks(), 20).passed


def test_a_failed_check_is_an_error_that_names_the_check_and_the_report() -> None:
    canaries.raise_if_failed([{"name": "a", "saw": "fine", "passed": True}], "report.html")
    with pytest.raises(canaries.LeakFound, match=r"cannot be trusted \(b: bad\)\..*report.html"):
        canaries.raise_if_failed(
            [{"name": "a", "saw": "fine", "passed": True}, {"name": "b", "saw": "bad", "passed": False}], "report.html"
        )
