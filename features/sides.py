"""The two sides of a feud: allies on one, adversaries on the other, as well as the ties allow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from features.communities import Ties

FLIPS = 100


def sides(people: list[str], conflict: Ties, ally: Ties) -> dict[str, str | None]:
    """Side `a` or `b` of each person, None for someone whose ties speak for neither. Side a has the first of the people by id.

    It seeks the division with most conflict across and most alliance within: first by the leading eigenvector of the signed ties, then by moving
    one person at a time while that gains. Two people in conflict with the same third come to stand together, as the enemy of one's enemy.
    """
    place = {person: at for at, person in enumerate(people)}
    signed = np.zeros((len(people), len(people)))
    for ties, sign in ((ally, 1.0), (conflict, -1.0)):
        for (one, other), weight in ties.items():
            if one in place and other in place:
                signed[place[one], place[other]] += sign * weight
                signed[place[other], place[one]] += sign * weight
    division = _divide(signed)
    pull = division * (signed @ division)
    first = division[next((at for at in range(len(people)) if pull[at] > 0), 0)]
    return {person: None if pull[at] <= 0 else "a" if division[at] == first else "b" for person, at in place.items()}


def _divide(signed: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """+1 or -1 for each."""
    _, vectors = np.linalg.eigh(signed)
    division = np.where(np.round(vectors[:, -1], 9) >= 0, 1.0, -1.0)
    for _ in range(FLIPS):
        pull = division * (signed @ division)
        worst = int(np.argmin(np.round(pull, 9)))
        if pull[worst] >= -1e-9:
            break
        division[worst] = -division[worst]
    return division
