"""One linkage of one data set, in a process of its own so that its time and its memory are its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from bench.linkage import own, plain_splink
from bench.linkage.measures import Quality, quality

MEMORY_LIMIT = "1500MB"  # of the engine; what does not fit is spilled
PLAIN_LIMIT = "9GB"  # with less, plain Splink ends out of memory at a million records
THREADS = 2


@dataclass(frozen=True)
class Run:
    """One linkage: how good it was, how long it took by the clock and of the processors, and the most memory that its process held."""

    quality: Quality
    seconds: float
    cpu_seconds: float
    peak_gib: float


def apart(run: Callable[..., Run], *arguments: str) -> Run:
    """The run in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(run, *arguments).result()


def plain(name: str, rows: str, truth: str) -> Run:
    """Splink with the settings documented for the data set of that name."""
    return _measured(lambda con: plain_splink.link(con, rows, plain_splink.DOCUMENTED[name]), truth, PLAIN_LIMIT)


def ours(records: str, truth: str) -> Run:
    """The project's own linkage."""
    return _measured(lambda con: own.link(con, records), truth, MEMORY_LIMIT)


def _measured(link: Callable[[duckdb.DuckDBPyConnection], pl.DataFrame], truth: str, memory_limit: str) -> Run:
    with TemporaryDirectory() as folder:
        con = duckdb.connect(config={"memory_limit": memory_limit, "threads": THREADS, "temp_directory": folder})
        con.execute("set enable_progress_bar = false")
        started, cpu = time.perf_counter(), time.process_time()
        found = link(con)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        return Run(quality(found, con.sql(truth).pl()), seconds, cpu, peak)
