"""What pairs and scores looked like while a model was trained: the shares that drift is measured against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from features.catalogue import feature_names
from models.explaining import quiet
from models.held_weeks import Weeks
from models.scorer import Floats

REFERENCE_WEEKS = 52
"""A whole year, so that no season is missing; the last one before the training, when records were as they are."""
PARTS = (0.2, 0.4, 0.6, 0.8)
SCORE_EDGES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
LEAST_SHARE = 1e-4
"""An empty step counts as one in ten thousand, as is usual for the index."""
FEATURES_AT_ONCE = 8
"""Held weeks are unpacked once for so many: once for each takes longer, and all at once more room."""


@dataclass(frozen=True)
class Spread:
    """The share of values up to each edge, between edges, and above the last: one more share than edges."""

    edges: tuple[float, ...]
    shares: tuple[float, ...]

    def shares_of(self, values: Floats) -> tuple[float, ...]:
        """The shares of other values in the same steps."""
        step = np.searchsorted(self.edges, values, side="left")
        return tuple((np.bincount(step, minlength=len(self.edges) + 1) / max(len(values), 1)).tolist())

    def index(self, values: Floats) -> float:
        """The population stability index of other values against these: 0 for the same shares; from .25 on two populations are usually called different."""
        was, now = (np.clip(shares, LEAST_SHARE, None) for shares in (self.shares, self.shares_of(values)))
        return float(np.sum((now - was) * np.log(now / was)))


@dataclass(frozen=True)
class Profile:
    """A lane's last year before a training: pair-weeks a week, the share followed by serious violence, each feature's values, the scores."""

    weeks: int
    pairs_a_week: float
    base_rate: float | None
    features: Mapping[str, Spread]
    score: Spread

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the card."""
        return asdict(self)


def read_profile(plain: Mapping[str, Any]) -> Profile:
    """A profile from the plain values of a card."""
    spreads = {name: _read_spread(one) for name, one in plain["features"].items()}
    return Profile(plain["weeks"], plain["pairs_a_week"], plain["base_rate"], spreads, _read_spread(plain["score"]))


def profile(pair_weeks: Weeks, scores: Floats, base_rate: float | None) -> Profile:
    """The profile of some pair-weeks (as_of and every feature) and their scores."""
    weeks = pair_weeks["as_of"].n_unique()
    names = feature_names()
    features: dict[str, Spread] = {}
    for at in range(0, len(names), FEATURES_AT_ONCE):
        some = pair_weeks.select(*names[at : at + FEATURES_AT_ONCE])
        features |= {name: _spread(some[name].to_numpy(), quiet(name)) for name in some.columns}
    empty = Spread(SCORE_EDGES, (0.0,) * (len(SCORE_EDGES) + 1))
    return Profile(weeks, pair_weeks.height / max(weeks, 1), base_rate, features, Spread(SCORE_EDGES, empty.shares_of(scores)))


def _spread(values: Floats, nothing: float) -> Spread:
    """One step for what is quiet, and fifths of the rest."""
    some = values[values != nothing]
    apart = 0.0 if nothing == 0.0 else nothing - 1e-6
    edges = np.unique(np.append(np.quantile(some, PARTS), apart) if len(some) else [apart])
    found = Spread(tuple(edges.tolist()), ())
    return Spread(found.edges, found.shares_of(values))


def _read_spread(plain: Mapping[str, Any]) -> Spread:
    return Spread(tuple(plain["edges"]), tuple(plain["shares"]))
