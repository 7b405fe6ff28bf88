"""The log as a hash chain in HOME/audit/log.jsonl: each line seals the one before, so that a changed, lost or moved entry shows.

The seal is SHA-256, or HMAC-SHA-256 where a key is given: without the key nobody can write a chain anew that verifies. How long the chain is
and its last seal are kept beside it (head.json), so that a cut end shows too.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warehouse.audit.entry import Entry, as_text, from_parts
from warehouse.private_files import write_privately

FIRST = "0" * 64


class LogBroken(Exception):
    """The log does not verify: nothing is added to it until someone has looked."""


@dataclass(frozen=True)
class Sealed:
    """An entry at its place in the chain; `number` counts from 1."""

    number: int
    seal: str
    entry: Entry


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many entries, and the seal of the last."""

    entries: int
    seal: str


def folder_of(home: Path) -> Path:
    """Where a HOME keeps its log."""
    return home / "audit"


def append(home: Path, entries: list[Entry], key: bytes | None = None) -> Head:
    """Adds entries, on disk before it returns. Raises LogBroken if the end of the log is not what the head says."""
    folder = folder_of(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    with _locked(folder) as log:
        head = _mended_end(folder, log, key)
        log.seek(0, os.SEEK_END)
        for entry in entries:
            head = Head(head.entries + 1, _seal(head.seal, head.entries + 1, as_text(entry), key))
            log.write(_line(head, entry).encode())
        log.flush()
        os.fsync(log.fileno())
        _keep(folder, head)
    return head


def read(home: Path, key: bytes | None = None) -> Iterator[Sealed]:
    """Every entry in order, each verified against the one before and the whole against the head. Raises LogBroken, which says where."""
    folder = folder_of(home)
    head = _head(folder)
    if not (folder / "log.jsonl").exists():
        if head.entries:
            raise LogBroken(f"{folder / 'log.jsonl'} is missing, though {head.entries} entries were written: restore it from a backup")
        return
    before, number = FIRST, 0
    with (folder / "log.jsonl").open("rb") as log:
        for number, line in enumerate(log, start=1):
            sealed = _opened(line.decode(errors="replace"), number, before, key)
            before = sealed.seal
            yield sealed
    if number < head.entries or (number == head.entries and before != head.seal):
        raise LogBroken(f"the log ends at entry {number}, its head says {head.entries}: entries were cut off or replaced at the end")


def verify(home: Path, key: bytes | None = None, anchor: str | None = None) -> Head:
    """Reads the whole chain and gives its end; `anchor` is a seal noted elsewhere that must be in it. Raises LogBroken."""
    head, is_anchored = Head(0, FIRST), anchor is None
    for sealed in read(home, key):
        head = Head(sealed.number, sealed.seal)
        is_anchored = is_anchored or sealed.seal == anchor
    if not is_anchored:
        raise LogBroken("the seal noted elsewhere is not in the log: the log was written anew since it was noted")
    return head


@contextmanager
def _locked(folder: Path) -> Iterator[BinaryIO]:
    with os.fdopen(os.open(folder / "log.jsonl", os.O_RDWR | os.O_CREAT, 0o600), "r+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        yield log


def _seal(before: str, number: int, text: str, key: bytes | None) -> str:
    sealed = f"{before}\n{number}\n{text}".encode()
    return hmac.new(key, sealed, hashlib.sha256).hexdigest() if key else hashlib.sha256(sealed).hexdigest()


def _line(head: Head, entry: Entry) -> str:
    return f'{{"number": {head.entries}, "seal": "{head.seal}", "entry": {as_text(entry)}}}\n'


def _opened(line: str, number: int, before: str, key: bytes | None) -> Sealed:
    try:
        parts = json.loads(line)
        entry = from_parts(parts["entry"])
        is_whole = line.endswith("\n") and parts["number"] == number
        is_sealed = hmac.compare_digest(parts["seal"], _seal(before, number, as_text(entry), key))
    except (ValueError, KeyError, TypeError):
        raise LogBroken(f"entry {number} of the log cannot be read: it was changed, or a write was cut short") from None
    if not (is_whole and is_sealed):
        raise LogBroken(f"entry {number} of the log does not fit the one before: it was changed, moved or sealed with another key")
    return Sealed(number, parts["seal"], entry)


def _head(folder: Path) -> Head:
    try:
        kept = json.loads((folder / "head.json").read_text(encoding="utf-8"))
        return Head(int(kept["entries"]), str(kept["seal"]))
    except FileNotFoundError:
        return Head(0, FIRST)
    except (ValueError, KeyError, TypeError):
        raise LogBroken(f"{folder / 'head.json'} cannot be read: restore it from a backup") from None


def _keep(folder: Path, head: Head) -> None:
    write_privately(folder / "head.json", json.dumps({"entries": head.entries, "seal": head.seal}))


def _mended_end(folder: Path, log: BinaryIO, key: bytes | None) -> Head:
    """The head, after what an interrupted write left behind it was taken in (whole, sealed lines) or cut off (half a line)."""
    head = _head(folder)
    lines = log.readlines()
    if len(lines) < head.entries:
        raise LogBroken(f"the log has {len(lines)} entries, its head says {head.entries}: restore it from a backup, then verify it")
    if head.entries and f'"seal": "{head.seal}"'.encode() not in lines[head.entries - 1]:
        raise LogBroken(f"entry {head.entries} of the log is not the one that the head sealed: restore it from a backup, then verify it")
    length = sum(map(len, lines[: head.entries]))
    for line in lines[head.entries :]:
        if not line.endswith(b"\n"):
            break
        head = Head(head.entries + 1, _opened(line.decode(errors="replace"), head.entries + 1, head.seal, key).seal)
        length += len(line)
    log.truncate(length)
    return head
