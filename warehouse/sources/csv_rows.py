"""Comma-separated text to rows, each with the physical line it begins at; no line is lost, whatever is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from warehouse.sources.lines import Lines, lines_of
from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows, SpoiltLine

_NUL = "holds NUL bytes: damaged on its way"
_OPEN_QUOTE = "a quotation mark is not closed, or not doubled inside a quoted value"

_TOO_LONG = f"a value of more than {csv.field_size_limit():,} characters"

# The cells of a record (None where its quoting is broken), its first line and the line after its last, counted from 0.
_Record = tuple[list[str] | None, int, int]


def read_csv(content: bytes) -> Rows:
    """The rows of a CSV file. A row with a quotation mark left open is spoilt alone: reading goes on at the next line."""
    lines = lines_of(content)
    header, begin = next(((cells, end) for cells, _, end in _records(lines, 0) if cells and any(cell.strip() for cell in cells)), (None, 0))
    if header is None:
        raise FileRefused("no header row was found. The first line must name the columns, separated by commas")
    found = _Found(lines, len(header))
    for odd in lines.odd(len(header)):
        if odd >= begin:  # else a row that began earlier has it within
            found.take_plain(begin, odd)
            record = next(_records(lines, odd))
            found.take(record)
            begin = record[2]
    found.take_plain(begin, len(lines))
    return found.rows(tuple(name.strip() for name in header))


def _records(lines: Lines, begin: int) -> Iterator[_Record]:
    """The records from line `begin` on. An empty line is one without cells."""
    while begin < len(lines):
        reader = csv.reader(lines.since(begin), strict=True)
        start = begin
        try:
            for cells in reader:
                end = begin + reader.line_num
                yield cells, start, end
                start = end
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
    """What has been told apart so far: stretches of lines that are a row each, and rows looked at one by one, with the lines they begin at."""

    lines: Lines
    width: int
    plain: list[tuple[int, int]] = field(default_factory=list)
    good: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    last_lines: dict[int, int] = field(default_factory=dict)  # of the rows that go over more than one line
    spoilt: list[SpoiltLine] = field(default_factory=list)

    def take_plain(self, begin: int, end: int) -> None:
        """Takes lines of which each is plainly a row."""
        if begin < end:
            self.plain.append((begin, end))

    def take(self, record: _Record) -> None:
        cells, start, end = record
        if cells == []:
            return
        if "\0" in self._text(start, end):
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

    def _take_apart(self, cells: list[str], start: int, end: int) -> None:
        """A row of the wrong width is spoilt; but where its lines hold a whole row, a quotation mark left open had swallowed that."""
        swallowed = next((at for at in range(start + 1, end) if len(_cells_of_line(self.lines[at]) or ()) == self.width), None)
        if swallowed is None:
            self._spoil(start, end, f"{len(cells)} fields where the header has {self.width}")
            return
        self._spoil(start, swallowed, _OPEN_QUOTE)
        for inner, begin, after in _records(self.lines.part(swallowed, end), 0):
            self.take((inner, swallowed + begin, swallowed + after))

    def _spoil(self, start: int, end: int, reason: str) -> None:
        self.spoilt.append(SpoiltLine(start + 1, reason, self._text(start, end)))

    def _text(self, start: int, end: int) -> str:
        return self.lines.text(start, end).rstrip("\r\n")

    def rows(self, header: tuple[str, ...]) -> Rows:
        values = self.lines.plain_values(self.plain, self.width).combine_chunks()
        starts = np.concatenate([np.arange(begin + 1, end + 1) for begin, end in self.plain] or [np.empty(0, np.int64)])
        if self.good:
            columns = zip(values.column_names, zip(*self.good, strict=True), strict=True)
            values = pa.concat_tables([values, pa.table({name: pa.array(column, pa.string()) for name, column in columns})])
            starts = np.append(starts, self.starts)
            order = np.argsort(starts)
            values, starts = values.take(order).combine_chunks(), starts[order]
        return Rows(
            header,
            tuple(column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in values.columns),
            pa.array(starts, pa.int64()),
            tuple(self.spoilt),
            lambda line: self._text(line - 1, self.last_lines.get(line, line)),
        )
