"""Links that a shared person number makes by itself, where there is nothing else to compare, or too much to compare one by one.

Some sources send a person number and no name, no birth, nothing. Two such records of one number are as good as one person's, for nothing that is
known could ever tell. And a person with many hundreds of records is not compared record by record: those that say the same of them are theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.people.strong_links import STRONG_WEIGHT

if TYPE_CHECKING:
    import duckdb

TOLD = ("surname_clean", "forename_all", "street_name", "born", "upn")


def link_alike(con: duckdb.DuckDBPyConnection, records: str, into: str) -> None:
    """Make `into` (record_a, record_b, match_weight) from `records` (shaped as linkage.record): each record linked to the first that shares
    its number and says the same, if they say nothing more, or the number is in linkage.common.
    """
    told = ", ".join(TOLD)
    con.execute(
        f"""create or replace table {into} as
        with alike as (
            select record_key, first_value(record_key) over (
                partition by nominal_ref, {told} order by counts desc, known_from, record_key
            ) as first_key
            from {records}
            where nominal_ref is not null and (
                nominal_ref in (select value from linkage.common where key = 'by_nominal')
                or surname_clean is null and forename is null and street_name is null and born is null and upn is null
            )
        )
        select least(record_key, first_key) as record_a, greatest(record_key, first_key) as record_b, {STRONG_WEIGHT}::double as match_weight
        from alike where record_key <> first_key order by record_a, record_b"""
    )


def with_alike(con: duckdb.DuckDBPyConnection, compared: str, records: str, into: str) -> None:
    """Make `into`: the links of `compared`, and those that numbers make by themselves; of two between the same records the stronger."""
    link_alike(con, records, "linkage.alike")
    con.execute(
        f"""create or replace table linkage.stronger as
        select record_a, record_b, max(match_weight) as match_weight
        from (from {compared} semi join linkage.alike using (record_a, record_b) union all from linkage.alike) group by record_a, record_b"""
    )
    con.execute(
        f"create or replace view {into} as from {compared} anti join linkage.stronger using (record_a, record_b) union all from linkage.stronger"
    )
