"""What followed listed pairs: in each lane the serious violence that its scores foretell."""

from __future__ import annotations

from pathlib import Path

import duckdb

LIST_OUTCOMES = Path(__file__).parents[2] / "warehouse" / "sql" / "analyst" / "list_outcomes.sql"
TABLES = """
create schema alerts; create schema pairs; create schema known;
create table known.as_of as select date '2026-05-03' as as_of;
create table alerts.review (review_id varchar, withdraws varchar, pair_id varchar, decision varchar, made_at timestamp, until date);
create table alerts.flag as select * from (values
    ('conflict', 'one', date '2026-03-01', 0.2::double), ('domestic', 'two', date '2026-03-01', 0.1), ('domestic', 'three', date '2026-03-01', 0.1)
) as t(lane, pair_id, as_of, score);
create table pairs.event as select *, is_grave and not is_domestic as is_serious, cast(null as timestamp) as known_to from (values
    ('one', timestamp '2026-03-02 10:00', true, true), ('two', timestamp '2026-03-02 10:00', true, true),
    ('three', timestamp '2026-03-02 10:00', true, false), ('three', timestamp '2026-03-03 10:00', false, true)
) as t(pair_id, occurred_at, is_grave, is_domestic);
"""


def test_a_domestic_list_is_held_against_what_is_flagged_as_domestic_and_a_conflict_against_the_rest() -> None:
    with duckdb.connect() as con:
        con.execute(TABLES)
        found = con.execute(LIST_OUTCOMES.read_text(encoding="utf-8")).fetchall()
    assert found == [("conflict", "no decision", 1, 1, 0.2, 0), ("domestic", "no decision", 2, 2, 0.2, 1)]
