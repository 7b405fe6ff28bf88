"""Files made to hurt: refused by name, never a crash, and every row of the others accounted for."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from tests.warehouse.conftest import Landing, as_csv, full_rows
from warehouse.contracts import EXCLUSIONS
from warehouse.sources import bounds, table_rows
from warehouse.sources.reading import read_rows
from warehouse.sources.refusal import FileRefused

SHEET = "xl/worksheets/sheet1.xml"


def workbook(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook of one row whose first sheet's XML was changed."""
    made, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write_row(0, 0, ["upn", "surname"])
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in whole.namelist():
            parts.writestr(name, change(whole.read(name)) if name == SHEET else whole.read(name))
    return changed.getvalue()


def parquet(**columns: pa.Array) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.xlsx", workbook(lambda xml: xml.replace(b'r="B1"', b'r="XFD1048576"')), "cells too far out"),
        ("a.xlsx", workbook(lambda xml: xml.replace(b'r="B1"', b'r="ZZZZZZZ99999999999"')), "cells too far out"),
        ("a.parquet", parquet(upn=pa.array([2**31 - 1], pa.date32())), "cannot be read (PanicException)"),
        ("a.parquet", parquet(upn=pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])), "damaged"),
        ("a.parquet", parquet(**{f"c{n}": pa.array(["1"]) for n in range(1001)}), "1,001 columns"),
    ],
)  # fmt: skip
def test_a_file_that_would_stop_the_night_is_refused(file: str, content: bytes, message: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_rows(file, content)
    assert message in str(refused.value)


def test_what_swells_is_refused_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LARGEST_UNPACKED", 2_000_000)
    monkeypatch.setattr(bounds, "LARGEST_TABLE", 2_000_000)
    for file, content in (
        ("a.xlsx", workbook(lambda xml: xml + b" " * 3_000_000)),
        ("a.parquet", parquet(upn=pa.array(["x" * 500] * 20_000))),
    ):
        assert len(content) < 100_000
        with pytest.raises(FileRefused, match="unpacked it is larger"):
            read_rows(file, content)


def test_numbers_that_are_no_whole_ones_stay_as_they_are() -> None:
    rows = read_rows("a.parquet", parquet(upn=pa.array([float("inf"), 1e300, 2.0])))
    assert rows.values[0].to_pylist() == ["inf", "1e+300", "2.0"]


def test_a_header_of_very_many_columns_and_a_pipe_are_refused_and_letters_that_only_look_like_ours_ignored(landing: Landing) -> None:
    row = as_csv(full_rows(EXCLUSIONS, [{"upn": "U1"}]))
    landing.put("exclusions_2026-01-04.csv", row.replace("\n", "," * 100_000 + "\n"))
    landing.put("exclusion\u017f_2026-01-05.csv", row)
    os.mkfifo(landing.folder / "exclusions_2026-01-06.csv")
    (landing.folder / "exclusions_2026-01-07.csv").mkdir()
    intake = landing.take_in()
    assert (intake.files_ignored, intake.files_refused, intake.rows_read) == (1, 3, 0)
    assert [why.partition(": ")[2][:12] for _, why in intake.refused] == ["its first li", "it is no fil", "it cannot be"]


def test_a_value_beyond_the_readers_limit_is_rejected_for_that(landing: Landing) -> None:
    landing.put("exclusions_2026-01-04.csv", as_csv(full_rows(EXCLUSIONS, [{"upn": "U1", "school_name": "x" * 200_000}, {"upn": "U2"}])))
    intake = landing.take_in()
    assert (intake.rows_accepted, intake.rows_rejected) == (1, 1)
    assert (
        landing.drawn("select line, reason, length(raw) > 200000 from ops.reject") == "2 | a value of more than 131,072 characters | True"
    )


@given(st.sampled_from(["a.csv", "a.parquet", "a.xlsx"]), st.binary(min_size=1, max_size=200))
@example("a.xlsx", b"PK\x05\x06" + b"\0" * 18)
@example("a.parquet", b"PAR1\0\0\0\0PAR1")
def test_any_bytes_are_rows_or_a_refusal(file: str, content: bytes) -> None:
    try:
        rows = read_rows(file, content)
    except FileRefused:
        return
    assert rows.count == len(rows.lines) + len(rows.spoilt)


class PanicException(BaseException):
    """What the readers written in Rust raise by this name."""


@pytest.mark.parametrize(
    "error", [PanicException("could not spawn threads: ThreadPoolBuildError"), pa.ArrowMemoryError("malloc"), MemoryError()]
)
def test_no_file_is_refused_because_memory_ran_out(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def read(_: object) -> None:
        raise error

    content = parquet(upn=pa.array(["U1"]))
    monkeypatch.setattr(table_rows, "bounded_parquet", read)
    with pytest.raises(type(error)):
        read_rows("a.parquet", content)
