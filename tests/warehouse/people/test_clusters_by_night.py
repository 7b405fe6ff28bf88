"""Night after night only what has changed is clustered again, and what comes out is what all records from nothing give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from warehouse.people.agreement import Agreement
from warehouse.people.clusters import Clustering, cluster
from warehouse.people.company import UNLEARNED
from warehouse.people.decided import Decided
from warehouse.people.groups import Given
from warehouse.people.link_list import Links
from warehouse.people.roll import Traits, roll_of
from warehouse.people.settled import Judgement, settle
from warehouse.people.standing import ROUNDS, Changed, Difference, carry_over

SIGNS = dict.fromkeys((False, True), UNLEARNED)
KEYS = 14

key = some.integers(0, KEYS - 1)
trait = some.builds(
    lambda forename, born, context, upn, district, is_reported: Traits(
        context, forename, (forename,), "lee", born, upn, None, district, is_reported, False
    ),
    some.sampled_from(["adam", "adam", "ad", "oliver"]),
    some.sampled_from([None, None, "2001-02-03", "2001-03-02", "1970-06-09"]),
    some.sampled_from([None, "I1", "I2", "I3", "I4", "I5"]),
    some.sampled_from([None, None, None, "U1", "U2"]),
    some.sampled_from([None, "E1", "E2"]),
    some.booleans(),
)
weight = some.sampled_from([-5.0, -1.0, 0.5, 3.0, 5.0, 6.0, 8.0, 12.0, 15.0, 20.0, 30.0])
link = some.tuples(key, key).filter(lambda one: one[0] < one[1])
side = some.lists(key, min_size=1, max_size=2, unique=True).map(lambda keys: tuple(map(str, keys)))
judgement = some.tuples(some.sampled_from(["same", "different"]), side, side).filter(lambda one: not set(one[1]) & set(one[2]))


@dataclass(frozen=True)
class County:
    """What is known on a night, by records' keys: a record's row is its place among the keys."""

    traits: dict[int, Traits]
    links: dict[tuple[int, int], float]
    judged: tuple[Any, ...] = ()

    def rows(self) -> dict[int, int]:
        return {key: row for row, key in enumerate(sorted(self.traits))}

    def known_links(self) -> dict[tuple[int, int], float]:
        return {pair: weight for pair, weight in self.links.items() if pair[0] in self.traits and pair[1] in self.traits}

    def decided(self) -> Decided:
        row = self.rows()
        settled = settle(Judgement(number, said, a, b) for number, (said, a, b) in enumerate(self.judged))
        groups = [sorted(row[int(name)] for name in names if int(name) in row) for names in settled.people()]
        same = tuple((rows[0], other) for rows in groups for other in rows[1:])
        sides = [
            tuple(
                tuple(sorted({row[int(other)] for name in one for other in settled.one_with(name) if int(other) in row})) for one in (a, b)
            )
            for a, b in settled.apart()
        ]
        return Decided(tuple(sorted(same)), tuple((a, b) for a, b in sides if a and b))

    def given(self) -> Given:
        row = self.rows()
        links = [(row[a], row[b], weight) for (a, b), weight in self.known_links().items()]
        return Given(roll_of([self.traits[key] for key in sorted(self.traits)], Links.of(links)), Agreement(), self.decided(), SIGNS)


nights = some.lists(
    some.builds(
        County,
        some.dictionaries(key, trait, min_size=6),
        some.dictionaries(link, weight, max_size=30),
        some.lists(judgement, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=3,
)
change = some.tuples(some.dictionaries(key, some.none() | trait, max_size=3), some.dictionaries(link, some.none() | weight, max_size=3))


def _altered(county: County, told: tuple[dict[int, Traits | None], dict[tuple[int, int], float | None]], judged: tuple[Any, ...]) -> County:
    """The next night: some records come, go or say something else, and some links do."""
    traits = {key: one for key, one in (county.traits | told[0]).items() if one is not None}
    links = {pair: one for pair, one in (county.links | told[1]).items() if one is not None}
    return County(traits or county.traits, links, judged)


def _difference(before: County, now: County) -> Difference:
    row, roll = now.rows(), now.given().roll
    numbers = {one.context: int(number) for one, number in zip((now.traits[key] for key in sorted(now.traits)), roll.context, strict=True)}
    other = {key for key, one in before.traits.items() if now.traits.get(key) != one}
    links_then, links_now = before.known_links(), now.known_links()
    pairs = links_then.keys() | links_now.keys()
    ends = {min(pair) for pair in pairs if links_then.get(pair) != links_now.get(pair) and pair[0] in row and pair[1] in row}
    if before.judged != now.judged:
        ends |= {int(name) for _, a, b in (*before.judged, *now.judged) for name in (*a, *b)}
    ends |= {key for pair in _judged_with(before, now) for key in pair}
    return Difference(
        np.array([row.get(key, -1) for key in sorted(before.traits)], np.int64),
        np.array([row[key] for key in sorted(other) if key in row], np.int64),
        np.array(sorted(row[key] for key in ends if key in row), np.int64),
        np.array(sorted({numbers[c] for c in (before.traits[key].context for key in other) if c and c in numbers}), np.int64),
    )


def _judged_with(before: County, now: County) -> set[tuple[int, ...]]:
    """Records on which something else holds, as records that it was said of have come or gone."""
    said = []
    for county in (before, now):
        keys, decided = sorted(county.traits), county.decided()
        same = {tuple(keys[row] for row in pair) for pair in decided.same}
        said.append(same | {tuple(keys[row] for side in sides for row in side) for sides in decided.different})
    return said[0] ^ said[1]


def _outcome(found: Clustering) -> tuple[Any, ...]:
    standing = found.standing
    return (
        standing.component.tolist(),
        standing.leader.tolist(),
        standing.probability.tolist(),
        [[column.tolist() for column in vars(odds).values()] for odds in standing.odds],
        [proposals.rows() for proposals in standing.proposals],
        [sorted(map(repr, joins.rows())) for joins in standing.joins],
        sorted(map(repr, found.doubts)),
    )


def _from_nothing(county: County) -> Clustering:
    return cluster(county.given())


@settings(max_examples=100, phases=[Phase.generate])
@given(nights, some.lists(some.tuples(change, some.none() | some.lists(judgement, max_size=3).map(tuple)), max_size=4))
def test_nights_one_by_one_equal_the_last_from_nothing(counties: list[County], changes: list[Any]) -> None:
    for told, judged in changes:
        counties.append(_altered(counties[-1], told, counties[-1].judged if judged is None else judged))
    before, found = counties[0], _from_nothing(counties[0])
    for now in counties[1:]:
        found = cluster(now.given(), *carry_over(found.standing, _difference(before, now), len(now.traits)))
        before = now
        assert _outcome(found) == _outcome(_from_nothing(now))


def test_what_nothing_bears_upon_is_left_alone() -> None:
    county = County(
        {n: Traits(None, "adam", ("adam",), "lee", f"19{n:02}-01-02", None, None, None, False, False) for n in range(10)}, {(0, 1): 5.0}
    )
    found = _from_nothing(county)
    nobody = np.zeros(10, bool)
    changed = Changed(nobody, nobody, nobody, nobody, np.empty(0, np.int64))
    again = cluster(county.given(), found.standing, changed)
    assert not again.again.any()
    assert _outcome(again) == _outcome(found)
    assert len(found.standing.leader) == ROUNDS + 1
