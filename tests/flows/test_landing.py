"""The landing folder is watched when something in it has just changed; what moves is not among what stands still."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from flows.home import DEMONSTRATION, not_of_the_state
from flows.landing import still_files


def waits(monkeypatch: pytest.MonkeyPatch, during: str = "") -> list[float]:
    """Every wait, which takes no time here; `during`: a file that is written to meanwhile."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if during:
            with Path(during).open("a") as file:
                file.write("more\n")

    monkeypatch.setattr(time, "sleep", sleep)
    return slept


def put(folder: Path, name: str, age: float) -> Path:
    (folder / name).write_text("x\n")
    os.utime(folder / name, (time.time() - age,) * 2)
    return folder / name


def test_old_files_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "incidents_2026-01-04.csv", 60)
    put(tmp_path, "letters.txt", 0)
    slept = waits(monkeypatch)
    assert (list(still_files(tmp_path, 5)), slept) == (["incidents_2026-01-04.csv"], [])


def test_what_is_written_meanwhile_does_not_stand_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "exclusions_2026-01-04.csv", 60)
    put(tmp_path, "incidents_2026-01-04.csv", -3600)  # a share whose clock is an hour ahead
    (tmp_path / "intelligence_2026-01-04.csv").symlink_to("gone")
    growing = put(tmp_path, "incident_parties_2026-01-04.csv", 1)
    slept = waits(monkeypatch, during=str(growing))
    found = still_files(tmp_path, 5)
    assert slept == [5]
    assert sorted(found) == ["exclusions_2026-01-04.csv", "incidents_2026-01-04.csv", "intelligence_2026-01-04.csv"]


def test_nothing_is_waited_for_when_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "incidents_2026-01-04.csv", 0)
    slept = waits(monkeypatch)
    assert (len(still_files(tmp_path, 0)), slept) == (1, [])


def test_what_agencies_sent_is_no_part_of_the_state_wherever_it_lies(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert not_of_the_state(home, None) == not_of_the_state(home, tmp_path / "landing") == ()
    assert not_of_the_state(home, home / "in" / "files") == ("in/files",)
    (home / DEMONSTRATION).touch()
    assert not_of_the_state(home, None) == ("county", "landing")
