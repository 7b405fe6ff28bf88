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
    make_blocking(work, "record", "made_key")
    compare_made(work, model, score)
    work.execute("drop table made_key")


def compare_made(work: duckdb.DuckDBPyConnection, model: Model, score: Scorer = score_pairs) -> None:
    """Make `scored`: the pairs of records that share a value in `made_key`, the blocking keys of all in `candidate`."""
    work.execute("create or replace view fresh_key as from made_key")
    work.execute("create or replace view settled_key as from made_key limit 0")
    score(work, model)
    work.execute("drop view fresh_key; drop view settled_key; drop table candidate")


def compare_fresh(work: duckdb.DuckDBPyConnection, model: Model, kept_key: str, score: Scorer = score_pairs) -> None:
    """Make `scored`: the pairs of records in `fresh` with each other and with all others in `record`.

    Their blocking keys stand in `made_key`, those of the others there or in `kept_key`, as a query has it after `from`.
    """
    work.execute("create or replace table fresh_key as from made_key semi join fresh using (record_key)")
    work.execute(
        f"create or replace table settled_key as "
        f"from (from made_key union all by name from (from {kept_key})) semi join fresh_key using (value) anti join fresh using (record_key)"
    )
    work.execute("create or replace table wanted as from fresh union select record_key from settled_key")
    prepare(work, "(from record semi join wanted using (record_key))")
    score(work, model)
    work.execute("drop table fresh_key; drop table settled_key; drop table candidate; drop table wanted")
