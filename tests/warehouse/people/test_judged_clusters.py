"""What people decided of records comes before every link and every contradiction, by whatever way round."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.warehouse.people.test_clusters import _cluster, _groups, _traits
from warehouse.people.decided import Decided
from warehouse.people.joining import JUDGED
from warehouse.people.roll import Traits
from warehouse.people.settled import Judgement, Settled, settle

TWINS = "forename | born\nadam | 2001-02-03\noliver | 2001-02-03\nadam | 2001-02-03"
IN_ONE_INCIDENT = "forename | born | context\nadam | 2001-02-03 | I1\nadam | 2001-02-03 | I1\nadam | 2001-02-03 | I2"
LIKELY = [(0, 1, 20.0), (0, 2, 18.0), (1, 2, 16.0)]


@pytest.mark.parametrize(
    ("records", "decided", "groups"),
    [
        (TWINS, Decided(), [[0, 2], [1]]),
        (TWINS, Decided(same=((0, 1),)), [[0, 1, 2]]),
        (TWINS, Decided(different=(((0,), (2,)),)), [[0], [1], [2]]),
        (IN_ONE_INCIDENT, Decided(), [[0, 2], [1]]),
        (IN_ONE_INCIDENT, Decided(same=((0, 1),)), [[0, 1, 2]]),
        (IN_ONE_INCIDENT, Decided(different=(((0,), (2,)),)), [[0], [1, 2]]),
        (IN_ONE_INCIDENT, Decided(same=((0, 1),), different=(((0, 1), (2,)),)), [[0, 1], [2]]),
    ],
    ids=[
        "nothing decided",
        "same, though forenames contradict",
        "different, though all agrees",
        "two parties of an incident",
        "same, though of one incident",
        "different leaves room for another",
        "both",
    ],
)
def test_a_decision_comes_before_links_and_contradictions(records: str, decided: Decided, groups: list[list[int]]) -> None:
    assert _groups(_cluster(_traits(records), LIKELY, decided)) == groups


def test_what_was_judged_different_is_no_longer_in_doubt() -> None:
    records = _traits("forename | born\nadam | 2001-02-03\noliver | 2001-02-03")
    links = [(0, 1, 20.0)]
    assert [doubt.why for doubt in _cluster(records, links, Decided()).doubts] == ["their forenames contradict each other"]
    assert _cluster(records, links, Decided(different=(((0,), (1,)),))).doubts == []


def test_two_people_of_several_records_judged_the_same_do_not_fall_apart() -> None:
    records = _traits("forename | born\nadam | 2001-02-03\nadam | 2001-02-03\nzed | 1960-01-02\nzed | 1960-01-02")
    found = _cluster(records, [(0, 1, 20.0), (2, 3, 20.0)], Decided(same=((0, 2),)))
    assert _groups(found) == [[0, 1, 2, 3]]


def test_a_link_may_not_lead_round_a_judgement() -> None:
    # 0 is 1, and 2 is not 3, by judgement; links that join 0 to 2 and 1 to 3 would make one person of all
    records = _traits("forename | born\n" + "\n".join(["adam | 2001-02-03"] * 4))
    found = _cluster(records, [(0, 2, 20.0), (1, 3, 18.0)], Decided(same=((0, 1),), different=(((2,), (3,)),)))
    assert _groups(found) == [[0, 1, 2], [3]]


def test_each_join_keeps_the_link_and_the_reason() -> None:
    records = _traits("forename | born\nadam | 2001-02-03\nadam | 2001-02-03\nadam |\nzed | 1960-01-02")
    found = _cluster(records, [(0, 1, 20.0), (1, 2, 8.0), (0, 2, 7.0)], Decided(same=((0, 3),)))
    assert [(join.record_a, join.record_b, join.how) for join in found.joins] == [
        (0, 1, "strong by itself"),
        (0, 3, JUDGED),
        (2, 1, "singled out among all who fit"),
    ]


RECORDS = 8
record = some.integers(0, RECORDS - 1)
side = some.lists(record, min_size=1, max_size=3, unique=True).map(tuple)
trait = some.builds(
    lambda forename, born, context: Traits(context, forename, (forename,), "lee", born, None, None, "E1", False, False),
    some.sampled_from(["adam", "oliver"]),
    some.sampled_from([None, "2001-02-03", "1970-06-09"]),
    some.sampled_from([None, "I1", "I2", "I3"]),
)
link = some.tuples(record, record, some.floats(-5, 40)).filter(lambda one: one[0] < one[1])
judgement = some.tuples(some.sampled_from(["same", "different"]), side, side).filter(lambda one: not set(one[1]) & set(one[2]))


def _settled(drawn: list[tuple[str, Any, Any]]) -> Settled:
    return settle(
        Judgement(number, said, tuple(map(str, side_a)), tuple(map(str, side_b))) for number, (said, side_a, side_b) in enumerate(drawn)
    )


def _decided(settled: Settled) -> Decided:
    same = tuple((int(min(names)), int(name)) for names in settled.people() for name in sorted(names))
    return Decided(same, tuple((tuple(map(int, a)), tuple(map(int, b))) for a, b in settled.apart()))


@given(
    some.lists(trait, min_size=RECORDS, max_size=RECORDS),
    some.lists(link, max_size=20, unique_by=lambda one: one[:2]),
    some.lists(judgement, max_size=8),
)
def test_the_same_are_one_and_the_different_are_two_whatever_the_links(
    records: list[Traits], links: list[tuple[int, int, float]], drawn: list[tuple[str, Any, Any]]
) -> None:
    settled = _settled(drawn)
    found = _cluster(records, links, _decided(settled))
    for one in settled.taken:
        if one.judgement == "same":
            assert found.find(int(one.side_a[0])) == found.find(int(one.side_b[0]))
        else:
            assert {found.find(int(name)) for name in one.side_a}.isdisjoint(found.find(int(name)) for name in one.side_b)
    for doubt in found.doubts:
        assert not found.held_apart.are_apart(found.find(doubt.record_a), found.find(doubt.record_b))
    assert len(found.joins) == RECORDS - len(set(found.leader)), "one link for each record but the first of its person"


@given(some.lists(judgement, max_size=8))
def test_the_last_word_always_holds_and_nothing_taken_in_contradicts(drawn: list[tuple[str, Any, Any]]) -> None:
    settled = _settled(drawn)
    assert len(settled.taken) + len(settled.set_aside) == len(drawn)
    assert not drawn or settled.taken[0].judgement_id == len(drawn) - 1
    for side_a, side_b in settled.apart():
        assert {name for held in side_a for name in settled.one_with(held)}.isdisjoint(side_b)
