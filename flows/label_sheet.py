"""The sample of labels as a sheet to read and to mark, CSV or workbook, readable by its owner only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.sheets import write_sheet

if TYPE_CHECKING:
    import polars as pl

TO_FILL = ("label_is_right", "note")


def write_sample(sample: pl.DataFrame, definition: str, file: Path) -> None:
    """Writes the rows with two columns to fill in, and the definition that each is to be judged by in the last."""
    rows = [(*(str(value) for value in row), "", "", definition) for row in sample.iter_rows()]
    write_sheet(file, (*sample.columns, *TO_FILL, "definition"), rows, {"label_is_right": ("yes", "no")})
