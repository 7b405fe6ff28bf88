"""Small trainings to register in tests: rules with a stated calibration, and cards with a profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from features.catalogue import feature_names
from models.calibration import Calibration
from models.profile import profile
from models.registry import save
from models.rules import DEFAULT, RULES
from models.training import Trained

NO_CHANGE = next(rule for rule in RULES if rule.name == "no_change")
CALIBRATION = Calibration((0.0, 10.0), (0.0, 0.5), "calibrated on 1,000 settled pair-weeks with 40 serious outcomes")


def trained(lane: str, as_of: date, note: str = "the best simple rule") -> Trained:
    """A training whose scorer is the default rule, with `no_change` as the simple rule beside it."""
    figures = pl.DataFrame([figure(DEFAULT.name, 0.2, 0.15), figure(NO_CHANGE.name, 0.1, 0.10)])
    return Trained(lane, as_of, DEFAULT, CALIBRATION, figures, note, simple=(NO_CHANGE, CALIBRATION))


def figure(scorer: str, average_precision: float, precision: float) -> dict[str, object]:
    said = {"scorer": scorer, "meaning": f"what {scorer} counts", "average_precision": average_precision, "precision_at_list": precision}
    return {**said, "weeks": 20, "outcomes": 40}


def register(models: Path, lane: str, as_of: date, note: str = "the best simple rule") -> str:
    """Registers such a training; its name."""
    return save(models, trained(lane, as_of, note), {"profile": profile(pair_weeks(8, 50), np.full(400, 0.02), 0.01).as_dict()}).name


def pair_weeks(weeks: int, pairs: int, last: date = date(2026, 5, 31), **columns: float) -> pl.DataFrame:
    """Pair-weeks of Sundays up to `last`; every feature 0 but those given."""
    rows = pl.DataFrame(
        {
            "pair_id": [f"A{p:03}-B{p:03}" for _ in range(weeks) for p in range(pairs)],
            "as_of": [date.fromordinal(last.toordinal() - 7 * (weeks - 1 - w)) for w in range(weeks) for _ in range(pairs)],
        }
    )
    return rows.with_columns(
        *(pl.lit(float(columns.get(name, 0.0))).alias(name) for name in feature_names()),
        (pl.col("as_of") + pl.duration(days=1)).alias("week"),
    )
