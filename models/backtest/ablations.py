"""The same weeks replayed without one of the sources, the scorer taught anew: what that source is worth."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.pair_week import measure
from models.backtest.replaying import FOREWARN, Eligible, Replay, Tell, in_lane, ranked, taught_at, weeks_of, with_outcomes
from models.learned import Learned
from models.outcome import closed, label, reporting_delay_days
from models.rules import RULES
from models.scorer import Scorer
from models.training import TEACHERS, Trained, best_rule, rule_figures


@dataclass(frozen=True)
class Ablation:
    """A replay that leaves events out: its name, what is left out in words, and which events are left out."""

    name: str
    meaning: str
    left_out: pl.Expr


ABLATIONS = (
    Ablation("without_intelligence", "without intelligence", pl.col("source") == "intelligence"),
    Ablation("without_exclusions", "without exclusions", pl.col("source") == "exclusion"),
)


def flags_without(replay: Replay, ablation: Ablation, size: int, eligible: Eligible, tell: Tell) -> pl.DataFrame:
    """The lists as they would have been, as `ranked` gives them. What followed, and who is in the lane, is told by all events all the same."""
    tell(ablation.meaning, 0, 1)
    events = replay.events.filter(~ablation.left_out)
    features = measure(events, replay.features["as_of"].unique().to_list())
    weeks = list(replay.weeks)
    parts = []
    for trained in replay.trained:
        rows = weeks_of(features, weeks, trained.as_of)
        raw = _taught_alike(replay, features, trained).raw(rows)
        parts.append(rows.select("pair_id", "as_of", "serious_365d", pl.Series(FOREWARN, raw), pl.lit(0.0).alias("score")))
    rows = in_lane(pl.concat(parts), replay.events, weeks)
    judged = with_outcomes(rows, events, replay.grave, eligible)
    return ranked(judged, FOREWARN, size)


def settled_history(replay: Replay, features: pl.DataFrame, trained: Trained) -> pl.DataFrame:
    """The lane's settled pair-weeks, with `hit`, that a training had."""
    weeks, grave = taught_at(features, replay.events, trained.as_of)
    settled = closed(weeks["as_of"].unique().to_list(), trained.as_of, reporting_delay_days(grave))
    history = weeks.filter(pl.col("as_of").is_in(settled))
    return history.with_columns(label(history, grave).alias("hit"))


def _taught_alike(replay: Replay, features: pl.DataFrame, trained: Trained) -> Scorer:
    """A scorer of the kind that was in use: a learned model taught the same way, or the rule that is best on what is left."""
    history = settled_history(replay, features, trained)
    if isinstance(trained.scorer, Learned):
        return TEACHERS[trained.scorer.name](history)
    if trained.figures.height < len(RULES):
        return trained.scorer  # there was too little history to choose on
    return best_rule(rule_figures(history, RULES, replay.list_size))
