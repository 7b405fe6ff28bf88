"""What each feature does to a score: the parts of the glass box add up to the whole."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from models.calibration import PRIOR
from models.explaining import contributions, quiet
from models.learned import teach_glass_box
from models.rules import DEFAULT
from models.training import Trained
from tests.models.test_training import TONIGHT, pair_weeks

DRAW = np.random.default_rng(7)
WEEKS = pair_weeks(
    30, 80, record_harm_30d=DRAW.exponential(2.0, (30, 80)), armed_90d=DRAW.poisson(0.4, (30, 80)), peace_30d=DRAW.poisson(0.3, (30, 80))
)
NO_FIGURES = pl.DataFrame()


def test_the_weights_of_the_glass_box_add_up_to_all_that_sets_a_pair_apart() -> None:
    hit = DRAW.random(WEEKS.height) < 0.02 * np.exp(0.3 * WEEKS["record_harm_30d"].to_numpy())
    model = teach_glass_box(WEEKS.with_columns(pl.Series("hit", hit)))
    tonight = WEEKS.filter(pl.col("as_of") == TONIGHT)
    weights = (
        contributions(Trained("conflict", TONIGHT, model, PRIOR, NO_FIGURES, ""), tonight).group_by("pair_id").agg(pl.col("weight").sum())
    )
    nothing = tonight.with_columns(pl.lit(quiet(name)).alias(name) for name in model.features)
    apart = model.log_odds(tonight) - model.log_odds(nothing)
    said = tonight.join(weights, on="pair_id", how="left", maintain_order="left")["weight"].fill_null(0.0).to_numpy()
    assert np.allclose(said, apart, atol=1e-4)


def test_of_a_rule_the_features_it_counts_are_named_and_peace_lowers() -> None:
    tonight = WEEKS.filter((pl.col("as_of") == TONIGHT) & (pl.col("peace_30d") > 0)).head(1)
    found = {row["feature"]: row for row in contributions(Trained("conflict", TONIGHT, DEFAULT, PRIOR, NO_FIGURES, ""), tonight).to_dicts()}
    assert set(found) == {"record_harm_30d", "peace_30d"}
    assert found["peace_30d"]["weight"] < 0 < found["record_harm_30d"]["weight"]
    assert found["record_harm_30d"]["score_without"] == pytest.approx(0.0)
