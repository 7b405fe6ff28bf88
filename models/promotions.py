"""Which model is in use, by whose decision: a ledger in HOME/models/promotions.jsonl to which lines are only ever added.

Each line seals the one before, so that a changed or lost line shows. A line that a killed run left half-written is dropped.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

LEDGER = "promotions.jsonl"
FIRST = "0" * 64
THE_GATE = "the gate"


class LedgerBroken(Exception):
    """The ledger does not verify: nobody can say from it which model is in use."""


class NothingBefore(Exception):
    """There is no model to go back to, or no person's choice to release."""


class Action(StrEnum):
    """What was decided: `by_rule` by the gate in a monthly training, the others by a person."""

    by_rule = "by_rule"
    promoted = "promoted"
    back = "back"
    released = "released"


@dataclass(frozen=True)
class Entry:
    """A decision: from `at` on, `model` makes the lane's scores in place of `before`."""

    at: datetime
    lane: str
    action: Action
    model: str
    before: str | None
    by: str
    why: str


def decide(models: Path, entry: Entry) -> None:
    """Adds a decision, on disk before it returns. Raises LedgerBroken."""
    models.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = _lines(models)
    _verified(models, lines)
    text = json.dumps({"seal": _seal(lines), **asdict(entry), "at": entry.at.isoformat(timespec="seconds")}, ensure_ascii=False)
    file = os.open(models / LEDGER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(file, sum(len(line.encode()) + 1 for line in lines))
        os.lseek(file, 0, os.SEEK_END)
        os.write(file, f"{text}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def read(models: Path) -> list[Entry]:
    """Every decision, oldest first. Raises LedgerBroken, which says at which line."""
    return _verified(models, _lines(models))


def in_use(ledger: list[Entry], lane: str) -> str | None:
    """The model that the last decision put in use."""
    stack = line_of(ledger, lane)
    return stack[-1] if stack else None


def line_of(ledger: list[Entry], lane: str) -> list[str]:
    """The models in use one after the other, the one in use last; going back takes the last one off."""
    stack: list[str] = []
    for entry in _of(ledger, lane):
        if entry.action is Action.back:
            stack = stack[:-1]
        elif entry.action is not Action.released:
            stack.append(entry.model)
    return stack


def chosen_by(ledger: list[Entry], lane: str) -> Entry | None:
    """A person's decision that stands: it beats the rule until it is released."""
    entries = [entry for entry in _of(ledger, lane) if entry.action is not Action.by_rule]
    return entries[-1] if entries and entries[-1].action is not Action.released else None


def state_of(ledger: list[Entry], lane: str, model: str) -> str:
    """candidate, in use, or retired."""
    if in_use(ledger, lane) == model:
        return "in use"
    return "retired" if any(entry.model == model for entry in _of(ledger, lane)) else "candidate"


def before_that(ledger: list[Entry], lane: str) -> str:
    """The model in use before the one that is. Raises NothingBefore."""
    stack = line_of(ledger, lane)
    if len(stack) < 2:
        raise NothingBefore(f"lane {lane} has no model before the one in use to go back to: `forewarn models list` shows what there is")
    return stack[-2]


def _of(ledger: list[Entry], lane: str) -> list[Entry]:
    return [entry for entry in ledger if entry.lane == lane]


def _lines(models: Path) -> list[str]:
    file = models / LEDGER
    return file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []


def _seal(lines: list[str]) -> str:
    return hashlib.sha256(lines[-1].encode()).hexdigest() if lines else FIRST


def _verified(models: Path, lines: list[str]) -> list[Entry]:
    entries = []
    for n, line in enumerate(lines):
        try:
            said = json.loads(line)
            sealed = said.pop("seal") == _seal(lines[:n])
            entry = Entry(**{**said, "at": datetime.fromisoformat(said["at"]), "action": Action(said["action"])})
        except (ValueError, KeyError, TypeError):
            sealed, entry = False, None
        if not sealed or entry is None:
            raise LedgerBroken(f"{models / LEDGER}, line {n + 1}: it or the line before was changed. Restore the file from a backup")
        entries.append(entry)
    return entries
