"""The evidence for a link, comparison by comparison: Splink's own arithmetic on chosen pairs of records, whether anything linked them or not."""

from __future__ import annotations

import json
from math import log2
from typing import TYPE_CHECKING, Any

from splink import DuckDBAPI

from warehouse.people.candidates import prepare
from warehouse.people.cleaning import catalog_of
from warehouse.people.comparisons import COMPARISONS
from warehouse.people.linkage import Model, open_linker, quiet

if TYPE_CHECKING:
    import duckdb

PRIOR = ("prior", "how likely any two records are one person's, before they are compared")
NOT_KNOWN = -1


def name_levels(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make `table` (place, comparison, level, says): what each level of each comparison means; the prior has place 0."""
    levels = [(0, PRIOR[0], 0, PRIOR[1])]
    for place, comparison in enumerate(COMPARISONS, start=1):
        said = [*(level.meaning for level in comparison.levels), "different"]
        levels += [(place, comparison.name, len(said) - 1 - nth, says) for nth, says in enumerate(said)]
    con.execute(f"create or replace table {table} (place tinyint, comparison varchar, level tinyint, says varchar)")
    con.executemany(f"insert into {table} values (?, ?, ?, ?)", levels)


def weigh_comparisons(con: duckdb.DuckDBPyConnection, model: Model, records: str) -> None:
    """Make `weighed` (record_a, record_b, place, level, weight) for the pairs in `wanted` (record_a, record_b).

    `records` is shaped as linkage.record, and the model's names are at hand. A weight is in log2 of the Bayes factor, the part that
    a name's commonness has in it included; the prior has place 0. Comparisons that say nothing are left out. The weights of a pair add up to
    the match weight of its link.
    """
    quiet()
    prepare(con, f"(from {records} where record_key in (select unnest([record_a, record_b]) from wanted))")
    for side in ("a", "b"):
        con.execute(
            f"create or replace table side_{side} as "
            f"select row_number() over (order by wanted.record_a, wanted.record_b) as link, wanted.*, record.* "
            f"from wanted join candidate as record on record.record_key = wanted.record_{side} order by link"
        )
    api = DuckDBAPI(connection=con)
    left, right = api.register("side_a"), api.register("side_b")
    settings = _for_chosen_pairs(model)
    linker = open_linker(api, left, settings)
    found = linker.inference.predict_between(left, right, warning_mode="never")
    con.execute(f"create or replace table weighed as {_in_rows(found.physical_name, settings)}")
    api.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
    con.execute("drop table side_a; drop table side_b")


def _for_chosen_pairs(model: Model) -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(model.settings)
    return settings | {
        "unique_id_column_name": "link",
        "blocking_rules_to_generate_predictions": ["l.link = r.link"],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": True,
        "additional_columns_to_retain": ["record_a", "record_b"],
    }


def _in_rows(predicted: str, settings: dict[str, Any]) -> str:
    """A row per comparison that says something, out of Splink's row per pair."""
    chance = settings["probability_two_random_records_match"]
    columns = "record_a_l as record_a, record_b_l as record_b"
    parts = [
        f"select {columns}, 0::tinyint as place, 0::tinyint as level, {log2(chance / (1 - chance))}::double as weight from {predicted}"
    ]
    for place, comparison in enumerate(COMPARISONS, start=1):
        name = comparison.name
        weight = f"mw_{name}" + (f" + mw_tf_adj_{name}" if any(level.term for level in comparison.levels) else "")
        parts.append(f"select {columns}, {place}, gamma_{name}, {weight} from {predicted} where gamma_{name} <> {NOT_KNOWN}")
    return " union all ".join(parts)


def find_links(con: duckdb.DuckDBPyConnection, *, all_links: bool) -> None:
    """Make linkage.link, the links that hold people together and may want weighing tonight: those made, and of those that stay who says something else.

    And linkage.parted: those that are no more, or are made anew; linkage.unlinked: of these the first. `all_links`: all links are made tonight.
    """
    ends = "least(record_a, record_b) as record_a, greatest(record_a, record_b) as record_b"
    con.execute(f"create or replace table linkage.link as select {ends} from incoming_join_made")
    con.execute(
        "create or replace table linkage.parted as "
        + ("select record_a, record_b from people.link" if all_links else f"select {ends} from outgoing_join_made")
    )
    con.execute("create or replace table linkage.unlinked as from linkage.parted anti join linkage.link using (record_a, record_b)")
    if not all_links:
        stays = "select record_a, record_b from people.link anti join linkage.parted using (record_a, record_b)"
        touched = " union ".join(f"from ({stays}) where {end} in (from linkage.fresh)" for end in ("record_a", "record_b"))
        gone = " and ".join(f"{end} not in (from linkage.gone)" for end in ("record_a", "record_b"))
        con.execute(f"insert into linkage.link from ({touched}) where {gone}")


def weigh_links(con: duckdb.DuckDBPyConnection, model: Model, *, anew: bool) -> None:
    """Make linkage.evidence for tonight's linkage.link, but for those weighed on an earlier night with this model that have not changed.

    `anew`: for all.
    """
    work = con.cursor()
    try:
        work.execute("use linkage")
        work.execute("create or replace table evidence (record_a bigint, record_b bigint, place tinyint, level tinyint, weight double)")
        kept = (
            f"select record_a, record_b from {catalog_of(con)}.people.link_evidence where place = 0 and {not anew} "
            "and record_a not in (select record_key from stale) and record_b not in (select record_key from stale)"
        )
        work.execute(f"create or replace table wanted as select record_a, record_b from link anti join ({kept}) using (record_a, record_b)")
        [(fresh,)] = work.execute("select count(*) from wanted").fetchall()
        if fresh:
            weigh_comparisons(work, model, "record")
            work.execute("insert into evidence by name from weighed")
    finally:
        work.close()
