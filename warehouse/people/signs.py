"""What speaks for or against somebody being the person named in a text: a list of signs, each with the weight that it has learned.

The weights are learned with the linkage model from the subjects whom reports list, and kept with it. A text names them as it names anybody,
and who they are is known: each is asked for as if the report did not list them, among all who bear a like name. Where few are to learn from,
judgements stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Of = TypeVar("Of")
# How many cases would have to say otherwise before a judgement is left behind: the precision of its prior.
HOLD_TO_JUDGEMENT = 4.0
ROUNDS, ENOUGH = 20, 1e-3
# How a name in a text may fit a person's, best first, as numbers of these places.
SURNAME_FITS = ("whole", "part", "slip", "slip to nobody's")
FORENAME_FITS = ("whole", "nickname", "initial in record", "slip", "street name alike")
SCHOOLS = ("not said", "the same", "another", "too old")
NOT_TOLD = -1


@dataclass(frozen=True)
class Fits:
    """People whom names in texts may mean, a row for each name and person: how the name fits, and how often they are on record.

    `usual`: the share of their records that write the forename so; 1 where none does.
    """

    surname: NDArray[np.int8]
    forename: NDArray[np.int8]
    usual: NDArray[np.float64]
    is_street_name_too: NDArray[np.bool_]
    records: NDArray[np.int64]
    reports: NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """What is on record of a person that has to do with a report, and what it says of them, a row for each mention and person.

    The report itself counts for nothing. NOT_TOLD stands for what is not known; `school` is a place in SCHOOLS.
    """

    days_30: NDArray[np.int64]
    days_180: NDArray[np.int64]
    is_in_company: NDArray[np.bool_]
    times_together: NDArray[np.int64]
    days_since_together: NDArray[np.int64]
    is_same_area: NDArray[np.int8]
    age_level: NDArray[np.int8]
    is_said_age: NDArray[np.int8]
    is_said_sex: NDArray[np.int8]
    school: NDArray[np.int8]


@dataclass(frozen=True)
class Sign(Generic[Of]):
    """One sign: what it says, the weight (log odds) that it is judged to have, and its value."""

    meaning: str
    judged: float
    value: Callable[[Of], NDArray[np.float64] | NDArray[np.bool_]]


def _is_within(days: NDArray[np.int64], first: int, last: int) -> NDArray[np.bool_]:
    return (first <= days) & (days <= last)


def _surname(fit: str) -> Callable[[Fits], NDArray[np.bool_]]:
    return lambda c: c.surname == SURNAME_FITS.index(fit)


def _forename(fit: str) -> Callable[[Fits], NDArray[np.bool_]]:
    return lambda c: c.forename == FORENAME_FITS.index(fit)


def _school(said: str) -> Callable[[Told], NDArray[np.bool_]]:
    return lambda c: c.school == SCHOOLS.index(said)


OF_PEOPLE: tuple[Sign[Fits], ...] = (
    Sign("only a part of the surname is the same", -3.0, _surname("part")),
    Sign("the surname is a slip of the pen away, and others bear it as written", -4.0, _surname("slip")),
    Sign("the surname is a slip of the pen away, and nobody bears it as written", -1.5, _surname("slip to nobody's")),
    Sign("the forename is another form of the name", -0.8, _forename("nickname")),
    Sign("their records have only an initial", -3.0, _forename("initial in record")),
    Sign("the forename is a slip of the pen away", -2.5, _forename("slip")),
    Sign("their street name is spelled otherwise", -2.5, _forename("street name alike")),
    Sign("their records usually write the forename so", 1.0, lambda c: np.log(c.usual)),
    Sign("the street name is theirs too", 3.0, lambda c: c.is_street_name_too),
    Sign("they have many records", 0.25, lambda c: np.log(c.records)),
    Sign("they have one record only", -0.5, lambda c: c.records == 1),
    Sign("they are the subject of many reports", 0.5, lambda c: np.log(1 + c.reports)),
)
OF_REPORTS: tuple[Sign[Told], ...] = (
    Sign("they were heard of within a month", 0.3, lambda c: np.log(1 + np.maximum(c.days_30, 0))),
    Sign("they were heard of within half a year", 0.1, lambda c: np.log(1 + np.maximum(c.days_180, 0))),
    Sign("they were never named with any of the same people", -0.9, lambda c: c.is_in_company & (c.times_together == 0)),
    Sign("they were named with the same people often", 0.6, lambda c: np.log(1 + c.times_together)),
    Sign("they were named with the same people within a month", 0.8, lambda c: _is_within(c.days_since_together, 0, 30)),
    Sign("they were named with the same people within half a year", 0.8, lambda c: _is_within(c.days_since_together, 31, 180)),
    Sign("they are of the same area", 0.8, lambda c: c.is_same_area == 1),
    Sign("they are of another area", -1.5, lambda c: c.is_same_area == 0),
    Sign("they are within five years of the others' age", 1.5, lambda c: c.age_level == 2),
    Sign("they are within ten years of the others' age", 0.5, lambda c: c.age_level == 1),
    Sign("they are of the age that the text says", 1.6, lambda c: c.is_said_age == 1),
    Sign("they are not of the age that the text says", -3.0, lambda c: c.is_said_age == 0),
    Sign("they are of the other sex than the text says", -2.5, lambda c: c.is_said_sex == 0),
    Sign("they are of the school that the text says", 2.3, _school("the same")),
    Sign("they are of another school than the text says", -1.2, _school("another")),
    Sign("they are too old for the school that the text says", -3.0, _school("too old")),
)
SIGNS: tuple[Sign[Fits] | Sign[Told], ...] = (*OF_PEOPLE, *OF_REPORTS)
# A stranger's with a name, and by how many bear it; with a street name, and by how many bear it.
STRANGER = {
    "a stranger of that name": -2.7,
    "many may bear the name": 1.2,
    "a stranger of that street name": 0.5,
    "many may bear the street name": 0.5,
}


@dataclass(frozen=True)
class Strangers:
    """Somebody without a record who may be meant, a row a name: how many of that name there would be among as many people as we know."""

    bearers: NDArray[np.float64]
    is_street_name: NDArray[np.bool_]

    def values(self) -> NDArray[np.float64]:
        """What STRANGER weighs, a column each."""
        told = np.column_stack([np.ones(self.bearers.size), np.log(self.bearers)])
        return np.hstack([np.where(self.is_street_name[:, None], 0.0, told), np.where(self.is_street_name[:, None], told, 0.0)])


@dataclass(frozen=True)
class Cases:
    """Who could have been meant, a row each, by the number of the case (in order), and whether it was them; then each case's stranger, likewise."""

    case: NDArray[np.int64]
    fits: Fits
    told: Told
    is_meant: NDArray[np.bool_]
    strangers: Strangers
    is_stranger_meant: NDArray[np.bool_]


