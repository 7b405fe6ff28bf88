"""Some features of all pair-weeks of five years, as this pipeline measures them and by the same definitions in DuckDB SQL, over invented events.

python -m bench.features [--events 200000] [--weeks 260] [--runs 3]

Eight features stand for all: counts, decayed sums, times since, a worst and a rare one; what rests on other people's events is left out on both sides.
The two must give the same figures, or there is no table. pandas is no part of this project, so that the third peer is missing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import apart, table
from bench.features.events import invent
from bench.features.sides import differing, in_sql, ours


def main() -> None:
    """Invents the events, takes turns, and prints a Markdown table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=200_000)
    asked.add_argument("--weeks", type=int, default=260)
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    with TemporaryDirectory() as passing:
        folder = Path(passing)
        invent(folder, given.events, given.weeks)
        turns = [(apart(in_sql, folder), apart(ours, folder)) for _ in range(given.runs)]
        rows, differ = differing(folder)
    if differ:
        sys.exit(f"{differ:,} of {rows:,} pair-weeks differ between the two: what was timed is not the same")
    sys.stdout.write(
        f"{given.events:,} events, {given.weeks} weeks, {rows:,} pair-weeks, alike in both; medians of {given.runs} runs\n\n"
        f"{table(('DuckDB SQL', 'as the pipeline measures'), turns)}"
    )


if __name__ == "__main__":
    main()
