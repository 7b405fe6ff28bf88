"""Comma-separated text to rows, each with the physical line it begins at; no line is lost, whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows, SpoiltLine

_NUL = "holds NUL bytes: the file was damaged on its way. Send it again"
_BROKEN = "a quotation mark is not closed, or not doubled inside a quoted value"


def read_csv(content: bytes) -> Rows:
    """The rows of a CSV file. A row that begins with an unclosed quotation mark is spoilt alone: reading goes on at the next line."""
    lines = io.StringIO(decode(content), newline="").readlines()
    found = _Found(lines)
    records = _records(lines)
    header = next(((row, start) for row, start, end in records if row and any(cell.strip() for cell in row)), None)
    if header is None:
        raise FileRefused("no header row was found. The first line must name the columns, separated by commas")
    width = len(header[0])
    for row, start, end in records:
        found.take(row, start, end, width)
    return found.rows(tuple(name.strip() for name in header[0]))


def decode(content: bytes) -> str:
    """Text from UTF-8 with or without its mark, or Windows-1252; a file of both (joined exports) line by line."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused("the text is UTF-16. Save it as CSV UTF-8")
    body = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_decode_line(line) for line in body.splitlines(keepends=True))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _records(lines: list[str]) -> Iterator[tuple[list[str] | None, int, int]]:
    """Each record as (cells, first line, line after the last), counted from 0; cells are None where the quoting is broken."""
    begin = 0
    while begin < len(lines):
        reader = csv.reader(map(lines.__getitem__, range(begin, len(lines))), strict=True)
        start = begin
        try:
            for row in reader:
                end = begin + reader.line_num
                if row:
                    yield row, start, end
                start = end
            return
        except csv.Error:
            # What the open quotation mark swallowed may be good rows: judge the first line alone and begin again after it.
            yield _lenient(lines[start]), start, start + 1
            begin = start + 1


def _lenient(line: str) -> list[str] | None:
    """A line that strict rules refuse, read as a person would: quotes inside a value stay; None if one is left open."""
    if "\0" in line or line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line]))
    except csv.Error:
        return None


@dataclass
class _Found:
    lines: list[str]
    good: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    spoilt: list[SpoiltLine] = field(default_factory=list)

    def take(self, row: list[str] | None, start: int, end: int, width: int) -> None:
        if row is not None and len(row) == width and end - start == 1:
            self.good.append(row)
            self.starts.append(start + 1)
        elif row is None:
            self._spoil(start, end, _BROKEN)
        elif len(row) == width:
            self.ends[start + 1] = end
            self.good.append(row)
            self.starts.append(start + 1)
        else:
            self._spoil_width(start, end, len(row), width)

    def _spoil_width(self, start: int, end: int, cells: int, width: int) -> None:
        swallowed = self._first_row_within(start + 1, end, width)
        self._spoil(start, swallowed or end, f"{cells} fields where the header has {width}" if swallowed is None else _BROKEN)
        if swallowed is not None:
            for row, begin, after in _records(self.lines[swallowed:end]):
                self.take(row, swallowed + begin, swallowed + after, width)

    def _first_row_within(self, start: int, end: int, width: int) -> int | None:
        """The first of the lines swallowed by a quoted value that is a whole row by itself."""
        for at in range(start, end):
            row = _lenient(self.lines[at])
            if row is not None and len(row) == width:
                return at
        return None

    def _spoil(self, start: int, end: int, reason: str) -> None:
        self.spoilt.append(SpoiltLine(start + 1, reason, self._text(start, end)))

    def _text(self, start: int, end: int) -> str:
        return "".join(self.lines[start:end]).rstrip("\r\n")

    def rows(self, header: tuple[str, ...]) -> Rows:
        columns = zip(*self.good, strict=True) if self.good else (() for _ in header)
        return Rows(
            header,
            tuple(pa.array(column, pa.string()) for column in columns),
            pa.array(self.starts, pa.int64()),
            tuple(self.spoilt),
            lambda line: self._text(line - 1, self.ends.get(line, line)),
        )
