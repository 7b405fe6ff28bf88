"""Where stages run: on this machine unless the setting says Spark, which is asked for by name and missed with a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

import pytest

from features.partition import measured_here
from flows.engine import measurer, scorer
from flows.run import Run
from flows.settings import Settings
from warehouse.people.linkage import score_pairs
from warehouse.spark import SparkMissing


def run_with(home: Path, engine: str) -> Run:
    return Run("nightly", home, date(2026, 3, 29), Settings(home=home, engine=engine), datetime(2026, 3, 30), "run")


def test_this_machine_is_the_engine_unless_another_is_set(tmp_path: Path) -> None:
    run = run_with(tmp_path, Settings().engine)
    with scorer(run) as score, measurer(run) as measured:
        assert (score, measured) == (score_pairs, measured_here)


def test_what_a_killed_night_left_for_spark_is_deleted_whatever_the_engine(tmp_path: Path) -> None:
    left = tmp_path / "spark" / "exchange"
    left.mkdir(parents=True)
    with scorer(run_with(tmp_path, "one_machine")):
        assert not left.exists()


@pytest.mark.parametrize("engine", [scorer, measurer])
def test_without_pyspark_the_operator_is_told_how_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Callable[[Run], AbstractContextManager[object]]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SparkMissing, match="make spark"), engine(run_with(tmp_path, "spark")):
        pass
    assert not (tmp_path / "spark" / "exchange").exists()
