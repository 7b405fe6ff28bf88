"""HOME/logs/<run>.log: what each stage did, in names, counts, kinds of error and places in the code; never a value from the data.

FOREWARN_LOG says how: `console` writes lines for people, `json` one object a line, which then also go to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flows.clock import now_in_london
from flows.run import Run

FORMS = ("console", "json")


@dataclass(frozen=True)
class Entry:
    """What became of a stage: `event` is done or failed; `peak_megabytes` is the most memory that the run has taken until its end;
    `trace` holds kinds of error and places, one a line."""

    stage: str
    event: str
    seconds: float
    processor_seconds: float
    peak_megabytes: int
    counts: Mapping[str, int] = field(default_factory=dict)
    trace: str = ""


def log_file(run: Run) -> Path:
    """Where this run's log is."""
    return run.home / "logs" / f"{run.run_id}.log"


def write_log(run: Run, entry: Entry) -> None:
    """Adds an entry; a disk that cannot take it must not hide the failure that is being told."""
    is_json = run.settings.log == "json"
    text = _as_json(run, entry, now_in_london()) if is_json else _as_text(entry, now_in_london())
    if is_json:
        sys.stderr.write(text)
    file = log_file(run)
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(text)
    except OSError:
        return


def _as_text(entry: Entry, now: datetime) -> str:
    cost = f" ({entry.processor_seconds} s of the processor, at most {entry.peak_megabytes} MB so far)"
    counts = "".join(f", {what} {n}" for what, n in entry.counts.items())
    trace = f"\n{entry.trace}" if entry.trace else ""
    return f"{now:%Y-%m-%d %H:%M:%S} {entry.stage}: {entry.event}, {entry.seconds} s{cost}{counts}{trace}\n"


def _as_json(run: Run, entry: Entry, now: datetime) -> str:
    said = {
        "at": f"{now:%Y-%m-%dT%H:%M:%S}",
        "flow": run.name,
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(),
        "stage": entry.stage,
        "event": entry.event,
        "seconds": entry.seconds,
        "processor_seconds": entry.processor_seconds,
        "peak_megabytes": entry.peak_megabytes,
        "counts": dict(entry.counts),
    }
    return json.dumps(said | ({"trace": entry.trace.splitlines()} if entry.trace else {})) + "\n"
