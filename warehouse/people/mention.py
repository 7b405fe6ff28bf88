"""A person named in a text, and what a record calls a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.people.said_in_text import Said

if TYPE_CHECKING:
    from warehouse.people.written_names import WrittenName


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record's name as cleaned, and what other records call the same person: what a text may call them."""

    record_id: str
    forename: str | None
    given_names: tuple[str, ...]
    surname: str | None
    surname_parts: tuple[str, ...]
    street_name: str | None
    street_names: tuple[str, ...] = ()
    other_given_names: tuple[str, ...] = ()
    other_surname_parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Mention:
    """A person named in a text. `subject` is the listed subject that the text means, or None; then `number` counts from 1 in text order."""

    report_id: str
    spans: list[tuple[int, int]]
    name: WrittenName
    subject: str | None = None
    number: int | None = None
    said: Said = field(default_factory=Said)

    @property
    def record_id(self) -> str:
        """`report_id/subject_no` of a listed subject, else `report_id/n`."""
        return self.subject or f"{self.report_id}/{self.number}"
