"""One run at a time: an advisory lock on a file in HOME, which the system lets go when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

LOCKS = {
    "nightly": "run.lock",
    "backtest": "run.lock",
    "train": "run.lock",
    "models": "run.lock",
    "weekly": "weekly.lock",
    "rollback": "run.lock",
    "backup": "run.lock",
    "restore": "run.lock",
    "doctor": "run.lock",
    "review": "run.lock",
    "retention": "run.lock",
    "people": "run.lock",
    "audit": "run.lock",
}  # a weekly run only reads what is published: it need not wait for a night


class RunInProgress(Exception):
    """Another run holds the lock of this HOME."""


@contextmanager
def only_run(home: Path, name: str, now: datetime, wait_seconds: float = 0) -> Iterator[None]:
    """Holds the lock of runs of this name, after waiting for it as long as allowed. Raises RunInProgress, with who holds it and since when."""
    with os.fdopen(os.open(home / LOCKS[name], os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        if not _got(file.fileno(), wait_seconds):
            raise RunInProgress(f"{_holder(file.read())} is at work in {home}. Wait until it has ended, or end it, and start again.")
        file.truncate(0)
        json.dump({"run": name, "pid": os.getpid(), "since": f"{now:%H:%M on %d %B %Y}"}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _got(file: int, wait_seconds: float) -> bool:
    until = monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if monotonic() >= until:
                return False
            sleep(min(1.0, wait_seconds))


def _holder(note: str) -> str:
    try:
        who = json.loads(note)
        return f"Another run ({who['run']}, process {who['pid']}, since {who['since']})"
    except (ValueError, KeyError, TypeError):
        return "Another run"
