"""What a pair's score would come to if nothing more happened, or if a report of peace came in: the pair measured again by the same scorer on later days.

Nothing is foretold here: everyone's events stay as they are known tonight, and only the days pass.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from features.pair_week import measure
from models.training import Trained
from warehouse.timegate import visible

QUIET, PEACE = "quiet", "peace"
"""Nothing more happens; the same, and a report that the two have made peace is known tonight."""
DAILY_DAYS, LAST_DAY = 28, 182
DAYS = {
    QUIET: (*range(DAILY_DAYS + 1), *range(DAILY_DAYS + 7, LAST_DAY + 1, 7)),
    PEACE: tuple(range(0, LAST_DAY + 1, 7)),
}
PEACE_EVIDENCE = 0.63
"""The weight of a reconciliation reported at grade 1B; a test holds it to the code lists."""
PEACE_REPORT = {
    "source": "intelligence",
    "record_id": "",
    "kind": "reconciled",
    "stance": "peace",
    "direction": "mutual",
    "severity": 0.0,
    "evidence": PEACE_EVIDENCE,
}
RAW_DIGITS, SCORE_DIGITS = 9, 6
NO_OUTLOOK = {"pair_id": pl.String, "scenario": pl.String, "days": pl.Int32, "raw": pl.Float64, "score": pl.Float64}


def outlook(trained: Trained, events: pl.DataFrame, pairs: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The figures of some pairs (pair_id, person_a, person_b, raw of tonight) on later days, scenario by scenario; day 0 of `quiet` is tonight.

    The events of these people and of those whom they have met are enough for most measures; where they do not give tonight's figures again, because a
    measure looks further, all events are taken.
    """
    if not pairs.height:
        return pl.DataFrame(schema=NO_OUTLOOK)
    tonight = visible(events, [as_of]).drop("as_of").with_columns(pl.lit(None, pl.Datetime("us")).alias("known_to"))
    near = _near(tonight, pairs)
    quiet = _figures(trained, QUIET, near, pairs, as_of)
    if not _is_tonight(quiet, pairs):
        near, quiet = tonight, _figures(trained, QUIET, tonight, pairs, as_of)
    peace = pl.concat([near, _peace(near, pairs, as_of)], how="vertical_relaxed")
    return pl.concat([quiet, _figures(trained, PEACE, peace, pairs, as_of)])


def _is_tonight(quiet: pl.DataFrame, pairs: pl.DataFrame) -> bool:
    again = quiet.filter(pl.col("days") == 0).join(pairs.select("pair_id", pl.col("raw").alias("tonight")), on="pair_id")
    return again.height == pairs.height and bool((again["raw"] - again["tonight"]).abs().max() <= 10.0**-SCORE_DIGITS)  # type: ignore[operator]


def _near(events: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The events of the pairs' people and of everyone they have met."""
    people = pl.concat([pairs["person_a"], pairs["person_b"]]).unique()
    touching = _touching(events, people)
    return _touching(events, pl.concat([people, touching["person_a"], touching["person_b"]]).unique())


def _touching(events: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    return events.filter(pl.col("person_a").is_in(people.implode()) | pl.col("person_b").is_in(people.implode()))


def _peace(events: pl.DataFrame, pairs: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """A report of peace between the two of each pair, known tonight."""
    today = pl.lit(datetime.combine(as_of, datetime.min.time())).cast(pl.Datetime("us"))
    report = {
        **dict.fromkeys(("occurred_at", "known_at", "known_from"), today),
        **dict.fromkeys(("is_grave", "is_domestic"), pl.lit(False)),
        **{name: pl.lit(value) for name, value in PEACE_REPORT.items()},
        "weapon": pl.lit(None, pl.String),
    }
    some = events.join(pairs.select("pair_id"), on="pair_id", how="semi").unique("pair_id", keep="first", maintain_order=True)
    return some.with_columns(value.alias(name) for name, value in report.items() if name in events.columns)


def _figures(trained: Trained, scenario: str, events: pl.DataFrame, pairs: pl.DataFrame, as_of: date) -> pl.DataFrame:
    days = [as_of + timedelta(days=day) for day in DAYS[scenario]]
    weeks = measure(events, days).join(pairs.select("pair_id"), on="pair_id", how="semi")
    raw = np.round(trained.scorer.raw(weeks), RAW_DIGITS)
    return weeks.select(
        "pair_id", pl.lit(scenario).alias("scenario"), (pl.col("as_of") - as_of).dt.total_days().cast(pl.Int32).alias("days")
    ).with_columns(pl.Series("raw", raw), pl.Series("score", np.round(trained.calibration.apply(raw), SCORE_DIGITS)))
