"""The access and disclosure log: what goes in comes out, and tampering shows."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from warehouse.audit.chain import FIRST, Head, LogBroken, append, read, verify
from warehouse.audit.entry import Entry, EntryIncomplete, Kind

AT = datetime(2026, 3, 2, 6, 30)
COLLECTED = Entry(AT, Kind.collection, "service", "incidents_2026-03-01.csv: 12 rows", ("sha256:ab",))
ISSUED = Entry(AT, Kind.disclosure, "service", "weekly list, 2 pairs", ("Pa-Pb", "Pc-Pd"), recipient="Northfield partnership")
ERASED = Entry(AT, Kind.erasure, "D. Officer", "1 person", ("Pa",), why="order 7")


def lines_of(home: Path) -> list[str]:
    return (home / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def write_lines(home: Path, lines: list[str]) -> None:
    (home / "audit" / "log.jsonl").write_text("".join(lines), encoding="utf-8")


def test_what_goes_in_comes_out_in_order(tmp_path: Path) -> None:
    append(tmp_path, [COLLECTED, ISSUED])
    head = append(tmp_path, [ERASED])
    kept = list(read(tmp_path))
    assert [(one.number, one.entry) for one in kept] == [(1, COLLECTED), (2, ISSUED), (3, ERASED)]
    assert verify(tmp_path) == head == Head(3, kept[-1].seal)


def test_no_log_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert verify(tmp_path) == Head(0, FIRST)


def test_only_the_owner_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        append(tmp_path, [COLLECTED])
    finally:
        os.umask(before)
    paths = [tmp_path / "audit", *(tmp_path / "audit").iterdir()]
    assert {path.name: path.stat().st_mode & 0o077 for path in paths} == {"audit": 0, "log.jsonl": 0, "head.json": 0}


TAMPERINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "a word changed": lambda lines: [lines[0].replace("12 rows", "13 rows"), *lines[1:]],
    "who changed": lambda lines: [*lines[:2], lines[2].replace("D. Officer", "E. Officer")],
    "a subject taken out": lambda lines: [lines[0], lines[1].replace('"Pa-Pb", ', ""), lines[2]],
    "an entry taken out": lambda lines: [lines[0], lines[2]],
    "two entries exchanged": lambda lines: [lines[1], lines[0], lines[2]],
    "the end cut off": lambda lines: lines[:2],
    "all cut off": lambda lines: [],
    "an entry said twice": lambda lines: [*lines, lines[2]],
    "a line that is none": lambda lines: [lines[0], "{}\n", lines[2]],
    "half a line": lambda lines: [*lines[:2], lines[2][:40]],
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_shows(tmp_path: Path, tampering: str) -> None:
    append(tmp_path, [COLLECTED, ISSUED, ERASED])
    write_lines(tmp_path, TAMPERINGS[tampering](lines_of(tmp_path)))
    with pytest.raises(LogBroken):
        verify(tmp_path)


def test_a_cut_log_takes_no_more_entries(tmp_path: Path) -> None:
    append(tmp_path, [COLLECTED, ISSUED])
    write_lines(tmp_path, lines_of(tmp_path)[:1])
    with pytest.raises(LogBroken, match="has 1 entries, its head says 2: restore it from a backup"):
        append(tmp_path, [ERASED])


def test_a_missing_log_shows(tmp_path: Path) -> None:
    append(tmp_path, [COLLECTED])
    (tmp_path / "audit" / "log.jsonl").unlink()
    with pytest.raises(LogBroken, match="is missing, though 1 entries"):
        verify(tmp_path)


def forge(home: Path, key: bytes | None) -> None:
    """Writes the whole chain anew without its second entry, as someone would who may write the files."""
    kept = [one.entry for one in read(home, key)]
    for name in ("log.jsonl", "head.json"):
        (home / "audit" / name).unlink()
    append(home, [kept[0], *kept[2:]])


def test_a_chain_written_anew_does_not_hold_the_seal_noted_elsewhere(tmp_path: Path) -> None:
    noted = append(tmp_path, [COLLECTED, ISSUED, ERASED]).seal
    verify(tmp_path, anchor=noted)
    forge(tmp_path, None)
    verify(tmp_path)
    with pytest.raises(LogBroken, match="written anew since it was noted"):
        verify(tmp_path, anchor=noted)


def test_a_chain_cannot_be_written_anew_without_its_key(tmp_path: Path) -> None:
    append(tmp_path, [COLLECTED, ISSUED, ERASED], b"key")
    verify(tmp_path, b"key")
    forge(tmp_path, b"key")
    with pytest.raises(LogBroken, match="entry 1 "):
        verify(tmp_path, b"key")


@pytest.mark.parametrize(
    ("left_behind", "entries"),
    [("half of the next line", 2), ("the whole next line, its head not written", 3)],
)
def test_an_interrupted_write_is_mended_by_the_next(tmp_path: Path, left_behind: str, entries: int) -> None:
    append(tmp_path, [COLLECTED])
    head = (tmp_path / "audit" / "head.json").read_text(encoding="utf-8")
    append(tmp_path, [ISSUED])
    if left_behind.startswith("half"):
        write_lines(tmp_path, [lines_of(tmp_path)[0], lines_of(tmp_path)[1][:30]])
    (tmp_path / "audit" / "head.json").write_text(head, encoding="utf-8")
    assert append(tmp_path, [ERASED]).entries == entries
    assert verify(tmp_path).entries == entries


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("disclosure", {}, "to whom"),
        ("alteration", {}, "why"),
        ("consultation", {"why": " "}, "why"),
        ("erasure", {}, "why"),
        ("collection", {"who": ""}, "who"),
    ],
)
def test_an_entry_says_what_its_kind_must(kind: str, given: dict[str, str], said: str) -> None:
    with pytest.raises(EntryIncomplete, match=said):
        Entry(AT, Kind(kind), given.get("who", "service"), "something", why=given.get("why"))


def test_each_line_is_json_that_others_can_read(tmp_path: Path) -> None:
    append(tmp_path, [ISSUED])
    [line] = lines_of(tmp_path)
    assert json.loads(line)["entry"]["recipient"] == "Northfield partnership"
