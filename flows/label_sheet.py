"""The sample of labels as a file to read and to mark, CSV or workbook, readable by its owner only."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from flows.review_sheet import safe

if TYPE_CHECKING:
    import polars as pl

TO_FILL = ("label_is_right", "note")


def write_sample(sample: pl.DataFrame, definition: str, file: Path) -> None:
    """Writes the rows with two columns to fill in; the definition is a column of a CSV and a sheet of a workbook."""
    if file.suffix.lower() == ".xlsx":
        _write_workbook(sample, definition, file)
        return
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig", newline="") as out:
        rows = ((*(safe(value) for value in row), "", "", definition) for row in sample.iter_rows())
        csv.writer(out).writerows([(*sample.columns, *TO_FILL, "definition"), *rows])
    file.chmod(0o600)


def _write_workbook(sample: pl.DataFrame, definition: str, file: Path) -> None:
    import xlsxwriter

    file.touch(mode=0o600)
    file.chmod(0o600)
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("labels")
        lines = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, (*sample.columns, *TO_FILL), book.add_format({"bold": True}))
        for number, row in enumerate(sample.iter_rows(), start=1):
            sheet.write_row(number, 0, [str(value) for value in row], lines)
        sheet.set_column(0, 4, 12)
        sheet.set_column(1, 1, 28)
        sheet.set_column(5, 6, 70)
        sheet.data_validation(
            1, len(sample.columns), max(sample.height, 1), len(sample.columns), {"validate": "list", "source": ["yes", "no"]}
        )
        sheet.freeze_panes(1, 0)
        book.add_worksheet("definition").write(0, 0, definition, lines)
