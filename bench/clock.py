"""Time, CPU and memory of one run in a process of its own, and runs beside each other as a table."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

Figures = tuple[float, float, float]
"""Wall seconds, CPU seconds, most memory in GiB."""


def apart(run: Callable[[Path], Figures], folder: Path) -> Figures:
    """The run in a process of its own, so that its time and its memory are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(run, folder).result()


def begin() -> tuple[float, float]:
    """Wall and CPU seconds as they stand."""
    return time.perf_counter(), time.process_time()


def since(begun: tuple[float, float]) -> Figures:
    """What has gone since."""
    wall, cpu = (now - then for now, then in zip(begin(), begun, strict=True))
    return wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def table(names: tuple[str, str], turns: Sequence[tuple[Figures, Figures]]) -> str:
    """The medians of a peer and of our own, and how many times the peer's ours are."""
    peer, own = (tuple(statistics.median(column) for column in zip(*side, strict=True)) for side in zip(*turns, strict=True))
    rows = [f"| {name} | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.2f} |" for name, row in zip(names, (peer, own), strict=True)]
    ratio = f"| ratio | {own[0] / peer[0]:.1f} | {own[1] / peer[1]:.1f} | |"
    return "\n".join(["| | wall, s | CPU, s | most memory, GiB |", "| --- | --- | --- | --- |", *rows, ratio]) + "\n"
