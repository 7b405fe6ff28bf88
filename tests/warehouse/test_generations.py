"""Kept databases, newest first, and going back to one of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.generations import NoSuchGeneration, generations, point_to, roll_back


def publish(home: Path, *runs: str) -> None:
    """A file for each run, the last one published."""
    (home / "published").mkdir(exist_ok=True)
    for run in runs:
        file = home / "published" / f"forewarn-{run}.duckdb"
        with duckdb.connect(str(file)) as con:
            con.execute("create schema analyst")
            con.execute(
                "create table analyst.run as select ? as run_id, date '2026-01-04' as as_of, ? as published_at", [run, datetime(2026, 1, 5)]
            )
        point_to(home, file)


def published(home: Path) -> str:
    with duckdb.connect(str(home / "forewarn.duckdb"), read_only=True) as con:
        return str(con.execute("select run_id from analyst.run").fetchall()[0][0])


def test_back_to_the_one_before_and_to_one_that_is_named(tmp_path: Path) -> None:
    publish(tmp_path, "r1", "r2", "r3")
    assert [(one.run_id, one.is_published) for one in generations(tmp_path)] == [("r3", True), ("r2", False), ("r1", False)]
    assert roll_back(tmp_path).run_id == "r2" == published(tmp_path)
    assert roll_back(tmp_path).run_id == "r1" == published(tmp_path)
    assert roll_back(tmp_path, "r3").run_id == "r3" == published(tmp_path)


def test_where_there_is_nothing_to_go_back_to_nothing_changes(tmp_path: Path) -> None:
    with pytest.raises(NoSuchGeneration, match=r"keeps nothing older than what is published, so nothing was changed$"):
        roll_back(tmp_path)
    publish(tmp_path, "r1", "r2")
    roll_back(tmp_path)
    with pytest.raises(NoSuchGeneration, match=r"nothing was changed\. Kept are r2 \(as of 2026-01-04\): name one with --to"):
        roll_back(tmp_path)
    with pytest.raises(NoSuchGeneration, match=r"keeps no run r9; it keeps r2 \(as of 2026-01-04\)"):
        roll_back(tmp_path, "r9")
    assert published(tmp_path) == "r1"


def test_a_damaged_file_is_no_generation(tmp_path: Path) -> None:
    publish(tmp_path, "r1", "r2")
    (tmp_path / "published" / "forewarn-r1.duckdb").write_text("not a database")
    assert [one.run_id for one in generations(tmp_path)] == ["r2"]
