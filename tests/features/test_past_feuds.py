"""Feuds of past days, kept from night to night: always those that grouping everybody would give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import duckdb
import numpy as np
import polars as pl
import pytest

from features import past_feuds
from features.groups import feuds, ties
from features.past_feuds import past_people
from tests.features.test_groups import between, together
from tests.features.test_pair_week import START, TYPES

DAYS = [(START + timedelta(days=day)).date() for day in (10, 38, 66)]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema features")
        yield connection


def events(seed: int) -> pl.DataFrame:
    """Sixty people in small crowds, with quarrels and alliances on any day."""
    draw, found = np.random.default_rng(seed), []
    for at in range(160):
        crowd = int(draw.integers(12))
        one, other = sorted(draw.choice(5, 2, replace=False))
        pair, day = f"P{crowd:02}{one}-P{crowd:02}{other}", float(draw.integers(1, 66))
        found += between(pair, day, record_id=f"I{at}") if draw.random() < 0.6 else together(pair, day)
    return pl.DataFrame(found, schema_overrides=TYPES)


def anew(table: pl.DataFrame) -> pl.DataFrame:
    people, _ = feuds(ties(table, DAYS))
    return people.select("as_of", "feud_id", "person_id").sort("as_of", "feud_id", "person_id")


def kept_parts(con: duckdb.DuckDBPyConnection) -> set[tuple[object, ...]]:
    return set(con.execute("select distinct as_of, part from features.past_feud").fetchall())


@pytest.mark.parametrize("seed", range(3))
def test_kept_or_not_they_are_those_of_everything(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    table = events(seed)
    later = table.filter(~pl.col("pair_id").str.starts_with("P03"))
    for night in (table, table, later, table.clear(), table):
        assert past_people(con, night, DAYS).equals(anew(night))
    assert anew(table).height > 30


def test_only_what_hangs_together_with_a_change_is_grouped_again(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    table = events(1)
    grouped: list[pl.DataFrame] = []

    def seen(tied: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        grouped.append(tied)
        return feuds(tied)

    past_people(con, table, DAYS)
    before = kept_parts(con)
    monkeypatch.setattr(past_feuds, "feuds", seen)
    past_people(con, table.filter(~pl.col("pair_id").str.starts_with("P03")), DAYS)
    assert sum(tied.height for tied in grouped) == 0, "a crowd that is gone leaves nothing to group"
    past_people(con, table, DAYS)
    assert {person[:3] for person in grouped[-1]["person_a"]} == {"P03"}
    assert kept_parts(con) == before


def test_other_code_begins_from_nothing(con: duckdb.DuckDBPyConnection) -> None:
    past_people(con, events(1), DAYS)
    con.execute("update features.past_feud set code = 'other', person_id = 'nobody' where person_id is not null")
    assert past_people(con, events(1), DAYS).equals(anew(events(1)))
