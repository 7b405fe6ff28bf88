"""The stop switch: no run begins while it is on, what is published stays, and who put it on or off is logged."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.doctor.examination import examine
from flows.run import Run, begin_run
from flows.settings import Settings
from flows.stages import NIGHTLY
from flows.stop_switch import FILE, SWITCHED, Stopped
from warehouse.audit.chain import read

NOW = datetime(2026, 3, 1, 2, 30)


def ask(home: Path, *words: str) -> tuple[int, str]:
    asked = CliRunner().invoke(app, [*words, "--home", str(home)])
    return asked.exit_code, f"{asked.output}{asked.exception}"


BY = ("--by", "A. Chief", "--why", "review of the linkage")


def test_nothing_begins_until_it_is_taken_off(tmp_path: Path) -> None:
    home, landing = tmp_path / "home", tmp_path / "landing"
    landing.mkdir()
    home.mkdir()
    (home / "forewarn.duckdb").write_bytes(b"published")
    assert ask(home, "stop", *BY)[0] == 0
    for words in (("nightly", "--landing", str(landing)), ("weekly",), ("train",)):
        code, said = ask(home, *words)
        assert code == 1
        assert "stopped by A. Chief on" in said
        assert "review of the linkage" in said
    assert sorted(path.name for path in home.iterdir() if path.is_file()) == ["forewarn.duckdb", FILE]
    assert (home / "forewarn.duckdb").read_bytes() == b"published"
    assert (home / FILE).stat().st_mode & 0o077 == 0
    assert [one.said for one in examine(Settings(home=home), NOW, None) if one.topic == "stopped"]
    assert ask(home, "go", *BY)[0] == 0
    for name in SWITCHED:
        with begin_run(name, date(2026, 3, 1), Settings(home=home)):
            pass
    assert [(one.entry.kind.value, one.entry.who) for one in read(home)] == [("alteration", "A. Chief")] * 2
    assert "is not stopped" in ask(home, "go", *BY)[1]


def test_a_night_at_work_is_not_published_once_it_is_on(tmp_path: Path) -> None:
    assert ask(tmp_path, "stop", *BY)[0] == 0
    run = Run("nightly", tmp_path, date(2026, 3, 1), Settings(home=tmp_path), NOW, "run")
    with pytest.raises(Stopped, match="what is published stays as it is"):
        next(stage for stage in NIGHTLY if stage.name == "publish").act(run)
    run.close()


def test_retention_goes_on_and_a_file_that_cannot_be_read_stops(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with begin_run("retention", date(2026, 3, 1), Settings(home=tmp_path)):
        pass
    with pytest.raises(Stopped, match="cannot be read"), begin_run("weekly", date(2026, 3, 1), Settings(home=tmp_path)):
        pass
