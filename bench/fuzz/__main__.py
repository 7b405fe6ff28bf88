"""python -m bench.fuzz [--files 500]: mutated extracts of a synthetic county, one by one through the intake, then all in one night."""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb

from bench.faults.nights import Place, content, nightly, run
from bench.fuzz.mutations import mutated
from synth.county import make_county
from warehouse.connection import open_warehouse
from warehouse.sources.csv_rows import read_csv
from warehouse.sources.delivery import take_in
from warehouse.sources.lines import decode
from warehouse.sources.mapping import Mapping

NOW = datetime(2026, 10, 5, 2, 30)
FIRST = date(2020, 1, 1)
MEMORY = 6 * 1024**3


def main() -> int:
    """Counts what came of each file; the exit status is 1 when a row was lost or a night did not publish."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=500)
    asked.add_argument("--people", type=int, default=600)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        made = make_county(root / "county", given.people, 1, seed=given.seed)
        files = sorted((root / "county").glob("*_????-??-??.csv"))
        (root / "landing").mkdir()
        shutil.copytree(root / "county", root / "all", ignore=lambda _, names: [name for name in names if "." not in name])
        found, wrong = _take_in_each(root, files, given.files, Random(given.seed))  # noqa: S311 - to repeat it
        night = run(*nightly(Place(root / "home", root / "all", made.end)))
        tables = len(content(root / "home")) if night.status == 0 else 0
    said = {
        **found,
        "night": night.status,
        "said": night.said,
        "night's megabytes": night.megabytes,
        "tables published": tables,
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(said, indent=1) + "\n")
    return int(bool(wrong or night.status))


def _take_in_each(root: Path, files: list[Path], count: int, rng: Random) -> tuple[Counter[str], list[str]]:
    found: Counter[str] = Counter()
    wrong: list[str] = []
    con = open_warehouse(root / "intake", "1GB")
    for n in range(count):
        source = files[n % len(files)]
        ending, changed = mutated(source.read_bytes(), rng)
        file = root / "landing" / f"{source.stem[:-11]}_{FIRST + timedelta(days=n)}.{ending}"
        file.write_bytes(changed)
        intake = take_in(con, root / "landing", Mapping(), NOW)
        found.update(files=1, loaded=intake.files_new, refused=intake.files_refused, cut_off=len(intake.cut_off))
        found.update(read=intake.rows_read, accepted=intake.rows_accepted, rejected=intake.rows_rejected)
        if lost := _lost(con, file, changed):
            wrong.append(f"file {n}: {lost}")
        file.rename(root / "all" / file.name)
    con.close()
    return found, wrong


def _lost(con: duckdb.DuckDBPyConnection, file: Path, changed: bytes) -> str:
    """What is not accounted for of a file, in words; empty where all is."""
    loads = con.execute(
        "select load_id, status, rows_read, rows_accepted, rows_rejected from ops.load where file = ?", [file.name]
    ).fetchall()
    if len(loads) != 1:
        return f"{len(loads)} entries in the ledger"
    load_id, status, read, accepted, rejected = loads[0]
    extract = file.stem[:-11]
    lines = con.execute(
        f"select line from landing.{extract} where load_id = ? union all select line from ops.reject where load_id = ?", [load_id] * 2
    )
    kept = [line for (line,) in lines.fetchall()]
    if status == "refused":
        return "rows of a refused file" if kept else ""
    if read != accepted + rejected or len(kept) != read or len(set(kept)) != read:
        return f"{read} read, {accepted} accepted, {rejected} rejected, {len(kept)} kept"
    return _text_lost(changed) if file.suffix == ".csv" else ""


def _text_lost(changed: bytes) -> str:
    """The rows' own text, in order, must be the end of the file's, and begin after one row, the header."""
    rows, text = read_csv(changed), decode(changed)
    pieces = [(line, rows.raw(line)) for line in rows.lines.to_pylist()] + [(one.line, one.raw) for one in rows.spoilt]
    kept, whole = ("".join(part.split()) for part in ("".join(raw for _, raw in sorted(pieces)), text))
    header = sum(len("".join(name.split())) + 4 for name in rows.header)  # with its commas and quotation marks
    return "" if whole.endswith(kept) and len(whole) - len(kept) <= header else "text of rows is lost"


if __name__ == "__main__":
    sys.exit(main())
