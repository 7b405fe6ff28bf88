"""Which pairs may be listed at all: what a pair's last event is, and whether the two are anybody."""

from __future__ import annotations

import duckdb
import pytest

from alerts.selection import candidates

TABLES = """
create schema known; create schema pairs; create schema people; create schema scores;
create table known.as_of as select date '2026-06-28' as as_of;
create table pairs.pair as select 'A-B' as pair_id, 'A' as person_a, 'B' as person_b, 'conflict' as lane;
create table scores.pair_week as select 'A-B' as pair_id, date '2026-06-28' as as_of, 2.0 as raw, 0.2 as score;
create table people.person as from (values ('A', 'Ann Archer'), ('B', 'Ben Baker')) as t (person_id, display_name);
"""


def may_be_listed(stance: str, source: str, day: str, *, taken_back: str = "null", name: str = "Ben Baker") -> bool:
    with duckdb.connect() as con:
        con.execute(TABLES)
        con.execute("update people.person set display_name = nullif(?, '') where person_id = 'B'", [name])
        con.execute(
            f"""create table pairs.event as select 'A-B' as pair_id, '{stance}' as stance, '{source}' as source,
                timestamp '{day}' as occurred_at, {taken_back}::timestamp as known_to, 'E07000218' as district"""
        )
        return candidates(con)["pair_id"].to_list() == ["A-B"]


@pytest.mark.parametrize(
    ("stance", "source", "day", "listed"),
    [
        ("adverse", "incident", "2026-06-20", True),
        ("adverse", "intelligence", "2026-06-20", True),
        ("adverse", "exclusion", "2026-06-20", False),
        ("ally", "incident", "2026-06-20", False),
        ("peace", "intelligence", "2026-06-20", False),
        ("contact", "incident", "2026-06-20", False),
        ("adverse", "incident", "2020-06-20", False),
    ],
    ids=["an incident", "a report", "school records alone", "an alliance", "peace", "contact", "what is long past"],
)
def test_only_a_recent_adverse_incident_or_report_puts_a_pair_on_the_list(stance: str, source: str, day: str, listed: bool) -> None:
    assert may_be_listed(stance, source, day) is listed


def test_neither_what_was_taken_back_nor_somebody_without_a_name_does() -> None:
    assert not may_be_listed("adverse", "incident", "2026-06-20", taken_back="'2026-06-25'")
    assert not may_be_listed("adverse", "incident", "2026-06-20", name="")
