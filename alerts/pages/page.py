"""A page as plain text in sections of rows, which the terminal and a browser show alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alerts.render.content import EventLine
from alerts.render.wording import percent

Rows = tuple[tuple[str, ...], ...]


class NotThere(Exception):
    """The published database has no such pair or person; the message says where to look."""


def share(probability: float | None) -> str:
    """A probability as a percentage that never reads as none or as certain; empty when there is none."""
    if probability is None:
        return ""
    return "under 0.1%" if probability < 0.001 else "over 99%" if probability > 0.99 else percent(probability)


@dataclass(frozen=True)
class Section:
    """Rows of one kind under a title; `said` is what they are, `empty` what no row means."""

    title: str
    said: str
    columns: tuple[str, ...]
    rows: Rows
    empty: str = "Nothing."


@dataclass(frozen=True)
class Side:
    """One of the two people whose events are drawn."""

    name: str


@dataclass(frozen=True)
class Drawn:
    """What the drawing of the last 12 months needs."""

    person_a: Side
    person_b: Side
    events: tuple[EventLine, ...]


@dataclass(frozen=True)
class Page:
    """A page: its title, the ids that it is about, lines to read first, and sections; `shown` are all ids on it, for the access log."""

    title: str
    ids: str
    as_of: date
    run_id: str
    lines: tuple[str, ...]
    heed: tuple[str, ...]
    sections: tuple[Section, ...]
    shown: frozenset[str]
    drawn: Drawn | None = None
