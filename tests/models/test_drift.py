"""Drift, drawn: what has moved, by how much, and what is said of it; steady data say nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from models.drift import BREACH, RECENT_WEEKS, STEADY, TOO_FEW, WATCH, Drifted, breaches, drift
from models.profile import Spread, profile, read_profile
from models.standing import Standing
from models.thresholds import DEFAULTS
from tests.models.registered import pair_weeks, trained

LAST = date(2026, 5, 31)
NO_LISTS = pl.DataFrame(schema={"as_of": pl.Date, "pair_id": pl.String, "score": pl.Float64, "hit": pl.Boolean})
NO_EVENTS = pl.DataFrame(schema={"pair_id": pl.String, "occurred_at": pl.Datetime("us")})
WEEKS, PAIRS = 20, 400


def county(seed: int, *, harm: float = 2.0, score: float = 0.01, pairs: int = PAIRS) -> pl.DataFrame:
    draw = np.random.default_rng(seed)
    rows = pair_weeks(WEEKS, pairs, LAST)
    return rows.with_columns(
        pl.Series("record_harm_30d", draw.exponential(harm, rows.height) * (draw.random(rows.height) < 0.3)),
        pl.Series("score", draw.exponential(score, rows.height).clip(0, 1)),
    )


def events(rate: float, days: list[date]) -> pl.DataFrame:
    """The first pairs of each week have a serious event ten days later, as many as the rate says."""
    rows = [
        (f"A{p:03}-B{p:03}", datetime.combine(day, datetime.min.time()) + timedelta(days=10))
        for day in days
        for p in range(int(rate * PAIRS))
    ]
    return pl.DataFrame(rows, schema={"pair_id": pl.String, "occurred_at": pl.Datetime("us")}, orient="row")


def in_use(weeks: pl.DataFrame, base_rate: float = 0.02) -> Standing:
    was = profile(weeks, weeks["score"].to_numpy(), base_rate)
    return Standing(
        "conflict-2026-01-31", {"profile": was.as_dict(), "scorer": "decayed_harm_30d_1"}, trained("conflict", LAST), "the gate", ""
    )


def last_weeks(weeks: pl.DataFrame) -> pl.DataFrame:
    return weeks.filter(pl.col("as_of").is_in(weeks["as_of"].unique().sort().tail(RECENT_WEEKS).implode()))


def found(now: pl.DataFrame, *, rate: float = 0.02, lists: pl.DataFrame = NO_LISTS) -> dict[str, Drifted]:
    """Every figure that there is something to say of, by measure, or feature for inputs."""
    days = sorted(now["as_of"].unique().to_list())[:14]
    figures = drift(in_use(county(1)), now, last_weeks(now), lists=lists, settled=days, grave=events(rate, days), limits=DEFAULTS)
    return {one.feature or one.measure: one for one in figures}


@pytest.mark.parametrize(
    ("now", "what", "state"),
    [
        ({}, "record_harm_30d", STEADY),
        ({"harm": 2.6}, "record_harm_30d", STEADY),
        ({"harm": 20.0}, "record_harm_30d", BREACH),
        ({}, "scores", STEADY),
        ({"score": 0.05}, "scores", BREACH),
        ({}, "pairs", STEADY),
        ({"pairs": 100}, "pairs", BREACH),
    ],
)
def test_what_moved_is_a_breach_and_what_did_not_is_steady(now: dict[str, float], what: str, state: str) -> None:
    assert found(county(2, **now))[what].state == state  # type: ignore[arg-type]


def test_a_few_pairs_are_too_few_to_say_that_they_are_spread_otherwise() -> None:
    """Drawn from one population, and yet far from each other's shares; of many pairs that would be a breach."""
    one, other = county(3, pairs=15), county(4, pairs=15)
    figures = drift(in_use(one), other, last_weeks(other), lists=NO_LISTS, settled=[], grave=NO_EVENTS, limits=DEFAULTS)
    moved = [figure for figure in figures if figure.measure == "inputs" and (figure.figure or 0.0) >= DEFAULTS.inputs.watch]
    assert moved
    assert {figure.state for figure in moved} == {TOO_FEW}


