"""Forenames that stand for one another here, learned from people certain by other evidence: street forms, local short names, habits of spelling.

Two forenames are forms of one name if at least two people of one surname and one full date of birth bear both, under one person number or
pupil number. Twins share surname and birth, but hardly ever a number, and no two pairs of twins are likely to bear the same two names.
Without a number, at least three of one surname, birth and home, and far more than would meet by chance if all were twins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

FEWEST_PEOPLE = 2
FEWEST_AT_HOME = 3
TIMES_CHANCE = 10


def learn_variants(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make `name_variant` (a, b, people) with a < b from `table` (shaped as linkage.record)."""
    con.execute(
        f"""create or replace table name_variant as
        with certain as (
            select distinct surname_clean, born, forename, unnest([nominal_ref, upn]) as number
            from {table}
            where born is not null and not is_born_vague and surname_clean is not null and len(forename) > 1
        ),
        by_number as (
            select one.forename as a, two.forename as b, count(distinct one.surname_clean || one.born)::integer as people
            from certain as one join certain as two using (surname_clean, born, number)
            where one.forename < two.forename
            group by a, b having people >= {FEWEST_PEOPLE}
        ),
        at_home as (
            select distinct surname_clean, born, forename, post
            from {table}
            where born is not null and not is_born_vague and surname_clean is not null and len(forename) > 1 and post is not null
        ),
        seen as (
            select one.forename as a, two.forename as b, count(distinct one.surname_clean || one.born)::integer as people
            from at_home as one join at_home as two using (surname_clean, born, post)
            where one.forename < two.forename
            group by a, b
        ),
        borne as (
            select forename, count(distinct surname_clean || born) as people from at_home group by forename
        ),
        by_home as (
            select a, b, seen.people
            from seen join borne as borne_a on borne_a.forename = a join borne as borne_b on borne_b.forename = b
            where seen.people >= {FEWEST_AT_HOME}
            and seen.people >= {TIMES_CHANCE} * 2 * borne_a.people * borne_b.people * (select sum(people) from seen) / (select sum(people) from borne) ** 2
        )
        select a, b, max(people)::integer as people from (from by_number union all from by_home) group by a, b order by a, b"""
    )


def with_variants(records: str) -> str:
    """A query for `records` in which learned forms of one forename share a root, so that the comparison of forenames sees them."""
    return f"""
        select record.* replace (list_concat(record.forename_roots, learned.pairs) as forename_roots)
        from {records} as record left join (
            select name, list(pair order by pair) as pairs
            from (select unnest([a, b]) as name, a || '+' || b as pair from name_variant) group by name
        ) as learned on learned.name = record.forename"""
