"""Some features of all pair-weeks of five years, as this pipeline measures them and by the same definitions in DuckDB SQL, over invented events.

python -m bench.features [--events 200000] [--weeks 260] [--runs 3]

Eight features stand for all: counts, decayed sums, times since, a worst and a rare one; what rests on other people's events is left out on all sides.
All must give the same figures, or there is no table. pandas is no part of this project: --pandas names an interpreter that has pandas and pyarrow.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import apart, table
from bench.features.events import invent
from bench.features.sides import PANDAS, THEIRS, differing, in_pandas, in_sql, ours


def main() -> None:
    """Invents the events, takes turns, and prints a Markdown table for each peer."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=200_000)
    asked.add_argument("--weeks", type=int, default=260)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--pandas", metavar="PYTHON", help="an interpreter that has pandas and pyarrow")
    given = asked.parse_args()
    with TemporaryDirectory() as passing:
        folder = Path(passing)
        invent(folder, given.events, given.weeks)
        turns = {"DuckDB SQL": [(apart(in_sql, folder), apart(ours, folder)) for _ in range(given.runs)]}
        rows, _ = compared(folder, THEIRS)
        if given.pandas:
            figures, version = in_pandas(given.pandas, folder)
            turns[f"pandas {version}"] = [(figures, own) for _, own in turns["DuckDB SQL"]]
            compared(folder, PANDAS)
    sys.stdout.write(f"{given.events:,} events, {given.weeks} weeks, {rows:,} pair-weeks, alike in all; medians of {given.runs} runs\n")
    for peer, both in turns.items():
        sys.stdout.write(f"\n{table((peer, 'as the pipeline measures'), both)}")


def compared(folder: Path, peer: str) -> tuple[int, int]:
    """How many pair-weeks there are. Ends with a message if any differ."""
    rows, differ = differing(folder, peer)
    if differ:
        sys.exit(f"{differ:,} of {rows:,} pair-weeks differ from {peer}: what was timed is not the same")
    return rows, differ


if __name__ == "__main__":
    main()
