"""Publishes again and again from a warehouse while sessions ask, and adds up what they got."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from bench.readers.session import Asked, ask_until
from warehouse import publish
from warehouse.connection import open_warehouse

FIRST = datetime(2026, 1, 1, 2, 30)


def measure(home: Path, sessions: int, publishes: int, pause: float = 0.2) -> dict[str, Any]:
    """What `sessions` analysts got while HOME, where a night was published before, was published so many times more."""
    spawn = multiprocessing.get_context("spawn")
    stop, results = spawn.Event(), spawn.Queue()
    analysts = [spawn.Process(target=ask_until, args=(stop, home, results)) for _ in range(sessions)]
    for analyst in analysts:
        analyst.start()
    sleep(1.0)
    began = monotonic()
    try:
        seconds = _publish_again(home, publishes, pause)
    finally:
        stop.set()
    found = [results.get(timeout=120) for _ in analysts]
    for analyst in analysts:
        analyst.join()
    total = Asked(
        **{name: sum(one[name] for one in found) for name in ("sessions", "queries", "failed", "mixed")},
        slowest=round(max(one["slowest"] for one in found), 2),
        runs_seen=len({run for one in found for run in one["seen"]}),
    )
    failures = sorted({one["first_failure"] for one in found} - {""})
    return {**vars(total), "publishes": publishes, "seconds": round(monotonic() - began, 1), "a publish": seconds, "failures": failures}


def _publish_again(home: Path, publishes: int, pause: float) -> float:
    took = 0.0
    con = open_warehouse(home, "1GB")
    try:
        for n in range(publishes):
            began = monotonic()
            publish.publish(con, home, publish.Run(f"2026010{n // 100}T{n:06}Z", FIRST + timedelta(minutes=n), 50))
            took += monotonic() - began
            sleep(pause)
    finally:
        con.close()
    return round(took / max(publishes, 1), 2)
