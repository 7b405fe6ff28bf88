"""Measures of neighbouring rows are what polars' own grouping gives, whatever they are made of."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from features.catalogue import FEATURES, Feature
from features.neighbours import NUMBER, neighbours, of_each
from features.pair_week import numbered, seen_on, week_ends
from tests.features.crowd import crowd

EVENTS, _ = numbered(crowd().filter(pl.col("stance") != "own").sort("pair_id", "occurred_at"))
SEEN = seen_on(EVENTS, week_ends(date(2026, 4, 26), 12))


def grouped(measures: dict[str, pl.Expr]) -> pl.DataFrame:
    return SEEN.group_by("pair_and_day", maintain_order=True).agg(pl.col("pair_id", "as_of").first(), **measures).drop("pair_and_day")


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: str(feature.name))
def test_every_feature_is_what_its_expression_says(feature: Feature) -> None:
    name, expression = feature.name, feature.expression
    ours, theirs = of_each(SEEN, "pair_and_day", ["pair_id", "as_of"], {name: expression}), grouped({name: expression})
    assert ours.select("pair_id", "as_of").equals(theirs.select("pair_id", "as_of"))
    known = theirs[name].is_not_null()
    assert ours[name].filter(known).to_list() == pytest.approx(theirs[name].filter(known).to_list(), abs=1e-9)


def test_what_cannot_be_read_off_is_left_to_polars() -> None:
    odd = {"median": pl.col("age_days").median() + pl.col("points").sum(), "ones": pl.col("points").count().cast(pl.Float64)}
    ours, theirs = of_each(SEEN, "pair_and_day", ["pair_id", "as_of"], odd), grouped(odd)
    assert ours.equals(theirs)


def test_no_rows_have_no_groups() -> None:
    names = {"events": pl.col("points").sum(), "middle": pl.col("points").median()}
    assert of_each(SEEN.clear(), "pair_and_day", ["pair_id"], names).shape == (0, 3)


def test_neighbours_stand_in_order_of_day_and_else_as_they_stood() -> None:
    rows = pl.DataFrame({"who": [2, 1, 2, 1], "as_of": [date(2026, 1, day) for day in (4, 11, 4, 4)], "at": [0, 1, 2, 3]})
    found = neighbours(rows, "who")
    assert found["at"].to_list() == [3, 0, 2, 1]
    assert found[NUMBER].n_unique() == 3
