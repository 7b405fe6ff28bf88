"""Text to rows: which lines are rows, which are spoilt, and that every line is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warehouse.sources.csv_rows import read_csv
from warehouse.sources.lines import Lines
from warehouse.sources.refusal import FileRefused

OPEN_QUOTE = "a quotation mark is not closed, or not doubled inside a quoted value"


def told(content: bytes) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Cells by line, and the reasons of spoilt rows by line."""
    rows = read_csv(content)
    cells = zip(*(column.to_pylist() for column in rows.values), strict=True)
    return dict(zip(rows.lines.to_pylist(), map(list, cells), strict=True)), {spoilt.line: spoilt.reason for spoilt in rows.spoilt}


@pytest.mark.parametrize(
    ("content", "good", "spoilt"),
    [
        pytest.param(b"a,b\n1,2\n3,4\n", {2: ["1", "2"], 3: ["3", "4"]}, {}, id="plain"),
        pytest.param(b"a,b\r\n1,2\r\n3,4", {2: ["1", "2"], 3: ["3", "4"]}, {}, id="windows line ends, none at the end"),
        pytest.param(b"a,b\n1,2\n\n3,4\n", {2: ["1", "2"], 4: ["3", "4"]}, {}, id="an empty line is no row"),
        pytest.param(b'a,b\n1,"x\ny"\n3,4\n', {2: ["1", "x\ny"], 4: ["3", "4"]}, {}, id="a value over two lines"),
        pytest.param(b'a,b\n1,"say ""hi"""\n', {2: ["1", 'say "hi"']}, {}, id="doubled quotation marks"),
        pytest.param(b"a,b\n1\n3,4,5\n6,7\n", {4: ["6", "7"]}, {2: "1 fields where the header has 2", 3: "3 fields where the header has 2"}, id="width"),
        pytest.param(b'a,b,c\n1,"x\ny"z,3\n4,5,6\n', {4: ["4", "5", "6"]}, {2: OPEN_QUOTE, 3: "2 fields"}, id="quote closed too soon"),
        pytest.param(b'a,b\n1,"x\n3,4\n5,6\n', {3: ["3", "4"], 4: ["5", "6"]}, {2: OPEN_QUOTE}, id="left open to the end"),
        pytest.param(b'a,b\n1,"x\n3,"y"\n5,6\n', {3: ["3", "y"], 4: ["5", "6"]}, {2: OPEN_QUOTE}, id="left open to the next quotation mark"),
        pytest.param(b'a,b,c\n1,"x\n3,4,5\n6,7",8,9\n', {3: ["3", "4", "5"]}, {2: OPEN_QUOTE, 4: "4 fields"}, id="a row swallowed whole"),
        pytest.param(b'a,b\n"the "Ash" lot",2\n', {2: ['the Ash" lot"', "2"]}, {}, id="not doubled, but plain to read"),
        pytest.param(b"a,b\n1,x\0y\n3,4\n", {3: ["3", "4"]}, {2: "holds NUL bytes: damaged on its way"}, id="NUL bytes"),
        pytest.param(b"a,b\n1,2\n3,", {2: ["1", "2"], 3: ["3", ""]}, {}, id="cut short after a comma"),
        pytest.param(b'a,b\n1,2\n3,"4', {2: ["1", "2"]}, {3: OPEN_QUOTE}, id="cut short inside a value"),
        pytest.param(b"\n\na,b\n1,2\n", {4: ["1", "2"]}, {}, id="empty lines before the header"),
    ],
)  # fmt: skip
def test_lines_are_told_apart(content: bytes, good: dict[int, list[str]], spoilt: dict[int, str]) -> None:
    cells, reasons = told(content)
    assert cells == good
    assert list(reasons) == list(spoilt)
    assert all(reasons[line].startswith(reason) for line, reason in spoilt.items())


@pytest.mark.parametrize(
    ("content", "value"),
    [
        pytest.param("n\nZoë’s".encode(), "Zoë’s", id="UTF-8"),
        pytest.param("\ufeffn\nZoë’s".encode(), "Zoë’s", id="UTF-8 with its mark"),
        pytest.param("n\nZoë’s".encode("cp1252"), "Zoë’s", id="Windows-1252"),
        pytest.param("n\nZoë\n".encode() + b"Zo\xeb", "Zoë", id="both in one file"),
        pytest.param(b"n\nZo\x81", "Zo\ufffd", id="a byte that is in neither"),
    ],
)
def test_text_is_decoded(content: bytes, value: str) -> None:
    cells, _ = told(content)
    assert cells[max(cells)] == [value]


def test_utf16_is_refused_with_the_remedy() -> None:
    with pytest.raises(FileRefused, match=r"UTF-16\. Save it as CSV UTF-8"):
        read_csv("a,b\n1,2".encode("utf-16"))


def test_the_raw_text_is_verbatim() -> None:
    rows = read_csv(b'a,b\n1,"x\r\n y"\n2, "z" ,3\n')
    assert rows.raw(2) == '1,"x\r\n y"'
    assert [spoilt.raw for spoilt in rows.spoilt] == ['2, "z" ,3']


@given(st.text(alphabet='ab,"\n\r\0', max_size=60))
@example('"\n"a"b,"\n,"\r\r,')
@example('"x\na,b\n"y","\na,b')
def test_every_line_is_accounted_for_once(body: str) -> None:
    rows = read_csv(f"a,b\n{body}".encode())
    pieces = dict([(line, rows.raw(line)) for line in rows.lines.to_pylist()] + [(spoilt.line, spoilt.raw) for spoilt in rows.spoilt])
    kept = "".join(pieces[line] for line in sorted(pieces))
    assert len(pieces) == rows.count
    assert kept.replace("\r", "").replace("\n", "") == body.replace("\r", "").replace("\n", "")


@given(st.text(alphabet='ab,"\n\rë', max_size=80), st.integers(1, 3))
@example('a,"b""c"\n"a\nb",c\na,b\n\n,\n"",""\r\nx,y', 2)
@example("a,b\rc,d\n\re,f", 2)
def test_looking_at_stretches_of_lines_gives_what_looking_at_each_alone_gives(body: str, width: int) -> None:
    content = f"{','.join('abc'[:width])}\n{body}".encode()
    with pytest.MonkeyPatch.context() as patched:
        quick = told(content), read_csv(content).spoilt
        patched.setattr(Lines, "odd", lambda lines, _width: list(range(len(lines))))
        assert quick == (told(content), read_csv(content).spoilt)


def test_a_value_longer_than_a_reader_takes_is_spoilt_alone() -> None:
    cells, spoilt = told(b"a,b\n1," + b"x" * 200_000 + b"\n3,4\n")
    assert cells == {3: ["3", "4"]}
    assert spoilt == {2: "a value of more than 131,072 characters"}
