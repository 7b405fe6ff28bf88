"""What a file may cost to read: a small one that would fill the memory when it is unpacked is refused before it is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.sources.refusal import FileRefused

LARGEST_FILE = 2 * 1024**3
MOST_COLUMNS = 1_000
MOST_CELLS = 25_000_000  # all rows that a sheet can have, in 23 columns
LARGEST_UNPACKED = 512 * 1024**2
LARGEST_TABLE = 2 * 1024**3

_PIECE = 1024**2
_BATCH = 10_000
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_LONGEST_REFERENCE = 64

_DAMAGED = "it cannot be opened as a workbook: damaged, or locked with a password. Save it again as .xlsx without one"
_SPREAD = "a sheet has cells too far out for its reader. Copy the rows into a new workbook, or send them as CSV"
_TOO_MUCH = "unpacked it is larger than any delivery can be. Send it as CSV, cut into several extracts"


def check_workbook(content: bytes) -> None:
    """Refuses a workbook that unpacks to more than the limit, or with a cell so far out that the sheet would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            left = LARGEST_UNPACKED
            for part in parts.infolist():
                left -= _check_part(parts, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise FileRefused(_DAMAGED) from error


def _check_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """The true size of a part, whatever the archive says of it."""
    size, rows, columns, tail = 0, 0, 0, b""
    with parts.open(part) as content:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > left:
                raise FileRefused(_TOO_MUCH)
            if "sheet" in part.filename.lower():
                for letters, digits in _CELL.findall(tail + piece):
                    rows, columns = max(rows, int(digits[:9])), max(columns, _column(letters))
                if rows * max(columns, 1) > MOST_CELLS:
                    raise FileRefused(_SPREAD)
                tail = piece[-_LONGEST_REFERENCE:]
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def bounded_parquet(content: bytes) -> pa.Table:
    """The table of a Parquet file, read in batches, so that one that swells is refused on the way."""
    file = pq.ParquetFile(io.BytesIO(content))
    if file.metadata.num_columns > MOST_COLUMNS:
        raise FileRefused(f"it has {file.metadata.num_columns:,} columns. Send those of the contract")
    left, batches = LARGEST_TABLE, []
    for batch in file.iter_batches(_BATCH):
        left -= batch.nbytes
        if left < 0:
            raise FileRefused(_TOO_MUCH)
        batch.validate(full=True)
        batches.append(batch)
    return pa.Table.from_batches(batches, file.schema_arrow)
