"""The search for traces finds what is there, wherever it is, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from warehouse.retention import proof
from warehouse.retention.proof import search

NEEDLE = "Zoë Quillfeather"


def in_text(folder: Path) -> None:
    (folder / "logs").mkdir()
    (folder / "logs" / "run.log").write_text(f"read {NEEDLE} twice", encoding="utf-8")


def in_workbook(folder: Path) -> None:
    with zipfile.ZipFile(folder / "list.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{NEEDLE}</t></si>")


def in_database(folder: Path) -> None:
    with duckdb.connect(str(folder / "w.duckdb")) as con:
        con.execute("create schema s")
        con.execute("create table s.t as select ['nobody', $n] as names, 1 as x", {"n": NEEDLE.lower().replace("ë", "ë")})


def in_two_blocks(folder: Path) -> None:
    (folder / "big.bin").write_bytes(b" " * (proof.AT_ONCE - 5) + NEEDLE.encode() + b" " * 10)


@pytest.mark.parametrize(
    ("hide", "where"),
    [
        (in_text, ("logs/run.log", "its bytes")),
        (in_workbook, ("list.xlsx", "xl/sharedStrings.xml")),
        (in_database, ("w.duckdb", "s.t.names")),
        (in_two_blocks, ("big.bin", "its bytes")),
    ],
)
def test_what_is_there_is_found(tmp_path: Path, hide: Callable[[Path], None], where: tuple[str, str]) -> None:
    hide(tmp_path)
    assert where in [(one.file, one.where) for one in search(tmp_path, ["INC77", NEEDLE]).found]


def test_what_is_not_there_is_not(tmp_path: Path) -> None:
    for hide in (in_text, in_workbook, in_database, in_two_blocks):
        hide(tmp_path)
    found = search(tmp_path, ["Zoë Quillfeathers", "INC77"])
    assert (found.files, found.databases, found.needles, found.found) == (4, 1, 2, ())


def test_the_access_log_is_not_searched(tmp_path: Path) -> None:
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "log.jsonl").write_text(NEEDLE, encoding="utf-8")
    assert search(tmp_path, [NEEDLE]).found == ()


@pytest.mark.parametrize(
    ("text", "needle", "is_found"),
    [
        ("INC77/12", "INC77/1", False),
        ("of INC77/1.", "INC77/1", True),
        ("Joann Lee", "Ann Lee", False),
        ("ANN LEE, aged 20", "Ann Lee", True),
        ("Ann Leeson and Ann Lee", "Ann Lee", True),
    ],
)
def test_a_part_of_another_word_is_no_trace(tmp_path: Path, text: str, needle: str, is_found: bool) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        con.execute("create table t as select $t as text", {"t": text})
    assert bool([one for one in search(tmp_path, [needle]).found if one.where != "its bytes"]) is is_found
    (tmp_path / "w.duckdb").unlink()
    (tmp_path / "a.txt").write_text(text)
    assert bool(search(tmp_path, [needle]).found) is (is_found and "ANN" not in text)  # case counts in bytes
