"""One run at a time: an advisory lock on a file in HOME, which the system lets go when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

LOCKS = {
    "nightly": "run.lock",
    "backtest": "run.lock",
    "weekly": "weekly.lock",
}  # a weekly run only reads what is published: it need not wait for a night


class RunInProgress(Exception):
    """Another run holds the lock of this HOME."""


@contextmanager
def only_run(home: Path, name: str, now: datetime) -> Iterator[None]:
    """Holds the lock of runs of this name. Raises RunInProgress, with who holds it and since when."""
    with os.fdopen(os.open(home / LOCKS[name], os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunInProgress(
                f"{_holder(file.read())} is at work in {home}. Wait until it has ended, or end it, and start again."
            ) from None
        file.truncate(0)
        json.dump({"run": name, "pid": os.getpid(), "since": f"{now:%H:%M on %d %B %Y}"}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _holder(note: str) -> str:
    try:
        who = json.loads(note)
        return f"Another run ({who['run']}, process {who['pid']}, since {who['since']})"
    except (ValueError, KeyError, TypeError):
        return "Another run"
