"""Sheets to fill in: what is written comes back, nothing is taken for a formula, and rows keep their lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.sheets import SheetUnreadable, read_sheet, write_sheet

COLUMNS = ("name", "born", "why")
ROWS = [("=cmd|' /C calc'!A0", date(2001, 3, 9), "two\nlines, and a comma"), ("O'Brien", "", "-5"), ("Zażółć", "", "@x")]


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_what_is_written_comes_back(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    write_sheet(file, COLUMNS, ROWS, {"why": ("a", "b")})
    assert file.stat().st_mode & 0o077 == 0
    back = [(row.values["name"], row.values["born"][:10], row.values["why"].replace("\r", "")) for row in read_sheet(file, COLUMNS)]
    assert back == [(one, str(two), three) for one, two, three in ROWS]


def test_a_spreadsheet_takes_nothing_in_a_csv_for_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    write_sheet(file, COLUMNS, ROWS)
    assert "'=cmd" in file.read_text(encoding="utf-8-sig")
    assert "'-5" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n1,2\n\n3,4\n", [(2, "1", None), (4, "3", None)]),
        (
            b'a,b\n"1\n1",2\n3,4,5\n',
            [(2, "1\n1", None), (4, "3", "has 3 fields where the header has 2: put quotes round a text with a comma")],
        ),
        ("a,b\nZoë,2\n".encode("cp1252"), [(2, "Zoë", None)]),
        ("\ufeffa , b\r\n 1 ,2\r\n".encode(), [(2, "1", None)]),
    ],
    ids=["an empty line", "a value of two lines", "as Excel saves it", "a mark at the start and blanks"],
)
def test_rows_keep_their_lines(tmp_path: Path, content: bytes, rows: list[tuple[int, str, str | None]]) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(content)
    assert [(row.line, row.values["a"], row.wrong) for row in read_sheet(file, ("a", "b"))] == rows


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("none.csv", None, "none.csv is not there"),
        ("a.csv", b"", "column a is missing"),
        ("a.csv", b"b,c\n", "column a is missing: its first line must name the columns a, b"),
        ("a.csv", b'a,b\n1,2\n"3,4\n', "line 3 cannot be read as CSV: a quote is not closed"),
        ("a.xlsx", b"no workbook", "is no workbook that can be read"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_what_to_mend(tmp_path: Path, name: str, content: bytes | None, error: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SheetUnreadable, match=error):
        read_sheet(tmp_path / name, ("a", "b"))
