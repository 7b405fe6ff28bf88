"""Raw scores to probabilities: rising, close to what happened, and a stated prior while there is too little history."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.calibration import MIN_OUTCOMES, PRIOR, calibrate


def county(seed: int, pairs: int = 40_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    raw = draw.exponential(3.0, pairs)
    truth = 1 - np.exp(-0.01 * raw**1.3)
    return raw, draw.random(pairs) < truth, truth


def test_probabilities_are_close_to_the_true_ones() -> None:
    raw, hit, _ = county(1)
    fresh, _, truth = county(2)
    said = calibrate(raw, hit).apply(fresh)
    assert abs(said.mean() - truth.mean()) < 0.005
    top = np.argsort(-fresh)[:500]
    assert abs(said[top].mean() - truth[top].mean()) < 0.05


def test_too_little_history_gives_the_prior_and_says_so() -> None:
    raw = np.linspace(0, 10, 1000)
    hit = np.zeros(1000, dtype=bool)
    hit[: MIN_OUTCOMES - 1] = True
    assert calibrate(raw, hit) is PRIOR
    assert "not calibrated" in PRIOR.note


@given(st.integers(0, 50), st.lists(st.floats(-5, 100), min_size=2, max_size=50))
def test_a_higher_raw_score_is_never_less_likely(seed: int, asked: list[float]) -> None:
    raw, hit, _ = county(seed, 3_000)
    for calibration in (calibrate(raw, hit), PRIOR):
        said = calibration.apply(np.sort(np.array(asked)))
        assert (np.diff(said) >= -1e-12).all()
        assert ((said >= 0) & (said <= 1)).all()
