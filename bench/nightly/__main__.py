"""Whole nights on synthetic counties of several sizes, each from nothing, then on a week's delivery, then once more with nothing new.

python -m bench.nightly [--people 20000 --people 60000] [--years 4] [--memory 4GB] [--keep FOLDER]

Each night runs in a process of its own. The tables are Markdown: a row a stage, with wall time, CPU time and the most memory held, and the growth
from each size to the next.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.nightly.costs import Cost, growth_table, night_table
from synth.county import make_county

CUT = date(2026, 9, 27)
NIGHTS = ("from nothing", "a week's delivery", "nothing new")


def main() -> None:
    """Makes each county, runs its nights, prints their costs and the growth from size to size."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, action="append")
    asked.add_argument("--years", type=int, default=4)
    asked.add_argument("--memory", default="4GB")
    asked.add_argument("--keep", type=Path, help="where counties and homes are made and stay; else in a folder that is removed")
    given = asked.parse_args()
    sizes = sorted(given.people or [20_000, 60_000])
    costs: dict[int, list[Cost]] = {}
    with TemporaryDirectory() as passing:
        for people in sizes:
            folder = (given.keep or Path(passing)) / f"county-{people}"
            nights = _nights(folder, people, given.years, given.memory)
            costs[people] = nights["from nothing"]
            for name, night in nights.items():
                sys.stdout.write(f"\n{people:,} people, {given.years} years, {name}:\n\n{night_table(night)}")
            sys.stdout.flush()
            if given.keep is None:
                shutil.rmtree(folder)
    sys.stdout.write(f"\n{growth_table(costs)}")


def _nights(folder: Path, people: int, years: int, memory: str) -> dict[str, list[Cost]]:
    landing, home = folder / "landing", folder / "home"
    made = make_county(landing, people, years, people, end=CUT, weeks=1)
    found = {NIGHTS[0]: _night(landing, home, CUT, memory)}
    for file in (made.folder / "weeks").rglob("*.*"):
        shutil.copy(file, landing)
    week_on = CUT + timedelta(days=7)
    return found | {name: _night(landing, home, week_on, memory) for name in NIGHTS[1:]}


def _night(landing: Path, home: Path, as_of: date, memory: str) -> list[Cost]:
    command = [sys.executable, "-m", "bench.nightly.night", str(landing), str(home), as_of.isoformat(), memory]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own module on our own county
    return [Cost(**json.loads(line)) for line in told.splitlines()]


if __name__ == "__main__":
    main()
