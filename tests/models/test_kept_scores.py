"""Scores are kept from night to night: whatever has changed, they are those of scoring everything anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta

import duckdb
import polars as pl
import pytest

from features.kept_weeks import build_features
from models import kept_scores
from models.kept_scores import score_weeks
from models.monthly import scores_of
from models.rules import RULES
from models.standing import Standing
from tests.features.crowd import crowd, tell, warehouse_of
from tests.models.registered import trained

SUNDAY, WEEKS = date(2026, 4, 26), 20
LAST = SUNDAY - timedelta(days=3)
CROWD = crowd(people=240, events=420).with_columns(pl.col("pair_id").hash(7).mod(5).eq(0).alias("is_domestic"))
LONG_AGO = datetime(2026, 1, 10)


def standing(lane: str, rule: str, model: int = 1) -> Standing:
    scorer = next(one for one in RULES if one.name == rule)
    card = {"id": f"{lane}-{model}", "scorer": rule}
    return Standing(card["id"], card, dataclasses.replace(trained(lane, date(2026, 3, 31)), scorer=scorer), "gate", "won")


STANDINGS = [standing("conflict", "decayed_harm_30d_1"), standing("domestic", "count_365d")]
PROMOTED = [standing("conflict", "random", 2), STANDINGS[1]]


def night(con: duckdb.DuckDBPyConnection, events: pl.DataFrame, as_of: date) -> None:
    tell(con, events, as_of)
    con.execute(
        """create schema if not exists scores;
        create or replace table pairs.pair as select pair_id, case when bool_or(is_domestic) then 'domestic' else 'conflict' end as lane
        from pairs.event where known_to is null group by pair_id"""
    )
    build_features(con, WEEKS)


def anew(events: pl.DataFrame, standings: list[Standing]) -> pl.DataFrame:
    con = warehouse_of(events, SUNDAY)
    night(con, events, SUNDAY)
    score_weeks(con, standings)
    return rows(con)


def rows(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    found: pl.DataFrame = con.sql("select * from scores.pair_week order by as_of, pair_id").pl()
    return found


def late(events: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([events, events.head(9).with_columns(pl.lit("late").alias("record_id"), known_from=LONG_AGO, occurred_at=LONG_AGO)])


def domestic(events: pl.DataFrame) -> pl.DataFrame:
    return events.with_columns(pl.col("is_domestic") | (pl.col("pair_id").hash(7).mod(5) == 1))


def withdrawn(events: pl.DataFrame) -> pl.DataFrame:
    gone = pl.when(pl.col("pair_id").hash(7).mod(5) == 2).then(datetime(2026, 4, 24)).otherwise("known_to")
    return events.with_columns(gone.alias("known_to"))


CHANGES: dict[str, tuple[Callable[[pl.DataFrame], pl.DataFrame], list[Standing]]] = {
    "nothing": (lambda all_: all_, STANDINGS),
    "records came late": (late, STANDINGS),
    "some matters turn out domestic": (domestic, STANDINGS),
    "pairs are no pairs any more": (withdrawn, STANDINGS),
    "another model": (lambda all_: all_, PROMOTED),
}


@pytest.mark.parametrize("what", CHANGES)
def test_kept_or_scored_anew_the_scores_are_the_same(what: str) -> None:
    change, standings = CHANGES[what]
    con = warehouse_of(CROWD, LAST)
    night(con, CROWD, LAST)
    score_weeks(con, STANDINGS)
    before = rows(con)
    later = change(CROWD)
    night(con, later, SUNDAY)
    assert score_weeks(con, standings) == rows(con).height
    assert rows(con).equals(anew(later, standings))
    past = sorted(set(before["as_of"]) & set(rows(con)["as_of"]))
    then, now = (table.filter(pl.col("as_of").is_in(past)) for table in (before, rows(con)))
    assert then.equals(now) == (what == "nothing"), "or the test shows less than it says"


def test_a_night_that_failed_between_measuring_and_scoring_is_caught_up() -> None:
    con = warehouse_of(CROWD, LAST)
    night(con, CROWD, LAST)
    score_weeks(con, STANDINGS)
    night(con, late(CROWD), SUNDAY - timedelta(days=1))
    night(con, late(CROWD), SUNDAY)
    score_weeks(con, STANDINGS)
    assert rows(con).equals(anew(late(CROWD), STANDINGS))


def test_only_what_is_new_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[date]] = []

    def seen(trained, weeks):  # type: ignore[no-untyped-def]
        asked.append(set(weeks["as_of"]))
        return scores_of(trained, weeks)

    con = warehouse_of(CROWD, LAST)
    night(con, CROWD, LAST)
    score_weeks(con, STANDINGS)
    monkeypatch.setattr(kept_scores, "scores_of", seen)
    night(con, CROWD, SUNDAY)
    score_weeks(con, STANDINGS)
    assert set().union(*asked) == {SUNDAY}
