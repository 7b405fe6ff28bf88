"""A small county with one night behind it and one before it, and how that one ends undisturbed: what every fault is held against."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Timer
from time import monotonic

import duckdb

from synth.county import make_county
from warehouse.generations import LOCKED, PUBLISHED

OF_THE_CLOCK = frozenset({"loaded_at", "published_at", "run_id"})
LONGEST = 600.0
WEEKS = 4
ORDINARY, TRAINING = date(2026, 11, 1), date(2026, 10, 25)
"""First nights after which the second learns nothing, and trains the month's models."""
Content = Mapping[str, str]


class NightFailed(Exception):
    """A night that nothing disturbed did not end well."""


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit status (below 0: the signal that ended it), the last line it said and the memory it took at most, in MB;
    and the file that was spoilt, if one was."""

    status: int
    said: str = ""
    megabytes: int = 0
    file: str = ""


@dataclass(frozen=True)
class Scene:
    """`before`: a home after its first night; `landing`: with the files of the second; `backup`: of `before`; of an undisturbed second night:
    `seconds`, and `written`, the bytes by which it made HOME grow."""

    landing: Path
    before: Path
    backup: Path
    second: date
    seconds: float
    written: int
    content_before: Content
    content_after: Content
    late: dict[str, Content] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A copy of the scene for one fault."""

    home: Path
    landing: Path
    as_of: date


def make_scene(folder: Path, people: int, seed: int, first: date = ORDINARY) -> Scene:
    """A county, its first night, a backup of it, and an undisturbed second night on a copy, which takes in what came in some weeks."""
    made = make_county(folder / "county", people, 1, seed=seed, end=first, weeks=WEEKS)
    landing, before, undisturbed = folder / "landing", folder / "before", folder / "undisturbed"
    landing.mkdir()
    for file in (folder / "county").glob("*_????-??-??.*"):
        shutil.copy(file, landing)
    undisturbed_night(Place(before, landing, made.end))
    second = made.end + timedelta(weeks=WEEKS)
    for file in (folder / "county" / "weeks").glob("*/*.*"):
        shutil.copy(file, landing)
    for file in landing.iterdir():  # nothing has just come: a night does not watch the folder
        os.utime(file, (0, 0))
    (folder / "backup").mkdir()
    done = run("backup", folder / "backup", "--home", before)
    if done.status:
        raise NightFailed(done.said)
    shutil.copytree(before, undisturbed, symlinks=True)
    began = monotonic()
    undisturbed_night(Place(undisturbed, landing, second))
    seconds = monotonic() - began
    [backup] = (folder / "backup").glob("*.tar")
    written = size_of(undisturbed) - size_of(before)
    return Scene(landing, before, backup, second, seconds, written, content(before), content(undisturbed))


def size_of(path: Path) -> int:
    """What a file, or a folder with all in it, takes on a disk."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(-(-file.stat().st_size // 4096) * 4096 + 4096 for file in files)


def content_when_late(scene: Scene, file: str, folder: Path) -> Content:
    """What two undisturbed nights publish of which the first does not have a file of the second delivery; worked out once for each file."""
    if file not in scene.late:
        with place_of(scene, folder) as place:
            (place.landing / file).unlink()
            undisturbed_night(place)
            shutil.copy2(scene.landing / file, place.landing)
            undisturbed_night(place)
            scene.late[file] = content(place.home)
    return scene.late[file]


@contextmanager
def place_of(scene: Scene, folder: Path) -> Iterator[Place]:
    """The scene copied into a folder, which is removed afterwards."""
    shutil.rmtree(folder, ignore_errors=True)  # left by one that was ended
    folder.mkdir()
    try:
        shutil.copytree(scene.before, folder / "home", symlinks=True)
        shutil.copytree(scene.landing, folder / "landing")
        yield Place(folder / "home", folder / "landing", scene.second)
    finally:
        shutil.rmtree(folder)


def start(*words: object, settings: Mapping[str, str] | None = None, limit: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    """The forewarn command in a process of its own, without this one's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FOREWARN_", "PREFECT_"))}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", "from flows.cli.main import main; main()", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])} | dict(settings or {}),
        preexec_fn=limit,  # noqa: PLW1509 - sets a limit and no more
    )


def run(*words: object, settings: Mapping[str, str] | None = None, limit: Callable[[], None] | None = None) -> Ended:
    """The command, waited for."""
    return end(start(*words, settings=settings, limit=limit))


def end(process: subprocess.Popen[bytes]) -> Ended:
    """Waits for a run; what is not over after ten minutes is ended, which counts as a failure of it."""
    assert process.stderr is not None
    stop = Timer(LONGEST, process.kill)
    stop.start()
    said = process.stderr.read().decode(errors="replace").strip().splitlines()
    _, status, used = os.wait4(process.pid, 0)
    stop.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    ours = [line for line in said if line.startswith("forewarn: ")]
    traced = "Traceback: " if any(line.startswith("Traceback") for line in said) else ""
    return Ended(process.returncode, traced + next(iter(ours[-1:] or said[-1:]), ""), used.ru_maxrss // 1024)


def nightly(place: Place) -> tuple[object, ...]:
    """The words of a night at this place."""
    return ("nightly", "--landing", place.landing, "--home", place.home, "--as-of", place.as_of)


def undisturbed_night(place: Place) -> Ended:
    """A night that must end well. Raises NightFailed."""
    done = run(*nightly(place))
    if done.status:
        raise NightFailed(f"exit status {done.status}: {done.said}")
    return done


def content(home: Path) -> dict[str, str]:
    """Every published table as a hash of its rows, whatever their order, without what a clock wrote; reads all of the file."""
    with duckdb.connect(str(home / PUBLISHED), read_only=True, config=LOCKED) as con:
        columns = con.execute("select table_name, column_name from information_schema.columns where table_schema = 'analyst'").fetchall()
        kept = {table: ", ".join(f'"{c}"' for t, c in columns if t == table and c not in OF_THE_CLOCK) for table, _ in columns}
        asked = {t: f"select {names} from analyst.{t}" for t, names in kept.items()}
        of_files = asked["data_quality"] + " where counted = 'rows'"
        asked |= {"data_quality": asked["data_quality"] + " where counted <> 'rows'", "data_quality of files": of_files}
        return {name: _hash(con.execute(query).fetchall()) for name, query in asked.items()}


def _hash(rows: list[tuple[object, ...]]) -> str:
    """Of rows in whatever order; the same in every process."""
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()[:16]


def differing(one: Content, other: Content) -> list[str]:
    """The tables that are not alike."""
    return sorted(table for table in one.keys() | other.keys() if one.get(table) != other.get(table))
