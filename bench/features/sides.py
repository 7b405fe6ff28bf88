"""The same eight features in several ways; each writes its pair-weeks to a Parquet file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import duckdb
import polars as pl

from bench.clock import Figures, begin, since
from features.catalogue import FEATURES
from features.pair_week import ROWS_AT_ONCE, WEEKS_AT_ONCE, numbered, of_pairs, seen_on

NAMES = (
    "events_28d", "events_365d", "record_harm_30d", "report_harm_30d", "days_since_event", "days_since_serious", "worst_harm_365d", "peace_30d",
)  # fmt: skip
OURS, THEIRS, PANDAS = "ours", "theirs", "pandas"

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
    """The pipeline's own steps, some weeks at a time."""
    begun = begin()
    events, names = numbered(pl.read_parquet(folder / "events.parquet").sort("pair_id", "occurred_at"))
    events = events.drop("person_a", "person_b").with_columns(pl.col("source", "stance").cast(pl.Categorical))
    features = [one for one in FEATURES if one.name in NAMES]
    days = pl.read_parquet(folder / "weeks.parquet")["as_of"].to_list()
    at_once = max(1, min(WEEKS_AT_ONCE, ROWS_AT_ONCE // max(events.height, 1)))
    for part, at in enumerate(range(0, len(days), at_once)):
        rows = of_pairs(seen_on(events, days[at : at + at_once]), features)
        named = rows.with_columns(names["pair_id"].gather(rows["pair_id"]))
        named.write_parquet(folder / f"{OURS}-{part}.parquet", compression="snappy")  # as DuckDB and pandas do
    return since(begun)


def in_pandas(python: str, folder: Path) -> tuple[Figures, str]:
    """By an interpreter that has pandas, whose version is told too."""
    script = Path(__file__).with_name("in_pandas.py")
    run = subprocess.run([python, str(script), str(folder)], check=True, capture_output=True, text=True)  # noqa: S603  our own script
    wall, cpu, memory, version = json.loads(run.stdout)
    return (wall, cpu, memory), version


def differing(folder: Path, theirs: str = THEIRS) -> tuple[int, int]:
    """How many pair-weeks there are, and how many are not the same to nine digits as those of a peer."""
    alike = " and ".join(f"abs(one.{name} - other.{name}) < 1e-9" for name in NAMES)
    with duckdb.connect() as con:
        [(rows, differ)] = con.execute(
            f"""select count(*), count(*) filter (not coalesce({alike}, false))
                from '{folder / OURS}-*.parquet' as one full join '{folder / theirs}.parquet' as other using (pair_id, as_of)"""
        ).fetchall()
    return int(rows), int(differ)