class Weights:
    """What each sign weighs, and a stranger's odds."""

    def __init__(self, learned: Mapping[str, float] | None = None) -> None:
        told = learned or {}
        self.signs = [told.get(sign.meaning, sign.judged) for sign in SIGNS]
        self.stranger = [told.get(meaning, judged) for meaning, judged in STRANGER.items()]

    def by_meaning(self) -> dict[str, float]:
        """Each weight, by what its sign says."""
        return dict(zip([*(sign.meaning for sign in SIGNS), *STRANGER], [*self.signs, *self.stranger], strict=True))

    def of_people(self, fits: Fits) -> NDArray[np.float64]:
        """What the signs of a name and a person weigh together."""
        total = np.zeros(fits.records.size)
        for weight, sign in zip(self.signs, OF_PEOPLE, strict=False):
            total += weight * sign.value(fits)
        return total

    def with_report(self, weighed: NDArray[np.float64], told: Told) -> NDArray[np.float64]:
        """What they weigh with what is told of the report."""
        total = weighed.copy()
        for weight, sign in zip(self.signs[len(OF_PEOPLE) :], OF_REPORTS, strict=True):
            total += weight * sign.value(told)
        return total

    def of_strangers(self, strangers: Strangers) -> NDArray[np.float64]:
        """What speaks for a stranger."""
        total = np.zeros(strangers.bearers.size)
        # a column at a time: to the last digit the same, whoever else is asked for
        for weight, values in zip(self.stranger, strangers.values().T, strict=True):
            total += weight * values
        return total

    def learn(self, cases: Cases) -> None:
        """Learn from cases.

        The likeliest weights of a choice among the candidates of each case (conditional logit), with the judgements as prior, by Newton's method.
        """
        if not cases.is_stranger_meant.size:
            return
        width, judged = len(SIGNS), np.array([*(sign.judged for sign in SIGNS), *STRANGER.values()])
        people = np.column_stack([
            *(np.asarray(sign.value(cases.fits), np.float64) for sign in OF_PEOPLE),
            *(np.asarray(sign.value(cases.told), np.float64) for sign in OF_REPORTS),
        ])  # fmt: skip
        people = np.hstack([people, np.zeros((len(people), len(STRANGER)))])
        strangers = cases.strangers.values()
        strangers = np.hstack([np.zeros((len(strangers), width)), strangers])
        case = np.concatenate([cases.case, np.arange(len(strangers))])
        order = np.argsort(case, kind="stable")
        is_meant = np.concatenate([cases.is_meant, cases.is_stranger_meant]).astype(np.float64)
        with threadpool_limits(limits=1):  # on a busy machine, threads wait for one another longer than they work
            weights = _likeliest(np.vstack([people, strangers])[order], case[order], is_meant[order], judged)
        self.signs, self.stranger = weights[:width].tolist(), weights[width:].tolist()


def shares_of(scores: NDArray[np.float64], case: NDArray[np.int64], strangers: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each candidate is the one meant, by the numbers of their cases (in order); what is missing to 1 is the stranger's."""
    size = strangers.size
    starts = np.searchsorted(case, np.arange(size))
    counts = np.diff(starts, append=case.size)
    most = strangers.copy()
    some = np.flatnonzero(counts)
    if some.size:
        most[some] = np.maximum(most[some], np.maximum.reduceat(scores, starts[some]))
    odds = np.exp(scores - most[case])
    total = np.exp(strangers - most)
    if some.size:
        total[some] += np.add.reduceat(odds, starts[some])
    return np.asarray(odds / total[case])


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
