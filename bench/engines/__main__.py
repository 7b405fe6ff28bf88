"""`python -m bench.engines HOME`: both stages of a night's home on both engines; the home is not changed. Needs the extra `spark`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

STAGES, ENGINES = ("features", "linkage"), ("one_machine", "spark")


def run(home: Path, stage: str, engine: str, made: Path) -> dict[str, float]:
    """The footprint of one stage on one engine, on a copy of the home's warehouse."""
    with TemporaryDirectory(dir=made.parent) as copy:
        shutil.copy2(home / "warehouse.duckdb", copy)
        done = subprocess.run(  # noqa: S603 - this Python, this project
            [sys.executable, "-m", "bench.engines.stage", copy, stage, engine, str(made)], check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def same(here: pl.DataFrame, there: pl.DataFrame) -> str:
    """Whether two tables are the same, or how far apart the numbers of the same rows are."""
    if here.equals(there):
        return "the same"
    numbers = [name for name, kind in here.schema.items() if kind.is_float()]
    if here.shape != there.shape or not here.drop(numbers).equals(there.drop(numbers)):
        return f"differ: {here.height} rows and {there.height}"
    apart = max(float((here[name] - there[name]).abs().to_numpy().max()) for name in numbers)
    return f"the same rows, numbers within {apart:.1g}"


def main(home: Path) -> None:
    """Prints a line a stage and engine."""
    print("| stage | engine | seconds | CPU s | peak GiB | session s | rows |\n| --- | --- | --- | --- | --- | --- | --- |")
    for stage in STAGES:
        with TemporaryDirectory() as folder:
            made = [Path(folder) / f"{engine}.parquet" for engine in ENGINES]
            for engine, file in zip(ENGINES, made, strict=True):
                taken = run(home, stage, engine, file)
                told = f"{pl.scan_parquet(file).select(pl.len()).collect().item():,}"
                if engine == "spark":
                    told += f", {same(*(pl.read_parquet(one) for one in made))}"
                figures = f"{taken['seconds']:.1f} | {taken['cpu_seconds']:.1f} | {taken['peak_gib']:.2f} | {taken['session_seconds']:.1f}"
                print(f"| {stage} | {engine} | {figures} | {told} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
