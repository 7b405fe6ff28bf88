"""A county taken in once: what passed between its people, in every version, and the truth about what followed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from features.pair_week import read_events
from flows.run import begin_run
from flows.settings import read_settings
from flows.stages import NIGHTLY

EVENTS, TRUTH = "events.parquet", "serious.parquet"
LAST_STAGE = "pair up"


@dataclass(frozen=True)
class County:
    """`events`: as features.pair_week.read_events gives them; `serious`: day and pair_id of every true serious event in the conflict lane,
    recorded or not; `end`: the last day that the events reach."""

    name: str
    events: pl.DataFrame
    serious: pl.DataFrame
    end: date


def prepare(landing: Path, truth: Path, as_of: date, folder: Path) -> None:
    """Runs the nightly stages up to the pairs on all files of `landing`, and keeps the events and the truth in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = replace(read_settings({}), landing=landing, home=folder / "home")
    with begin_run("nightly", as_of, settings) as run:
        for stage in NIGHTLY:
            stage.act(run)
            if stage.name == LAST_STAGE:
                break
        keep(run.warehouse(), truth, folder)


def keep(con: duckdb.DuckDBPyConnection, truth: Path, folder: Path) -> None:
    """Writes a warehouse's events, and the true serious events with the pair that the project takes the two people for."""
    read_events(con).write_parquet(folder / EVENTS)
    links = con.sql("select source, record_id, person_id from people.person_record").pl()
    true = pl.read_parquet(truth / "records.parquet").select("source", "record_id", "person")
    owners = (
        links.join(true, on=["source", "record_id"])
        .group_by("person", "person_id")
        .len()
        .sort("person", "len", "person_id", descending=[False, True, False])
        .unique("person", keep="first", maintain_order=True)
    )
    serious = pl.read_parquet(truth / "serious.parquet").filter(pl.col("lane") == "conflict")
    for side in "ab":
        mine = owners.select(pl.col("person").alias(f"person_{side}"), pl.col("person_id").alias(side))
        serious = serious.join(mine, on=f"person_{side}", how="left")
    pair = pl.concat_str(pl.min_horizontal("a", "b"), pl.lit("-"), pl.max_horizontal("a", "b")).alias("pair_id")
    serious.select(pair, pl.col("occurred_at").dt.date().alias("day"), "had_prior_recorded_contact").write_parquet(folder / TRUTH)


def load(folder: Path) -> County:
    """A county that `prepare` has kept."""
    events = pl.read_parquet(folder / EVENTS)
    end: date = events["known_from"].max().date()  # type: ignore[union-attr]
    return County(folder.name, events, pl.read_parquet(folder / TRUTH), end)
