"""All or nothing: what is done to a database inside is kept whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keeps what is done inside when it ends well; takes it back when anything is raised, which goes on its way."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()  # the engine takes back what it cannot keep, and there is nothing left to roll back
