"""A stage's failure says what to mend and never quotes a value; its log has kinds and places only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.failure import StageFailed
from flows.home import HomeUnusable
from flows.run import Run, begin_run
from flows.runlog import log_file
from flows.settings import Settings
from flows.stage import Counts, Stage, carry_out


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with begin_run("nightly", date(2026, 11, 19), Settings(home=tmp_path)) as run:
        yield run


def stage(act: Callable[[Run], Counts], *tables: str) -> Stage:
    return Stage("count", "Counts something", act, tables)


def _ours(run: Run) -> Counts:
    raise HomeUnusable("the folder is full: make room")


def _ours_because_of_a_value(run: Run) -> Counts:
    try:
        int("Bobby Tables")
    except ValueError as error:
        raise HomeUnusable("the folder is full: make room") from error
    return {}


def _a_library_that_quotes(run: Run) -> Counts:
    duckdb.connect().execute("select 'Bobby Tables'::date")
    return {}


def _a_full_disk(run: Run) -> Counts:
    raise OSError(28, "No space left on device")


class PanicException(BaseException):
    """As the libraries written in Rust raise it."""


def _a_panic(run: Run) -> Counts:
    raise PanicException("slice of Bobby Tables")


@pytest.mark.parametrize(
    ("act", "said", "may_pass"),
    [
        (_ours, "count failed: the folder is full: make room", False),
        (_ours_because_of_a_value, "count failed: the folder is full: make room", False),
        (_a_library_that_quotes, "count failed: unexpected ConversionException at flows/test_stage.py:", False),
        (_a_full_disk, "count failed: the disk is full, or a quota or a limit on files is reached: make room where HOME is", True),
        (_a_panic, "count failed: unexpected PanicException at flows/test_stage.py:", False),
    ],
)
def test_a_failure_is_told_without_values(run: Run, act: Callable[[Run], Counts], said: str, may_pass: bool) -> None:
    with pytest.raises(StageFailed) as failure:
        carry_out(stage(act), run)
    assert str(failure.value).startswith(said)
    assert failure.value.may_pass is may_pass
    assert failure.value.__suppress_context__, "a printed traceback must not show the cause"
    log = log_file(run).read_text(encoding="utf-8")
    assert "count: " in log
    assert "test_stage.py:" in log
    assert "Bobby" not in log + str(failure.value)


def test_counts_are_its_own_and_the_rows_of_its_tables(run: Run) -> None:
    def act(run: Run) -> Counts:
        run.warehouse().execute("create or replace table pairs.pair as select unnest(range(3)) as pair_id")
        return {"found": 2}

    assert carry_out(stage(act, "pairs.pair"), run).counts == {"found": 2, "pairs.pair": 3}
    assert "count: " in log_file(run).read_text(encoding="utf-8")
    assert "found 2, pairs.pair 3" in log_file(run).read_text(encoding="utf-8")


def test_as_json_each_entry_is_an_object_a_line_also_on_standard_error(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run.settings = replace(run.settings, log="json")
    carry_out(stage(lambda _: {"found": 2}), run)
    with pytest.raises(StageFailed):
        carry_out(stage(_ours_because_of_a_value), run)
    done, failed = map(json.loads, log_file(run).read_text(encoding="utf-8").splitlines())
    assert (done["stage"], done["event"], done["counts"], done["as_of"]) == ("count", "done", {"found": 2}, "2026-11-19")
    assert (failed["event"], failed["trace"][0]) == ("failed", "builtins.ValueError")
    assert "Bobby" not in json.dumps(failed)
    assert capsys.readouterr().err == log_file(run).read_text(encoding="utf-8")


def test_the_log_says_what_a_stage_cost(run: Run) -> None:
    def act(run: Run) -> Counts:
        return {"bytes": len(bytes(150_000_000).replace(b"\0", b"1"))}

    run.settings = replace(run.settings, log="json")
    carry_out(stage(lambda _: {}), run)
    carry_out(stage(act), run)
    before, after = map(json.loads, log_file(run).read_text(encoding="utf-8").splitlines())
    assert after["peak_megabytes"] >= before["peak_megabytes"]
    assert after["peak_megabytes"] >= 300  # both copies
    assert after["processor_seconds"] > before["processor_seconds"]


def test_after_a_failure_the_next_try_opens_the_warehouse_anew(run: Run) -> None:
    first = run.warehouse()
    with pytest.raises(StageFailed):
        carry_out(stage(_a_full_disk), run)
    assert run.warehouse() is not first
