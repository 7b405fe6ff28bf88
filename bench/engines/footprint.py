"""What a stage takes while it runs: seconds, and memory of this process and all that it started, the JVM and Python workers of Spark included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from threading import Event, Thread
from time import monotonic

EVERY_SECONDS = 0.25


@dataclass
class Footprint:
    """Seconds by the clock; CPU seconds; most memory at a time, pages that processes share counted once (PSS), in GiB."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_gib: float = 0.0


@contextmanager
def footprint() -> Iterator[Footprint]:
    """Takes the footprint of what is done inside; CPU is that of processes that are still there at the end."""
    taken, ended = Footprint(), Event()

    def watch() -> None:
        while not ended.wait(EVERY_SECONDS):
            taken.peak_gib = max(taken.peak_gib, sum(map(_memory, _family())) / 2**20)

    watcher, began, before = Thread(target=watch, daemon=True), monotonic(), _cpu()
    watcher.start()
    try:
        yield taken
    finally:
        ended.set()
        watcher.join()
        taken.seconds, taken.cpu_seconds = monotonic() - began, _cpu() - before


def _family() -> list[int]:
    """This process and all below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(stat).rpartition(")")[2].split()
        if fields:
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [getpid()]
    for process in found:
        found += parents.get(process, [])
    return found


def _memory(process: int) -> int:
    """KiB."""
    return sum(int(line.split()[1]) for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines() if line.startswith("Pss:"))


def _cpu() -> float:
    ticks = [_read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()[11:15] for process in _family()]
    return sum(sum(map(int, some)) for some in ticks) / 100


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return ""
