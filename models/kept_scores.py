"""The table scores.pair_week from night to night: a pair-week keeps its score while model and measures are the same; what is new or measured anew is scored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date

import duckdb
import polars as pl

from features.pair_week import WEEKS_AT_ONCE
from models.monthly import scores_of
from models.provenance import code_version
from models.standing import Standing
from warehouse.transaction import transaction

TABLES = """
    create table if not exists scores.kept (lane varchar, scorer_key varchar, night integer);
    create table if not exists scores.pair_lane (pair_id varchar, lane varchar);
    create table if not exists scores.pair_week
        (pair_id varchar, week date, as_of date, scorer varchar, raw double, score double)"""
EVERYTHING = "select 1 from features.measured_anew where night > $night and as_of is null and pair_id is null"
TO_SCORE = """
    create or replace temp table to_score as
    select as_of, null as pair_id from features.measured_anew where night > $night and as_of is not null
    union select null, pair_id from features.measured_anew where night > $night and pair_id is not null
    union
    select null, pair_id from scores.pair_lane as before full join pairs.pair as now using (pair_id) where before.lane is distinct from now.lane"""
"""What was measured on nights that have not been scored yet, and pairs that came into another lane, by day or by pair."""
FORGET = """
    delete from scores.pair_week
    where as_of in (select as_of from to_score) or pair_id in (select pair_id from to_score)
        or as_of not in (select unnest(days) from features.measured)"""


def score_weeks(con: duckdb.DuckDBPyConnection, standings: Sequence[Standing]) -> int:
    """Brings scores.pair_week to tonight's features.pair_week and the models in use, whole or not at all; returns the pair-weeks there."""
    keys = {standing.trained.lane: _key(standing) for standing in standings}
    [(night,)] = con.execute("select max(night) from features.measured").fetchall()
    with transaction(con):
        con.execute(TABLES)
        is_kept = _may_keep(con, keys)
        con.execute(FORGET if is_kept else "delete from scores.pair_week")
        for standing in standings:
            for weeks in _weeks_to_score(con, standing.trained.lane, is_kept=is_kept):
                _add(con, standing, weeks)
        con.execute("create or replace table scores.pair_lane as select pair_id, lane from pairs.pair")
        con.execute("delete from scores.kept")
        con.executemany("insert into scores.kept values (?, ?, ?)", [[lane, key, night] for lane, key in keys.items()])
    [(scored,)] = con.execute("select count(*) from scores.pair_week").fetchall()
    return int(scored)


def _key(standing: Standing) -> str:
    """Changes with the model, with which of its scorers is used, and with the code that makes scores."""
    parts = [json.dumps(standing.card, sort_keys=True), standing.trained.scorer.name, str(code_version()["sha256"])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _may_keep(con: duckdb.DuckDBPyConnection, keys: dict[str, str]) -> bool:
    """Whether scores of an earlier night stand, and if so, what is to be scored beside them (temporary table to_score)."""
    rows = con.execute("select lane, scorer_key, night from scores.kept").fetchall()
    if {lane: key for lane, key, _ in rows} != keys:
        return False
    night = min(night for *_, night in rows)
    if con.execute(EVERYTHING, {"night": night}).fetchall():
        return False
    con.execute(TO_SCORE, {"night": night})
    return True


def _weeks_to_score(con: duckdb.DuckDBPyConnection, lane: str, *, is_kept: bool) -> Iterator[pl.DataFrame]:
    """Some as-of days at a time: all features of all weeks would fill the memory of a county."""
    days = [day for (day,) in con.execute("select distinct as_of from features.pair_week order by as_of").fetchall()]
    which = "and (week.as_of in (select as_of from to_score) or week.pair_id in (select pair_id from to_score))" if is_kept else ""
    for at in range(0, len(days), WEEKS_AT_ONCE):
        yield lane_weeks(con, lane, days[at : at + WEEKS_AT_ONCE], which)


def lane_weeks(con: duckdb.DuckDBPyConnection, lane: str, days: list[date], which: str = "", *, columns: str = "week.*") -> pl.DataFrame:
    """The pair-weeks of a lane on some as-of days, in order, with their features."""
    weeks: pl.DataFrame = con.sql(
        f"""select {columns} from features.pair_week as week join pairs.pair as pair using (pair_id)
            where pair.lane = $lane and week.as_of in (select unnest($days::date[])) {which} order by week.as_of, week.pair_id""",
        params={"lane": lane, "days": days},
    ).pl()
    return weeks


def _add(con: duckdb.DuckDBPyConnection, standing: Standing, weeks: pl.DataFrame) -> None:
    raw, score = scores_of(standing.trained, weeks)
    rows = weeks.select(
        "pair_id", "week", "as_of", pl.lit(standing.trained.scorer.name).alias("scorer"), pl.Series("raw", raw), pl.Series("score", score)
    )
    con.register("scored", rows)
    con.execute("insert into scores.pair_week by name select * from scored")
    con.unregister("scored")
