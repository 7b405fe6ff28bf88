"""What judgements say together: which names of records are one person's and which two people's, a later word before an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Judgement:
    """What somebody decided of two sides, each the names (`source:record_id`) of one record or of a person's records as they stood."""

    judgement_id: int
    judgement: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    is_by_person: bool = True

    def meets(self, other: Judgement) -> bool:
        """Whether two judgements are on the same two: each side of the one has a name in a side of the other."""
        a, b, other_a, other_b = (set(side) for side in (self.side_a, self.side_b, other.side_a, other.side_b))
        return bool((a & other_a and b & other_b) or (a & other_b and b & other_a))


@dataclass
class Settled:
    """Judgements taken in one after the other, as long as they do not contradict what was taken in before."""

    taken: list[Judgement] = field(default_factory=list)
    set_aside: list[Judgement] = field(default_factory=list)
    _member: dict[str, set[str]] = field(default_factory=dict)
    _apart: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    _sides: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_name: defaultdict[str, list[Judgement]] = field(default_factory=lambda: defaultdict(list))

    def one_with(self, name: str) -> set[str]:
        """The names judged to be one person's with this one, itself among them."""
        return self._member.get(name, {name})

    def people(self) -> list[set[str]]:
        """Names judged to be one person's, together."""
        return list({id(names): names for names in self._member.values()}.values())

    def apart(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The sides of each judgement `different` that holds."""
        return self._apart

    def on_the_same(self, one: Judgement) -> list[Judgement]:
        """Judgements taken in that are on the same two."""
        return [other for other in {id(j): j for name in one.side_a + one.side_b for j in self._by_name[name]}.values() if one.meets(other)]

    def contradicts(self, one: Judgement) -> bool:
        """Whether a judgement says other than one taken in on the same two, or the opposite of several in a chain."""
        if any(other.judgement != one.judgement for other in self.on_the_same(one)):
            return True
        if one.judgement == "same":
            sides_a, sides_b = (self._sides_of(side[0]) for side in (one.side_a, one.side_b))
            return not {side ^ 1 for side in sides_a}.isdisjoint(sides_b)
        reached = {name for held in one.side_a for name in self.one_with(held)}
        return one.judgement == "different" and not reached.isdisjoint(one.side_b)

    def take_in(self, one: Judgement) -> bool:
        """Take a judgement in, or set it aside if it contradicts; `unsure` decides nothing."""
        if self.contradicts(one):
            self.set_aside.append(one)
            return False
        self.taken.append(one)
        for name in one.side_a + one.side_b:
            self._by_name[name].append(one)
        if one.judgement == "same":
            together = self.one_with(one.side_a[0]) | self.one_with(one.side_b[0])
            self._member.update(dict.fromkeys(together, together))
        if one.judgement == "different":
            for side, names in enumerate((one.side_a, one.side_b)):
                for name in names:
                    self._sides[name].add(2 * len(self._apart) + side)
            self._apart.append((one.side_a, one.side_b))
        return True

    def _sides_of(self, name: str) -> set[int]:
        return {side for other in self.one_with(name) for side in self._sides.get(other, ())}


def settle(judgements: Iterable[Judgement]) -> Settled:
    """The judgements that hold: a person's before a model's, and of each a later one before an earlier one that it contradicts."""
    settled = Settled()
    for one in sorted(judgements, key=lambda one: (not one.is_by_person, -one.judgement_id)):
        settled.take_in(one)
    return settled
