"""Turns a raw score into a probability by how often such scores have come true in the county's own settled weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.isotonic import IsotonicRegression

from models.scorer import Bools, Floats

MIN_OUTCOMES = 30
"""Serious outcomes in settled weeks below which the county has too little history to calibrate on."""
OUTCOMES_PER_STEP = 25
PRIOR_ODDS_PER_POINT = 0.004
"""Used before calibration: about 4 in 1,000 more a harm point; a stand-in of plausible size, and no more."""


@dataclass(frozen=True)
class Calibration:
    """Steps from raw score to probability, joined by straight lines; `note` says in plain words what they rest on."""

    raw: tuple[float, ...]
    probability: tuple[float, ...]
    note: str

    def apply(self, raw: Floats) -> Floats:
        """The probability of each raw score, never falling as the raw score rises."""
        if not self.raw:
            return np.asarray(1.0 - np.exp(-PRIOR_ODDS_PER_POINT * np.clip(raw, 0.0, None)), dtype=np.float64)
        return np.asarray(np.interp(raw, self.raw, self.probability), dtype=np.float64)


PRIOR = Calibration((), (), "not calibrated: too little settled history; the probability is a cautious prior")


def calibrate(raw: Floats, hit: Bools) -> Calibration:
    """Groups settled pair-weeks by raw score into steps of OUTCOMES_PER_STEP outcomes, and makes their rates rise with the score."""
    outcomes = int(hit.sum())
    if outcomes < MIN_OUTCOMES:
        return PRIOR
    order = np.argsort(-raw, kind="stable")
    raw, hit = raw[order], hit[order]
    steps = max(2, outcomes // OUTCOMES_PER_STEP)
    step = np.minimum(((np.cumsum(hit) - hit) * steps) // outcomes, steps - 1)
    size = np.bincount(step, minlength=steps).astype(float)
    centre = np.bincount(step, weights=raw, minlength=steps) / size
    rate = (np.bincount(step, weights=hit.astype(float), minlength=steps) + 0.5) / (size + 1.0)
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0).fit(centre, rate, sample_weight=size).predict(centre)
    low, high = centre[::-1], fitted[::-1]
    floor = (float(raw.min()), float(high[0]) / 4.0)
    points = [floor, *zip(low.tolist(), high.tolist(), strict=True)]
    note = f"calibrated on {len(raw):,} settled pair-weeks with {outcomes:,} serious outcomes"
    return Calibration(tuple(x for x, _ in points), tuple(y for _, y in points), note)
