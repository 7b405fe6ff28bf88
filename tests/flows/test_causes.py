"""A fault of the machine is told by what it is and how to mend it, however a library says so, and without what it says."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import duckdb
import pytest

from flows.causes import Cause, cause_of
from flows.failure import is_panic, stage_failed, tell


class PanicException(BaseException):
    """What the libraries written in Rust raise by this name."""


def caused(said: str, cause: BaseException) -> BaseException:
    error = ValueError(said)
    error.__cause__ = cause
    return error


def engine_out_of_memory() -> BaseException:
    con = duckdb.connect(config={"memory_limit": "5MB", "temp_directory": ""})
    with pytest.raises(duckdb.Error) as failure:
        con.execute("create table t as select repeat('Bobby Tables', 50) || range from range(1000000)")
    return failure.value


def damaged_block(folder: Path) -> BaseException:
    with duckdb.connect(str(folder / "a.duckdb")) as con:
        con.execute("create table t as select range, repeat('x', 100) from range(50000)")
    with (folder / "a.duckdb").open("r+b") as file:
        file.seek(20_000)
        file.write(os.urandom(os.fstat(file.fileno()).st_size - 20_000))
    with pytest.raises(duckdb.Error) as failure, duckdb.connect(str(folder / "a.duckdb")) as con:
        con.execute("select sum(range) from t").fetchall()
    return failure.value


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Cause.full),
        (OSError(errno.EFBIG, "File too large"), Cause.full),
        (OSError(errno.EROFS, "Read-only file system"), Cause.read_only),
        (MemoryError(), Cause.memory),
        (RuntimeError("can't start new thread"), Cause.memory),
        (ImportError("x.so: failed to map segment from shared object"), Cause.memory),
        (PanicException("could not spawn threads: ThreadPoolBuildError"), Cause.memory),
        (duckdb.Error("TransactionContext Error: Failed to commit: Could not write file: No space left on device"), Cause.full),
        (duckdb.IOException('IO Error: Could not set lock on file "warehouse.duckdb"'), Cause.held),
        (caused("Bobby Tables", MemoryError()), Cause.memory),
        (ValueError("Bobby Tables"), None),
        (OSError(errno.ENOENT, "No such file or directory"), None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_fault_is(error: BaseException, cause: Cause | None) -> None:
    assert cause_of(error) is cause
    if cause is not None:
        assert tell(error) == cause.said


def test_what_the_engine_itself_says(tmp_path: Path) -> None:
    for error, cause in ((engine_out_of_memory(), Cause.memory), (damaged_block(tmp_path), Cause.damaged)):
        assert cause_of(error) is cause
        failure = stage_failed("pair up", error, tmp_path / "log")
        assert str(failure) == f"pair up failed: {cause.said} (log: {tmp_path}/log)"
        assert failure.may_pass is cause.may_pass


def test_what_no_fault_of_the_machine_explains_is_told_by_place_alone() -> None:
    panic = PanicException("index out of bounds: Bobby Tables")
    assert is_panic(panic)
    assert not is_panic(KeyboardInterrupt())
    assert tell(panic) == "unexpected PanicException at an unknown place"
    assert tell(duckdb.IOException("IO Error: Cannot open file\nSee also https://duckdb.org")) == "IO Error: Cannot open file"
