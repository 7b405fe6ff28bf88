"""Spark measures the pairs in parts to the rows that the one machine has, to the last digit and in the same order."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from features.kept_weeks import build_features
from features.on_spark import on_spark
from features.pair_week import measure
from tests.features.crowd import crowd, warehouse_of
from warehouse.spark import Exchange


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    """What the feature stage reads, for a crowd in contact."""
    return warehouse_of(crowd(), date(2026, 4, 26))


@pytest.mark.parametrize("parts", [1, 7])
def test_spark_measures_what_the_one_machine_measures(exchange: Exchange, warehouse: duckdb.DuckDBPyConnection, parts: int) -> None:
    build_features(warehouse, 40)
    here = warehouse.sql("from features.pair_week").pl()
    assert here.select("suspended_violence_180d_higher", "years_under_26_higher", "sides_harm_60d").sum().min_horizontal().item() > 0
    assert build_features(warehouse, 40, on_spark(exchange, parts), anew=True) == here.height
    there = warehouse.sql("from features.pair_week").pl()
    assert there.schema == here.schema
    assert there.equals(here)


def test_spark_has_no_rows_of_no_events(exchange: Exchange, warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("delete from pairs.event")
    assert build_features(warehouse, 40, on_spark(exchange)) == 0
    assert warehouse.sql("from features.pair_week").pl().columns == measure(crowd(), [date(2026, 4, 26)]).columns
