"""The signs by which a person named in a text is told, and what is learned of their weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from warehouse.people.signs import FORENAME_FITS, NOT_TOLD, SCHOOLS, SIGNS, SURNAME_FITS, Cases, Fits, Strangers, Told, Weights, shares_of

OF_PERSON = {"surname": "whole", "forename": "whole", "usual": 1.0, "is_street_name_too": False, "records": 3, "reports": 0}
OF_REPORT = {"days_30": 0, "days_180": 0, "is_in_company": True, "times_together": 0, "days_since_together": NOT_TOLD} | dict.fromkeys(
    ("is_same_area", "age_level", "is_said_age", "is_said_sex"), NOT_TOLD
)
PLAIN: dict[str, Any] = OF_PERSON | OF_REPORT | {"school": "not said"}
PLACES = {"surname": SURNAME_FITS, "forename": FORENAME_FITS, "school": SCHOOLS}
RARE, COMMON, HARDLY = 0.01, 5.0, 1e-6


def _columns(candidates: list[dict[str, Any]]) -> tuple[Fits, Told]:
    told = {
        name: np.array(
            [PLACES[name].index(one[name]) if name in PLACES else one[name] for one in candidates],
            dtype=type(PLAIN[name]) if name not in PLACES else int,
        )
        for name in PLAIN
    }
    return Fits(**{name: told[name] for name in OF_PERSON}), Told(**{name: told[name] for name in PLAIN if name not in OF_PERSON})


def _shares(weights: Weights, candidates: list[dict[str, Any]], bearers: float) -> list[float]:
    fits, told = _columns(candidates)
    scores = weights.with_report(weights.of_people(fits), told)
    stranger = weights.of_strangers(Strangers(np.array([bearers]), np.array([False])))
    shares: list[float] = shares_of(scores, np.zeros(len(candidates), np.int64), stranger).tolist()
    return shares


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        (PLAIN | {"times_together": 2}, PLAIN),
        (PLAIN | {"times_together": 1, "days_since_together": 20}, PLAIN | {"times_together": 1, "days_since_together": 400}),
        (PLAIN | {"days_30": 2, "days_180": 2}, PLAIN),
        (PLAIN | {"reports": 3}, PLAIN),
        (PLAIN | {"is_same_area": 1}, PLAIN | {"is_same_area": 0}),
        (PLAIN | {"age_level": 2}, PLAIN | {"age_level": 0}),
        (PLAIN | {"is_said_age": 1}, PLAIN),
        (PLAIN, PLAIN | {"is_said_age": 0}),
        (PLAIN, PLAIN | {"is_said_sex": 0}),
        (PLAIN | {"school": "the same"}, PLAIN | {"school": "another"}),
        (PLAIN, PLAIN | {"forename": "nickname"}),
        (PLAIN, PLAIN | {"surname": "slip"}),
        (PLAIN | {"surname": "slip to nobody's"}, PLAIN | {"surname": "slip"}),
        (PLAIN, PLAIN | {"usual": 0.1}),
        (PLAIN | {"is_street_name_too": True}, PLAIN),
    ],
)
def test_who_is_likelier_as_judged(likelier: dict[str, Any], than: dict[str, Any]) -> None:
    first, second = _shares(Weights(), [likelier, than], RARE)
    assert first > second


def test_whoever_has_a_common_name_may_be_a_stranger() -> None:
    assert _shares(Weights(), [PLAIN], COMMON)[0] < _shares(Weights(), [PLAIN], RARE)[0] < 1
    assert _shares(Weights(), [], COMMON) == []


NEAR_AND_FAR = [PLAIN | {"is_same_area": 1}, PLAIN | {"is_same_area": 0}]


def _cases(share_of_area: float, cases: int = 400) -> Cases:
    """Two of a name, one of the same area; how often it is that one."""
    is_near = np.arange(cases) < 400 * share_of_area
    strangers = Strangers(np.full(cases, HARDLY), np.zeros(cases, bool))
    is_meant = np.column_stack([is_near, ~is_near]).ravel()
    return Cases(np.repeat(np.arange(cases), 2), *_columns(NEAR_AND_FAR * cases), is_meant, strangers, np.zeros(cases, bool))


@pytest.mark.parametrize("share", [0.95, 0.6, 0.2])
def test_what_is_learned_is_as_often_true_as_it_says(share: float) -> None:
    weights = Weights()
    weights.learn(_cases(share))
    near = _shares(weights, NEAR_AND_FAR, HARDLY)[0]
    assert near == pytest.approx(share, abs=0.03)


def test_judgements_stand_where_nothing_is_to_learn_from() -> None:
    weights = Weights()
    weights.learn(_cases(1.0, cases=0))
    assert weights.signs == [sign.judged for sign in SIGNS]
    weights.learn(_cases(1.0, cases=3))
    assert max(abs(weight - sign.judged) for weight, sign in zip(weights.signs, SIGNS, strict=True)) < 0.5
