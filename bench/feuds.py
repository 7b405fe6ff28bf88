"""Feuds found in a synthetic county beside its true group conflicts: python -m bench.feuds HOME EXTRACTS, after a night of EXTRACTS in HOME."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from features.groups import LEAST_CONFLICT, feuds, ties
from features.pair_week import read_events

LEAST_KNOWN = 4
"""A true conflict counts if so many of its people are in a live conflict across it, as recorded: of fewer there is no group to be found."""


@dataclass(frozen=True)
class Found:
    """Feuds found; those that have three people or more of one true conflict, the share of their people that are in it, the sides told right and wrong; and
    how many people of the true conflicts that can be seen stand together in one feud."""

    feuds: int
    largest: int
    true_ones: int
    purity: float
    sides_right: int
    sides_wrong: int
    people: int
    together: int


def truly(con: duckdb.DuckDBPyConnection, truth: Path) -> dict[str, str]:
    """The true person behind each person_id: whom most of its records are about."""
    records = pl.read_parquet(truth / "records.parquet").select("source", "record_id", "person")
    linked = con.sql("select person_id, source, record_id from people.person_record").pl().join(records, on=["source", "record_id"])
    return dict(linked.group_by("person_id").agg(pl.col("person").mode().sort().first()).iter_rows())


def compare(con: duckdb.DuckDBPyConnection, truth: Path) -> Found:
    """The feuds of the night that the warehouse holds, against the truth."""
    who = truly(con, truth)
    as_of = con.execute("select as_of from known.as_of").fetchall()[0][0]
    tied = ties(read_events(con), [as_of])
    people, _ = feuds(tied)
    conflicts = pl.read_parquet(truth / "conflicts.parquet").filter(pl.col("kind") == "group")
    true = [(set(one), set(other)) for one, other in conflicts.select("side_a", "side_b").iter_rows()]
    found = [{who.get(p, p): side for p, side in rows.select("person_id", "side").iter_rows()} for _, rows in people.group_by("feud_id")]
    stands = [
        (members, best) for members in found if len((best := _nearest(members, true))[0] & set(members) | best[1] & set(members)) >= 3
    ]
    right, wrong = (sum(counts) for counts in zip(*(_sides(members, best) for members, best in stands), strict=True)) if stands else (0, 0)
    inside = [len((one | other) & set(members)) for members, (one, other) in stands]
    live = [
        (who.get(a), who.get(b)) for a, b in tied.filter(pl.col("conflict") >= LEAST_CONFLICT).select("person_a", "person_b").iter_rows()
    ]
    seen = [known for one, other in true if len(known := {p for a, b in live if _across(a, b, one, other) for p in (a, b)}) >= LEAST_KNOWN]
    together = sum(max((len(known & set(members)) for members in found), default=0) for known in seen)
    return Found(
        len(found), max(map(len, found), default=0), len(stands), sum(inside) / max(1, sum(len(members) for members, _ in stands)), right, wrong,
        sum(map(len, seen)), together,
    )  # fmt: skip


def _nearest(members: Mapping[str, str | None], true: list[tuple[set[str], set[str]]]) -> tuple[set[str], set[str]]:
    return max(true, key=lambda sides: len((sides[0] | sides[1]) & set(members)), default=(set(), set()))


def _sides(members: Mapping[str, str | None], best: tuple[set[str], set[str]]) -> tuple[int, int]:
    told = [(side == "a") == (person in best[0]) for person, side in members.items() if side and person in best[0] | best[1]]
    return max(sum(told), len(told) - sum(told)), min(sum(told), len(told) - sum(told))


def _across(a: str | None, b: str | None, one: set[str], other: set[str]) -> bool:
    return (a in one and b in other) or (a in other and b in one)


if __name__ == "__main__":
    with duckdb.connect(str(Path(sys.argv[1]) / "warehouse.duckdb"), read_only=True) as warehouse:
        print(compare(warehouse, Path(sys.argv[2]) / "truth"))
