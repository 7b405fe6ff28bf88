"""Files as agencies write them: encodings, ways to write a date, orders of columns, line ends, workbooks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from synth.chance import Rng
from synth.slips import latin_1
from synth.spoiling import some_rows, spoil
from synth.versions import COLUMNS

BAD_SHARE = 0.003
ROWS_AT_ONCE = 200_000
EXTRA_COLUMNS = (("beat_code", "D4"), ("record_version", "1"), ("source_system", "RMS"), ("export_batch", "0007"), ("officer_team", "B"))
DATES = ("iso", "space", "uk")
DATE_COLUMNS = ("date_of_birth", "event_date", "start_date")
MOMENT_COLUMNS = ("recorded_at", "occurred_from", "occurred_to", "withdrawn_at")
MOMENT_FORMATS = {"iso": "%Y-%m-%dT%H:%M:%S", "space": "%Y-%m-%d %H:%M:%S", "uk": "%d/%m/%Y %H:%M"}


@dataclass(frozen=True)
class Style:
    """How one file is written."""

    encoding: str  # utf-8, utf-8-sig or cp1252
    dates: str  # one of DATES
    line_end: str
    columns: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Written:
    """What was written: the truth's row on the file, and on each bad row in it (line, row, kind, raw)."""

    file: str
    extract: str
    rows: int
    bad: tuple[tuple[int, int, str, str], ...]
    encoding: str
    dates: str
    refused: bool = False


def a_style(rng: Rng, extract: str) -> Style:
    """A style at random: half of the files keep the columns' order, a third has an unknown column."""
    columns = list(COLUMNS[extract])
    if rng.random() < 0.5:
        columns = [columns[i] for i in rng.permutation(len(columns)).tolist()]
    extra = (EXTRA_COLUMNS[int(rng.integers(len(EXTRA_COLUMNS)))],) if rng.random() < 0.34 else ()
    encoding = str(rng.choice(["utf-8", "utf-8-sig", "cp1252"], p=[0.45, 0.3, 0.25]))
    return Style(encoding, str(rng.choice(DATES, p=[0.4, 0.25, 0.35])), str(rng.choice(["\n", "\r\n"])), tuple(columns), extra)


def as_text(frame: pl.DataFrame, style: Style) -> pl.DataFrame:
    """All columns as text, in the file's order, dates in its way."""
    moments = [pl.col(c).dt.strftime(MOMENT_FORMATS[style.dates]) for c in style.columns if c in MOMENT_COLUMNS]
    text = frame.with_columns(moments).select(pl.col(c).cast(pl.String).fill_null("") for c in style.columns)
    if style.dates == "uk":
        text = text.with_columns(pl.col(c).str.replace(r"^(\d{4})-(\d\d)-(\d\d)$", "$3/$2/$1") for c in style.columns if c in DATE_COLUMNS)
    if style.encoding == "cp1252":
        text = text.with_columns(_latin(text[c]) for c in text.columns)
    return text.with_columns(pl.lit(value).alias(name) for name, value in style.extra)


def _latin(column: pl.Series) -> pl.Series:
    odd = column.str.contains(r"[^\x00-\x7f]").to_numpy()
    if not odd.any():
        return column
    values = column.to_list()
    for row in np.flatnonzero(odd).tolist():
        values[row] = latin_1(values[row])
    return pl.Series(column.name, values, dtype=pl.String)


def quoted(text: pl.DataFrame) -> pl.Series:
    """Each row as a line of a CSV file."""
    fields = [
        pl.when(pl.col(c).str.contains('[",\r\n]'))
        .then(pl.concat_str(pl.lit('"'), pl.col(c).str.replace_all('"', '""', literal=True), pl.lit('"')))
        .otherwise(pl.col(c))
        for c in text.columns
    ]
    return text.select(pl.concat_str(fields, separator=",").alias("line"))["line"]


def quote(field: str) -> str:
    """One field of a CSV file."""
    return '"' + field.replace('"', '""') + '"' if any(c in field for c in '",\r\n') else field


