"""Feuds, drawn: who fights whom and who stands with whom -> groups and their sides."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from features.communities import MOST_PEOPLE, communities
from features.feud_ids import named
from features.groups import feuds, ties
from features.sides import sides
from tests.features.test_pair_week import START, TYPES, event

DAY = 30
AS_OF = (START + timedelta(days=DAY)).date()


def between(people: str, *days: float, **changes: Any) -> list[dict[str, Any]]:
    return [event(day, people, is_domestic=False, **changes) | changes for day in days]


def together(people: str, *days: float) -> list[dict[str, Any]]:
    return between(people, *days, stance="ally", kind="co_suspect", direction="mutual", record_id=f"ally {people}")


def found(events: list[dict[str, Any]], day: float = DAY) -> tuple[dict[str, dict[str, str | None]], list[str]]:
    """The feuds as person -> side, and their pairs."""
    table = pl.DataFrame(events, schema_overrides=TYPES)
    people, pairs = feuds(ties(table, [(START + timedelta(days=day)).date()]))
    return {
        str(feud): dict(rows.select("person_id", "side").iter_rows()) for (feud,), rows in people.group_by("feud_id", maintain_order=True)
    }, pairs["pair_id"].to_list()


def as_teams(members: dict[str, str | None]) -> set[frozenset[str]]:
    return {frozenset(person for person, side in members.items() if side == name) for name in ("a", "b")}


CREWS = [*between("Ann-Xan", 1, 9), *between("Ben-Yul", 4), *between("Ann-Yul", 12), *together("Ann-Ben", 2), *together("Xan-Yul", 3)]


def test_two_crews_are_one_feud_with_two_sides() -> None:
    groups, pairs = found(CREWS)
    assert [as_teams(members) for members in groups.values()] == [{frozenset({"Ann", "Ben"}), frozenset({"Xan", "Yul"})}]
    assert pairs == ["Ann-Xan", "Ann-Yul", "Ben-Yul"]


def test_the_enemy_of_ones_enemy_stands_on_ones_side_without_being_an_ally() -> None:
    [members] = found([*between("Ann-Xan", 1, 9), *between("Ann-Yul", 4)])[0].values()
    assert as_teams(members) == {frozenset({"Ann"}), frozenset({"Xan", "Yul"})}


def test_someone_at_odds_with_both_sides_alike_is_on_neither() -> None:
    conflict = {("A", "X"): 3.0, ("A", "Z"): 1.0, ("X", "Z"): 1.0}
    assert sides(["A", "X", "Z"], conflict, {}) == {"A": "a", "X": "b", "Z": None}


def test_a_mere_associate_is_in_no_feud() -> None:
    [members] = found([*CREWS, *together("Ann-Zed", 5, 6, 7)])[0].values()
    assert "Zed" not in members


def test_two_people_or_one_evening_are_no_feud() -> None:
    assert found([*between("Ann-Xan", 1, 9)]) == ({}, [])
    assert found([*between("Ann-Xan", 3, record_id="brawl"), *between("Ann-Yul", 3, record_id="brawl")]) == ({}, [])


def test_a_feud_ends_when_nothing_happens() -> None:
    assert found(CREWS, day=400) == ({}, [])


def test_what_is_not_yet_known_and_what_is_domestic_makes_no_feud() -> None:
    late = [{**one, "known_from": START + timedelta(days=90)} for one in CREWS]
    assert found(late) == ({}, [])
    assert found([{**one, "is_domestic": True} for one in CREWS]) == ({}, [])


def test_a_chain_of_chance_acquaintances_is_no_feud_of_all() -> None:
    people = [f"P{n:02}" for n in range(60)]
    chain = [one for a, b in pairwise(people) for one in between(f"{a}-{b}", 20)]
    assert max(len(members) for members in found([*chain, *between("P00-P01", 25)])[0].values()) <= 12


def test_a_hot_county_does_not_become_one_feud() -> None:
    """300 people, everyone at odds with forty others drawn by lot, and twelve crews of six who are also each other's friends."""
    draw = np.random.default_rng(3)
    conflict = {(min(a, b), max(a, b)) for a in range(300) for b in draw.choice(300, 40, replace=False).tolist() if a != b}
    tied = {(f"P{a:03}", f"P{b:03}"): 1.0 for a, b in sorted(conflict)}
    for crew in range(12):
        tied |= {(f"P{a:03}", f"P{b:03}"): 8.0 for a, b in combinations(range(6 * crew, 6 * crew + 6), 2)}
    groups = communities(tied)
    assert max(map(len, groups)) <= MOST_PEOPLE
    together_still = [any({f"P{n:03}" for n in range(6 * crew, 6 * crew + 6)} <= set(group) for group in groups) for crew in range(12)]
    assert all(together_still)


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda p: p[0] < p[1]), st.floats(0.01, 9), max_size=80))
def test_everyone_is_in_one_group_whatever_the_order_of_the_ties(weights: dict[tuple[int, int], float]) -> None:
    tied = {(f"P{a:02}", f"P{b:02}"): weight for (a, b), weight in weights.items()}
    groups = communities(tied)
    assert sorted(person for group in groups for person in group) == sorted({person for pair in tied for person in pair})
    assert groups == communities(dict(reversed(tied.items())))


def table(members: dict[str, str], feud: str) -> pl.DataFrame:
    return pl.DataFrame(
        [(feud, person, side, AS_OF - timedelta(days=9)) for person, side in members.items()],
        schema=["feud_id", "person_id", "side", "founded_on"], orient="row",
    )  # fmt: skip


def test_a_feud_keeps_its_name_its_first_day_and_its_sides() -> None:
    before = table({"Ann": "a", "Ben": "a", "Xan": "b"}, "Fold")
    tonight = table({"Ann": "b", "Xan": "a", "Yul": "a", "Ben": "b"}, "Fnow").drop("founded_on")
    rows = named(tonight, before, AS_OF)
    assert set(rows["feud_id"]) == {"Fold"}
    assert set(rows["founded_on"]) == {AS_OF - timedelta(days=9)}
    assert dict(rows.select("person_id", "side").iter_rows()) == {"Ann": "a", "Ben": "a", "Xan": "b", "Yul": "b"}


def test_of_two_parts_the_larger_keeps_the_name_and_others_are_new() -> None:
    before = table({"A": "a", "B": "a", "C": "b", "D": "b", "E": "b"}, "Fold")
    parts = pl.concat([table({"A": "a", "B": "a", "C": "b"}, "F1"), table({"D": "a", "E": "b"}, "F2"), table({"G": "a", "H": "b"}, "F3")])
    rows = dict(named(parts.drop("founded_on"), before, AS_OF).select("found", "feud_id").unique().iter_rows())
    assert rows["F1"] == "Fold"
    assert len(set(rows.values())) == 3
    assert rows == dict(named(parts.drop("founded_on"), before, AS_OF).select("found", "feud_id").unique().iter_rows())
