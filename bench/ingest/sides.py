"""The two ways of taking a folder's CSV files in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.clock import Figures, begin, since
from warehouse.connection import open_warehouse
from warehouse.sources.delivery import take_in
from warehouse.sources.mapping import load_mapping

NOW = datetime(2026, 9, 28, 2, 30)
MAPPING = Path(__file__).parents[2] / "config" / "agencies.toml"


def plain(landing: Path) -> Figures:
    """Each file to a table of text, as fast as DuckDB does it; what is not UTF-8 was made so beforehand, for DuckDB does not find it out."""
    with TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "plain.duckdb")) as con:
        files = [_as_utf_8(file, Path(folder)) for file in sorted(landing.glob("*.csv"))]
        con.execute("set enable_progress_bar = false")
        begun = begin()
        for place, file in enumerate(files):
            con.execute(
                f"create table t{place} as select * from read_csv('{file}', all_varchar = true, header = true, ignore_errors = true, "
                "delim = ',', quote = '\"')"
            )
        return since(begun)


def _as_utf_8(file: Path, folder: Path) -> Path:
    content = file.read_bytes()
    try:
        content.decode()
        return file
    except UnicodeDecodeError:
        copy = folder / file.name
        copy.write_bytes(content.decode("cp1252", errors="replace").encode())
        return copy


def ours(landing: Path) -> Figures:
    """The first stage of a night."""
    with TemporaryDirectory() as folder:
        con = open_warehouse(Path(folder))
        mapping = load_mapping(MAPPING)
        begun = begin()
        take_in(con, landing, mapping, NOW)
        found = since(begun)
        con.close()
        return found
