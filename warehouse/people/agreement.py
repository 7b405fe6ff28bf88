"""Whether two forenames can be one person's, by nickname, sound, spelling, and what was learned here."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of

ALIKE = 0.9


class Agreement:
    """Judges pairs of names, and remembers each judgement; `learned` holds pairs of forenames (a < b) known to be forms of one name."""

    def __init__(self, learned: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._learned = learned
        self._judged: dict[tuple[str, str], bool] = {}

    def of_forenames(self, a: str, b: str) -> bool:
        """Equal, forms of one name, alike in spelling or sound, or an initial of the other."""
        if a == b:
            return True
        pair = (a, b) if a < b else (b, a)
        known = self._judged.get(pair)
        if known is None:
            known = self._judged[pair] = pair in self._learned or _forenames_agree(a, b)
        return known

    def is_learned(self, a: str, b: str) -> bool:
        """Whether the two are forms of one name by what was learned here."""
        return ((a, b) if a < b else (b, a)) in self._learned


def _forenames_agree(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return bool(roots_of(a) & roots_of(b)) or sound(a) == sound(b) or spelled_alike(a, b)


def spelled_alike(a: str, b: str) -> bool:
    """One begins with the other, or they are a slip of the pen apart; of short names only a letter lost or two exchanged is a slip."""
    shortest = min(len(a), len(b))
    if shortest >= 3 and a[:shortest] == b[:shortest]:
        return True
    if DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1:
        return shortest >= 4 or (a[0] == b[0] and (len(a) != len(b) or sorted(a) == sorted(b)))
    return JaroWinkler.similarity(a, b) >= ALIKE
