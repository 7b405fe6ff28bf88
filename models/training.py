"""Trains and chooses the scorer of a lane: the best simple rule, unless a learned model passes the gate on weeks it had not seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import polars as pl

from models.calibration import MIN_OUTCOMES, PRIOR, Calibration, calibrate
from models.evaluation import MERIT, average_precision, precision_at
from models.gate import CONFIDENCE, LEAST_GAIN, Verdict, compare, compare_order
from models.held_weeks import HeldWeeks, Weeks, hold
from models.learned import Learned, one_thread, teach_challenger, teach_glass_box
from models.level import at_latest_level
from models.outcome import closed, label, reporting_delay_days
from models.rules import DEFAULT, RULES, Rule
from models.scorer import Floats, Scorer
from models.splits import Fold, rolling_origins

RULE_WEEKS_STEP = 2
"""Rules are compared on every second settled week: the 28-day windows of neighbouring weeks overlap, and hold little that is new."""
LEAST_OUTCOMES_TO_LEARN = 150
FOLDS_AT_ONCE = 2
"""The models of a fold are taught in one thread, and know nothing of other folds."""
TEACHERS = {"glass_box": teach_glass_box, "challenger": teach_challenger}


@dataclass(frozen=True)
class Trained:
    """The scorer of a lane as trained on what was known at the end of `as_of`, and what its choice rests on.

    `simple` is the best simple rule with its calibration, where that is not the scorer itself. `judged` are the weeks of the rolling origins
    (pair_id, as_of, hit) with a raw figure of each candidate taught on earlier weeks only; empty where there was too little to judge on.
    """

    lane: str
    as_of: date
    scorer: Scorer
    calibration: Calibration
    figures: pl.DataFrame
    note: str
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    simple: tuple[Rule, Calibration] | None = None
    judged: pl.DataFrame = field(default_factory=pl.DataFrame)


def train(lane: str, pair_weeks: Weeks, grave: pl.DataFrame, as_of: date, list_size: int) -> Trained:
    """Chooses, trains and calibrates on the settled weeks of `pair_weeks` (in order of as_of); `grave` are the lane's serious events known then."""
    delay = reporting_delay_days(grave)
    settled = closed(pair_weeks["as_of"].unique().to_list(), as_of, delay)
    held = pair_weeks if isinstance(pair_weeks, HeldWeeks) else hold(pair_weeks)
    history = held.on_days(settled)
    history = history.with_hits(label(history.keys, grave))
    outcomes = int(history["hit"].sum())
    if outcomes < MIN_OUTCOMES:
        note = f"too little history to choose or learn on ({outcomes} outcomes): the default rule"
        return Trained(lane, as_of, DEFAULT, PRIOR, rule_figures(history, (DEFAULT,), list_size), note)
    figures = rule_figures(history, RULES, list_size)
    rule = best_rule(figures)
    folds = [fold for fold in rolling_origins(settled, delay) if _outcomes(history, fold.taught) >= MIN_OUTCOMES]
    if outcomes < LEAST_OUTCOMES_TO_LEARN or not folds:
        return _with_rule(
            lane,
            as_of,
            rule,
            history=history,
            figures=figures,
            list_size=list_size,
            note=f"too little history to learn on ({outcomes} outcomes): the best simple rule",
        )
    return _through_the_gate(lane, as_of, history, figures=figures, folds=folds, list_size=list_size)


def _outcomes(history: HeldWeeks, weeks: tuple[date, ...]) -> int:
    return int(history.on_days(weeks)["hit"].sum())


def rule_figures(history: Weeks, rules: tuple[Rule, ...], list_size: int) -> pl.DataFrame:
    """Each rule's average precision and precision at the list's size on settled weeks (columns pair_id, as_of, hit and the features)."""
    weeks = history["as_of"].unique().sort(descending=True).gather_every(RULE_WEEKS_STEP)
    looked_at = sorted({name for rule in rules for name in rule.expression.meta.root_names()} - {"pair_id", "as_of"})
    some = history.on_days(weeks) if isinstance(history, HeldWeeks) else history.filter(pl.col("as_of").is_in(weeks.implode()))
    compared = some.select("pair_id", "as_of", "hit", *looked_at)
    return pl.DataFrame([_figures(rule, rule.meaning, compared, rule.raw(compared), list_size) for rule in rules])


def _figures(scorer: Scorer, meaning: str, judged: pl.DataFrame, raw: np.ndarray, list_size: int) -> dict[str, object]:
    ranked = judged.select("pair_id", "as_of", "hit", pl.Series("raw", raw))
    return {
        "scorer": scorer.name,
        "meaning": meaning,
        "average_precision": average_precision(raw, judged["hit"].to_numpy()),
        "precision_at_list": precision_at(ranked, list_size),
        "weeks": ranked["as_of"].n_unique(),
        "outcomes": int(ranked["hit"].sum()),
    }


