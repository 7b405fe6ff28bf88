"""Learned scorers: an additive glass box that can be read off feature by feature, and a richer challenger that must win at the gate."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import polars as pl
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, StandardScaler
from threadpoolctl import threadpool_limits

from features.catalogue import NEVER_DAYS, feature_names
from models.held_weeks import Weeks
from models.linear import fit_signed
from models.outcome import HORIZON_DAYS
from models.scorer import Bools, Floats

SEED = 20_260_101
QUIET_KEPT = 0.1
"""Share of the pair-weeks without an outcome that a model learns from, weighed up again: they are many, and alike."""
MOST_QUIET = 200_000
"""No more of them than this: in a county of many people a smaller share tells as much, and a training must fit the machine."""
SINCE_DAYS = 45.0
"""A time since an event enters as exp(-days / 45): what was long ago hardly differs from never."""
LOWERS = ("peace_30d",)
NO_DIRECTION = ("ally_365d", "standing_days", "years_under_26_higher", "years_under_26_lower", "near_in_age")
CROSSED = (
    "events_28d",
    "record_harm_30d",
    "report_harm_30d",
    "report_harm_120d",
    "days_since_event",
    "days_since_serious",
    "worst_harm_365d",
    "reciprocity_365d",
    "others_harm_60d_lower",
    "person_events_365d_lower",
    "peace_30d",
)
"""What may strengthen each other in the challenger: tempo, harm, intelligence, standing, the two people's other conflicts, and peace."""
SEEN = 0.98
"""A regression goes along with an input as far as this share of what was seen before violence; beyond it, nobody has seen what follows."""
ROWS_AT_ONCE = 100_000
GRID = 250


class FeaturesDiffer(ValueError):
    """A model is asked about features that it was not trained on."""


def one_thread() -> AbstractContextManager[object]:
    """The steps of these models are small: on a busy machine threads wait for each other longer than they work."""
    return threadpool_limits(limits=1)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Learned:
    """A trained scorer: the mean of the log odds of its parts, as odds. `features` in the order it was taught."""

    name: str
    meaning: str
    features: tuple[str, ...]
    parts: tuple[Pipeline | HistGradientBoostingClassifier, ...]

    def log_odds(self, pair_weeks: Weeks) -> Floats:
        """The mean log odds of the parts, a row each. Raises FeaturesDiffer if a feature it was taught is not there."""
        missing = [name for name in self.features if name not in pair_weeks.columns]
        if missing:
            raise FeaturesDiffer(f"model {self.name} was trained on {missing[0]}, which is not measured any more: train anew")
        slices = (pair_weeks.slice(at, ROWS_AT_ONCE) for at in range(0, pair_weeks.height, ROWS_AT_ONCE))
        return np.concatenate([self._mean(inputs(part, self.features)) for part in slices]) if pair_weeks.height else np.zeros(0)

    def _mean(self, x: Floats) -> Floats:
        with one_thread():
            return np.asarray(np.mean([part.decision_function(x) for part in self.parts], axis=0), dtype=np.float64)

    def raw(self, pair_weeks: Weeks) -> Floats:
        """The odds, so that the figure is above 0 and rises with the risk."""
        return np.asarray(np.exp(self.log_odds(pair_weeks)), dtype=np.float64)


def inputs(pair_weeks: pl.DataFrame, features: tuple[str, ...]) -> Floats:
    """The features as a model sees them: amounts as log(1 + x), times since as exp(-days / 45), 0 for never; shape (rows, features)."""
    return pair_weeks.select(pl.col(features).cast(pl.Float64)).select(_input(name) for name in features).to_numpy().astype(np.float64)


def _input(name: str) -> pl.Expr:
    if name.startswith("days_since_"):
        return pl.when(pl.col(name) >= NEVER_DAYS).then(0.0).otherwise((-pl.col(name) / SINCE_DAYS).exp()).alias(name)
    return pl.col(name).clip(lower_bound=0.0).log1p().alias(name)


def _slopes(features: tuple[str, ...]) -> list[int]:
    """Common sense for the boosting: more of what harms never lowers a score, more peace never raises it."""
    return [-1 if name in LOWERS else 0 if name in NO_DIRECTION else 1 for name in features]


def gridded(x: Floats) -> Floats:
    """The inputs on a grid of at most GRID steps each: the boosting sorts them into as many bins without a costly weighing of all rows."""
    top = np.maximum(np.abs(x).max(axis=0, initial=0.0), 1e-9)
    return np.asarray(np.round(x / top * GRID) * top / GRID, dtype=np.float64)


