"""The training's own backtest: the weeks of its rolling origins as lists, each scored by models taught on earlier weeks only."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from features.catalogue import feature_names
from models.backtest.baselines import BASELINES, DECAYED_HARM, SAID
from models.backtest.replaying import FOREWARN, Eligible, Replay, Tell, with_outcomes
from models.backtest.report import report
from models.calibration import calibrate
from models.monthly import SCORE_DIGITS, Training
from models.outcome import grave_events
from models.scorer import Bools, Floats
from models.splits import FOLD_WEEKS

RULE = "rule"


def judge_training(training: Training, list_size: int, eligible: Eligible, tell: Tell) -> dict[str, object] | None:
    """The report of a training as `forewarn backtest` would write it, without what has to be taught anew; None with too little to judge on."""
    trained = training.trained
    if not trained.judged.height:
        return None
    content = report(judged_lists(training, list_size, eligible), eligible, tell, deep=False)
    about = content["about"]
    assert isinstance(about, dict), "the report is plain values"
    about |= {
        "kind": "training",
        "lane": trained.lane,
        "columns_seen": list(feature_names()),
        "said": SAID | {DECAYED_HARM: "best simple rule, as chosen then"},
    }
    return content


def judged_lists(training: Training, list_size: int, eligible: Eligible) -> Replay:
    """The judged weeks as a replay: the scorer's figures of each week come from a model of its kind taught on earlier weeks."""
    trained = training.trained
    judged = trained.judged.sort("as_of", "pair_id")
    looked_at = {name for rule in BASELINES.values() for name in rule.expression.meta.root_names()}
    seen = training.pair_weeks.on_days(judged["as_of"].unique()).select(
        "pair_id", "as_of", *sorted({"serious_365d", *looked_at} - {"pair_id", "as_of"})
    )
    rows = judged.select("pair_id", "as_of").join(seen, on=["pair_id", "as_of"], how="left", maintain_order="left")
    raw = judged[trained.scorer.name if trained.scorer.name in judged.columns else RULE].to_numpy()
    figures = {FOREWARN: raw, DECAYED_HARM: judged[RULE].to_numpy(), **{name: rule.raw(rows) for name, rule in BASELINES.items()}}
    scored = rows.select("pair_id", "as_of", "serious_365d").with_columns(
        *(pl.Series(name, values) for name, values in figures.items()),
        pl.Series("score", cross_calibrated(raw, judged["hit"].to_numpy(), judged["as_of"])),
    )
    grave = grave_events(training.events, trained.lane)
    weeks = tuple(judged["as_of"].unique().sort().to_list())
    return Replay(
        events=training.events,
        weeks=weeks,
        settled=weeks,
        delay_days=training.period.delay_days,
        list_size=list_size,
        features=rows,
        scored=with_outcomes(scored, training.events, grave, eligible),
        grave=grave,
        trained=(trained,),
    )


def cross_calibrated(raw: Floats, hit: Bools, as_of: pl.Series) -> Floats:
    """Probabilities of each quarter's rows by a calibration on the other quarters, so that no week vouches for itself."""
    days: list[date] = as_of.unique().sort(descending=True).to_list()
    quarter = as_of.replace_strict(days, [n // FOLD_WEEKS for n in range(len(days))], return_dtype=pl.Int64).to_numpy()
    score = np.zeros(len(raw))
    for one in np.unique(quarter):
        here, others = quarter == one, (quarter != one if len(days) > FOLD_WEEKS else quarter == one)
        score[here] = calibrate(raw[others], hit[others]).apply(raw[here])
    return np.round(score, SCORE_DIGITS)
