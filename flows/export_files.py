"""Files that a spreadsheet, Power BI, QGIS or i2 opens: Parquet, CSV and XLSX in which nothing is taken for a formula, marked, private."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from alerts.marking import MARKING
from flows.sheets import write_sheet

FORMS = (".parquet", ".csv", ".xlsx")
MOST_ROWS, LONGEST = 1_048_575, 32_767
"""What a sheet of a workbook holds under its header, and a cell."""


class ExportRefused(Exception):
    """An export cannot be made as asked; the message says what to ask instead."""


def write_table(frame: pl.DataFrame, file: Path, form: str, about: dict[str, str]) -> None:
    """Writes a table in one of FORMS; `about` goes into a Parquet file's metadata and a workbook's first sheet. Raises ExportRefused."""
    if form == ".parquet":
        file.touch(mode=0o600)
        frame.write_parquet(file, metadata=about)
        return
    if form == ".csv":
        write_sheet(file, frame.columns, list(_plain_rows(frame)))
        return
    if frame.height > MOST_ROWS:
        raise ExportRefused(f"{frame.height:,} rows do not fit a workbook ({MOST_ROWS:,} do): export to .csv or .parquet, or ask for fewer")
    _write_workbook(frame, file, about)


def read_texts(file: Path) -> pl.Series:
    """Every different text in an exported file, for whoever looks for somebody in it."""
    if file.suffix == ".parquet":
        return _texts(pl.read_parquet(file))
    if file.suffix == ".csv":
        return pl.Series("text", file.read_text(encoding="utf-8-sig").splitlines())
    import fastexcel

    book = fastexcel.read_excel(file)
    return pl.concat([_texts(book.load_sheet(name, dtypes="string", header_row=None).to_polars()) for name in book.sheet_names])


def _texts(frame: pl.DataFrame) -> pl.Series:
    columns = [column.explode() if isinstance(column.dtype, pl.List) else column for column in frame]
    return pl.concat([pl.Series("text", [], pl.String()), *(one.cast(pl.String()).unique().alias("text") for one in columns)]).drop_nulls()


def _write_workbook(frame: pl.DataFrame, file: Path, about: dict[str, str]) -> None:
    import xlsxwriter

    file.touch(mode=0o600)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": f"{MARKING}: export", "author": "Forewarn"})
        bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        forms: dict[type, Any] = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        sheet = book.add_worksheet("Data")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(frame.width - 1, 0), 18)
        for place, name in enumerate(frame.columns):
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(_plain_rows(frame), start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, line, place, value, forms)
        first = book.add_worksheet("Read first")
        first.set_column(0, 0, 20)
        first.set_column(1, 1, 100)
        for line, (what, said) in enumerate(about.items()):
            first.write_string(line, 0, what, bold)
            first.write_string(line, 1, said[:LONGEST], text)
        for one in (sheet, first):
            one.set_header(f"&L&B{MARKING}")
            one.set_footer(f"&L&B{MARKING}&RPage &P of &N")
            one.set_landscape()
            one.set_paper(9)


def _write_cell(sheet: Any, line: int, place: int, value: Any, forms: dict[type, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, forms[type(value)])
    elif value is not None:
        sheet.write_string(line, place, value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…")


def _plain_rows(frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Rows of numbers, days and texts: lists joined, anything else nested as JSON; no number that a sheet cannot hold."""
    for row in frame.iter_rows():
        yield tuple(map(_plain, row))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | date):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, list) and all(one is None or isinstance(one, str | int | float) for one in value):
        return "; ".join(str(one) for one in value if one is not None)
    return json.dumps(value, default=str, ensure_ascii=False)
