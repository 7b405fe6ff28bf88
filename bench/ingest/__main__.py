"""Taking a synthetic county's files in (read, judged row by row, landed with their line numbers), beside DuckDB reading the same bytes as text.

python -m bench.ingest [--people 60000] [--years 4] [--runs 3]

The peer does less: it drops what it cannot read, and says of no row why. Both write a DuckDB file. Medians over the runs, each in a process of its own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import apart, table
from bench.ingest.sides import ours, plain
from synth.county import make_county


def main() -> None:
    """Makes the county, takes turns, and prints a Markdown table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=60_000)
    asked.add_argument("--years", type=int, default=4)
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        landing = Path(folder) / "landing"
        make_county(landing, given.people, given.years, 1)
        turns = [(apart(plain, landing), apart(ours, landing)) for _ in range(given.runs)]
        size = sum(file.stat().st_size for file in landing.glob("*.csv")) / 1e6
    sys.stdout.write(f"{size:,.0f} MB of CSV, medians of {given.runs} runs\n\n{table(('plain DuckDB read_csv', 'take in'), turns)}")


if __name__ == "__main__":
    main()
