"""Reads the extracts as plainly as can be, so that the tests do not lean on the project's own ingest."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import fastexcel
import polars as pl


@dataclass(frozen=True)
class Row:
    """One record: its physical line (its row number in a sheet or a Parquet file; the header is 1), and its fields."""

    line: int
    fields: list[str]


def files(county: Path) -> list[tuple[str, Path]]:
    """(folder as the truth calls it, file) of every delivered file."""
    history = [("history", path) for path in sorted(county.glob("*_????-??-??.*"))]
    return history + [(path.parent.name, path) for path in sorted(county.glob("weeks/*/*"))]


def extract_of(path: Path) -> str:
    return path.stem.rsplit("_", 1)[0]


def read(path: Path) -> tuple[list[str], list[Row]]:
    """(header, rows) of a file of any kind."""
    if path.suffix == ".csv":
        return _csv(path)
    if path.suffix == ".parquet":
        return _table(pl.read_parquet(path))
    return _table(fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars())


def decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _csv(path: Path) -> tuple[list[str], list[Row]]:
    reader = csv.reader(io.StringIO(decoded(path), newline=""))
    header, rows, line = next(reader), [], reader.line_num
    for fields in reader:
        rows.append(Row(line + 1, fields))
        line = reader.line_num
    return header, rows


def _table(frame: pl.DataFrame) -> tuple[list[str], list[Row]]:
    text = frame.select(pl.all().cast(pl.String).fill_null(""))
    return text.columns, [Row(number, list(row)) for number, row in enumerate(text.iter_rows(), start=2)]


def moment(text: str) -> datetime:
    """A date or moment, ISO or as written in the UK."""
    for pattern in ("%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    return datetime.fromisoformat(text)


def good_rows(county: Path, truth: dict[str, pl.DataFrame]) -> list[tuple[Path, dict[str, str]]]:
    """Every row that is not spoilt, of every file that is not to be refused."""
    bad = set(truth["bad_rows"].select("folder", "file", "line").iter_rows())
    refused = set(truth["files"].filter("refused").select("folder", "file").iter_rows())
    out = []
    for folder, path in files(county):
        if (folder, path.name) not in refused:
            header, rows = read(path)
            out += [(path, dict(zip(header, row.fields, strict=True))) for row in rows if (folder, path.name, row.line) not in bad]
    return out
