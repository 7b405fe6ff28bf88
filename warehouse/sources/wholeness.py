"""Whether a file has come whole. One that is still being written waits for the next night; of one whose end is cut off, that is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from warehouse.sources.rows import Rows

Print = tuple[int, int]
"""Size and time of last change of a file, in nanoseconds."""

GROWING = "it is still being written. Nothing of it was read; the next night takes it up"
CUT_OFF = (
    "its last line is cut off, so that it has not come whole. What came was taken in, and the part of a row rejected; have it sent again"
)


class FilePostponed(Exception):
    """A file is left for a later night. The message says why, and repeats no value of any row."""


def print_of(path: Path) -> Print | None:
    """A file's size and time of last change; None where it cannot be told."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns


def postpone_if_moving(path: Path, still: Mapping[str, Print | None] | None) -> None:
    """Raises FilePostponed for a file that is not as it was when the landing folder was watched; without a watch, for none."""
    if still is not None and (path.name not in still or still[path.name] != print_of(path)):
        raise FilePostponed(GROWING)


def is_cut_off(content: bytes, rows: Rows) -> bool:
    """Whether a CSV file ends within its last row.

    A file may end without a line's end, and a row may be bad: only the two together, and at the end, speak of a copy that broke off.
    """
    if content.endswith((b"\n", b"\r")):
        return False
    last = max(rows.spoilt, key=lambda one: one.line, default=None)
    if last is None or (len(rows.lines) and rows.lines[-1].as_py() > last.line):
        return False
    return last.raw.count('"') % 2 == 1 or last.raw.count(",") < len(rows.header) - 1
