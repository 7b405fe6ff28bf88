"""Tonight's scored links: those of earlier nights between records that have not changed, and new ones for what is new or changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.people.agreement import Agreement
from warehouse.people.blocking import make_blocking
from warehouse.people.candidates import compare_all, compare_fresh, compare_made, prepare
from warehouse.people.cleaning import catalog_of, clean_changed
from warehouse.people.clusters import cluster
from warehouse.people.groups import Given
from warehouse.people.kept_model import fetch_model, keep_signs, keep_weights
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.night_records import TOLD_APART_BY, read_records
from warehouse.people.same_number import with_alike
from warehouse.people.standing import Before
from warehouse.people.text_weights import weights_of

if TYPE_CHECKING:
    import duckdb

    from warehouse.people.candidates import Scorer


@dataclass(frozen=True)
class Scored:
    """How many records were compared with everything tonight, and whether that was all of them.

    `trained`: the records that a new model was trained on, grouped: a night before tonight's.
    """

    records: int
    is_full_relink: bool
    trained: Before | None


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
        trained = _link_training(con, work, model, score) if is_new else None
        anew = is_new or relink
        clean_changed(con, datetime.combine(as_of + timedelta(days=1), datetime.min.time()), model.model_id, anew=anew)
        if is_new:
            work.execute("create or replace table gone as select record_key from seen anti join tonight using (record_key)")
        else:
            _fetch_seen(con, relink=relink)
        make_blocking(work, "cleaned", "made_key")
        fresh, records = _find_fresh(work)
        if fresh == records:
            prepare(work, "record")
            compare_made(work, model, score)
        elif not fresh:
            work.execute("create or replace table scored (record_a bigint, record_b bigint, match_weight double)")
        else:
            compare_fresh(work, model, "made_key limit 0" if anew else _kept_keys(con), score)
        work.execute(
            "create or replace view compared as from scored union all from old_edge "
            "where record_a not in (select record_key from stale) and record_b not in (select record_key from stale)"
        )
        with_alike(con, "linkage.compared", "linkage.record", "linkage.edge")
        return Scored(records if is_new else fresh, anew, trained)
    finally:
        work.close()


def _link_training(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection, model: Model, score: Scorer) -> Before:
    """Link and group the records that a new model was trained on, as a night before tonight, and learn from them what company and texts say."""
    compare_all(work, model, score)
    work.execute("create or replace table seen as select record_key, content_key from record")
    work.execute("create or replace table old_edge as from scored")
    agreement = Agreement.as_learned(work, "name_variant", "name_term")
    with_alike(con, "linkage.old_edge", "linkage.record", "linkage.edge")
    trained = read_records(con, "linkage.edge")
    found = cluster(Given(trained.roll, agreement))
    keep_signs(work, found.company.signs)
    [(day,)] = work.execute("select trained_for from model").fetchall()
    keep_weights(work, weights_of(con, found, day))
    work.execute(f"create or replace table trained as select {', '.join(TOLD_APART_BY)} from record")
    return Before(trained.key, found.standing, frozenset(), "linkage.trained", "linkage.old_edge")


def _fetch_seen(con: duckdb.DuckDBPyConnection, *, relink: bool) -> None:
    kept = "false" if relink else "true"
    people = f"{catalog_of(con)}.people"
    con.execute(f"create or replace view linkage.seen as select record_key, content_key from {people}.scored_record where {kept}")
    con.execute(f"create or replace view linkage.old_edge as from {people}.edge where {kept}")


def _kept_keys(con: duckdb.DuckDBPyConnection) -> str:
    """The blocking keys of the night before, of records that are as they were."""
    return f"{catalog_of(con)}.people.blocking_key anti join (from linkage.other union all from linkage.gone) using (record_key)"


def _find_fresh(work: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Make `fresh` (record_key): tonight's records that were not scored on an earlier night with this model, or say something else since.

    `stale`: these and those that are there no more (`gone`), whose earlier links are void. Gives how many are fresh, and how many there are tonight.
    """
    work.execute("create or replace table fresh as select record_key from cleaned anti join seen using (record_key, content_key)")
    work.execute("create or replace table stale as from fresh union all from gone")
    [(fresh, records)] = work.execute("select (select count(*) from fresh), (select count(*) from tonight)").fetchall()
    return fresh, records
