"""kill -9 in the middle of a night, then again: the same result as undisturbed, and the published file was readable throughout."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from synth.county import make_county

KILLS = 3
OF_THE_CLOCK = {"loaded_at", "published_at", "run_id"}


@dataclass(frozen=True)
class Nights:
    """A home after its first night, all files of the second in landing, and how that goes undisturbed."""

    before: Path
    undisturbed: Path
    landing: Path
    second: date
    seconds: float


def start(home: Path, landing: Path, as_of: date) -> subprocess.Popen[bytes]:
    words = ["-c", "from flows.cli.main import main; main()", "nightly", "--landing", landing, "--home", home, "--as-of", as_of.isoformat()]
    return subprocess.Popen([sys.executable, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def complete(home: Path, landing: Path, as_of: date) -> None:
    night = start(home, landing, as_of)
    _, said = night.communicate(timeout=300)
    assert night.returncode == 0, said.decode()


def published(home: Path) -> dict[str, list[str]]:
    """Every published table, its rows in order, without what a clock wrote."""
    with duckdb.connect(str(home / "forewarn.duckdb"), read_only=True) as con:
        columns = con.execute("select table_name, column_name from information_schema.columns where table_schema = 'analyst'").fetchall()
        tables = {table: ", ".join(f'"{c}"' for t, c in columns if t == table and c not in OF_THE_CLOCK) for table, _ in columns}
        return {table: sorted(map(repr, con.execute(f"select {kept} from analyst.{table}").fetchall())) for table, kept in tables.items()}


@contextmanager
def readers(home: Path, nights: set[date]) -> Iterator[list[int]]:
    """An analyst who asks without pause; yields how often, and fails if ever there was no answer, or of no known night."""
    stop, answers, failures = threading.Event(), [0], []

    def ask() -> None:
        while not stop.is_set():
            try:
                with duckdb.connect(str(home / "forewarn.duckdb"), read_only=True) as con:
                    found = con.execute("select distinct as_of from analyst.flagged_pairs").fetchall()
                assert {row[0] for row in found} <= nights
                answers[0] += 1
            except Exception as error:
                failures.append(repr(error))
            time.sleep(0.05)

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        yield answers
    finally:
        stop.set()
        reader.join()
    assert failures == []


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    folder = tmp_path_factory.mktemp("kill")
    made = make_county(folder / "county", 800, 1, seed=5, weeks=1)
    landing, before = folder / "landing", folder / "before"
    landing.mkdir()
    for file in (folder / "county").glob("*.*"):
        shutil.copy(file, landing)
    complete(before, landing, made.end)
    second = made.end + timedelta(days=7)
    for file in (folder / "county" / "weeks" / second.isoformat()).iterdir():
        shutil.copy(file, landing)
    undisturbed = folder / "undisturbed"
    shutil.copytree(before, undisturbed, symlinks=True)
    began = time.monotonic()
    complete(undisturbed, landing, second)
    return Nights(before, undisturbed, landing, second, time.monotonic() - began)


def test_a_night_killed_at_any_moment_ends_as_if_nothing_had_happened(nights: Nights, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(nights.before, home, symlinks=True)
    moments = [random.Random().uniform(0.2, 1.0) * nights.seconds for _ in range(KILLS)]
    with readers(home, {nights.second, nights.second - timedelta(days=7)}) as answers:
        for moment in moments:
            night = start(home, nights.landing, nights.second)
            time.sleep(moment)
            night.kill()
            night.communicate()
        complete(home, nights.landing, nights.second)
    assert answers[0] > KILLS
    assert published(home) == published(nights.undisturbed), f"killed after {moments} seconds"
    assert sorted(path.suffix for path in (home / "published").iterdir()) == [".duckdb"] * len(list((home / "published").glob("*.duckdb")))
