"""Ids stay with the evidence; merges and splits are told."""

from __future__ import annotations

import pytest

from warehouse.people.identities import Change, assign_ids, new_id

A, B, C = "P00000000000a", "P00000000000b", "P00000000000c"


@pytest.mark.parametrize(
    ("groups", "previous", "ids", "changes"),
    [
        (["1 2", "3"], {}, [new_id("1"), new_id("3")], []),
        (["1 2 4", "3"], {"1": A, "2": A, "3": B}, [A, B], []),
        (["0 1 2", "3"], {"1": A, "2": A, "3": B}, [A, B], []),
        (["1 2 3"], {"1": A, "2": A, "3": B}, [A], [Change("merged", A, B, 1)]),
        (["1 2 3"], {"1": B, "2": A}, [A], [Change("merged", A, B, 1)]),
        (["1 2", "3"], {"1": A, "2": A, "3": A}, [A, new_id("3")], [Change("split", A, new_id("3"), 1)]),
        (["1 2", "3 4 5"], {"1": A, "2": A, "3": A, "4": B, "5": B}, [A, B], [Change("split", A, B, 1)]),
        (["1", "2", "3"], {"1": C, "2": A, "3": B}, [C, A, B], []),
    ],
)
def test_ids_are_inherited(groups: list[str], previous: dict[str, str], ids: list[str], changes: list[Change]) -> None:
    assert assign_ids([group.split() for group in groups], previous) == (ids, changes)


@pytest.mark.parametrize("halves", [["1 2", "3 4"], ["3 4", "1 2"]])
def test_an_id_comes_back_to_its_own_when_what_parted_two_equal_halves_is_withdrawn(halves: list[str]) -> None:
    first, other = new_id("1"), new_id("3")
    parted, changes = assign_ids([half.split() for half in halves], dict.fromkeys("1234", first))
    assert dict(zip(halves, parted, strict=True)) == {"1 2": first, "3 4": other}
    assert changes == [Change("split", first, other, 2)]
    previous = {name: person for half, person in zip(halves, parted, strict=True) for name in half.split()}
    assert assign_ids([["1", "2", "3", "4"]], previous) == ([first], [Change("merged", first, other, 2)])


def test_an_id_in_use_is_not_given_again() -> None:
    first = new_id("1")
    ids, _ = assign_ids([["2", "3"], ["1"]], {"1": first, "2": first, "3": first})
    assert ids[0] == first
    assert ids[1] not in (first, new_id("2"))
