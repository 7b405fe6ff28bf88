"""A run has HOME to itself, keeps it private, and lets it go however it ends."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.home import HomeUnusable, is_open_to_others
from flows.lock import RunInProgress
from flows.memory import TooLittleMemory
from flows.run import begin_run
from flows.settings import Settings

AS_OF = date(2026, 11, 19)
HOLD = """
import sys, time
from datetime import date
from pathlib import Path
from flows.run import begin_run
from flows.settings import Settings
with begin_run("nightly", date(2026, 11, 19), Settings(home=Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def test_home_is_made_private(settings: Settings) -> None:
    with begin_run("nightly", AS_OF, settings) as run:
        (run.home / "file").touch()
        assert not is_open_to_others(run.home)
        assert (run.home / "file").stat().st_mode & 0o777 == 0o600
        assert run.notices == []


def test_a_folder_of_somebody_elses_is_left_as_it_is_and_told(settings: Settings) -> None:
    settings.home.mkdir(mode=0o755)
    settings.home.chmod(0o755)
    (settings.home / "letters.txt").touch()
    with begin_run("nightly", AS_OF, settings) as run:
        assert settings.home.stat().st_mode & 0o777 == 0o755
        assert run.notices == [f"{run.home} is open to other users of this machine: chmod 700 {run.home}"]


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(HomeUnusable, match=r"file/home cannot be used .* Choose a folder of yours with --home"),
        begin_run("nightly", AS_OF, Settings(home=tmp_path / "file" / "home")),
    ):
        pass


def test_a_second_night_is_refused_with_who_holds_the_first_and_a_killed_one_holds_nothing(settings: Settings) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, settings.home], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(RunInProgress, match=rf"Another run \(nightly, process {other.pid}, since \d\d:\d\d on .*\) is at work"),
            begin_run("nightly", AS_OF, settings),
        ):
            pass
        with begin_run("weekly", AS_OF, settings):
            pass  # only reads what is published
        os.kill(other.pid, signal.SIGKILL)
    with begin_run("nightly", AS_OF, settings):
        pass


@pytest.mark.parametrize("name", ["nightly", "train"])
def test_a_run_with_too_little_memory_to_say_anything_does_not_begin(
    settings: Settings, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (2_000_000_000, 2_000_000_000))
    with pytest.raises(TooLittleMemory, match=r"address 2\.0 GB of memory \(ulimit -v\), and a night needs 3\.4 GB .* Lift that limit"):
        begin_run(name, AS_OF, settings).__enter__()
    assert not settings.home.exists()


def test_paths_are_made_whole_so_that_a_change_of_folder_means_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with begin_run("nightly", AS_OF, replace(settings, home=Path("home"), landing=Path("in"))) as run:
        assert (run.home, run.landing) == (tmp_path / "home", tmp_path / "in")