def write_csv(rng: Rng, path: Path, extract: str, frame: pl.DataFrame, *, serial: int) -> Written:
    """Writes a CSV file piece by piece, with spoilt rows among the good ones; `serial` is the number of spoilt rows so far."""
    style = a_style(rng, extract)
    bad: list[tuple[int, int, str, str]] = []
    line, row, rows = 2, 2, 0
    codec = "cp1252" if style.encoding == "cp1252" else "utf-8"
    header = ",".join([*style.columns, *(name for name, _ in style.extra)])
    with path.open("wb") as out:
        out.write(("\ufeff" if style.encoding == "utf-8-sig" else "").encode() + (header + style.line_end).encode(codec))
        for piece in frame.iter_slices(ROWS_AT_ONCE):
            text = as_text(piece, style)
            lines, spoilt = _with_spoilt(rng, extract, text, serial + len(bad))
            breaks = lines.str.count_matches("\n").to_numpy()
            at = line + np.arange(lines.len()) + np.append(0, np.cumsum(breaks)[:-1])
            bad += [(int(at[place]), row + place, kind, lines[place]) for place, kind in spoilt]
            out.write((style.line_end.join(lines.to_list()) + style.line_end).encode(codec))
            line, row, rows = int(at[-1]) + int(breaks[-1]) + 1, row + lines.len(), rows + lines.len()
    return Written(path.name, extract, rows, tuple(bad), style.encoding, style.dates)


def _with_spoilt(rng: Rng, extract: str, text: pl.DataFrame, serial: int) -> tuple[pl.Series, list[tuple[int, str]]]:
    """Lines with spoilt ones put in between, and (place, kind) of those."""
    good = quoted(text)
    chosen = some_rows(rng, text, BAD_SHARE)
    made = [spoil(rng, extract, dict(row), serial + n + 1, as_sheet=False) for n, row in enumerate(chosen.iter_rows(named=True))]
    after = sorted(rng.choice(text.height, len(made), replace=False).tolist()) if made else []
    lines: list[str] = []
    spoilt, start = [], 0
    for place, (kind, fields) in zip(after, made, strict=True):
        lines += good[start : place + 1].to_list()
        spoilt.append((len(lines), kind))
        lines.append(",".join(quote(field) for field in fields))
        start = place + 1
    return pl.Series("line", lines + good[start:].to_list(), dtype=pl.String), spoilt


def write_sheet(rng: Rng, path: Path, extract: str, frame: pl.DataFrame, *, serial: int) -> Written:
    """Writes a workbook of one sheet: real dates where a column holds dates, text elsewhere."""
    style = replace(a_style(rng, extract), encoding="utf-8")
    chosen = some_rows(rng, frame, BAD_SHARE * 4)
    text, plain = as_text(frame, style), as_text(chosen, style)
    rows: list[tuple[str, list[str]]] = [("", list(fields)) for fields in text.iter_rows()]
    for number, spare in enumerate(plain.iter_rows(named=True)):
        rows.insert(int(rng.integers(len(rows) + 1)), spoil(rng, extract, dict(spare), serial + number + 1, as_sheet=True))
    _fill_book(path, text.columns, rows, typed_dates=style.dates != "uk")
    bad = [(n, n, kind, ",".join(quote(field) for field in fields)) for n, (kind, fields) in enumerate(rows, start=2) if kind]
    return Written(path.name, extract, len(rows), tuple(bad), "-", style.dates)


def _fill_book(path: Path, columns: list[str], rows: list[tuple[str, list[str]]], *, typed_dates: bool) -> None:
    """One sheet; a spoilt row's fields are all text."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2020, 1, 1)})  # a fixed moment keeps the bytes the same
    sheet, day = book.add_worksheet("Exclusions"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, columns)
    for number, (kind, fields) in enumerate(rows, start=1):
        for column, (name, value) in enumerate(zip(columns, fields, strict=True)):
            if name in DATE_COLUMNS and typed_dates and not kind:
                sheet.write_datetime(number, column, date.fromisoformat(value), day)
            elif value:
                sheet.write_string(number, column, value)
    book.close()


def write_parquet(path: Path, extract: str, frame: pl.DataFrame) -> Written:
    """Writes a Parquet file with typed moments and text for the rest."""
    frame.select(COLUMNS[extract]).write_parquet(path)
    return Written(path.name, extract, frame.height, (), "-", "iso")
