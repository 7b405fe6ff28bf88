"""The lists as issued, held against what followed: the only figures of a scorer that no later training can flatter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import polars as pl

from models.gate import compare
from models.outcome import closed, label
from models.standing import Standing
from models.thresholds import Thresholds

LEAST_LOSS = 0.02
"""A pair less that comes true on a list of fifty: a smaller loss is no reason to stop a list, however sure."""
ISSUED = {"as_of": pl.Date, "pair_id": pl.String, "score": pl.Float64, "hit": pl.Boolean}


@dataclass(frozen=True)
class ListRecord:
    """Settled lists: how many, the share of their pairs that saw serious violence, that of all pairs measured then, and the simple rule's."""

    weeks: int
    precision: float
    base_rate: float | None
    foreseen: float
    seen: int
    worse_than_rule: bool


def settled_lists(
    con: duckdb.DuckDBPyConnection, lane: str, as_of: date, *, grave: pl.DataFrame, delay_days: int, weeks: int, since: datetime | None
) -> pl.DataFrame:
    """The last list of each week before `as_of` whose outcomes are known, the last `weeks` of them, none from before `since`: as_of, pair_id, score, hit."""
    if not con.execute("select 1 from duckdb_tables() where schema_name = 'alerts' and table_name = 'flag'").fetchall():
        return pl.DataFrame(schema=ISSUED)
    issued: pl.DataFrame = con.sql(
        """select as_of, pair_id, score from alerts.flag where lane = $lane and as_of < $day and as_of >= $since
           and as_of in (select max(as_of) from alerts.flag where as_of < $day group by date_trunc('week', as_of)) order by as_of, rank""",
        params={"lane": lane, "day": as_of, "since": since.date() if since else date.min},
    ).pl()
    days = sorted(closed(issued["as_of"].unique().to_list(), as_of, delay_days))[-weeks:]
    issued = issued.filter(pl.col("as_of").is_in(days))
    return issued.with_columns(label(issued, grave).alias("hit"))


def list_record(lists: pl.DataFrame, weeks: pl.DataFrame, grave: pl.DataFrame, standing: Standing, list_size: int) -> ListRecord:
    """How the settled lists did, beside all pairs of the lane (`weeks`, with features) and the training's best simple rule."""
    days = lists["as_of"].unique()
    measured = weeks.filter(pl.col("as_of").is_in(days.implode()))
    measured = measured.with_columns(label(measured, grave).alias("hit"))
    seen, listed = int(lists["hit"].sum()), max(lists.height, 1)
    base = float(measured["hit"].sum()) / measured.height if measured.height else None
    foreseen = float(lists["score"].sum())
    return ListRecord(len(days), seen / listed, base, foreseen, seen, _worse(lists, measured, standing, list_size))


def why_expired(record: ListRecord, trained_as_of: date, as_of: date, limits: Thresholds) -> str | None:
    """Why no list may be issued: the training is too old, or the lists were no better than chance, or worse than the simple rule."""
    age = (as_of - trained_as_of).days
    if age > limits.validation.days:
        return (
            f"it was trained on what was known by {trained_as_of}, {age} days before, and a validation lasts {limits.validation.days} days"
        )
    if record.weeks < limits.record.least_weeks or max(record.foreseen, record.seen) < limits.record.least_outcomes:
        return None
    if record.base_rate is not None and record.precision <= record.base_rate:
        return f"of the pairs on its last {record.weeks} settled lists {record.precision:.2%} saw serious violence, and of all pairs {record.base_rate:.2%}"
    if record.worse_than_rule:
        return f"its last {record.weeks} settled lists did worse than the best simple rule would have done, beyond chance"
    return None


def _worse(lists: pl.DataFrame, measured: pl.DataFrame, standing: Standing, list_size: int) -> bool:
    """The difference in precision is a loss of LEAST_LOSS or more, and its whole interval lies below nothing. Lists of days that were not measured
    again are left aside."""
    simple = standing.trained.simple
    if simple is None or not standing.is_its_scorer or not measured.height or not lists.height:
        return False
    issued = lists.select("pair_id", "as_of", pl.col("score").alias("issued"))
    judged = measured.with_columns(pl.Series("rule", simple[0].raw(measured))).select("pair_id", "as_of", "hit", "rule")
    judged = judged.join(issued, on=["pair_id", "as_of"], how="left").with_columns(pl.col("issued").fill_null(-1.0))
    verdict = compare(judged, "issued", "rule", list_size)
    return verdict.high < 0 and verdict.gain <= -LEAST_LOSS
