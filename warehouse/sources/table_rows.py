"""Workbooks and Parquet files to rows of text, as their CSV would have been."""

from __future__ import annotations

import csv
import io

import fastexcel
import polars as pl
import pyarrow as pa

from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows


def read_workbook(content: bytes) -> Rows:
    """The rows of a workbook's first sheet. A date cell becomes `YYYY-MM-DD HH:MM:SS`; empty rows are no rows."""
    try:
        sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise FileRefused("it cannot be opened as a workbook: damaged, or locked with a password. Save it again as .xlsx without one") from error
    if sheet.is_empty():
        raise FileRefused("its first sheet is empty. Put the rows there, under a header row")
    header = tuple((name or "").strip() for name in sheet.row(0))
    return _rows(header, sheet.slice(1), skip_blank=True)


def read_parquet(content: bytes) -> Rows:
    """The rows of a Parquet file, each value as text; moments with a time zone as UK local time."""
    try:
        frame = pl.read_parquet(io.BytesIO(content), use_pyarrow=True)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError) as error:
        raise FileRefused("it cannot be opened as Parquet: cut short or damaged. Send it again") from error
    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    frame = frame.with_columns(pl.col(zoned).dt.convert_time_zone("Europe/London").dt.replace_time_zone(None))
    return _rows(tuple(name.strip() for name in frame.columns), frame.select(pl.all().cast(pl.String)), skip_blank=False)


def _rows(header: tuple[str, ...], frame: pl.DataFrame, skip_blank: bool) -> Rows:
    numbered = frame.with_row_index("__line", offset=2)
    if skip_blank:
        numbered = numbered.filter(pl.any_horizontal(pl.exclude("__line").is_not_null()))
    values = numbered.drop("__line")
    return Rows(
        header,
        tuple(values[:, at].to_arrow().cast(pa.string()) for at in range(values.width)),
        numbered["__line"].to_arrow().cast(pa.int64()),
        (),
        lambda line: _as_csv(frame.row(line - 2)),
    )


def _as_csv(row: tuple[str | None, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(["" if cell is None else cell for cell in row])
    return text.getvalue()
