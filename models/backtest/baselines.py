"""The simple rules that a warning must beat to be worth the trouble."""

from __future__ import annotations

import polars as pl

from models.evaluation import MERIT
from models.rules import DECAYED, DEFAULT, RULES, Rule

NAIVE = ("random", "no_change", "most_recent", "count_365d", "serious_365d", "person_rates")
"""What anyone could do without Forewarn; a warning that is not better than each of these does not work."""
BASELINES: dict[str, Rule] = {rule.name: rule for name in NAIVE for rule in RULES if rule.name == name}
DECAYED_HARM = "decayed_harm"
"""The decayed rule that was best on the county's history when each month began; it ships where no learned model passes the gate."""

SAID = {
    "forewarn": "Forewarn, as it would have been",
    "random": "by lot",
    "no_change": "no change",
    "most_recent": "most recent incident",
    "count_365d": "count in 365 days",
    "serious_365d": "serious violence in 365 days",
    "person_rates": "each person's own rate",
    "decayed_harm": "decayed harm, as chosen then",
}


def best_decayed(figures: pl.DataFrame) -> Rule:
    """The decayed rule of most merit among a training's figures, as a training chooses; the default while there is nothing to choose on."""
    names = [rule.name for rule in DECAYED]
    found = figures.filter(pl.col("scorer").is_in(names)).sort(MERIT, "average_precision", "scorer", descending=[True, True, False])
    return next(rule for rule in DECAYED if rule.name == found["scorer"][0]) if found.height else DEFAULT
