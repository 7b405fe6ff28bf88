"""What speaks for or against somebody being the person named in a text: a list of signs, each with the weight that it has learned.

The weights are learned with the linkage model from the subjects whom reports list, and kept with it. A text names them as it names anybody,
and who they are is known: each is asked for as if the report did not list them, among all who bear a like name. Where few are to learn from,
judgements stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# How many cases would have to say otherwise before a judgement is left behind: the precision of its prior.
HOLD_TO_JUDGEMENT = 4.0
ROUNDS, ENOUGH = 20, 1e-3


@dataclass(frozen=True, slots=True)
class NameFit:
    """How a name in a text fits a person. `usual`: the share of their records that write the forename so; 1 where none does."""

    surname: str = "whole"  # or part, slip, slip to nobody's
    forename: str = "whole"  # or nickname, initial in record, slip, street name alike
    usual: float = 1.0
    is_street_name_too: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a name in a text may mean: how the name fits them, what is on record of them, and what they have to do with the others in the report.

    The report itself counts for nothing.
    """

    fit: NameFit
    records: int = 1
    reports: int = 0
    days_30: int = 0
    days_180: int = 0
    is_in_company: bool = False
    times_together: int = 0
    days_since_together: int | None = None
    is_same_area: bool | None = None
    age_level: int | None = None
    is_said_age: bool | None = None
    school: str | None = None  # the same, another, too old


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody without a record who may be meant: how many of that name there would be among as many people as we know."""

    bearers: float
    is_street_name: bool = False


@dataclass(frozen=True)
class Sign:
    """One sign: what it says, the weight (log odds) that it is judged to have, and its value."""

    meaning: str
    judged: float
    value: Callable[[Candidate], float]


def _is_within(days: int | None, first: int, last: int) -> bool:
    return days is not None and first <= days <= last


SIGNS: tuple[Sign, ...] = (
    Sign("only a part of the surname is the same", -3.0, lambda c: c.fit.surname == "part"),
    Sign("the surname is a slip of the pen away, and others bear it as written", -4.0, lambda c: c.fit.surname == "slip"),
    Sign("the surname is a slip of the pen away, and nobody bears it as written", -1.5, lambda c: c.fit.surname == "slip to nobody's"),
    Sign("the forename is another form of the name", -0.8, lambda c: c.fit.forename == "nickname"),
    Sign("their records have only an initial", -3.0, lambda c: c.fit.forename == "initial in record"),
    Sign("the forename is a slip of the pen away", -2.5, lambda c: c.fit.forename == "slip"),
    Sign("their street name is spelled otherwise", -2.5, lambda c: c.fit.forename == "street name alike"),
    Sign("their records usually write the forename so", 1.0, lambda c: log(c.fit.usual)),
    Sign("the street name is theirs too", 3.0, lambda c: c.fit.is_street_name_too),
    Sign("they have many records", 0.25, lambda c: log(c.records)),
    Sign("they have one record only", -0.5, lambda c: c.records == 1),
    Sign("they are the subject of many reports", 0.5, lambda c: log(1 + c.reports)),
    Sign("they were heard of within a month", 0.3, lambda c: log(1 + max(c.days_30, 0))),
    Sign("they were heard of within half a year", 0.1, lambda c: log(1 + max(c.days_180, 0))),
    Sign("they were never named with any of the same people", -0.9, lambda c: c.is_in_company and not c.times_together),
    Sign("they were named with the same people often", 0.6, lambda c: log(1 + c.times_together)),
    Sign("they were named with the same people within a month", 0.8, lambda c: _is_within(c.days_since_together, 0, 30)),
    Sign("they were named with the same people within half a year", 0.8, lambda c: _is_within(c.days_since_together, 31, 180)),
    Sign("they are of the same area", 0.8, lambda c: c.is_same_area is True),
    Sign("they are of another area", -1.5, lambda c: c.is_same_area is False),
    Sign("they are within five years of the others' age", 1.5, lambda c: c.age_level == 2),
    Sign("they are within ten years of the others' age", 0.5, lambda c: c.age_level == 1),
    Sign("they are of the age that the text says", 1.6, lambda c: c.is_said_age is True),
    Sign("they are not of the age that the text says", -3.0, lambda c: c.is_said_age is False),
    Sign("they are of the school that the text says", 2.3, lambda c: c.school == "the same"),
    Sign("they are of another school than the text says", -1.2, lambda c: c.school == "another"),
    Sign("they are too old for the school that the text says", -3.0, lambda c: c.school == "too old"),
)
# A stranger's with a name, and by how many bear it; with a street name, and by how many bear it.
STRANGER = {
    "a stranger of that name": -2.7,
    "many may bear the name": 1.2,
    "a stranger of that street name": 0.5,
    "many may bear the street name": 0.5,
}


Case = tuple[Sequence[Candidate], Stranger, int | None]
"""Who could have been meant, and which of them it was: None for the stranger."""


class Weights:
    """What each sign weighs, and a stranger's odds."""

    def __init__(self, learned: Mapping[str, float] | None = None) -> None:
        told = learned or {}
        self.signs = [told.get(sign.meaning, sign.judged) for sign in SIGNS]
        self.stranger = [told.get(meaning, judged) for meaning, judged in STRANGER.items()]

    def by_meaning(self) -> dict[str, float]:
        """Each weight, by what its sign says."""
        return dict(zip([*(sign.meaning for sign in SIGNS), *STRANGER], [*self.signs, *self.stranger], strict=True))

    def shares(self, candidates: Sequence[Candidate], stranger: Stranger) -> list[float]:
        """How likely each candidate is the one meant; what is missing to 1 is the stranger's."""
        scores = [sum(map(float.__mul__, self.signs, _values(candidate))) for candidate in candidates]
        scores.append(sum(map(float.__mul__, self.stranger, _stranger_values(stranger))))
        most = max(scores)
        odds = [exp(score - most) for score in scores]
        return [one / sum(odds) for one in odds[:-1]]

    def learn(self, cases: Sequence[Case]) -> None:
        """Learn from cases.

        The likeliest weights of a choice among the candidates of each case (conditional logit), with the judgements as prior, by Newton's method.
        """
        if not cases:
            return
        width, judged = len(SIGNS), np.array([*(sign.judged for sign in SIGNS), *STRANGER.values()])
        rows, case_of, is_meant = [], [], []
        for number, (candidates, stranger, meant) in enumerate(cases):
            rows += [[*_values(candidate), 0.0, 0.0, 0.0, 0.0] for candidate in candidates]
            rows.append([0.0] * width + _stranger_values(stranger))
            case_of += [number] * (len(candidates) + 1)
            is_meant += [place == (len(candidates) if meant is None else meant) for place in range(len(candidates) + 1)]
        with threadpool_limits(limits=1):  # on a busy machine, threads wait for one another longer than they work
            weights = _likeliest(np.array(rows), np.array(case_of), np.array(is_meant, dtype=float), judged)
        self.signs, self.stranger = weights[:width].tolist(), weights[width:].tolist()


