"""Whether two forenames can be one person's, by nickname, sound, spelling, and what was learned here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of

if TYPE_CHECKING:
    import duckdb

ALIKE = 0.9
LIKELIER_A_SLIP = 0.5


class Agreement:
    """Judges pairs of names, and remembers each judgement; `learned` holds pairs of forenames (a < b) known to be forms of one name.

    `slips`: which of `forename` and `birth` are written so carelessly that unlike ones are likelier a slip than two people;
    `undated`: births are hardly ever told.
    """

    def __init__(self, learned: frozenset[tuple[str, str]] = frozenset(), slips: frozenset[str] = frozenset()) -> None:
        self._learned = learned
        self.slips = slips
        self._judged: dict[tuple[str, str], bool] = {}

    @classmethod
    def as_learned(cls, con: duckdb.DuckDBPyConnection, variants: str, terms: str) -> Agreement:
        """By the tables of forms of forenames (variants.learn_variants) and of terms (commonness.find_names) that are kept with the model."""
        slips = con.execute(f"select name from {terms} where kind = 'slip' and frequency > {LIKELIER_A_SLIP}").fetchall()
        return cls(frozenset(con.execute(f"select a, b from {variants}").fetchall()), frozenset(name for (name,) in slips))

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
