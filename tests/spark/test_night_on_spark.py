"""A whole night with FOREWARN_ENGINE=spark publishes what a night on the one machine does."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from flows.run import Run
from flows.settings import Settings
from flows.stages import NIGHTLY
from synth.county import make_county
from tests.whole.conftest import published

CUT = date(2026, 3, 29)


def night(home: Path, landing: Path, engine: str) -> dict[str, list[str]]:
    """The published tables of a first night on this engine."""
    home.mkdir()
    settings = Settings(home=home, engine=engine, spark_master="local[2]")
    run = Run("nightly", home, CUT, settings, datetime(2026, 3, 30, 2, 30), "first", landing)
    try:
        for stage in NIGHTLY:
            stage.act(run)
    finally:
        run.close()
    return published(home)


def test_a_night_on_spark_publishes_what_a_night_here_does(tmp_path: Path) -> None:
    make_county(tmp_path / "extracts", 2_000, 2, 11, end=CUT)
    here = night(tmp_path / "here", tmp_path / "extracts", "one_machine")
    there = night(tmp_path / "there", tmp_path / "extracts", "spark")
    assert [table for table in here if here[table] != there[table]] == []
    assert not (tmp_path / "there" / "spark" / "exchange").exists(), "nothing is left of what went to Spark and back"
