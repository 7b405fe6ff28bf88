"""What each feature does to a score: the parts of the glass box add up to the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from features.catalogue import feature_names
from features.themes import features_by_theme
from models.calibration import PRIOR
from models.explaining import contributions, quiet, theme_weights
from models.learned import Learned, teach_challenger, teach_glass_box
from models.rules import DEFAULT, RULES, Rule
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


def taught(teach: Callable[[pl.DataFrame], Learned]) -> Learned:
    hit = np.random.default_rng(3).random(WEEKS.height) < 0.02 * np.exp(0.3 * WEEKS["record_harm_30d"].to_numpy())
    return teach(WEEKS.with_columns(pl.Series("hit", hit)))


@pytest.mark.parametrize("scorer", [taught(teach_glass_box), taught(teach_challenger), *RULES[:5], DEFAULT], ids=lambda scorer: scorer.name)
def test_the_reasons_of_any_scorer_add_up_to_all_that_sets_a_pair_apart(scorer: Learned | Rule) -> None:
    tonight = WEEKS.filter(pl.col("as_of") == TONIGHT)
    nothing = tonight.with_columns(pl.lit(quiet(name)).alias(name) for name in feature_names())
    figure = scorer.log_odds if isinstance(scorer, Learned) else scorer.raw
    themes = theme_weights(Trained("conflict", TONIGHT, scorer, PRIOR, NO_FIGURES, ""), tonight)
    weights = themes.group_by("pair_id").agg(pl.col("weight").sum())
    said = tonight.join(weights, on="pair_id", how="left", maintain_order="left")["weight"].fill_null(0.0).to_numpy()
    assert np.allclose(said, figure(tonight) - figure(nothing), atol=1e-4)
    if scorer.name == "glass_box":
        assert themes["is_exact"].all()


def test_of_the_glass_box_the_weight_of_a_reason_is_the_sum_of_its_features() -> None:
    trained = Trained("conflict", TONIGHT, taught(teach_glass_box), PRIOR, NO_FIGURES, "")
    tonight = WEEKS.filter(pl.col("as_of") == TONIGHT)
    of = pl.DataFrame([(f, t) for t, names in features_by_theme().items() for f in names], schema=["feature", "theme"], orient="row")
    summed = contributions(trained, tonight).join(of, on="feature").group_by("pair_id", "theme").agg(pl.col("weight").sum().alias("sum"))
    both = theme_weights(trained, tonight).join(summed, on=["pair_id", "theme"])
    assert both.height > 0
    assert np.allclose(both["weight"], both["sum"], atol=1e-4)
