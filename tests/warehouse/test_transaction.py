"""All or nothing: what fails inside, or in being kept, leaves nothing behind and is told as it is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.transaction import transaction


@pytest.fixture
def con(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(tmp_path / "some.duckdb"))
    con.execute("create table told (number integer primary key)")
    return con


def numbers(con: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
    return con.execute("from told order by all").fetchall()


def test_what_ends_well_is_kept_and_what_fails_is_not(con: duckdb.DuckDBPyConnection) -> None:
    with transaction(con):
        con.execute("insert into told values (1)")
    with pytest.raises(ZeroDivisionError), transaction(con):
        con.execute("insert into told values (2)")
        raise ZeroDivisionError
    assert numbers(con) == [(1,)]


def test_why_it_could_not_be_kept_is_told_and_the_next_transaction_can_begin(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.TransactionException, match="duplicate key"), transaction(con):
        con.execute("insert into told values (1), (2)")
        con.cursor().execute("insert into told values (2)")
    with transaction(con):
        con.execute("insert into told values (3)")
    assert numbers(con) == [(2,), (3,)]


def test_a_transaction_in_another_is_refused_and_the_outer_is_taken_back(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.TransactionException, match="within a transaction"), transaction(con):
        con.execute("insert into told values (1)")
        with transaction(con):
            con.execute("insert into told values (2)")
    assert numbers(con) == []