def _values(candidate: Candidate) -> list[float]:
    return [float(sign.value(candidate)) for sign in SIGNS]


def _stranger_values(stranger: Stranger) -> list[float]:
    told = [1.0, log(stranger.bearers)]
    return [0.0, 0.0, *told] if stranger.is_street_name else [*told, 0.0, 0.0]


def _likeliest(
    values: NDArray[np.float64], case_of: NDArray[np.int64], is_meant: NDArray[np.float64], judged: NDArray[np.float64]
) -> NDArray[np.float64]:
    starts = np.flatnonzero(np.diff(case_of, prepend=-1))
    weights, (worth, share) = judged, _worth(judged, values, starts, is_meant, judged)
    for _ in range(ROUNDS):
        weighed = values * share[:, None]
        mean = np.add.reduceat(weighed, starts, axis=0)
        slope = values.T @ (is_meant - share) - HOLD_TO_JUDGEMENT * (weights - judged)
        curve = values.T @ weighed - mean.T @ mean + HOLD_TO_JUDGEMENT * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        after, share = _worth(weights + step, values, starts, is_meant, judged)
        while after < worth:  # too far
            step = step / 2
            after, share = _worth(weights + step, values, starts, is_meant, judged)
            if np.abs(step).max() < ENOUGH:
                return weights
        weights, worth = weights + step, after
        if np.abs(step).max() < ENOUGH:
            break
    return weights


def _worth(
    weights: NDArray[np.float64],
    values: NDArray[np.float64],
    starts: NDArray[np.int64],
    is_meant: NDArray[np.float64],
    judged: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """The log likelihood with the prior, and each row's share of its case."""
    sizes = np.diff(starts, append=len(values))
    scores = values @ weights
    scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
    share = np.exp(scores)
    share /= np.repeat(np.add.reduceat(share, starts), sizes)
    told = float(np.log(np.maximum(share[is_meant > 0], 1e-300)).sum())
    return told - HOLD_TO_JUDGEMENT / 2 * float(((weights - judged) ** 2).sum()), share
