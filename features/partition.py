"""A part of the pairs, measured by itself: which events it needs, and the pure function of them, from Arrow to Arrow, that any machine can run.

The one machine measures everything as one part. Split into parts, each is given the events of its own pairs and of their company: what the same
people had with others, and what went on between people on their sides. Each part's rows are those that the whole would have given.
"""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl
import pyarrow as pa

from features.pair_week import measure

ROUTES = """
    with pair as (
        select pair_id, person_a, person_b, bool_or(stance = 'adverse') as is_adverse, bool_or(stance = 'ally') as is_ally
        from {events} where stance <> 'own' group by pair_id, person_a, person_b
    ),
    asked as (select pair_id, person_a, person_b, (hash(person_a) % $parts)::integer as part from pair where is_adverse),
    side as (select pair_id, unnest([person_a, person_b]) as person_id, unnest([person_b, person_a]) as other_id, is_ally from pair),
    person as (select part, person_a as person_id from asked union select part, person_b from asked),
    friend as (select distinct person.part, side.other_id as person_id from person join side using (person_id) where side.is_ally),
    needed as (
        select part, pair_id, true as is_asked from asked
        union all select person.part, side.pair_id, false from person join side using (person_id)
        union all
        select one.part, pair.pair_id, false
        from pair
        join friend as one on one.person_id = pair.person_a
        join friend as other on other.person_id = pair.person_b and other.part = one.part
        where pair.is_adverse
    )

    select part, pair_id, null as person_id, bool_or(is_asked) as is_asked from needed group by part, pair_id
    union all select part, null, person_id, false from person"""
"""A row a part and pair whose events it needs (is_asked: whose rows it gives), and a row a part and person whose own records it needs."""


def find_routes(con: duckdb.DuckDBPyConnection, events: str, parts: int) -> duckdb.DuckDBPyRelation:
    """part, pair_id, person_id, is_asked: what goes where, for `events` (a table or query in brackets, as pair_week.read_events gives them)."""
    return con.sql(ROUTES.format(events=events), params={"parts": parts})


def measure_part(part: pa.Table, as_ofs: list[date]) -> pa.Table:
    """The pair-weeks of the pairs of one part that are asked for; `part` has the columns of pair_week.read_events, and is_asked."""
    events = pl.DataFrame(part)
    asked = events.filter("is_asked")["pair_id"].unique()
    return _with_plain_text(measure(events.drop("is_asked"), as_ofs, asked).to_arrow(compat_level=pl.CompatLevel.oldest()))


def _with_plain_text(rows: pa.Table) -> pa.Table:
    """Text as the Arrow type that every reader knows."""
    return rows.cast(pa.schema([field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in rows.schema]))
