"""Tonight's scored links: those of earlier nights between records that have not changed, and new ones for what is new or changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.people.agreement import Agreement
from warehouse.people.candidates import compare_all, compare_fresh, prepare
from warehouse.people.cleaning import catalog_of, clean_changed
from warehouse.people.clusters import Given, learn_signs
from warehouse.people.kept_model import fetch_model, keep_signs, keep_weights
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.night_records import read_records
from warehouse.people.same_number import with_alike
from warehouse.people.text_weights import weights_of

if TYPE_CHECKING:
    import duckdb

    from warehouse.people.candidates import Scorer


@dataclass(frozen=True)
class Scored:
    """How many records were compared with everything tonight, and whether that was all of them."""

    records: int
    is_full_relink: bool


def score_links(con: duckdb.DuckDBPyConnection, as_of: date, *, relink: bool = False, score: Scorer = score_pairs) -> Scored:
    """Make linkage.record and linkage.edge (record_a, record_b, match_weight) for what is known on `as_of`.

    A later night compares only records that are new or whose cleaned content has changed, with everything; if a full relink is asked for,
    all are compared. With a new model, those that it was trained on are compared first, and what company and texts say is learned from them.
    `score` does what linkage.score_pairs does, here or elsewhere.
    """
    work = con.cursor()
    try:
        work.execute("use linkage")
        model, is_new = fetch_model(con, work, as_of)
        if is_new:
            _link_training(con, work, model, score)
        clean_changed(con, datetime.combine(as_of + timedelta(days=1), datetime.min.time()), model.model_id, anew=is_new or relink)
        if not is_new:
            _fetch_seen(con, relink=relink)
        fresh, records = _find_fresh(work)
        if fresh == records:
            prepare(work, "record")
            compare_all(work, model, score)
        else:
            compare_fresh(work, model, score)
        work.execute(
            "create or replace view compared as from scored union all from old_edge "
            "where record_a not in (select record_key from stale) and record_b not in (select record_key from stale)"
        )
        with_alike(con, "linkage.compared", "linkage.record", "linkage.edge")
        return Scored(records if is_new else fresh, is_new or relink)
    finally:
        work.close()


def _link_training(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection, model: Model, score: Scorer) -> None:
    """Link the records that a new model was trained on, as a night before tonight, and learn from them what company and texts say."""
    compare_all(work, model, score)
    work.execute("create or replace table seen as select record_key, content_key from record")
    work.execute("create or replace table old_edge as from scored")
    agreement = Agreement.as_learned(work, "name_variant", "name_term")
    with_alike(con, "linkage.old_edge", "linkage.record", "linkage.edge")
    roll = read_records(con, "linkage.edge").roll
    signs = learn_signs(Given(roll, agreement))
    keep_signs(work, signs)
    [(day,)] = work.execute("select trained_for from model").fetchall()
    keep_weights(work, weights_of(con, Given(roll, agreement, signs=signs), day))


def _fetch_seen(con: duckdb.DuckDBPyConnection, *, relink: bool) -> None:
    kept = "false" if relink else "true"
    people = f"{catalog_of(con)}.people"
    con.execute(f"create or replace view linkage.seen as select record_key, content_key from {people}.scored_record where {kept}")
    con.execute(f"create or replace view linkage.old_edge as from {people}.edge where {kept}")


def _find_fresh(work: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Make `fresh` (record_key): tonight's records that were not scored on an earlier night with this model, or say something else since.

    `stale`: these and those that are there no more, whose earlier links are void. Gives how many are fresh, and how many there are tonight.
    """
    work.execute("create or replace table fresh as select record_key from record anti join seen using (record_key, content_key)")
    work.execute("create or replace table stale as from fresh union all select record_key from seen anti join record using (record_key)")
    [(fresh, records)] = work.execute("select (select count(*) from fresh), (select count(*) from record)").fetchall()
    return fresh, records
