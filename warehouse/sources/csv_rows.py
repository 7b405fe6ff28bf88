"""Comma-separated text to rows, each with the physical line it begins at; no line is lost, whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa

from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows, SpoiltLine

_NUL = "holds NUL bytes: damaged on its way"
_OPEN_QUOTE = "a quotation mark is not closed, or not doubled inside a quoted value"

_TOO_LONG = f"a value of more than {csv.field_size_limit():,} characters"

_BATCH = 20_000
_STRETCH = 64  # so many lines are looked at together: where each is one row, as nearly everywhere, none is looked at alone

# The cells of a record (None where its quoting is broken), its first line and the line after its last, counted from 0.
_Record = tuple[list[str] | None, int, int]


def read_csv(content: bytes) -> Rows:
    """The rows of a CSV file. A row with a quotation mark left open is spoilt alone: reading goes on at the next line."""
    lines = io.StringIO(decode(content), newline="").readlines()
    records = _records(lines, 0, len(lines))
    header, begin = next(((cells, end) for cells, _, end in records if cells and any(cell.strip() for cell in cells)), (None, 0))
    if header is None:
        raise FileRefused("no header row was found. The first line must name the columns, separated by commas")
    found = _Found(lines, len(header), b"\0" in content)
    while begin < len(lines):
        begin = found.take_plain(begin)
        for record in _records(lines, begin, begin + _STRETCH):
            found.take(record)
            begin = record[2]
    return found.rows(tuple(name.strip() for name in header))


def decode(content: bytes) -> str:
    """Text from UTF-8 with or without its mark, or Windows-1252; a file of both (two exports joined) line by line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("its text is UTF-16. Save it as CSV UTF-8")
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


def _records(lines: list[str], begin: int, stop: int) -> Iterator[_Record]:
    """The records that begin at lines from `begin` up to `stop`; the last may go on beyond. An empty line is one without cells."""
    while begin < min(stop, len(lines)):
        reader = csv.reader(map(lines.__getitem__, range(begin, len(lines))), strict=True)
        start = begin
        try:
            for cells in reader:
                end = begin + reader.line_num
                yield cells, start, end
                start = end
                if start >= stop:
                    return
            return
        except csv.Error:
            # what the open quotation mark swallowed may be good rows: judge the first line alone and begin again after it
            yield _cells_of_line(lines[start]), start, start + 1
            begin = start + 1


def _cells_of_line(line: str) -> list[str] | None:
    """The cells of one line, quotation marks inside a value let be as a person would; None if one is left open."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line]), None)
    except csv.Error:
        return None


@dataclass
class _Found:
    """What has been told apart so far."""

    lines: list[str]
    width: int
    has_nul: bool
    good: list[list[str]] = field(default_factory=list)
    batches: list[tuple[pa.Array, ...]] = field(default_factory=list)  # columns of good rows, for text weighs less there than in lists
    starts: list[int] = field(default_factory=list)
    last_lines: dict[int, int] = field(default_factory=dict)  # of the rows that go over more than one line
    spoilt: list[SpoiltLine] = field(default_factory=list)

    def take_plain(self, begin: int) -> int:
        """Takes lines stretch by stretch, as long as every line is one whole row; the first line of the first stretch that is not so."""
        reader = csv.reader(map(self.lines.__getitem__, range(begin, len(self.lines))), strict=True)
        at = begin
        try:
            while not self.has_nul and (rows := list(islice(reader, _STRETCH))):
                if begin + reader.line_num != at + len(rows) or any(len(cells) != self.width for cells in rows):
                    break
                self.good += rows
                self.starts += range(at + 1, at + len(rows) + 1)
                at += len(rows)
                if len(self.good) >= _BATCH:
                    self._put_away()
        except csv.Error:
            return at
        return at

    def take(self, record: _Record) -> None:
        cells, start, end = record
        if cells == []:
            return
        if self.has_nul and "\0" in self._text(start, end):
            self._spoil(start, end, _NUL)
        elif cells is None:
            self._spoil(start, end, _OPEN_QUOTE if self.lines[start].count('"') % 2 else _TOO_LONG)
        elif len(cells) != self.width:
            self._take_apart(cells, start, end)
        else:
            self.good.append(cells)
            self.starts.append(start + 1)
            if end - start > 1:
                self.last_lines[start + 1] = end
            if len(self.good) >= _BATCH:
                self._put_away()

    def _take_apart(self, cells: list[str], start: int, end: int) -> None:
        """A row of the wrong width is spoilt; but where its lines hold a whole row, a quotation mark left open had swallowed that."""
        swallowed = next((at for at in range(start + 1, end) if len(_cells_of_line(self.lines[at]) or ()) == self.width), None)
        if swallowed is None:
            self._spoil(start, end, f"{len(cells)} fields where the header has {self.width}")
            return
        self._spoil(start, swallowed, _OPEN_QUOTE)
        for inner, begin, after in _records(self.lines[swallowed:end], 0, end - swallowed):
            self.take((inner, swallowed + begin, swallowed + after))

    def _spoil(self, start: int, end: int, reason: str) -> None:
        self.spoilt.append(SpoiltLine(start + 1, reason, self._text(start, end)))

    def _text(self, start: int, end: int) -> str:
        return "".join(self.lines[start:end]).rstrip("\r\n")

    def _put_away(self) -> None:
        columns = zip(*self.good, strict=True) if self.good else (() for _ in range(self.width))
        self.batches.append(tuple(pa.array(column, pa.string()) for column in columns))
        self.good.clear()

    def rows(self, header: tuple[str, ...]) -> Rows:
        self._put_away()
        return Rows(
            header,
            tuple(pa.concat_arrays(column) for column in zip(*self.batches, strict=True)),
            pa.array(self.starts, pa.int64()),
            tuple(self.spoilt),
            lambda line: self._text(line - 1, self.last_lines.get(line, line)),
        )
