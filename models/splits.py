"""Rolling origins: a model is judged only on weeks after everything it was taught, as it would have been used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.outcome import HORIZON_DAYS

FOLDS = 4
FOLD_WEEKS = 13
LEAST_TAUGHT_WEEKS = 13
"""Whether a quarter of a year teaches enough is for the gate to say; many outcomes in few weeks can."""
LEAST_JUDGED_WEEKS = 6


@dataclass(frozen=True)
class Fold:
    """The as-of days a model may learn from, and the later ones that it is judged on."""

    taught: tuple[date, ...]
    judged: tuple[date, ...]


def rolling_origins(settled: list[date], delay_days: int) -> list[Fold]:
    """Up to FOLDS folds of FOLD_WEEKS judged weeks each, newest last; where not one fits, one of LEAST_JUDGED_WEEKS or more.

    Between the last week taught and the first week judged lie the 28 days of the label and the reporting delay (embargo): a model trained on the
    first judged day could not have known later outcomes.
    """
    weeks = sorted(settled)
    whole = [_fold(weeks, len(weeks) - back * FOLD_WEEKS, FOLD_WEEKS, delay_days) for back in range(FOLDS, 0, -1)]
    short = (_fold(weeks, len(weeks) - size, size, delay_days) for size in range(FOLD_WEEKS - 1, LEAST_JUDGED_WEEKS - 1, -1))
    return [fold for fold in whole if fold] or [fold for fold in short if fold][:1]


def _fold(weeks: list[date], start: int, size: int, delay_days: int) -> Fold | None:
    """The fold whose `size` judged weeks begin at a place among all weeks; None where too few come before."""
    if start < LEAST_TAUGHT_WEEKS:
        return None
    judged = tuple(weeks[start : start + size])
    taught = tuple(w for w in weeks if w + timedelta(days=HORIZON_DAYS + delay_days) <= judged[0])
    return Fold(taught, judged) if len(taught) >= LEAST_TAUGHT_WEEKS else None
