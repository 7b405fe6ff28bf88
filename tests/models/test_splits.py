"""Rolling origins, drawn: which weeks a model may learn from, and the embargo before the first that it is judged on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.splits import FOLD_WEEKS, FOLDS, LEAST_TAUGHT_WEEKS, rolling_origins

FIRST = date(2024, 1, 7)


def sundays(count: int) -> list[date]:
    return [FIRST + timedelta(days=7 * n) for n in range(count)]


@pytest.mark.parametrize(
    ("weeks", "delay_days", "taught"),
    [
        (104, 0, [49, 62, 75, 88]),  # judged from the 53rd week on, less four weeks of the label
        (104, 7, [48, 61, 74, 87]),
        (104, 8, [47, 60, 73, 86]),  # a day of reporting more takes a week more
        (104, 35, [44, 57, 70, 83]),
        (52, 0, [23, 36]),  # with less than a quarter to learn from, a fold is left out
        (42, 0, [13, 26]),
        (41, 0, [25]),
        (29, 0, [13]),
    ],
)
def test_a_model_learns_from_what_was_settled_when_its_first_judged_week_came(weeks: int, delay_days: int, taught: list[int]) -> None:
    folds = rolling_origins(sundays(weeks), delay_days)
    assert [len(fold.taught) for fold in folds] == taught
    for fold in folds:
        assert max(fold.taught) + timedelta(days=28 + delay_days) <= min(fold.judged)
        assert len(fold.judged) == FOLD_WEEKS


@pytest.mark.parametrize(("weeks", "judged"), [(28, 12), (22, 6), (21, None), (10, None), (0, None)])
def test_a_short_history_is_judged_on_one_short_fold_or_not_at_all(weeks: int, judged: int | None) -> None:
    folds = rolling_origins(sundays(weeks), 0)
    assert [(len(fold.taught), len(fold.judged)) for fold in folds] == ([] if judged is None else [(13, judged)])


def test_folds_follow_each_other_up_to_the_last_settled_week_in_whatever_order_weeks_come() -> None:
    folds = rolling_origins(sundays(104)[::-1], 14)
    judged = [day for fold in folds for day in fold.judged]
    assert judged == sundays(104)[-FOLDS * FOLD_WEEKS :]
    assert all(len(fold.taught) >= LEAST_TAUGHT_WEEKS for fold in folds)
