"""Tonight's scored links: those of earlier nights between records that have not changed, and new ones for what is new or changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.people.blocking import make_candidates
from warehouse.people.cleaning import clean_records
from warehouse.people.commonness import find_frequencies
from warehouse.people.kept_model import fetch_model
from warehouse.people.linkage import score_pairs
from warehouse.people.variants import add_variants

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Scored:
    """How many records were compared with everything tonight, and whether that was all of them."""

    records: int
    is_full_relink: bool


def score_links(con: duckdb.DuckDBPyConnection, as_of: date) -> Scored:
    """Make linkage.record and linkage.edge (record_a, record_b, match_weight) for what is known on `as_of`.

    A later night compares only records that are new or whose cleaned content has changed, with everything; with a new model all are compared.
    """
    work = con.cursor()
    try:
        work.execute("use linkage")
        model, is_new = fetch_model(con, work, as_of)
        clean_records(con, datetime.combine(as_of + timedelta(days=1), datetime.min.time()))
        prepare(work)
        _part(con, work, is_new)
        [(fresh,)] = work.execute("select count(*) from fresh").fetchall()
        if fresh:
            score_pairs(work, model, "fresh", None if is_new else "settled")
        else:
            work.execute("create or replace table scored as select * from old_edge limit 0")
        work.execute(
            "create or replace table edge as select * from scored union all select * from old_edge "
            "where record_a in (select record_key from settled) and record_b in (select record_key from settled)"
        )
        return Scored(fresh, is_new)
    finally:
        work.close()


def prepare(work: duckdb.DuckDBPyConnection) -> None:
    """Make `candidate` from `record`, with all that the model needs to compare them."""
    make_candidates(work, "record", "candidate")
    add_variants(work, "candidate")
    find_frequencies(work, "candidate")


def _part(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection, is_new_model: bool) -> None:
    """Part tonight's candidates into `settled`, scored on an earlier night with this model and unchanged since, and `fresh`."""
    kept = "false" if is_new_model else "true"
    con.execute(f"create or replace table linkage.seen as select * from people.scored_record where {kept}")
    con.execute(f"create or replace table linkage.old_edge as select * from people.edge where {kept}")
    work.execute("create or replace table fresh as select * from candidate anti join seen using (record_key, content_key)")
    work.execute("create or replace table settled as select * from candidate semi join seen using (record_key, content_key)")
    work.execute("drop table candidate")