def best_rule(figures: pl.DataFrame) -> Rule:
    """The rule of most merit (models/evaluation.py); of equals the one with the highest average precision, then the first by name."""
    best = figures.sort(MERIT, "average_precision", "scorer", descending=[True, True, False])["scorer"][0]
    return next(rule for rule in RULES if rule.name == best)


def _with_rule(lane: str, as_of: date, rule: Rule, *, history: HeldWeeks, figures: pl.DataFrame, list_size: int, note: str) -> Trained:
    return Trained(lane, as_of, rule, _calibrated(history, rule.raw(history), list_size), figures, note)


def _calibrated(weeks: Weeks, raw: Floats, list_size: int) -> Calibration:
    """By all the weeks how often each figure came true, at the level of the latest."""
    hit = weeks["hit"].to_numpy()
    return at_latest_level(calibrate(raw, hit), weeks["as_of"], raw, hit, list_size)


def _through_the_gate(lane: str, as_of: date, history: HeldWeeks, *, figures: pl.DataFrame, folds: list[Fold], list_size: int) -> Trained:
    with one_thread(), ThreadPoolExecutor(FOLDS_AT_ONCE) as pool:
        judged = pl.concat(pool.map(lambda fold: _judge(history, fold, list_size), folds))
    in_use, verdicts = "rule", {}
    for challenger in TEACHERS:
        verdicts[challenger] = compare(judged, challenger, in_use, list_size)
        if challenger not in LEAST_GAIN:
            verdicts[challenger] = replace(verdicts[challenger], order=compare_order(judged, challenger, in_use, list_size))
        if verdicts[challenger].passes:
            in_use = challenger
    note = "; ".join(_said(name, verdict) for name, verdict in verdicts.items())
    rule = best_rule(figures)
    if in_use == "rule":
        why = f"no learned model passed the gate ({note}): the best simple rule"
        return Trained(lane, as_of, rule, _calibrated(history, rule.raw(history), list_size), figures, why, verdicts, judged=judged)
    model = TEACHERS[in_use](history)
    unseen = [_figures(model, model.meaning, judged, judged[in_use].to_numpy(), list_size)]
    calibration = _calibrated(judged, _on_its_scale(model, history, folds, judged[in_use].to_numpy()), list_size)
    figures = pl.concat([figures, pl.DataFrame(unseen)])
    simple = (rule, _calibrated(history, rule.raw(history), list_size))
    return Trained(lane, as_of, model, calibration, figures, f"passed the gate ({note})", verdicts, simple, judged)


def _judge(history: HeldWeeks, fold: Fold, list_size: int) -> pl.DataFrame:
    """The judged weeks of one fold with a raw figure of every model taught on the weeks before, and of the rule that was best on them."""
    taught, judged = history.on_days(fold.taught), history.on_days(fold.judged)
    models: dict[str, Learned] = {name: teach(taught) for name, teach in TEACHERS.items()}
    rule = best_rule(rule_figures(taught, RULES, list_size))
    raws = [pl.Series("rule", rule.raw(judged))]
    raws += [pl.Series(name, model.raw(judged)) for name, model in models.items()]
    return judged.select("pair_id", "as_of", "hit").with_columns(raws)


def _on_its_scale(model: Learned, history: HeldWeeks, folds: list[Fold], raw: Floats) -> Floats:
    """The figures that models taught on earlier weeks gave the judged ones, each fold's brought to the figures that `model` gives the same weeks, in the
    order they had: who came first is judged on weeks not learned from, and the probability belongs to the figures that `model` will give."""
    brought, at = np.zeros(len(raw)), 0
    for fold in folds:
        own = np.sort(model.raw(history.on_days(fold.judged)))
        brought[at : at + len(own)][np.argsort(raw[at : at + len(own)], kind="stable")] = own
        at += len(own)
    return brought


def _said(name: str, verdict: Verdict) -> str:
    asked = f", at least {verdict.least:+.3f} asked" if verdict.least else ""
    order = f", average precision {verdict.order.gain:+.3f}, {verdict.order.low:+.3f} to {verdict.order.high:+.3f}" if verdict.order else ""
    listed = f"{verdict.gain:+.3f} precision at the list's size, {CONFIDENCE:.0%} interval {verdict.low:+.3f} to {verdict.high:+.3f}"
    return f"{name} {listed}{asked}{order}"
