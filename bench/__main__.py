"""Every benchmark of time and memory, one after the other, each as Markdown: python -m bench [--people 20000]

Ingest, features and whole nights; the others (linkage, warning, readers, faults) have commands of their own, in bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from importlib.metadata import version


def main() -> None:
    """Says what machine this is, and runs them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=20_000, help="the larger county; the smaller has a third of them")
    people = asked.parse_args().people
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "splink"))
    load = f"load {os.getloadavg()[0]:.1f}"
    sys.stdout.write(f"{os.cpu_count()} cores, {memory:.0f} GiB, {load}; Python {platform.python_version()}, {libraries}\n")
    for bench in (
        ("bench.ingest", "--people", str(people)),
        ("bench.features", "--events", str(people)),
        ("bench.nightly", "--people", str(people // 3), "--people", str(people)),
    ):
        sys.stdout.write(f"\n## {' '.join(bench)}\n\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", *bench], check=True)  # noqa: S603  our own modules


if __name__ == "__main__":
    main()
