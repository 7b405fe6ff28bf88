"""How carelessly names and births are written here, and so whether an unlike forename or birth must mean another person.

Two records of one surname, birth and home with unlike forenames are twins, or a slip. How common slips are is told by what twins cannot explain:
an unlike surname where forename, birth and home agree (men only, since women may have married). In the same way a father and son of one name
are told from slips by births that are apart, but not by a generation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

TWINS = 0.02  # of people have a twin who is on record too: 3 in 100 have a twin at all
NAMESAKES_AT_HOME = 0.02  # of people share a home with a namesake of another generation
FEWEST_PAIRS = 500
GENERATION = (15, 50)
HARDLY_EVER = 0.1
# Whether births can be waited for; a school always gives them, and says nothing of what others do.
IS_UNDATED = f"""coalesce(
    (select count(born) < {HARDLY_EVER} * count(*) from {{table}} where upn is null and forename is not null and surname_clean is not null),
    false
)"""

UNLIKE_SURNAME = """
    not list_has_any(one.surname_parts, two.surname_parts) and one.surname_sound <> two.surname_sound
    and jaro_winkler_similarity(one.surname_clean, two.surname_clean) < 0.8"""
UNLIKE_BIRTH = f"""
    hamming(one.born, two.born) > 2 and one.born_year <> two.born_year
    and abs(one.born_year - two.born_year) not between {GENERATION[0]} and {GENERATION[1]}"""


def find_slips(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add to `name_term` for unlike forenames and unlike births how likely (frequency) two records alike in all else are one person's, from `table`;
    and of `undated`, whether births are hardly ever told here (1 or 0).
    """
    con.execute(
        f"""insert into name_term
        with home as (
            select *, row_number() over () as place from {table}
            where post is not null and len(forename) > 1 and surname_clean is not null and born is not null and not is_born_vague and counts
        ),
        counted as (
            select 'forename' as name, {TWINS} as others, count(*) as pairs, count(*) filter ({UNLIKE_SURNAME}) as unlike
            from home as one join home as two using (post, forename, born)
            where one.place < two.place and coalesce(one.sex, 'M') = 'M' and coalesce(two.sex, 'M') = 'M'
            union all
            select 'birth', {NAMESAKES_AT_HOME}, count(*), count(*) filter ({UNLIKE_BIRTH})
            from home as one join home as two using (post, forename, surname_clean)
            where one.place < two.place
        )
        select 'slip', name, case when pairs < {FEWEST_PAIRS} then 0 else unlike / pairs / (unlike / pairs + others) end, []
        from counted
        union all
        select 'slip', 'undated', {IS_UNDATED.format(table=table)}::integer, []
        order by 2"""
    )
