"""HOME/logs/<run>.log: what each stage did, in names, counts, kinds of error and places in the code; never a value from the data."""

from __future__ import annotations

from pathlib import Path

from flows.clock import now_in_london
from flows.run import Run


def log_file(run: Run) -> Path:
    """Where this run's log is."""
    return run.home / "logs" / f"{run.run_id}.log"


def write_log(run: Run, stage: str, text: str) -> None:
    """Adds an entry; a disk that cannot take it must not hide the failure that is being told."""
    file = log_file(run)
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{now_in_london():%Y-%m-%d %H:%M:%S} {stage}: {text}\n")
    except OSError:
        return
