"""Whether a file has come whole. One that is still being written, or whose last line is cut off, waits for a later night."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from warehouse.sources.rows import Rows

Print = tuple[int, int]
"""Size and time of last change of a file, in nanoseconds."""

GROWING = "it is still being written. Nothing of it was read; the next night takes it up"
CUT_OFF = "its last line is cut off, so that it has not come whole. Nothing of it was read; have it sent again, or the next night takes it as it is"


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


def postpone_if_cut_off(content: bytes, rows: Rows, sha256: str, waited: Collection[str]) -> None:
    """Raises FilePostponed for text that ends within its last row, unless it has waited before: what nobody mends is taken as it is.

    A file may end without a line's end, and a row may be bad: only the two together, and at the end, speak of a copy that broke off.
    """
    if sha256 not in waited and not content.endswith((b"\n", b"\r")) and _ends_within_a_row(rows):
        raise FilePostponed(CUT_OFF)


def _ends_within_a_row(rows: Rows) -> bool:
    last = max(rows.spoilt, key=lambda one: one.line, default=None)
    if last is None or (len(rows.lines) and rows.lines[-1].as_py() > last.line):
        return False
    return last.raw.count('"') % 2 == 1 or last.raw.count(",") < len(rows.header) - 1
