"""Any file of a delivery to rows of text: the ending of its name says which reader."""

from __future__ import annotations

from pathlib import PurePath

from warehouse.sources.csv_rows import read_csv
from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows
from warehouse.sources.table_rows import read_parquet, read_workbook

_READERS = {".csv": read_csv, ".parquet": read_parquet, ".xlsx": read_workbook}
ENDINGS = tuple(ending.removeprefix(".") for ending in _READERS)


def read_rows(file: str, content: bytes) -> Rows:
    """The rows of a file with this name and content. Raises FileRefused where there is nothing to be read."""
    if not content.strip(b"\0\r\n\t ,\xef\xbb\xbf"):
        raise FileRefused("the file is empty. Ask the sender to cut it again")
    try:
        return _READERS[PurePath(file).suffix.lower()](content)
    except FileRefused:
        raise
    except BaseException as error:
        if not _is_of_the_content(error):
            raise
        raise FileRefused(f"its content cannot be read ({type(error).__name__}). Ask the sender to cut it again, or as CSV") from error


def _is_of_the_content(error: BaseException) -> bool:
    """The libraries' own readers, written in Rust, panic on what they did not foresee, which is no Exception; and where no thread is to be had."""
    panics = type(error).__name__ == "PanicException" and "spawn threads" not in str(error)
    return isinstance(error, ValueError | ArithmeticError) or panics
