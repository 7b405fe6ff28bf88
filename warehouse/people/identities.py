"""Stable person ids: a person keeps the id that most of their records had; splits and merges are told."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set


@dataclass(frozen=True, slots=True)
class Change:
    """Records moved between two person ids: `merged` when the other id is no more, `split` when it is another person's now."""

    change: str
    person_id: str
    other_person_id: str
    records: int


def new_id(record_name: str) -> str:
    """The id of a person first known from this record (`source:record_id`)."""
    return "P" + hashlib.sha256(record_name.encode()).hexdigest()[:12]


def keep_ids(tonight: pl.DataFrame, previous: pl.DataFrame, taken: Set[str] = frozenset()) -> tuple[dict[int, str], list[Change]]:
    """The id of each group, and what changed: tonight (leader, source, record_id, known_from) against previous (source, record_id, person_id).

    Groups that are as they were, which most are, keep their id without further question. `taken`: ids that others have, of whom nothing is told.
    """
    name = pl.concat_str("source", "record_id", separator=":")
    seen = tonight.join(previous, on=["source", "record_id"], how="left")
    groups = seen.group_by("leader").agg(
        pl.col("person_id").first(), pl.col("person_id").n_unique().alias("ids"), pl.len().alias("records")
    )
    before = previous.group_by("person_id").agg(pl.len().alias("before"))
    settled = groups.join(before, on="person_id").filter((pl.col("ids") == 1) & (pl.col("records") == pl.col("before")))
    rest = seen.join(settled, on="leader", how="anti").select("leader", "known_from", name.alias("name"), "person_id")
    members = rest.sort("leader", "known_from", "name").group_by("leader", maintain_order=True).agg("name")
    had = rest.filter(pl.col("person_id").is_not_null()).select("name", "person_id")
    ids, changes = assign_ids(members["name"].to_list(), dict(had.iter_rows()), taken | set(before["person_id"].to_list()))
    return dict(settled.select("leader", "person_id").iter_rows()) | dict(zip(members["leader"].to_list(), ids, strict=True)), changes


def assign_ids(
    groups: Sequence[Sequence[str]], previous: Mapping[str, str], taken: Set[str] = frozenset()
) -> tuple[list[str], list[Change]]:
    """An id for each group of record names (earliest first), and what changed against the previous id of each record.

    `taken`: ids that others have.

    An id goes to the group that holds most of its records, and a group that holds most of several keeps that of most records. Of two
    equal halves the one with the record that the id was made from keeps it, and of two ids of equally many records the one made from the earlier.
    """
    held = [Counter(previous[name] for name in group if name in previous) for group in groups]
    heir: dict[str, tuple[int, int]] = {}
    for index, counts in enumerate(held):
        for person_id, count in counts.items():
            most = heir[person_id][0] if person_id in heir else 0
            if count > most or (count == most and _made_from(person_id, groups[index]) < len(groups[index])):
                heir[person_id] = (count, index)
    used = {*previous.values(), *taken}
    ids = []
    for index, group in enumerate(groups):
        inherited = [(count, person_id) for person_id, count in held[index].items() if heir[person_id][1] == index]
        if inherited:
            most = max(inherited)[0]
            ids.append(_earliest([person_id for count, person_id in inherited if count == most], group))
        else:
            ids.append(next(candidate for candidate in _fresh_ids(group) if candidate not in used))
            used.add(ids[-1])
    return ids, _changes(ids, held, heir)


def _made_from(person_id: str, group: Sequence[str]) -> int:
    """The place in a group of the record that an id was made from; behind the last if it is not there."""
    return next((place for place, name in enumerate(group) if new_id(name) == person_id), len(group))


def _earliest(person_ids: Sequence[str], group: Sequence[str]) -> str:
    """Of several ids the one made from the group's earliest record."""
    if len(person_ids) == 1:
        return person_ids[0]
    return min(person_ids, key=lambda person_id: (_made_from(person_id, group), person_id))


def _fresh_ids(group: Sequence[str]) -> Iterator[str]:
    yield from (new_id(name) for name in group)
    number = 2
    while True:
        yield new_id(f"{group[0]}#{number}")
        number += 1


def _changes(ids: Sequence[str], held: Sequence[Counter[str]], heir: Mapping[str, tuple[int, int]]) -> list[Change]:
    changes = []
    for index, person_id in enumerate(ids):
        for previous_id, records in sorted(held[index].items()):
            if previous_id == person_id:
                continue
            if ids[heir[previous_id][1]] == previous_id:
                changes.append(Change("split", previous_id, person_id, records))
            else:
                changes.append(Change("merged", person_id, previous_id, records))
    return sorted(changes, key=lambda change: (change.change, change.person_id, change.other_person_id))
