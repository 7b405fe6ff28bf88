"""One night of one county in this process: time, CPU and most memory of each stage.

python -m bench.nightly.night LANDING HOME AS_OF [MEMORY_LIMIT]: a JSON object a line on standard output, one a stage.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bench.nightly.costs import Cost
from flows.run import Run, begin_run
from flows.settings import Settings, read_settings
from flows.stage import Stage, carry_out
from flows.stages import NIGHTLY

KIB_A_GIB = 2**20


def main() -> None:
    """Runs the night, telling each stage as it ends."""
    landing, home, as_of, *limit = sys.argv[1:]
    shipped = read_settings({})
    settings = Settings(
        Path(home), Path(landing), limit[0] if limit else shipped.memory_limit, mapping=shipped.mapping, deliveries=shipped.deliveries
    )
    with begin_run("nightly", date.fromisoformat(as_of), settings) as run:
        for stage in NIGHTLY:
            sys.stdout.write(json.dumps(asdict(measured(stage, run))) + "\n")
            sys.stdout.flush()


def measured(stage: Stage, run: Run) -> Cost:
    """One stage with its costs."""
    _forget_peak()
    began, cpu = time.perf_counter(), time.process_time()
    carry_out(stage, run)
    return Cost(stage.name, time.perf_counter() - began, time.process_time() - cpu, peak_kib() / KIB_A_GIB)


def _forget_peak() -> None:
    """Begins the process's peak anew (Linux alone; elsewhere the peak is of the whole run so far)."""
    peak = Path("/proc/self/clear_refs")
    if peak.exists():
        peak.write_text("5", encoding="ascii")


def peak_kib() -> int:
    """The most memory held since the peak was begun anew."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
