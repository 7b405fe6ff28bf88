"""The forewarn command as a user meets it: exit status, what it says, and that it answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import nightly as nightly_command
from flows.cli.main import World
from flows.run import Run
from flows.stage import Counts, Stage
from synth.worlds import WORLDS
from tests.command import forewarn


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    (tmp_path / "landing").mkdir()
    return tmp_path / "landing"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nightly"], "give the folder with the extracts, as --landing DIR or FOREWARN_LANDING"),
        (["nightly", "--landing", "nowhere"], "'nowhere' does not exist"),
        (["nightly", "--landing", ".", "--as-of", "2026-13-01"], "Invalid value for '--as-of'"),
        (["weekly", "--as-of", "yesterday"], "Invalid value for '--as-of'"),
        (["nihgtly"], "No such command 'nihgtly'"),
        (["synth"], "Missing argument 'DIR'"),
        (["demo", "--people", "3"], "Invalid value for '--people'"),
    ],
)
def test_a_usage_error_is_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert forewarn(*words) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_night_says_what_happened_and_where_to_look(
    tmp_path: Path, landing: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def take_in(run: Run) -> Counts:
        run.notices.append("refused: exclusions_2026-11-19.csv: no header row")
        return {"files new": 4, "files refused": 1, "rows read": 1200, "rows accepted": 1198, "rows rejected": 2}

    monkeypatch.setattr(nightly_command, "NIGHTLY", (Stage("take in", "Takes in", take_in),))
    assert forewarn("nightly", "--landing", landing, "--home", tmp_path / "home", "--as-of", "2026-11-19") == 0
    said = capsys.readouterr()
    assert "take in" in said.err
    for line in (
        f"Published as of Thursday 19 November 2026: {tmp_path}/home/forewarn.duckdb",
        "  rows read                        1,200",
        "  rows rejected                        2",
        "analyst.rejects",
        "! refused: exclusions_2026-11-19.csv: no header row",
        f"forewarn weekly --home {tmp_path}/home --as-of 2026-11-19",
        f"Log of this run: {tmp_path}/home/logs/",
    ):
        assert line in said.out


def test_a_failed_night_is_1_and_one_line_without_values(
    tmp_path: Path, landing: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(run: Run) -> Counts:
        raise ValueError("Bobby Tables")

    monkeypatch.setattr(nightly_command, "NIGHTLY", (Stage("score", "Scores", act),))
    assert forewarn("nightly", "--landing", landing, "--home", tmp_path / "home") == 1
    said = capsys.readouterr()
    assert said.err.startswith("forewarn: score failed: unexpected ValueError at flows/test_command.py:")
    assert said.err.count("\n") == 1
    assert "Bobby" not in said.err + said.out
    assert "Published" not in said.out


def test_a_wrong_setting_is_told_by_name(landing: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FOREWARN_LIST_SIZE", "many")
    assert forewarn("nightly", "--landing", landing) == 1
    assert capsys.readouterr().err == "forewarn: FOREWARN_LIST_SIZE is 'many': it must be a whole number from 1\n"


def test_a_demonstration_never_touches_a_folder_that_it_did_not_make(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letters.txt").touch()
    assert forewarn("demo", "--home", tmp_path) == 1
    assert "was not made by `forewarn demo`: move it away" in capsys.readouterr().err
    assert (tmp_path / "demo" / "letters.txt").exists()


def test_help_answers_without_loading_what_is_heavy() -> None:
    script = """
import sys
from flows.cli import main
sys.argv = ["forewarn", "--help"]
try:
    main.main()
finally:
    print(sorted({"prefect", "duckdb", "polars", "splink", "sklearn", "numpy"} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    for name in ("demo", "nightly", "weekly", "synth"):
        assert f"  {name}" in done.stdout


def test_the_worlds_to_choose_from_are_those_that_there_are() -> None:
    assert {world.value for world in World} == set(WORLDS)
