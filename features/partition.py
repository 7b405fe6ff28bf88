"""A part of the pairs, measured by itself: which events it needs, and the pure function of them, from Arrow to Arrow, that any machine can run.

The one machine measures everything as one part. Split into parts, each is given the events of its own pairs and of their company: what the same
people had with others, and what went on between people on their sides. Each part's rows are those that the whole would have given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import polars as pl
import pyarrow as pa

from features.company import COMPANY, PAIRS
from features.pair_week import measure, measured_in_turn
from features.persons import OWN

ROUTES = f"""
    with {PAIRS},
    asked as (
        select pair_id, person_a, person_b, (hash(person_a) % $parts)::integer as part
        from pair where is_adverse and ($all or pair_id in (select pair_id from {{asked}}))
    ),
    person as (select part, person_a as person_id from asked union select part, person_b from asked),
    {COMPANY}

    select part, pair_id, null as person_id, bool_or(is_asked) as is_asked
    from (select part, pair_id, true as is_asked from asked union all select part, pair_id, false from company)
    group by part, pair_id
    union all select part, null, person_id, false from person"""
"""A row a part and pair whose events it needs (is_asked: whose rows it gives), and a row a part and person whose own records it needs."""


def find_routes(con: duckdb.DuckDBPyConnection, events: str, parts: int, asked: str | None = None) -> duckdb.DuckDBPyRelation:
    """part, pair_id, person_id, is_asked: what goes where, for `events` (a table or query in brackets, as pair_week.read_events gives them).

    `asked`: a table of the pair_ids to measure; all pairs in conflict unless given.
    """
    return con.sql(ROUTES.format(events=events, asked=asked or "pair"), params={"parts": parts, "all": asked is None})


Measurer = Callable[[duckdb.DuckDBPyConnection, str, list[date], str | None], Iterator[pl.DataFrame]]
"""Measures as measured_here does, here or elsewhere."""


def measured_here(con: duckdb.DuckDBPyConnection, events: str, as_ofs: list[date], asked: str | None = None) -> Iterator[pl.DataFrame]:
    """What `measure` gives of a table of events, some rows at a time, in order of as-of date and pair; of the pairs of the table `asked` alone, if one
    is given."""
    if asked is None:
        return measured_in_turn(con.table(events).pl(), as_ofs)
    routes = find_routes(con, events, 1, asked).pl()
    con.register("needed", routes)
    needed = f"""
        select event.* from {events} as event semi join needed using (pair_id)
        union all select * from {events} where stance = '{OWN}' and person_a in (select person_id from needed)"""
    found = con.sql(needed).pl()
    con.unregister("needed")
    return measured_in_turn(found, as_ofs, routes.filter("is_asked")["pair_id"])


def measure_part(part: pa.Table, as_ofs: list[date]) -> pa.Table:
    """The pair-weeks of the pairs of one part that are asked for; `part` has the columns of pair_week.read_events, and is_asked."""
    events = pl.DataFrame(part)
    asked = events.filter("is_asked")["pair_id"].unique()
    return _with_plain_text(measure(events.drop("is_asked"), as_ofs, asked).to_arrow(compat_level=pl.CompatLevel.oldest()))


def _with_plain_text(rows: pa.Table) -> pa.Table:
    """Text as the Arrow type that every reader knows."""
    return rows.cast(pa.schema([field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in rows.schema]))
