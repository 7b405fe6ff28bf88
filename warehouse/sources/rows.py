"""What every reader gives: the rows of a file as columns of text, and the lines that are no row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class SpoiltLine:
    """A row that cannot be told into columns. `line` is its first physical line; the raw text is verbatim."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Rows:
    """A file's rows. `values`: one text column for each name of the header, in its order; `lines`: where each row begins."""

    header: tuple[str, ...]
    values: tuple[pa.Array, ...]
    lines: pa.Array
    spoilt: tuple[SpoiltLine, ...]
    raw: Callable[[int], str]  # the verbatim text of the row that begins at a line

    @property
    def count(self) -> int:
        """Every row read, good or spoilt."""
        return len(self.lines) + len(self.spoilt)
