"""Drift: whether pairs and scores still look as they did before the training, and whether the lists issued since came true as they said."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from features.catalogue import FEATURES, PERSON_FEATURES
from models.outcome import label
from models.profile import Spread, read_profile
from models.standing import Standing
from models.thresholds import Between, Rising, Thresholds

RECENT_WEEKS = 4
SETTLED_WEEKS = 13
STEADY, WATCH, BREACH, TOO_FEW = "steady", "watch", "breach", "too few"
NAMED = 3
"""So many features are told in a notice; the table has all."""
SCHEMA = {
    "lane": pl.String, "model_id": pl.String, "measure": pl.String, "feature": pl.String, "figure": pl.Float64, "before": pl.Float64,
    "now": pl.Float64, "low": pl.Float64, "high": pl.Float64, "state": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Drifted:
    """One figure of drift: what it was before the training, what it is now, and the thresholds that it is held against."""

    measure: str
    feature: str | None
    figure: float | None
    before: float | None
    now: float | None
    low: float | None
    high: float | None
    state: str


def drift(
    standing: Standing,
    weeks: pl.DataFrame,
    recent: pl.DataFrame,
    *,
    lists: pl.DataFrame,
    settled: list[date],
    grave: pl.DataFrame,
    limits: Thresholds,
) -> list[Drifted]:
    """Every figure of one lane. `weeks`: its pair-weeks; `recent`: the last RECENT_WEEKS of them, with features and score; `lists`: the settled lists
    issued (models.record); `settled`: the days whose outcomes are known; `grave`: the lane's serious events."""
    if "profile" not in standing.card:
        return []
    was = read_profile(standing.card["profile"])
    pairs = (was.pairs_a_week, float(recent["pair_id"].n_unique()))
    found = [
        _index("inputs", name, was.features[name], recent[name], limits.inputs, pairs=pairs)
        for name in was.features
        if name in recent.columns
    ]
    if standing.is_its_scorer:
        found.append(_index("scores", None, was.score, recent["score"], limits.scores, pairs=pairs))
    now = recent.height / max(recent["as_of"].n_unique(), 1)
    found.append(_ratio("pairs", was.pairs_a_week, now, limits.pairs, enough=was.pairs_a_week > 0))
    rows = weeks.filter(pl.col("as_of").is_in(sorted(settled)[-SETTLED_WEEKS:])).select("pair_id", "as_of")
    hits = int(label(rows, grave).sum()) if rows.height else 0
    expected = (was.base_rate or 0.0) * rows.height
    enough = max(hits, expected) >= limits.record.least_outcomes
    found.append(_ratio("base_rate", was.base_rate, hits / rows.height if rows.height else None, limits.base_rate, enough=enough))
    return [*found, _calibration(lists, limits)]


def breaches(found: Iterable[Drifted], lane: str) -> list[str]:
    """What must be said of a lane's breaches, a sentence for each kind of figure."""
    broken = [one for one in found if one.state == BREACH]
    inputs = sorted((one for one in broken if one.measure == "inputs"), key=lambda one: -(one.figure or 0.0))
    said = []
    if inputs:
        named = "; ".join(_meaning(one.feature or "") for one in inputs[:NAMED])
        others = "; and others" if len(inputs) > NAMED else ""
        are = (
            "of the measures that scores rest on are no longer as"
            if len(inputs) > 1
            else "of the measures that scores rest on is no longer as"
        )
        said.append(f"{len(inputs)} {are} in training: {named}{others} (figures: analyst.drift)")
    said += [_WORDS[one.measure].format(one=one) for one in broken if one.measure != "inputs"]
    return [f"{lane} lane, drift: {sentence}" for sentence in said]


def _meaning(feature: str) -> str:
    """The catalogue's own words for a feature, without a capital letter: the sentence stands on the list, for people who never saw a column."""
    words = next((one.meaning for one in (*FEATURES, *PERSON_FEATURES) if one.name == feature), feature)
    return words[:1].lower() + words[1:]


_WORDS = {
    "scores": "scores are spread otherwise than in training (stability index {one.figure:.2f})",
    "pairs": "{one.now:,.0f} pairs were measured a week, and {one.before:,.0f} in training",
    "base_rate": "serious violence followed {one.now:.2%} of settled pair-weeks, and {one.before:.2%} in training",
    "calibration": "the settled lists foresaw {one.before:.0f} pair-weeks with serious violence, and it came to {one.now:.0f}",
}


def as_table(found: Iterable[Drifted], lane: str, model_id: str) -> pl.DataFrame:
    """The rows of analyst.drift."""
    return pl.DataFrame([{"lane": lane, "model_id": model_id, **vars(one)} for one in found], schema=SCHEMA)


def _index(measure: str, feature: str | None, was: Spread, values: pl.Series, limit: Rising, *, pairs: tuple[float, float]) -> Drifted:
    if not len(values) or not sum(was.shares) or not all(pairs):
        return Drifted(measure, feature, None, None, None, limit.watch, limit.breach, TOO_FEW)
    figure, by_chance = round(was.index(values.to_numpy().astype(np.float64)), 4), _by_chance(len(was.edges), pairs)
    if figure >= limit.watch and figure <= by_chance:
        return Drifted(measure, feature, figure, None, None, limit.watch, limit.breach, TOO_FEW)
    state = BREACH if figure >= limit.breach else WATCH if figure >= limit.watch else STEADY
    return Drifted(measure, feature, figure, None, None, limit.watch, limit.breach, state)


def _by_chance(freedom: int, pairs: tuple[float, float]) -> float:
    """What the index of two draws of so many pairs from one population exceeds about once in twenty: pairs are counted, since the weeks of one are much alike."""
    return (freedom + 2 * math.sqrt(2 * freedom)) * sum(1 / count for count in pairs)


def _ratio(measure: str, before: float | None, now: float | None, limit: Between, *, enough: bool) -> Drifted:
    if not enough or not before or now is None:
        return Drifted(measure, None, None, before, now, limit.low, limit.high, TOO_FEW)
    ratio = round(now / before, 4)
    return Drifted(measure, None, ratio, before, now, limit.low, limit.high, STEADY if limit.low <= ratio <= limit.high else BREACH)


def _calibration(lists: pl.DataFrame, limits: Thresholds) -> Drifted:
    """Over lists issued whose outcomes are known: what followed beside what the probabilities said."""
    said, was = float(lists["score"].sum()), float(lists["hit"].sum())
    enough = lists["as_of"].n_unique() >= limits.record.least_weeks and max(said, was) >= limits.record.least_outcomes
    return _ratio("calibration", said, was, limits.calibration, enough=enough)
