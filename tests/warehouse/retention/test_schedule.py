"""When records are due for review: drawn as records, people and rules in, dates out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.retention.schedule import Rule, Schedule, ScheduleUnreadable, read_schedule, set_review_dates

SHIPPED = Path(__file__).parents[3] / "config" / "retention.toml"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("core", "people", "pairs", "ops"):
            con.execute(f"create schema {schema}")
        con.execute("create table core.incident (incident_id varchar, recorded_at timestamp)")
        con.execute("create table core.incident_party (incident_id varchar, recorded_at timestamp)")
        con.execute("create table core.intelligence (report_id varchar, recorded_at timestamp)")
        con.execute("create table core.exclusion (record_id varchar, recorded_at timestamp)")
        con.execute("create table people.person_record (person_id varchar, source varchar, record_id varchar)")
        con.execute("create table pairs.event (source varchar, record_id varchar, is_serious boolean)")
        con.execute("insert into core.incident values ('CR/1/15', '2015-03-01'), ('I2', '2016-05-01'), ('I3', '2014-01-01')")
        con.execute("insert into core.incident_party values ('I9', '2013-01-01')")  # its incident never came
        con.execute("insert into core.intelligence values ('IR/1/18', '2018-07-01')")
        con.execute("insert into core.exclusion values ('U/1/2014-02-01', '2014-02-03')")
        con.execute(
            """insert into people.person_record values ('Pa', 'incident_party', 'CR/1/15/1'), ('Pa', 'intelligence_mention', 'IR/1/18/1'),
               ('Pb', 'incident_party', 'I2/1'), ('Pb', 'exclusion', 'U/1/2014-02-01'), ('Pc', 'incident_party', 'I3/2')"""
        )
        con.execute("insert into pairs.event values ('incident', 'I2', true), ('incident', 'I2', false)")
        yield con


def dates(con: duckdb.DuckDBPyConnection, *rules: Rule) -> dict[str, str | None]:
    set_review_dates(con, Schedule(rules, 2))
    rows = con.execute("select record_id, review_on from ops.review_date").fetchall()
    return {record: day and day.isoformat() for record, day in rows}


def test_a_record_is_due_so_many_years_after_it_was_recorded(con: duckdb.DuckDBPyConnection) -> None:
    assert dates(con, Rule("incident", 6, "recorded")) == {
        "CR/1/15": "2021-03-01", "I2": "2022-05-01", "I3": "2020-01-01", "I9": "2019-01-01", "IR/1/18": None, "U/1/2014-02-01": None,
    }  # fmt: skip


def test_a_newer_record_of_anyone_concerned_counts_anew(con: duckdb.DuckDBPyConnection) -> None:
    found = dates(con, Rule("incident", 6, "last_contact"), Rule("intelligence", 6, "last_contact"), Rule("exclusion", 6, "recorded"))
    assert found == {
        "CR/1/15": "2024-07-01",  # Pa was named in IR/1/18 later
        "I2": "2022-05-01", "I3": "2020-01-01", "I9": "2019-01-01", "IR/1/18": "2024-07-01", "U/1/2014-02-01": "2020-02-03",
    }  # fmt: skip


def test_the_first_rule_that_fits_counts(con: duckdb.DuckDBPyConnection) -> None:
    found = dates(con, Rule("incident", 10, "recorded", is_serious=True), Rule("incident", 1, "recorded"))
    assert (found["I2"], found["I3"]) == ("2026-05-01", "2015-01-01")


def test_records_without_a_rule_are_counted(con: duckdb.DuckDBPyConnection) -> None:
    assert set_review_dates(con, Schedule((Rule("incident", 6, "recorded"),), 2)) == 2
    assert set_review_dates(con, Schedule((), 2)) == 6


def test_the_shipped_schedule_can_be_read_and_fits_every_source() -> None:
    schedule = read_schedule(SHIPPED)
    assert {rule.source for rule in schedule.rules} == {"incident", "intelligence", "exclusion"}
    assert schedule.list_years == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule", "not valid TOML"),
        ("[lists]\nkeep_years = 2", "needs [[rule]] with source"),
        (
            '[[rule]]\nsource = "letters"\nkeep_years = 1\ncounted_from = "recorded"\n[lists]\nkeep_years = 2',
            "source 'letters' is not one of incident",
        ),
        (
            '[[rule]]\nsource = "incident"\nkeep_years = 1\ncounted_from = "birth"\n[lists]\nkeep_years = 2',
            "counted_from 'birth' is not one of",
        ),
        (
            '[[rule]]\nsource = "incident"\nkeep_years = 0\ncounted_from = "recorded"\n[lists]\nkeep_years = 2',
            "keep_years must be 1 or more",
        ),
    ],
)
def test_a_schedule_that_cannot_be_used_says_what_to_mend(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(ScheduleUnreadable) as refused:
        read_schedule(tmp_path / "r.toml")
    assert said in str(refused.value)


def test_a_day_that_no_year_has_is_the_last_of_february(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into core.exclusion values ('V', '2020-02-29')")
    assert dates(con, Rule("exclusion", 1, "recorded"))["V"] == date(2021, 2, 28).isoformat()
