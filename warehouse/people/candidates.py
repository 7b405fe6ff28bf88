"""The records that a night compares, with all that the model needs: what it looks at of each, and how common their names are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.people.blocking import make_blocking
from warehouse.people.commonness import find_frequencies
from warehouse.people.comparisons import COMPARED
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.variants import with_variants

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    Scorer = Callable[[duckdb.DuckDBPyConnection, Model], None]


def prepare(work: duckdb.DuckDBPyConnection, records: str) -> None:
    """Make `candidate` of `records` (a table or a query in brackets, shaped as linkage.record), and the tables of their names' frequencies."""
    work.execute(f"create or replace table candidate as select {', '.join(COMPARED)} from ({with_variants(records)}) order by record_key")
    find_frequencies(work, "candidate")


def compare_all(work: duckdb.DuckDBPyConnection, model: Model, score: Scorer = score_pairs) -> None:
    """Make `scored`: the pairs within `record`, of all of which `candidate` was made. `score` does what linkage.score_pairs does."""
    make_blocking(work, "record", "fresh_key")
    work.execute("create or replace table settled_key as from fresh_key limit 0")
    score(work, model)
    work.execute("drop table fresh_key; drop table settled_key; drop table candidate")


def compare_fresh(work: duckdb.DuckDBPyConnection, model: Model, score: Scorer = score_pairs) -> None:
    """Make `scored`: the pairs of records in `fresh` with each other and with all others in `record`."""
    make_blocking(work, "(from record semi join fresh using (record_key))", "fresh_key")
    make_blocking(work, "(from record anti join fresh using (record_key))", "settled_key", among="fresh_key")
    work.execute("create or replace table wanted as from fresh union select record_key from settled_key")
    prepare(work, "(from record semi join wanted using (record_key))")
    score(work, model)
    work.execute("drop table fresh_key; drop table settled_key; drop table candidate; drop table wanted")
