"""The physical lines of a text file, and which of them are plainly one row each: most of a file is told apart without looking at any line alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from warehouse.sources.refusal import FileRefused

Places = NDArray[np.int64]

_LF, _CR = 10, 13
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# A value that no reader can take for another: no quotation mark in it, or whole within quotation marks, each inside doubled.
_VALUE = r'(?:[^",\x00\r\n]*|"(?:[^"\x00\r\n]|"")*")'
_WIDEST = 100  # columns; each makes the pattern longer


@dataclass(frozen=True, eq=False)
class Lines:
    """A text by physical lines, counted from 0; each ends with \\n, \\r\\n or \\r, which belong to it. `starts` has one more: where the last ends."""

    content: bytes  # UTF-8
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> str:
        return self.text(place, place + 1)

    def text(self, begin: int, end: int) -> str:
        """The lines from `begin` to before `end`, as they stand."""
        return self.content[self.starts[begin] : self.starts[end]].decode()

    def since(self, begin: int) -> Iterator[str]:
        """The lines from `begin` on."""
        return map(self.__getitem__, range(begin, len(self)))

    def part(self, begin: int, end: int) -> Lines:
        """The lines from `begin` to before `end` as a text of their own."""
        return Lines(self.content, self.starts[begin : end + 1])

    def odd(self, width: int) -> list[int]:
        """The lines that are not plainly one row of `width` values, whatever stands around them."""
        if not 1 < width <= _WIDEST:
            return list(range(len(self)))
        pattern = rf"^{_VALUE}(?:,{_VALUE}){{{width - 1}}}\r?\n?$"
        plain = pc.match_substring_regex(self._array, pattern).to_numpy(zero_copy_only=False)
        is_short = np.diff(self.starts) <= csv.field_size_limit()
        found: list[int] = np.flatnonzero(~(plain & is_short)).tolist()
        return found

    def plain_values(self, stretches: list[tuple[int, int]], width: int) -> pa.Table:
        """The values of lines that are not odd, stretch after stretch (begin, end)."""
        whole = memoryview(self.content)
        body = b"".join(whole[self.starts[begin] : self.starts[end]] for begin, end in stretches)
        names = [str(place) for place in range(width)]
        if not body:
            return pa.table({name: pa.array([], pa.string()) for name in names})
        return arrow_csv.read_csv(
            pa.BufferReader(body),
            arrow_csv.ReadOptions(use_threads=False, column_names=names),
            arrow_csv.ParseOptions(newlines_in_values=False),
            arrow_csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )

    @cached_property
    def _array(self) -> pa.Array:
        return _array(self.content, self.starts)


def lines_of(content: bytes) -> Lines:
    """The lines of a file in UTF-8 with or without its mark, Windows-1252, or both (two exports joined)."""
    if content.startswith(_UTF_16_MARKS):
        raise FileRefused("its text is UTF-16. Save it as CSV UTF-8")
    body = content.removeprefix(_UTF_8_MARK)
    starts = _starts(body)
    try:
        _array(body, starts).validate(full=True)
    except pa.ArrowInvalid:
        body = decode(content).encode()
        starts = _starts(body)
    return Lines(body, starts)


def decode(content: bytes) -> str:
    """Text from UTF-8 with or without its mark, or Windows-1252; a file of both line by line."""
    body = content.removeprefix(_UTF_8_MARK)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_decode_line(line) for line in body.splitlines(keepends=True))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _starts(content: bytes) -> Places:
    letters = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(letters == _LF)
    if b"\r" in content:
        returns = np.flatnonzero(letters == _CR)
        alone = returns[np.append(letters, 0)[returns + 1] != _LF]
        ends = np.sort(np.concatenate([ends, alone]))
    whole = not content or (len(ends) and ends[-1] + 1 == len(content))
    return np.concatenate([[0], ends + 1, [] if whole else [len(content)]], dtype=np.int64, casting="unsafe")


def _array(content: bytes, starts: Places) -> pa.Array:
    offsets = np.ascontiguousarray(starts, np.int64)
    return pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(offsets), pa.py_buffer(content))
