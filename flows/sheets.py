"""Tables to fill in: written as a CSV file or workbook in which nothing is taken for a formula, and read back row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts.marking import STARTS_A_FORMULA, harmless
from warehouse.private_files import write_privately


class SheetUnreadable(Exception):
    """A sheet cannot be used; the message says what to mend in it."""


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its line in the file (the header is 1), its values by column; `wrong` when it has too many or too few fields."""

    line: int
    values: dict[str, str]
    wrong: str | None = None


def write_sheet(
    file: Path, columns: Sequence[str], rows: Sequence[Sequence[object]], choices: dict[str, Sequence[str]] | None = None
) -> None:
    """Writes .xlsx, or CSV for any other name, readable by its owner only; `choices` are what a workbook offers in a column."""
    if file.suffix.lower() == ".xlsx":
        _write_workbook(file, columns, rows, choices or {})
        return
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)])
    write_privately(file, text.getvalue().encode("utf-8-sig"))


def read_sheet(file: Path, needed: Sequence[str]) -> list[Row]:
    """The rows of a sheet as text, blanks around values taken away. Raises SheetUnreadable."""
    if not file.is_file():
        raise SheetUnreadable(f"{file} is not there")
    header, rows = _workbook_rows(file) if file.suffix.lower() == ".xlsx" else _csv_rows(file)
    if missing := [column for column in needed if column not in header]:
        raise SheetUnreadable(f"{file.name}: column {missing[0]} is missing: its first line must name the columns {', '.join(needed)}")
    return [_row(line, header, fields) for line, fields in rows if any(field.strip() for field in fields)]


def _row(line: int, header: Sequence[str], fields: Sequence[str]) -> Row:
    values = {name: _plain(field) for name, field in zip(header, fields, strict=False)}
    if len(fields) != len(header):
        return Row(line, values, f"has {len(fields)} fields where the header has {len(header)}: put quotes round a text with a comma")
    return Row(line, values)


def _write_workbook(file: Path, columns: Sequence[str], rows: Sequence[Sequence[object]], choices: dict[str, Sequence[str]]) -> None:
    import xlsxwriter

    file.touch(mode=0o600)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        for name, listed in choices.items():
            place = list(columns).index(name)
            sheet.data_validation(1, place, max(len(rows), 1), place, {"validate": "list", "source": list(listed)})
        sheet.freeze_panes(1, 0)
        sheet.autofit()


def _plain(field: str) -> str:
    """A field as it was before it was made safe."""
    field = field.strip()
    return field[1:] if field.startswith("'") and field[1:].startswith(STARTS_A_FORMULA) else field


Lines = Iterable[tuple[int, list[str]]]


def _csv_rows(file: Path) -> tuple[list[str], Lines]:
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    rows, begins = [], 1
    try:
        for fields in reader:
            rows.append((begins, fields))
            begins = reader.line_num + 1
    except csv.Error:
        raise SheetUnreadable(
            f"{file.name}: line {begins} cannot be read as CSV: a quote is not closed, or stands inside a value"
        ) from None
    header = [name.strip() for name in rows[0][1]] if rows else []
    return header, rows[1:]


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what Excel writes as plain CSV


def _workbook_rows(file: Path) -> tuple[list[str], Lines]:
    import fastexcel

    try:
        frame = fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        raise SheetUnreadable(f"{file.name} is no workbook that can be read: save it as .xlsx again") from None
    rows = ([("" if value is None else str(value)) for value in row] for row in frame.iter_rows())
    return [name.strip() for name in frame.columns], list(enumerate(rows, start=2))
