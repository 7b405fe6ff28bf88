"""Which records become one person: links joined from the strongest down, and what refuses them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.warehouse.people.known import rows_of
from warehouse.people.agreement import Agreement
from warehouse.people.clusters import Clustering, cluster
from warehouse.people.decided import UNDECIDED, Decided
from warehouse.people.groups import Given
from warehouse.people.link_list import Links
from warehouse.people.roll import Traits, roll_of


def _traits(drawn: str) -> list[Traits]:
    return [
        Traits(
            context=row.get("context"),
            first_name=row.get("forename"),
            given_names=tuple((row.get("forename") or "").split()),
            surname=row.get("surname") or "lee",
            born=row.get("born"),
            upn=row.get("upn"),
            nominal_ref=row.get("nominal"),
            district=row.get("district"),
            is_reported=False,
            is_placed_by_company=False,
        )
        for row in rows_of(drawn)
    ]


def _cluster(records: list[Traits], links: list[tuple[int, int, float]], decided: Decided = UNDECIDED) -> Clustering:
    return cluster(Given(roll_of(records, Links.of(links)), Agreement(), decided))


def _groups(found: Clustering) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for record in range(len(found.leader)):
        groups.setdefault(found.find(record), []).append(record)
    return sorted(groups.values())


@pytest.mark.parametrize(
    ("records", "links", "groups", "why"),
    [
        ("forename | born\nadam | 2001-02-03\nadam | 2001-02-03", [(0, 1, 20.0)], [[0, 1]], None),
        ("forename | born\nadam | 2001-02-03\noliver | 2001-02-03", [(0, 1, 20.0)], [[0], [1]], "forenames contradict"),
        ("forename | born\nadam | 2001-02-03\nadam | 1975-06-09", [(0, 1, 20.0)], [[0], [1]], "dates of birth are clearly apart"),
        ("forename | born | context\nadam | 2001-02-03 | I1\nadam | 2001-02-03 | I1", [(0, 1, 20.0)], [[0], [1]], "named in one incident"),
        ("forename | born | upn\nadam | 2001-02-03 | U1\nadam | 2001-02-03 | U2", [(0, 1, 20.0)], [[0], [1]], "pupil numbers differ"),
        ("forename | born\nadam | 2001-02-03\nadam | 2001-03-02\nadam | 2001-02-03", [(0, 2, 30.0), (1, 2, 20.0)], [[0, 1, 2]], None),
    ],
    ids=["one person", "twins", "father and son", "two parties of one incident", "two pupils", "swapped day and month"],
)
def test_links_are_joined_unless_the_evidence_contradicts(
    records: str, links: list[tuple[int, int, float]], groups: list[list[int]], why: str | None
) -> None:
    found = _cluster(_traits(records), links)
    assert _groups(found) == groups
    assert [why is not None and why in doubt.why for doubt in found.doubts] == [True] * (why is not None)


def test_a_record_that_fits_two_people_bridges_neither() -> None:
    records = _traits("""
        forename | born
        adam     | 2001-02-03
        adam     | 2001-02-03
        adam     | 1975-06-09
        adam     | 1975-06-09
        adam     |
    """)
    found = _cluster(records, [(0, 1, 20.0), (2, 3, 20.0), (0, 4, 12.0), (2, 4, 12.0)])
    assert _groups(found) == [[0, 1], [2, 3], [4]]
    assert [doubt.why for doubt in found.doubts] == ["what is known fits this person and 1 other"] * 2


def test_a_record_with_a_name_only_joins_the_one_person_it_fits() -> None:
    records = _traits("forename | born\nadam | 2001-02-03\nadam |")
    assert _groups(_cluster(records, [(0, 1, 8.0)])) == [[0, 1]]
    assert _groups(_cluster(records, [(0, 1, 1.0)])) == [[0], [1]]


def test_company_tells_which_of_two_people_is_meant() -> None:
    records = _traits("""
        forename | born       | context
        adam     | 2001-02-03 | I1
        adam     | 1975-06-09 | I2
        adam     |            | I3
        ross     | 2002-02-02 | I1
        ross     | 2002-02-02 | I3
        emma     | 1980-09-09 | I2
    """)
    found = _cluster(records, [(3, 4, 20.0), (0, 2, 6.0), (1, 2, 6.0)])
    assert found.find(2) == found.find(0)
    assert found.find(2) != found.find(1)


def test_the_order_of_links_of_one_weight_does_not_matter() -> None:
    records = _traits("forename | born\nadam | 2001-02-03\nadam | 2001-02-03\nadam | 2001-02-03")
    links = [(0, 1, 20.0), (1, 2, 20.0), (0, 2, 20.0)]
    assert _groups(_cluster(records, links)) == _groups(_cluster(records, links[::-1]))


def test_a_leaf_is_linked_once_and_makes_no_two_people_one() -> None:
    # records 0 and 1, 2 and 3 are people; 4 is withdrawn and linked to both, 5 is withdrawn and linked weakly, 6 only to 4
    links = Links.of([(0, 1, 20.0), (2, 3, 20.0), (0, 4, 15.0), (2, 4, 14.0), (1, 5, 3.0), (4, 6, 30.0)])
    leaf = np.array([False, False, False, False, True, True, True])
    assert sorted(links.with_leaves(leaf, 9.0)) == [(0, 1, 20.0), (0, 4, 15.0), (2, 3, 20.0)]
    assert list(links.with_leaves(np.zeros(7, bool), 9.0)) == list(links)
