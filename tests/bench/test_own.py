"""The project's own linkage on a table of any columns of the record shape, and the invented records."""

from __future__ import annotations

import duckdb
import polars as pl

from bench.linkage.data_sets import DATA_SETS
from bench.linkage.million import million_records
from bench.linkage.own import in_shape, link
from warehouse.people.cleaning import RECORD_SHAPE


def test_any_columns_are_brought_into_the_record_shape() -> None:
    con = duckdb.connect()
    query = in_shape(con, "select 'r1' as record_id, 'Lee' as surname, '1990-13-01' as date_of_birth, 'painter' as occupation")
    table = con.sql(query).pl()
    assert table.columns == list(RECORD_SHAPE)
    assert table.row(0, named=True) | {"record_key": 0} == dict.fromkeys(RECORD_SHAPE) | {
        "record_key": 0,
        "source": "incident_party",
        "record_id": "r1",
        "counts": True,
        "surname": "Lee",
        "occupation": "painter",
    }


def test_every_mapping_names_columns_of_the_record_shape() -> None:
    assert all(set(data.columns) <= set(RECORD_SHAPE) for data in DATA_SETS)


def test_records_of_one_person_are_linked() -> None:
    con = duckdb.connect()
    con.execute("""create table given as select * from (values
        ('a', 'Jan', 'Nowak', '1990-04-07', 'AB1 2CD'),
        ('b', 'JAN', 'NOWAK', '1990-07-04', 'AB1 2CD'),
        ('c', 'Zofia', 'Nowak', '1992-11-30', 'AB1 2CD')
    ) as t (record_id, forenames, surname, date_of_birth, postcode)""")
    found = dict(link(con, "from given").iter_rows())
    assert found["a"] == found["b"] != found["c"]


def test_the_invented_records_are_the_same_each_time_and_of_two_people_in_each_incident() -> None:
    one, two = million_records(3, 500), million_records(3, 500)
    assert one.equals(two)
    assert one.height == 500
    assert one.group_by("context_id").agg(pl.col("true_person").is_duplicated().any())["true_person"].sum() == 0
    assert 100 < one["true_person"].n_unique() < 300
