"""The same eight features in two ways; each writes its pair-weeks to a Parquet file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from bench.clock import Figures, begin, since
from features.catalogue import ADVERSE, FEATURES, NEVER_DAYS
from features.harm import harm_points
from features.pair_week import ROWS_AT_ONCE, WEEKS_AT_ONCE
from warehouse.timegate import visible

NAMES = (
    "events_28d", "events_365d", "record_harm_30d", "report_harm_30d", "days_since_event", "days_since_serious", "worst_harm_365d", "peace_30d",
)  # fmt: skip
OURS, THEIRS = "ours", "theirs"

SQL = """
    with seen as (
        select *, epoch_us(as_of + interval 1 day - occurred_at) // 1000000 / 86400.0 as age, log2(1 + severity / 10) * evidence as points
        from weeks join events on known_from < as_of + interval 1 day and occurred_at < as_of + interval 1 day
            and (known_to is null or known_to >= as_of + interval 1 day)
            and epoch_us(as_of + interval 1 day - occurred_at) // 1000000 / 86400.0 <= 730
    )
    select
        pair_id, as_of,
        count(*) filter (stance = 'adverse' and age <= 28)::double as events_28d,
        count(*) filter (stance = 'adverse' and age <= 365)::double as events_365d,
        coalesce(sum(points * 0.5 ** (age / 30)) filter (stance = 'adverse' and source <> 'intelligence'), 0) as record_harm_30d,
        coalesce(sum(points * 0.5 ** (age / 30)) filter (stance = 'adverse' and source = 'intelligence'), 0) as report_harm_30d,
        coalesce(min(age) filter (stance = 'adverse'), 730) as days_since_event,
        coalesce(min(age) filter (is_grave), 730) as days_since_serious,
        coalesce(max(points) filter (stance = 'adverse' and age <= 365), 0) as worst_harm_365d,
        coalesce(sum(evidence * 0.5 ** (age / 30)) filter (stance = 'peace'), 0) as peace_30d
    from seen group by pair_id, as_of having bool_or(stance = 'adverse')"""


def in_sql(folder: Path) -> Figures:
    """One statement, as an analyst would write it."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        begun = begin()
        for name in ("events", "weeks"):
            con.execute(f"create table {name} as from '{folder / name}.parquet'")
        con.execute(f"copy ({SQL}) to '{folder / THEIRS}.parquet'")
        return since(begun)


def ours(folder: Path) -> Figures:
    """The pipeline's own expressions over the time gate's `visible`, some weeks at a time."""
    begun = begin()
    events = (
        pl.read_parquet(folder / "events.parquet")
        .sort("pair_id", "occurred_at")
        .with_columns(pl.col("pair_id", "source", "stance").cast(pl.Categorical))
    )
    days = pl.read_parquet(folder / "weeks.parquet")["as_of"].to_list()
    at_once = max(1, min(WEEKS_AT_ONCE, ROWS_AT_ONCE // max(events.height, 1)))
    for part, at in enumerate(range(0, len(days), at_once)):
        _measure(visible(events, days[at : at + at_once])).write_parquet(folder / f"{OURS}-{part}.parquet")
    return since(begun)


def _measure(seen: pl.DataFrame) -> pl.DataFrame:
    age = (pl.col("as_of").cast(pl.Datetime("us")) + pl.duration(days=1) - pl.col("occurred_at")).dt.total_seconds() / 86400.0
    return (
        seen.with_columns(age.alias("age_days"), (harm_points(pl.col("severity")) * pl.col("evidence")).alias("points"))
        .filter(pl.col("age_days") <= NEVER_DAYS)
        .group_by("pair_id", "as_of")
        .agg(ADVERSE.any().alias("is_adverse"), *(one.expression.alias(one.name) for one in FEATURES if one.name in NAMES))
        .filter("is_adverse")
        .drop("is_adverse")
        .with_columns(pl.col("pair_id").cast(pl.String))
        .sort("as_of", "pair_id")
    )


def differing(folder: Path) -> tuple[int, int]:
    """How many pair-weeks there are, and how many are not the same in both to nine digits."""
    alike = " and ".join(f"abs(one.{name} - other.{name}) < 1e-9" for name in NAMES)
    with duckdb.connect() as con:
        [(rows, differ)] = con.execute(
            f"""select count(*), count(*) filter (not coalesce({alike}, false))
                from '{folder / OURS}-*.parquet' as one full join '{folder / THEIRS}.parquet' as other using (pair_id, as_of)"""
        ).fetchall()
    return int(rows), int(differ)
