"""Logistic regression that shrinks towards what a more frequent outcome teaches, with the signs that common sense gives."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from models.scorer import Bools, Floats

MOST_STEPS = 300
BOUNDS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}


def fit_signed(
    x: Floats, hit: Bools, weight: Floats, *, strength: float, slopes: list[int], frequent: tuple[Bools, float] | None = None
) -> Pipeline:
    """Ridge regression whose slopes keep their signs (1 never falls, -1 never rises, 0 is free), for inputs of shape (rows, features).

    `frequent`: a more frequent outcome of the same kind and the strength to fit it with first; the slopes then shrink towards its slopes, and not
    towards nothing: what few serious outcomes cannot tell is taken from what many lesser ones do.
    """
    scale = StandardScaler().fit(x, sample_weight=weight)
    scaled = scale.transform(x)
    centre = np.zeros(x.shape[1])
    if frequent is not None and frequent[0].any():
        _, centre = _fit(scaled, frequent[0].astype(np.float64), weight, strength=frequent[1], slopes=slopes, centre=centre)
    intercept, coefficients = _fit(scaled, hit.astype(np.float64), weight, strength=strength, slopes=slopes, centre=centre)
    ridge = LogisticRegression(C=strength)
    ridge.classes_ = np.array([False, True])
    ridge.coef_, ridge.intercept_ = coefficients[None, :], np.array([intercept])
    ridge.n_features_in_ = x.shape[1]
    return Pipeline([("scale", scale), ("ridge", ridge)])


def _fit(x: Floats, y: Floats, weight: Floats, *, strength: float, slopes: list[int], centre: Floats) -> tuple[float, Floats]:
    rate = np.average(y, weights=weight)

    def loss(at: Floats) -> tuple[float, Floats]:
        log_odds, away = at[0] + x @ at[1:], at[1:] - centre
        odds = np.exp(-np.abs(log_odds))
        chance = np.where(log_odds >= 0, 1.0, odds) / (1.0 + odds)
        value = float((weight * (np.maximum(log_odds, 0.0) + np.log1p(odds) - y * log_odds)).sum() + away @ away / (2.0 * strength))
        residual = weight * (chance - y)
        return value, np.concatenate([[residual.sum()], x.T @ residual + away / strength])

    start = np.concatenate([[np.log(rate / (1.0 - rate))], centre])
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=[BOUNDS[0], *(BOUNDS[slope] for slope in slopes)], options={"maxiter": MOST_STEPS}
    )
    return float(found.x[0]), np.asarray(found.x[1:], dtype=np.float64)
