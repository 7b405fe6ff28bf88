"""Workbooks and Parquet files to rows of text, as their CSV would have been."""

from __future__ import annotations

import csv
import io

import fastexcel
import polars as pl
import polars.selectors as cs
import pyarrow as pa

from warehouse.sources.bounds import bounded_parquet, check_workbook
from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows

_LINE = "physical line"
_EXACT = 2.0**53  # a float beyond may stand for several whole numbers


def read_workbook(content: bytes) -> Rows:
    """The rows of a workbook's first sheet, by their row numbers. A date cell becomes `YYYY-MM-DD HH:MM:SS`; an empty row is no row."""
    check_workbook(content)
    try:
        sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise FileRefused(
            "it cannot be opened as a workbook: damaged, or locked with a password. Save it again as .xlsx without one"
        ) from error
    if sheet.is_empty():
        raise FileRefused("its first sheet is empty. Put the rows there, under a row that names the columns")
    filled = [column.name for column in sheet if column.null_count() < sheet.height]
    header = tuple((name or "").strip() for name in sheet.select(filled).row(0))
    rows = sheet.select(filled).with_row_index(_LINE, offset=1)[1:]
    return _rows(header, rows.filter(pl.any_horizontal(pl.exclude(_LINE).is_not_null())))


def read_parquet(content: bytes) -> Rows:
    """The rows of a Parquet file, each value as text; moments with a time zone as UK local time."""
    try:
        frame = pl.DataFrame(pl.from_arrow(bounded_parquet(content)))
        as_text = frame.with_columns(_in_uk_time(frame), _whole_numbers(frame)).select(pl.all().cast(pl.String))
    except MemoryError:  # Arrow's own is both: no fault of the file
        raise
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError) as error:
        raise FileRefused("it cannot be opened as a Parquet file of plain values: cut short or damaged. Send it again") from error
    return _rows(tuple(name.strip() for name in frame.columns), as_text.with_row_index(_LINE, offset=2))


def _in_uk_time(frame: pl.DataFrame) -> pl.Expr:
    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    return pl.col(zoned).dt.convert_time_zone("Europe/London").dt.replace_time_zone(None)


def _whole_numbers(frame: pl.DataFrame) -> pl.Expr:
    # a data frame with a gap in a column of whole numbers holds it as 136840.0
    whole = [column.name for column in frame.select(cs.float()) if _is_whole(column.drop_nulls())]
    return pl.col(whole).cast(pl.Int64, strict=False)


def _is_whole(numbers: pl.Series) -> bool:
    return bool((numbers == numbers.round(0)).all()) and bool((numbers.abs() < _EXACT).all())


def _rows(header: tuple[str, ...], numbered: pl.DataFrame) -> Rows:
    values = numbered.drop(_LINE)
    place_of = {line: place for place, line in enumerate(numbered[_LINE].to_list())}
    return Rows(
        header,
        tuple(column.to_arrow().cast(pa.string()) for column in values),
        numbered[_LINE].to_arrow().cast(pa.int64()),
        (),
        lambda line: _as_csv(values.row(place_of[line])),
    )


def _as_csv(row: tuple[str | None, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(["" if cell is None else cell for cell in row])
    return text.getvalue()
