"""python -m bench.readers [--sessions 20] [--publishes 60] [--people 2000]: on a synthetic county of its own, in a folder that is removed."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.readers.measure import measure
from flows.run import Run
from flows.settings import Settings
from flows.stages import NIGHTLY
from synth.county import make_county

CUT = date(2026, 3, 29)


def main() -> int:
    """Makes a county, runs a night on it, measures; the exit status is 1 when a query failed or a session saw two nights at once."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=20)
    asked.add_argument("--publishes", type=int, default=60)
    asked.add_argument("--people", type=int, default=2000)
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        make_county(Path(folder) / "landing", given.people, 2, 1, end=CUT)
        night(home, Path(folder) / "landing")
        found = measure(home, given.sessions, given.publishes)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return int(bool(found["failed"] or found["mixed"]))


def night(home: Path, landing: Path) -> None:
    """One night, so that there is a warehouse to publish from and a list to read."""
    run = Run("nightly", home, CUT, Settings(home=home), datetime(2026, 3, 30, 2, 30), "20260101T000000Z", landing)
    try:
        for stage in NIGHTLY:
            stage.act(run)
    finally:
        run.close()


if __name__ == "__main__":
    sys.exit(main())