def _taught(history: Weeks) -> tuple[pl.DataFrame, Floats]:
    """The rows to learn from and their weights: all with an outcome or an injury (`harmed`) and an even share of the rest, chosen by their key and so
    the same at each training."""
    brief = history.select("pair_id", "as_of", "hit", "days_since_injury")
    lot = (pl.col("pair_id") + pl.col("as_of").cast(pl.String)).hash(SEED) % 1000
    rows = brief.with_columns(harmed_soon(brief).alias("harmed"), lot.alias("lot")).select(
        "harmed", "lot", (pl.col("hit") | pl.col("harmed")).alias("certain")
    )
    quiet = rows.height - int(rows["certain"].sum())
    of_a_thousand = max(1, min(int(QUIET_KEPT * 1000), MOST_QUIET * 1000 // max(quiet, 1)))
    is_kept = rows["certain"] | (rows["lot"] < of_a_thousand)
    kept = history.filter(is_kept).with_columns(rows.filter(is_kept).select("harmed", "certain")).sort("as_of", "pair_id")
    return kept, np.where(kept["certain"].to_numpy(), 1.0, 1000 / of_a_thousand)


def harmed_soon(history: pl.DataFrame) -> pl.Series:
    """For each row: was there an assault with injury or worse between the two within 28 days, as measured by then? Far more frequent than the outcome."""
    later = history.filter(pl.col("days_since_injury") <= HORIZON_DAYS).select(
        "pair_id", (pl.col("as_of") - pl.duration(days=HORIZON_DAYS)).alias("as_of"), pl.lit(True).alias("harmed")
    )
    found = history.select("pair_id", "as_of").join(later, on=["pair_id", "as_of"], how="left", maintain_order="left")
    return found["harmed"].fill_null(False)


def within(x: Floats, hit: Bools) -> MinMaxScaler:
    """Each input from 0 to 1, where 1 is the value that SEEN of the pair-weeks before violence, of those that have any, stayed below; more counts no more.

    A straight line would otherwise lift two people with hundreds of records each to the top for one old event between them.
    """
    before = x[hit]
    tops = [
        np.quantile(column[column > 0], SEEN) if (column > 0).any() else top for column, top in zip(before.T, x.max(axis=0), strict=True)
    ]
    return MinMaxScaler(clip=True).fit(np.minimum(x, np.array(tops)))


def _ridge(strength: float, crossed: list[int] | None = None) -> Pipeline:
    """Ridge logistic regression on scaled inputs; the inputs at the places `crossed` also enter as products of two."""
    crossing = ColumnTransformer([("cross", PolynomialFeatures(2, include_bias=False), crossed or [])], remainder="passthrough")
    steps = [("cross", crossing), ("rescale", StandardScaler())] if crossed else []
    return Pipeline([("scale", StandardScaler()), *steps, ("ridge", LogisticRegression(C=strength, max_iter=1000))])


def _bounded(bounds: MinMaxScaler, regression: Pipeline) -> Pipeline:
    """A regression that was fitted on bounded inputs, for inputs as they are."""
    return Pipeline([("within", bounds), *regression.steps])


def _boosting(features: tuple[str, ...], depth: int, rounds: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_depth=depth,
        max_iter=rounds,
        min_samples_leaf=40,
        l2_regularization=5.0,
        monotonic_cst=_slopes(features),
        early_stopping=False,
        random_state=SEED,
    )


def teach_glass_box(history: Weeks) -> Learned:
    """A ridge regression, one that keeps its signs and leans on lesser harm, and monotone stumps, on settled pair-weeks (with `hit`): a sum of one curve
    a feature, nothing crossed."""
    features, slopes = feature_names(), _slopes(feature_names())
    kept, weight = _taught(history)
    x, y, harmed = inputs(kept, features), kept["hit"].to_numpy(), kept.select(pl.col("hit") | pl.col("harmed"))["hit"].to_numpy()
    with one_thread():
        bounds = within(x, y)
        bounded = bounds.transform(x)
        parts = (
            _bounded(bounds, _ridge(0.003).fit(bounded, y, ridge__sample_weight=weight)),
            _bounded(bounds, fit_signed(bounded, y, weight, strength=0.003, slopes=slopes, frequent=(harmed, 0.01))),
            _boosting(features, 1, 200).fit(gridded(x), y, sample_weight=weight),
        )
    return Learned("glass_box", "a learned sum of one curve for each feature of the pair, none of them crossed", features, parts)


def teach_challenger(history: Weeks) -> Learned:
    """The same with crossed features: more room to fit, and to be wrong."""
    features = feature_names()
    kept, weight = _taught(history)
    x, y = inputs(kept, features), kept["hit"].to_numpy()
    with one_thread():
        bounds = within(x, y)
        crossed = [features.index(name) for name in CROSSED]
        ridge = _bounded(bounds, _ridge(0.001, crossed).fit(bounds.transform(x), y, ridge__sample_weight=weight))
        trees = _boosting(features, 3, 100).fit(gridded(x), y, sample_weight=weight)
    return Learned("challenger", "a learned model in which features may strengthen each other", features, (ridge, trees))
