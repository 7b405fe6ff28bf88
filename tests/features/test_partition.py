"""Measured in parts, the pairs have the rows that they have when measured as one, to the last digit."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl
import pytest

from features.pair_week import measure, week_ends
from features.partition import find_routes, measure_part
from tests.features.crowd import crowd

DAYS = week_ends(date(2026, 4, 26), 40)


def in_parts(events: pl.DataFrame, parts: int) -> list[pl.DataFrame]:
    """The events that each part is given."""
    con = duckdb.connect()
    con.register("event", events)
    routes = find_routes(con, "event", parts).pl()
    of_pairs = events.join(routes.drop_nulls("pair_id").drop("person_id"), on="pair_id")
    of_people = events.filter(pl.col("stance") == "own").join(routes.drop("pair_id"), left_on="person_a", right_on="person_id")
    everything = pl.concat([of_pairs, of_people], how="diagonal")
    return [part.drop("part") for _, part in everything.group_by("part")]


@pytest.mark.parametrize("parts", [1, 3, 16])
def test_the_parts_together_are_the_whole(parts: int) -> None:
    events = crowd()
    found = [pl.DataFrame(measure_part(part.to_arrow(), DAYS)) for part in in_parts(events, parts)]
    assert pl.concat(found).sort("as_of", "pair_id").equals(measure(events, DAYS))


def test_what_the_sides_of_two_people_do_to_each_other_is_company() -> None:
    events = crowd()
    without = measure(events, DAYS, asked=events["pair_id"].drop_nulls())["sides_harm_60d"]
    assert without.sum() > 0, "the crowd has harm between sides, or the test above shows less than it says"


def test_a_part_without_a_pair_that_is_asked_for_has_no_rows() -> None:
    part = crowd().with_columns(is_asked=pl.lit(False)).to_arrow()
    assert measure_part(part, DAYS).num_rows == 0
