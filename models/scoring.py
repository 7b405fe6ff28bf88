"""Scores every pair and week: the rule that did best on settled weeks, calibrated on the same, in each lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from models.calibration import MIN_OUTCOMES, PRIOR, Calibration, calibrate
from models.evaluation import average_precision, precision_at
from models.outcome import closed, grave_events, label, reporting_delay_days
from models.rules import DEFAULT, RULES, Rule

LANES = ("conflict", "domestic")
CHOICE_WEEKS_STEP = 2
"""Rules are compared on every second settled week: the 28-day windows of neighbouring weeks overlap, and hold little that is new."""


@dataclass(frozen=True)
class Choice:
    """The scorer of one lane: the rule, its calibration, and the figures of every rule on settled weeks."""

    lane: str
    rule: Rule
    calibration: Calibration
    figures: pl.DataFrame


@dataclass(frozen=True)
class Scored:
    """What scoring did: pair-weeks scored, and the scorer of each lane with a note on what it rests on."""

    pair_weeks: int
    scorers: tuple[tuple[str, str, str], ...]


def choose(lane: str, history: pl.DataFrame, list_size: int) -> Choice:
    """The rule with the highest average precision on settled pair-weeks (with `hit`); DEFAULT while fewer than MIN_OUTCOMES outcomes are settled."""
    outcomes = int(history["hit"].sum())
    rows: list[dict[str, object]] = []
    compared = history.filter(pl.col("as_of").is_in(history["as_of"].unique().sort(descending=True).gather_every(CHOICE_WEEKS_STEP).implode()))
    for rule in RULES if outcomes >= MIN_OUTCOMES else (DEFAULT,):
        ranked = compared.select("pair_id", "as_of", "hit", rule.raw.alias("raw"))
        precision = average_precision(ranked["raw"].to_numpy(), ranked["hit"].to_numpy())
        rows.append(
            {
                "scorer": rule.name,
                "meaning": rule.meaning,
                "average_precision": precision,
                "precision_at_list": precision_at(ranked, list_size),
            }
        )
    figures = pl.DataFrame(rows).with_columns(pl.lit(lane).alias("lane"), pl.lit(outcomes).alias("outcomes"))
    if outcomes < MIN_OUTCOMES:
        return Choice(lane, DEFAULT, PRIOR, figures.with_columns(pl.lit(True).alias("is_chosen")))
    best = figures.sort("average_precision", "scorer", descending=[True, False])["scorer"][0]
    rule = next(r for r in RULES if r.name == best)
    raw = history.select(rule.raw.alias("raw"))["raw"].to_numpy()
    return Choice(
        lane, rule, calibrate(raw, history["hit"].to_numpy()), figures.with_columns((pl.col("scorer") == best).alias("is_chosen"))
    )


def score_lane(lane: str, pair_weeks: pl.DataFrame, events: pl.DataFrame, now: date, list_size: int) -> tuple[pl.DataFrame, Choice]:
    """Scores the pair-weeks of one lane: pair_id, week, as_of, scorer, raw, score; with the choice that made them."""
    grave = grave_events(events, lane)
    settled = closed(pair_weeks["as_of"].unique().to_list(), now, reporting_delay_days(grave))
    history = pair_weeks.filter(pl.col("as_of").is_in(settled))
    choice = choose(lane, history.with_columns(label(history, grave).alias("hit")), list_size)
    raw = pair_weeks.select(choice.rule.raw.alias("raw"))["raw"]
    scored = pair_weeks.select("pair_id", "week", "as_of", pl.lit(choice.rule.name).alias("scorer")).with_columns(
        raw.alias("raw"), pl.Series("score", choice.calibration.apply(raw.to_numpy()))
    )
    return scored, choice


def score(con: duckdb.DuckDBPyConnection, list_size: int) -> Scored:
    """Writes scores.pair_week and scores.scorer (every rule's figures and which was chosen, a lane at a time)."""
    now: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    events = con.sql(
        "select pair_id, record_id, occurred_at, known_at, known_to, is_grave, is_domestic from pairs.event where is_grave"
    ).pl()
    frames, choices = [], []
    for lane in LANES:
        weeks = con.sql(
            "select week.* from features.pair_week as week join pairs.pair as pair using (pair_id) where pair.lane = $lane order by as_of, pair_id",
            params={"lane": lane},
        ).pl()
        scored, choice = score_lane(lane, weeks, events, now, list_size)
        frames.append(scored)
        choices.append(choice)
    notes = pl.concat([c.figures.with_columns(pl.lit(c.calibration.note).alias("calibration")) for c in choices])
    scores = pl.concat(frames)
    for name, frame in (("pair_week", scores), ("scorer", notes)):
        con.register("scored", frame)
        con.execute(f"create or replace table scores.{name} as select * from scored")
        con.unregister("scored")
    return Scored(scores.height, tuple((c.lane, c.rule.name, c.calibration.note) for c in choices))
