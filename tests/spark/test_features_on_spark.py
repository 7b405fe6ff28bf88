"""Spark measures the pairs in parts to the rows that the one machine has, to the last digit and in the same order."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from features.on_spark import on_spark
from features.pair_week import build_features, measure
from tests.features.crowd import crowd
from warehouse.spark import Exchange


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    """What the feature stage reads, for a crowd in contact."""
    con = duckdb.connect()
    con.register("crowd", crowd())
    con.execute(
        """create schema known; create schema pairs; create schema people; create schema features;
        create table known.as_of as select date '2026-04-26' as as_of;
        create table pairs.event as from crowd where stance <> 'own';
        create table known.exclusion as
        select record_id, ['PP'] as reasons, 'PP' as reason_1, null as reason_2, 'OW' as reason_3, occurred_at::date as start_date, known_from,
            known_to as counts_to from crowd where kind like 'own_%';
        create table people.person_record as select person_a as person_id, 'exclusion' as source, record_id from crowd where kind like 'own_%';
        create table people.person as select person_a as person_id, occurred_at::date as date_of_birth from crowd where kind = 'born';
        create table people.record as
        select 'exclusion' as source, record_id, known_from, date_of_birth
        from people.person_record join crowd using (record_id) join people.person using (person_id)"""
    )
    return con


@pytest.mark.parametrize("parts", [1, 7])
def test_spark_measures_what_the_one_machine_measures(exchange: Exchange, warehouse: duckdb.DuckDBPyConnection, parts: int) -> None:
    build_features(warehouse, 40)
    here = warehouse.sql("from features.pair_week").pl()
    assert here.select("suspended_violence_180d_higher", "years_under_26_higher", "sides_harm_60d").sum().min_horizontal().item() > 0
    assert build_features(warehouse, 40, on_spark(exchange, parts)) == here.height
    there = warehouse.sql("from features.pair_week").pl()
    assert there.schema == here.schema
    assert there.equals(here)


def test_spark_has_no_rows_of_no_events(exchange: Exchange, warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("delete from pairs.event")
    assert build_features(warehouse, 40, on_spark(exchange)) == 0
    assert warehouse.sql("from features.pair_week").pl().columns == measure(crowd(), [date(2026, 4, 26)]).columns
