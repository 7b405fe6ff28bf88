"""The simple rules: scorers that anyone can check by hand, behind the one interface that learned models share."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.catalogue import HALF_LIVES
from models.held_weeks import Weeks
from models.scorer import Floats

REPORT_WEIGHTS = (0.0, 0.5, 1.0, 2.0, 4.0)
"""How much a harm point from intelligence counts beside one from a record; chosen on the county's own history."""


@dataclass(frozen=True)
class Rule:
    """A scorer that is one expression over the columns of features.pair_week."""

    name: str
    meaning: str
    expression: pl.Expr

    def raw(self, pair_weeks: Weeks) -> Floats:
        """The expression's value a row."""
        return pair_weeks.select(self.expression.cast(pl.Float64).alias("raw"))["raw"].to_numpy()


def _decayed(days: int, report_weight: float) -> Rule:
    intelligence = "without intelligence" if report_weight == 0 else f"with intelligence at {report_weight:g} of a record"
    harm = pl.col(f"record_harm_{days}d") + report_weight * pl.col(f"report_harm_{days}d")
    return Rule(
        f"decayed_harm_{days}d_{report_weight:g}",
        f"harm between the two, half-life {days} days, {intelligence}, halved by each fresh report of peace",
        harm * (0.5 ** pl.col("peace_30d")),
    )


DECAYED: tuple[Rule, ...] = tuple(_decayed(days, weight) for days in HALF_LIVES for weight in REPORT_WEIGHTS)
DEFAULT = next(r for r in DECAYED if r.name == "decayed_harm_30d_1")
"""Ships while there is too little history to choose on."""

RULES: tuple[Rule, ...] = (
    Rule("no_change", "harm between the two in the last weeks goes on as it is", pl.col("record_harm_7d")),
    Rule("most_recent", "the pair with the most recent adverse incident first", -pl.col("days_since_record")),
    Rule(
        "count_365d",
        "adverse events in the last 365 days, the fresher pair first",
        pl.col("events_365d") - pl.col("days_since_event") / 1000.0,
    ),
    Rule(
        "serious_365d",
        "events of serious violence in the last 365 days; of as many, the harm between the two, half-life 60 days",
        pl.col("serious_365d") + pl.col("record_harm_60d") / 1000.0,
    ),
    Rule(
        "person_rates",
        "each of the two's adverse events with anyone in the last 365 days, multiplied",
        pl.col("person_events_365d_higher") * pl.col("person_events_365d_lower"),
    ),
    Rule("random", "by lot", (pl.col("pair_id") + pl.col("as_of").cast(pl.String)).hash(0).cast(pl.Float64) / 2.0**64),
    *DECAYED,
)
