"""Which scorer a lane gets: the best simple rule, unless a learned model passes the gate; the default while there is too little to choose on."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from features.catalogue import HALF_LIVES, feature_names
from models.calibration import MIN_OUTCOMES
from models.learned import FeaturesDiffer, Learned, teach_glass_box
from models.registry import CARD, load, save
from models.rules import DEFAULT, RULES
from models.training import best_rule, rule_figures, train

TONIGHT = date(2026, 6, 28)


def pair_weeks(weeks: int, pairs: int, **columns: np.ndarray) -> pl.DataFrame:
    """Pair-weeks with every feature 0 but those given, each of shape (weeks, pairs); Sundays up to tonight."""
    rows = pl.DataFrame(
        {
            "pair_id": [f"A{p:03}-B" for _ in range(weeks) for p in range(pairs)],
            "as_of": [TONIGHT - timedelta(days=7 * (weeks - 1 - w)) for w in range(weeks) for _ in range(pairs)],
        }
    )
    zeros = [pl.lit(0.0).alias(name) for name in feature_names() if name not in columns]
    given = [pl.Series(name, values.ravel().astype(float)) for name, values in columns.items()]
    return rows.with_columns(*zeros, *given, (pl.col("as_of") + pl.duration(days=1)).alias("week"))


def outcomes(weeks: pl.DataFrame, hit: np.ndarray) -> pl.DataFrame:
    """A serious event ten days after each pair-week that `hit` says, known the same day."""
    days = weeks.filter(pl.Series(hit.ravel())).select(
        "pair_id", (pl.col("as_of") + pl.duration(days=10)).cast(pl.Datetime("us")).alias("occurred_at")
    )
    return days.with_columns(pl.col("occurred_at").alias("known_at"))


def escalating_county(seed: int, *, weeks: int = 80, pairs: int = 300) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A county where what follows depends on two features that no one rule adds up; they stay as they are for eight weeks."""
    draw = np.random.default_rng(seed)
    harm, armed = (
        np.repeat(x, 8, axis=0)[:weeks]
        for x in (draw.exponential(2.0, (weeks // 8 + 1, pairs)), draw.poisson(0.4, (weeks // 8 + 1, pairs)))
    )
    table = pair_weeks(weeks, pairs, record_harm_60d=harm, armed_90d=armed)
    return table, outcomes(table, draw.random(harm.shape) < 0.0005 * np.exp(0.3 * harm + 1.5 * armed))


def test_the_rule_that_ranked_best_is_chosen() -> None:
    draw = np.random.default_rng(3)
    harm = draw.exponential(2.0, (40, 100))
    noise = {f"record_harm_{days}d": draw.exponential(2.0, harm.shape) for days in HALF_LIVES if days != 60}
    history = pair_weeks(40, 100, record_harm_60d=harm, **noise).with_columns(
        pl.Series("hit", (draw.random((40, 100)) < 0.02 * harm).ravel())
    )
    figures = rule_figures(history, RULES, 20)
    assert best_rule(figures).name.startswith("decayed_harm_60d")
    assert figures["scorer"].to_list() == [rule.name for rule in RULES]


def test_a_rule_is_chosen_by_the_order_of_all_pairs_and_by_its_list() -> None:
    def figure(scorer: str, order: float, on_list: float) -> dict[str, object]:
        return {"scorer": scorer, "average_precision": order, "precision_at_list": on_list}

    figures = [figure("no_change", 0.200, 0.10), figure("count_365d", 0.190, 0.14), figure("serious_365d", 0.050, 0.15)]
    assert best_rule(pl.DataFrame(figures)).name == "count_365d"
    assert best_rule(pl.DataFrame([figure("no_change", 0.02, 0.0), figure("count_365d", 0.03, 0.0)])).name == "count_365d"


def test_too_little_history_ships_the_default_and_says_so() -> None:
    weeks = pair_weeks(10, 50)
    hits = np.zeros((10, 50), dtype=bool)
    hits[0, : MIN_OUTCOMES // 5] = True
    trained = train("conflict", weeks, outcomes(weeks, hits), TONIGHT + timedelta(days=60), 20)
    assert trained.scorer is DEFAULT
    assert "too little history" in trained.note
    assert "not calibrated" in trained.calibration.note


def test_outcomes_that_are_not_settled_teach_nothing() -> None:
    weeks = pair_weeks(4, 60)
    events = outcomes(weeks, np.ones((4, 60), dtype=bool))
    assert train("conflict", weeks, events, TONIGHT, 20).scorer is DEFAULT
    assert train("conflict", weeks, events, TONIGHT + timedelta(days=60), 20).scorer is not DEFAULT


def test_a_lane_with_no_pairs_is_trained_and_scored_without_complaint() -> None:
    none = pl.DataFrame(schema={"pair_id": pl.String, "occurred_at": pl.Datetime("us"), "known_at": pl.Datetime("us")})
    empty = pair_weeks(1, 1).clear()
    trained = train("domestic", empty, none, TONIGHT, 20)
    assert trained.scorer is DEFAULT
    assert trained.scorer.raw(empty).shape == (0,)


def test_a_learned_model_ships_where_it_warns_better_and_is_kept_whole(tmp_path: Path) -> None:
    weeks, events = escalating_county(1)
    trained = train("conflict", weeks, events, TONIGHT + timedelta(days=60), 10)
    assert isinstance(trained.scorer, Learned), trained.note
    assert trained.verdicts["glass_box"].low > 0
    save(tmp_path, trained)
    again = load(tmp_path, "conflict", trained.as_of)
    assert again is not None
    assert np.array_equal(again.scorer.raw(weeks), trained.scorer.raw(weeks))
    assert again.calibration == trained.calibration
    assert again.figures.equals(trained.figures)


def test_where_nothing_announces_violence_the_gate_ships_the_simple_rule() -> None:
    draw = np.random.default_rng(5)
    weeks = pair_weeks(80, 150, record_harm_60d=draw.exponential(2.0, (80, 150)), armed_90d=draw.poisson(0.4, (80, 150)))
    trained = train("conflict", weeks, outcomes(weeks, draw.random((80, 150)) < 0.02), TONIGHT + timedelta(days=60), 10)
    assert not isinstance(trained.scorer, Learned)
    assert "no learned model passed the gate" in trained.note


def test_a_model_refuses_features_that_it_was_not_trained_on() -> None:
    weeks, _ = escalating_county(2, weeks=10)
    hit = np.random.default_rng(2).random(weeks.height) < 0.1
    model = teach_glass_box(weeks.with_columns(pl.Series("hit", hit)))
    with pytest.raises(FeaturesDiffer, match="armed_90d"):
        model.raw(weeks.drop("armed_90d"))


def test_more_than_was_seen_before_violence_lifts_nobody_further() -> None:
    weeks, _ = escalating_county(4, weeks=20)
    hit = np.random.default_rng(4).random(weeks.height) < 0.02 * np.exp(0.3 * weeks["record_harm_60d"].to_numpy())
    model = teach_glass_box(weeks.with_columns(pl.Series("hit", hit)))
    most = float(weeks["record_harm_60d"].to_numpy().max())
    much, more, absurd = (
        model.log_odds(weeks.head(1).with_columns(pl.lit(harm).alias("record_harm_60d")))[0] for harm in (1.0, most, 1000.0 * most)
    )
    assert much < more
    assert absurd == pytest.approx(more)


def test_the_probability_belongs_to_the_figures_that_the_model_in_use_gives() -> None:
    weeks, events = escalating_county(1)
    trained = train("conflict", weeks, events, TONIGHT + timedelta(days=60), 10)
    settled = weeks.filter(pl.col("as_of").is_in(trained.judged["as_of"].implode()))
    top = trained.scorer.raw(settled).max()
    assert isinstance(trained.scorer, Learned)
    assert trained.calibration.raw[-1] <= top
    said = trained.calibration.apply(trained.scorer.raw(settled))
    assert said.mean() == pytest.approx(trained.judged["hit"].mean(), rel=0.25), "at the level of the latest weeks, which were worse"


def test_the_glass_box_is_a_sum_of_one_curve_a_feature() -> None:
    weeks, _ = escalating_county(3, weeks=20)
    hit = np.random.default_rng(3).random(weeks.height) < 0.02 * np.exp(0.3 * weeks["record_harm_60d"].to_numpy())
    model = teach_glass_box(weeks.with_columns(pl.Series("hit", hit)))
    at = weeks.head(200)
    base, harm, armed = (
        at.with_columns(pl.lit(h).alias("record_harm_60d"), pl.lit(a).alias("armed_90d")) for h, a in ((0.0, 0.0), (3.0, 0.0), (0.0, 2.0))
    )
    both = at.with_columns(pl.lit(3.0).alias("record_harm_60d"), pl.lit(2.0).alias("armed_90d"))
    assert np.allclose(model.log_odds(both) - model.log_odds(harm), model.log_odds(armed) - model.log_odds(base))


@pytest.mark.parametrize(("entry", "value"), [("versions", {"scikit-learn": "0.1"}), ("features_sha256", "of other features")])
def test_a_model_of_other_libraries_or_features_is_trained_anew_and_the_old_one_kept(tmp_path: Path, entry: str, value: object) -> None:
    trained = train("conflict", pair_weeks(1, 1), outcomes(pair_weeks(1, 1), np.zeros((1, 1), dtype=bool)), TONIGHT, 20)
    card = save(tmp_path, trained) / CARD
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {entry: value}), encoding="utf-8")
    assert load(tmp_path, "conflict", TONIGHT) is None
    assert save(tmp_path, trained).name == f"conflict-{TONIGHT}-2"
    assert load(tmp_path, "conflict", TONIGHT) is not None