@pytest.mark.parametrize(("rate", "state"), [(0.02, STEADY), (0.03, STEADY), (0.06, BREACH), (0.005, BREACH)])
def test_the_base_rate_is_held_against_the_training_s(rate: float, state: str) -> None:
    assert found(county(2), rate=rate)["base_rate"].state == state


@pytest.mark.parametrize(
    ("weeks", "score", "hits", "state"),
    [
        (20, 0.2, 2, STEADY),  # of ten pairs a week two foreseen, two seen
        (20, 0.2, 3, STEADY),
        (20, 0.2, 5, BREACH),
        (20, 0.9, 4, BREACH),
        (12, 0.9, 1, TOO_FEW),  # lists
        (20, 0.1, 1, TOO_FEW),  # outcomes
    ],
)
def test_the_lists_issued_are_held_against_what_followed(weeks: int, score: float, hits: int, state: str) -> None:
    rows = [(LAST - timedelta(days=7 * w), f"P{p}", score, p < hits) for w in range(weeks) for p in range(10)]
    lists = pl.DataFrame(rows, schema=NO_LISTS.schema, orient="row")
    assert found(county(2), lists=lists)["calibration"].state == state


def test_a_feature_that_was_always_quiet_and_now_is_not_is_a_breach() -> None:
    loud = county(2).with_columns(pl.lit(1.0).alias("armed_90d"))
    assert found(loud)["armed_90d"].state == BREACH
    assert found(county(2))["armed_90d"].figure == pytest.approx(0.0)


def test_breaches_are_said_in_a_sentence_for_each_kind_and_measures_in_plain_english() -> None:
    moved = [
        Drifted("inputs", name, figure, None, None, 0.1, 0.25, BREACH)
        for name, figure in (("a", 0.3), ("armed_90d", 0.9), ("near_in_age", 0.4), ("d", 0.26), ("e", 0.5))
    ]
    figures = [
        *moved,
        Drifted("inputs", "f", 0.2, None, None, 0.1, 0.25, WATCH),
        Drifted("pairs", None, 0.25, 1000.0, 250.0, 0.5, 2.0, BREACH),
        Drifted("calibration", None, 2.5, 40.0, 100.0, 0.5, 2.0, BREACH),
    ]
    assert breaches(figures, "conflict") == [
        "conflict lane, drift: 5 of the measures that scores rest on are no longer as in training: events or reports with a knife, firearm or "
        "corrosive in the last 90 days; e; nearness in age: 10 less the years between the two (0 from ten years on, or if one age is not known); "
        "and others (figures: analyst.drift)",
        "conflict lane, drift: 250 pairs were measured a week, and 1,000 in training",
        "conflict lane, drift: the settled lists foresaw 40 pair-weeks with serious violence, and it came to 100",
    ]


def test_a_training_without_a_profile_is_not_watched() -> None:
    standing = Standing("conflict-2026-01-31", {"scorer": "x"}, trained("conflict", LAST), "the gate", "")
    assert drift(standing, county(1), county(1), lists=NO_LISTS, settled=[], grave=NO_EVENTS, limits=DEFAULTS) == []


def test_a_profile_is_kept_whole() -> None:
    was = in_use(county(1)).card["profile"]
    assert read_profile(was).as_dict() == was


@pytest.mark.parametrize(
    ("now", "index"),
    [
        ([0, 0, 1, 3], 0.0),
        ([0, 0, 0, 0], 0.5 * np.log(2) + 2 * (0.25 - 1e-4) * np.log(0.25 / 1e-4)),
    ],
)
def test_the_index_by_hand(now: list[int], index: float) -> None:
    spread = Spread((0.0, 2.0), (0.5, 0.25, 0.25))
    assert spread.index(np.array(now, dtype=float)) == pytest.approx(index)
