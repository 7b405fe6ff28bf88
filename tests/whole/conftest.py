"""One small synthetic county, its first night and a later one, shared by the tests of whole nights."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.run import Run
from flows.settings import Settings
from flows.stages import NIGHTLY
from synth.county import make_county

CUT = date(2026, 3, 29)
WEEKS = 3
OF_THE_CLOCK = ("loaded_at", "published_at", "run_id")


@dataclass(frozen=True)
class County:
    """Where the extracts and the truth are, and the homes of the first night and of the last."""

    folder: Path
    landing: Path
    first: Path
    last: Path
    last_as_of: date

    def truth(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "truth" / f"{name}.parquet")


def night(home: Path, landing: Path, as_of: date) -> None:
    """A nightly run without command line or Prefect."""
    home.mkdir(exist_ok=True)
    now = datetime(2026, 7, 1, 2, 30) + timedelta(days=(as_of - CUT).days)
    run = Run("nightly", home, as_of, Settings(home=home), now, f"{as_of}", landing)
    try:
        for stage in NIGHTLY:
            stage.act(run)
    finally:
        run.close()


def analyst(home: Path) -> duckdb.DuckDBPyConnection:
    """The published database, read-only."""
    return duckdb.connect(str(home / "forewarn.duckdb"), read_only=True)


def published(home: Path) -> dict[str, list[str]]:
    """Every published table as sorted rows, without what a clock wrote."""
    with analyst(home) as con:
        columns = con.execute("select table_name, column_name from information_schema.columns where table_schema = 'analyst'").fetchall()
        kept = {t: ", ".join(f'"{c}"' for table, c in columns if table == t and c not in OF_THE_CLOCK) for t, _ in columns}
        return {t: sorted(map(repr, con.execute(f"select {names} from analyst.{t}").fetchall())) for t, names in kept.items()}


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """2,500 people over two years, then three weekly deliveries: a first night, and a last one after all of them. Made once, whatever number of
    processes run the tests: nobody writes to it."""
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "whole-county"
    folder, landing, first, last = (root / name for name in ("extracts", "landing", "first", "last"))
    made = County(folder, landing, first, last, CUT + timedelta(days=7 * WEEKS))
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "made").exists():
            _make(made)
            (root / "made").touch()
    return made


def _make(county: County) -> None:
    make_county(county.folder, 2_500, 2, 11, end=CUT, weeks=WEEKS)
    county.landing.mkdir()
    for file in county.folder.glob("*_????-??-??.*"):
        shutil.copy2(file, county.landing)
    night(county.first, county.landing, CUT)
    shutil.copytree(county.first, county.last, symlinks=True)
    for file in sorted(county.folder.glob("weeks/*/*")):
        shutil.copy2(file, county.landing)
    night(county.last, county.landing, county.last_as_of)
