"""Rows of the published database as dictionaries by column."""

from typing import Any

import duckdb


def rows(con: duckdb.DuckDBPyConnection, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
    """What a query gives, one dictionary a row."""
    cursor = con.execute(query, values)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
