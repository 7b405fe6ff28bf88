"""The signed regression: signs are kept, and few outcomes lean on many lesser ones."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.linear import fit_signed

DRAW = np.random.default_rng(7)
X = DRAW.normal(size=(4000, 3))
ONES = np.ones(4000)
CHANCE = 1 / (1 + np.exp(3 - X @ np.array([1.0, -1.0, 0.0])))
HIT = DRAW.random(4000) < CHANCE


def test_without_signs_it_is_the_ridge_that_everyone_knows() -> None:
    known = LogisticRegression(C=0.05, tol=1e-8).fit(StandardScaler().fit_transform(X), HIT)
    ours = fit_signed(X, HIT, ONES, strength=0.05, slopes=[0, 0, 0])[-1]
    assert ours.coef_ == pytest.approx(known.coef_, abs=1e-3)
    assert ours.intercept_ == pytest.approx(known.intercept_, abs=1e-3)


@pytest.mark.parametrize(("slopes", "kept"), [([1, 1, 1], [True, False, False]), ([-1, -1, -1], [False, True, True])])
def test_what_common_sense_rules_out_counts_for_nothing(slopes: list[int], kept: list[bool]) -> None:
    found = fit_signed(X, HIT, ONES, strength=0.05, slopes=slopes)[-1].coef_[0]
    assert np.all(found * slopes >= 0)
    assert (np.abs(found[:2]) > 0.1).tolist() == kept[:2]


def test_few_outcomes_lean_on_a_more_frequent_one() -> None:
    rare = HIT & (DRAW.random(4000) < 0.03)
    alone, leaning = (
        fit_signed(X, rare, ONES, strength=0.003, slopes=[0, 0, 0], frequent=frequent)[-1].coef_[0] for frequent in (None, (HIT, 1.0))
    )
    assert abs(alone[0]) < 0.3
    assert leaning[:2] == pytest.approx([1.0, -1.0], abs=0.3)
