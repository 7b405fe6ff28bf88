"""One entry of the access and disclosure log: who did what, when, to whom, and why; never the content itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The six kinds of processing that the Data Protection Act 2018 s.62 asks to be logged."""

    collection = "collection"
    alteration = "alteration"
    consultation = "consultation"
    disclosure = "disclosure"
    combination = "combination"
    erasure = "erasure"


class EntryIncomplete(ValueError):
    """An entry lacks what its kind must say."""


REASON_NEEDED = (Kind.alteration, Kind.consultation, Kind.erasure)
"""A system that takes in and combines on schedule has its reason in its purpose; a person who looks or changes must say why."""


@dataclass(frozen=True)
class Entry:
    """`what` in words and counts; `subjects` are ids (of persons, pairs, records, files), never names; `recipient` of a disclosure.

    Raises EntryIncomplete.
    """

    at: datetime
    kind: Kind
    who: str
    what: str
    subjects: tuple[str, ...] = field(default=())
    recipient: str | None = None
    why: str | None = None

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise EntryIncomplete(f"an entry of {self.kind} must say who: give a name")
        if self.kind is Kind.disclosure and not (self.recipient or "").strip():
            raise EntryIncomplete("a disclosure must say to whom: give a recipient")
        if self.kind in REASON_NEEDED and not (self.why or "").strip():
            raise EntryIncomplete(f"an entry of {self.kind} must say why: give a reason")


def as_text(entry: Entry) -> str:
    """The entry as one line of JSON with its keys in order: what is hashed and kept."""
    return json.dumps(asdict(entry) | {"at": entry.at.isoformat(timespec="seconds")}, sort_keys=True, ensure_ascii=False)


def from_parts(parts: dict[str, Any]) -> Entry:
    """The entry of a kept line. Raises KeyError, ValueError where the line is none."""
    return Entry(
        datetime.fromisoformat(parts["at"]),
        Kind(parts["kind"]),
        str(parts["who"]),
        str(parts["what"]),
        tuple(parts["subjects"]),
        parts["recipient"],
        parts["why"],
    )
