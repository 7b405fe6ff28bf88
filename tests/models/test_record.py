"""When a validation expires, drawn: too old, no better than chance, or worse than the simple rule; and that little says nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from models.record import ListRecord, list_record, settled_lists, why_expired
from models.standing import Standing
from models.thresholds import DEFAULTS
from tests.models.registered import pair_weeks, trained

TRAINED = date(2026, 3, 31)
TONIGHT = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("age_days", "record", "said"),
    [
        (61, ListRecord(0, 0.0, None, 0.0, 0, False), None),
        (92, ListRecord(0, 0.0, None, 0.0, 0, False), None),
        (93, ListRecord(0, 0.0, None, 0.0, 0, False), "it was trained on what was known by 2026-03-31, 93 days before, and a validation lasts 92 days"),
        (61, ListRecord(20, 0.20, 0.004, 150.0, 200, False), None),
        (61, ListRecord(20, 0.004, 0.004, 150.0, 4, False), "of the pairs on its last 20 settled lists 0.40% saw serious violence, and of all pairs 0.40%"),
        (61, ListRecord(12, 0.0, 0.004, 150.0, 0, False), None),  # too few lists
        (61, ListRecord(20, 0.0, 0.004, 20.0, 0, False), None),  # too few outcomes, foreseen or seen
        (61, ListRecord(20, 0.10, 0.004, 150.0, 100, True), "its last 20 settled lists did worse than the best simple rule would have done, beyond chance"),
    ],
)  # fmt: skip
def test_why_no_list_may_be_issued(age_days: int, record: ListRecord, said: str | None) -> None:
    assert why_expired(record, TRAINED, TRAINED + timedelta(days=age_days), DEFAULTS) == said


def issued(folder: Path, rows: list[tuple[date, str, str, float]]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(folder / "lists.duckdb"))
    con.execute("create schema alerts")
    con.execute("create table alerts.flag (as_of date, lane varchar, pair_id varchar, score double, rank integer)")
    if rows:
        con.executemany("insert into alerts.flag values (?, ?, ?, ?, 1)", rows)
    return con


def grave(*events: tuple[str, date]) -> pl.DataFrame:
    rows = [(pair, datetime.combine(day, datetime.min.time())) for pair, day in events]
    return pl.DataFrame(rows, schema={"pair_id": pl.String, "occurred_at": pl.Datetime("us")}, orient="row")


def test_the_last_list_of_each_week_is_judged_once_its_outcome_is_known(tmp_path: Path) -> None:
    friday, sunday, later = date(2026, 4, 3), date(2026, 4, 5), date(2026, 5, 24)
    con = issued(
        tmp_path,
        [
            (friday, "conflict", "A-B", 0.1),
            (sunday, "conflict", "A-B", 0.2),
            (sunday, "conflict", "C-D", 0.1),
            (sunday, "domestic", "E-F", 0.1),
            (later, "conflict", "A-B", 0.3),  # its 28 days are not over
        ],
    )
    followed = grave(("A-B", sunday + timedelta(days=28)), ("C-D", sunday + timedelta(days=29)))
    with con:
        for since, expected in (
            (None, [(sunday, "A-B", 0.2, True), (sunday, "C-D", 0.1, False)]),
            (datetime(2026, 4, 6), []),  # a person has chosen anew since
        ):
            lists = settled_lists(con, "conflict", TONIGHT, grave=followed, delay_days=14, weeks=26, since=since)
            assert lists.rows() == expected


def test_before_the_first_list_there_is_nothing_to_judge() -> None:
    with duckdb.connect() as con:
        assert settled_lists(con, "conflict", TONIGHT, grave=grave(), delay_days=14, weeks=26, since=None).is_empty()


def test_lists_that_the_simple_rule_would_have_beaten_beyond_chance_are_told() -> None:
    weeks = pair_weeks(20, 30, TONIGHT)
    victims = [f"A{n % 30:03}-B{n % 30:03}" for n in range(20)]
    days = weeks["as_of"].unique().sort().to_list()
    happened = grave(*((pair, day + timedelta(days=3)) for day, pair in zip(days, victims, strict=True)))
    right = pl.struct("as_of", "pair_id").is_in([{"as_of": day, "pair_id": pair} for day, pair in zip(days, victims, strict=True)])
    weeks = weeks.with_columns(right.cast(pl.Float64).alias("record_harm_7d"))  # what the rule no_change goes by
    standing = Standing("conflict-2026-03-31", {"scorer": "decayed_harm_30d_1"}, trained("conflict", TRAINED), "the gate", "")
    for listed, worse in ((["A029-B029"] * 20, True), (victims, False)):
        rows = [(day, pair, 0.5, pair == victim) for day, pair, victim in zip(days, listed, victims, strict=True)]
        lists = pl.DataFrame(rows, schema={"as_of": pl.Date, "pair_id": pl.String, "score": pl.Float64, "hit": pl.Boolean}, orient="row")
        record = list_record(lists, weeks, happened, standing, 1)
        assert (record.weeks, record.worse_than_rule) == (20, worse)
