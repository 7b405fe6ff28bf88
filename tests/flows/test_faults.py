"""Faults put into a night: what is published stays whole, and the next night ends as an undisturbed one. bench/faults does it at length."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from bench.faults.injections import INJECTIONS, CannotMount, disk
from bench.faults.nights import (
    ORDINARY,
    WEEKS,
    Place,
    Scene,
    content,
    differing,
    end,
    make_scene,
    nightly,
    place_of,
    run,
    start,
    undisturbed_night,
)
from bench.faults.trial import OF_THE_LOADS
from warehouse.generations import LOCKED

KILLS = 3
STOPPING = (
    "disk full",
    "disk read-only",
    "file size limited",
    "warehouse held by another",
    "memory limit of the engine",
    "memory limit of the process",
    "warehouse damaged",
)


class Least(Random):
    """Always the least: no room on the disk, no memory, the head of the file."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        return start if stop is not None else 0

    def choice(self, seq: Any) -> Any:
        return seq[0]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("faults"), 500, 3)


@contextmanager
def readers(home: Path, nights: set[date]) -> Iterator[list[int]]:
    """An analyst who asks without pause; yields how often, and fails if ever there was no answer, or of no known night."""
    stop, answers, failures = threading.Event(), [0], []

    def ask() -> None:
        while not stop.is_set():
            try:
                with duckdb.connect(str(home / "forewarn.duckdb"), read_only=True, config=LOCKED) as con:
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


def ends_as_undisturbed(scene: Scene, place: Place) -> None:
    undisturbed_night(place)
    assert differing(content(place.home), scene.content_after) == []
    assert {file.suffix for file in (place.home / "published").iterdir()} == {".duckdb"}


def test_a_night_killed_at_any_moment_ends_as_if_nothing_had_happened(scene: Scene, tmp_path: Path) -> None:
    with place_of(scene, tmp_path / "place") as place:
        moments = [Random().uniform(0.2, 1.0) * scene.seconds for _ in range(KILLS)]
        with readers(place.home, {scene.second, scene.second - timedelta(weeks=WEEKS)}) as answers:
            for moment in moments:
                night = start(*nightly(place))
                time.sleep(moment)
                os.kill(night.pid, signal.SIGKILL)
                end(night)
            ends_as_undisturbed(scene, place)
        assert answers[0] > KILLS, f"killed after {moments} seconds"


def test_no_fault_of_the_machine_harms_anything_for_good_and_each_is_told(scene: Scene, tmp_path: Path) -> None:
    """One fault after the other on one home: each night fails, and the last one ends as if it had been the only one."""
    with place_of(scene, tmp_path / "place") as place:
        for name in STOPPING:
            try:
                ended = INJECTIONS[name](scene, place, Least(1))
            except CannotMount:
                continue  # this account may not
            assert (name, ended.status, ended.said[:10]) == (name, 1, "forewarn: ")
            assert "unexpected" not in ended.said, name
            assert differing(content(place.home), scene.content_before) == [], name
        ends_as_undisturbed(scene, place)


def test_an_extract_that_is_torn_is_taken_as_far_as_it_came_and_one_that_grows_waits_until_it_is_whole(
    scene: Scene, tmp_path: Path
) -> None:
    with place_of(scene, tmp_path / "place") as place:
        torn, growing = (_with_most_rows(place, name) for name in ("incident_parties", "intelligence"))
        whole = torn.read_bytes()
        before, last = whole.rstrip(b"\n").rsplit(b"\n", 1)
        torn.write_bytes(before + b"\n" + last[: len(last) // 2])
        stop = threading.Event()

        def grow() -> None:
            while not stop.wait(0.1):
                with growing.open("ab") as file:
                    file.write(b"\n")

        writer = threading.Thread(target=grow)
        writer.start()
        ended = run(*nightly(place))
        stop.set()
        writer.join()
        assert ended.status == 0, ended.said
        with duckdb.connect(str(place.home / "forewarn.duckdb"), read_only=True) as con:
            found = {name: (status, said.split(": ")[1].split(".")[0]) for name, status, said in con.execute(
                "select file, status, message from analyst.loads where message is not null").fetchall()}  # fmt: skip
        assert found == {
            torn.name: ("loaded", "its last line is cut off, so that it has not come whole"),
            growing.name: ("postponed", "it is still being written"),
        }
        torn.write_bytes(whole)
        undisturbed_night(place)
        with duckdb.connect(str(place.home / "forewarn.duckdb"), read_only=True) as con:
            assert con.execute("select distinct status from analyst.loads").fetchall() == [("loaded",)]
        assert set(differing(content(place.home), scene.content_after)) <= OF_THE_LOADS, "as if both had come whole and in time"


def _with_most_rows(place: Place, name: str) -> Path:
    """The largest file of an extract in the second delivery."""
    files = [file for file in place.landing.glob(f"{name}_*.csv") if file.stem[-10:] > ORDINARY.isoformat()]
    return max(files, key=lambda file: file.stat().st_size)


def test_a_disk_of_its_own_is_taken_away_again(scene: Scene, tmp_path: Path) -> None:
    with place_of(scene, tmp_path / "place") as place:
        try:
            with disk(place, 200 * 1024 * 1024):
                pass
        except CannotMount:
            pytest.skip("this account may not mount a file system")
        assert not (place.home.with_name("disk") / "forewarn.duckdb").exists()
