"""Who people are, for the fairness audit alone: the one place that reads ethnicity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    import polars as pl

GROUPS = {"W": "white", "M": "mixed", "A": "Asian", "B": "black", "O": "other", "N": "not stated"}
"""The broad groups of the self-defined 16+1 codes, by their first letter."""

_PEOPLE = """
with told as (
    select source, record_id, ethnicity from core.ethnicity
    where known_from < $day::date + 1 and (known_to is null or known_to >= $day::date + 1)
),
most as (
    select person_id, mode(left(ethnicity, 1) order by left(ethnicity, 1)) as letter
    from people.person_record join told using (source, record_id) where ethnicity not like 'N%' group by person_id
)
select person.person_id, person.sex, person.date_of_birth, person.district, most.letter
from people.person left join most using (person_id) order by person.person_id
"""


def people_for_audit(con: duckdb.DuckDBPyConnection, day: date) -> pl.DataFrame:
    """person_id, sex, date_of_birth, district, ethnicity (a broad group, the one most often given; null if never) as known at the end of a day."""
    import polars as pl

    people: pl.DataFrame = con.sql(_PEOPLE, params={"day": day}).pl()
    return people.with_columns(pl.col("letter").replace_strict(GROUPS, default=None).alias("ethnicity")).drop("letter")
