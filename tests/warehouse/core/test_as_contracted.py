"""The core tables hold the contract's columns, typed as the contract says."""

from __future__ import annotations

import pytest

from tests.warehouse.conftest import Landing
from warehouse.build import SQL_FOLDER
from warehouse.contracts import EXTRACTS, Extract
from warehouse.sources.typing_sql import typed

SQL_TYPES = {"text": "VARCHAR", "code": "VARCHAR", "date": "DATE", "moment": "TIMESTAMP", "int": "INTEGER", "flag": "BOOLEAN"}
ADDED = {
    "record_id": "VARCHAR",
    "known_from": "TIMESTAMP",
    "known_to": "TIMESTAMP",
    "counts_to": "TIMESTAMP",
    "file": "VARCHAR",
    "line": "INTEGER",
}


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: str(extract.name))
def test_core_has_the_contracts_columns_and_types(landing: Landing, extract: Extract) -> None:
    landing.settle()
    described = landing.con.sql(f"select * from core.{extract.record}")
    expected = {column.name: SQL_TYPES[column.kind] for column in extract.columns if column.name != "ethnicity"}
    assert dict(zip(described.columns, map(str, described.types), strict=True)) == ADDED | expected


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: str(extract.name))
def test_core_types_a_value_as_the_door_judged_it(extract: Extract) -> None:
    sql = (SQL_FOLDER / "core" / f"received_{extract.record}.sql").read_text()
    written = [line.strip().rstrip(",") for line in sql.splitlines() if line.startswith("        ")]
    assert written == [f"{column.name}: {typed(column)}" for column in extract.columns if column.name != "ethnicity"]
