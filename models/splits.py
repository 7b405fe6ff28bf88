"""Rolling origins: a model is judged only on weeks after everything it was taught, as it would have been used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.outcome import HORIZON_DAYS

FOLDS = 4
FOLD_WEEKS = 13
LEAST_TAUGHT_WEEKS = 26


@dataclass(frozen=True)
class Fold:
    """The as-of days a model may learn from, and the later ones that it is judged on."""

    taught: tuple[date, ...]
    judged: tuple[date, ...]


def rolling_origins(settled: list[date], delay_days: int) -> list[Fold]:
    """Up to FOLDS folds of FOLD_WEEKS judged weeks each, newest last.

    Between the last week taught and the first week judged lie the 28 days of the label and the reporting delay (embargo): a model trained on the
    first judged day could not have known later outcomes.
    """
    weeks = sorted(settled)
    folds: list[Fold] = []
    for back in range(FOLDS, 0, -1):
        start = len(weeks) - back * FOLD_WEEKS
        if start < 0:
            continue
        judged = tuple(weeks[start : start + FOLD_WEEKS])
        taught = tuple(w for w in weeks if w + timedelta(days=HORIZON_DAYS + delay_days) <= judged[0])
        if len(taught) >= LEAST_TAUGHT_WEEKS:
            folds.append(Fold(taught, judged))
    return folds
