"""An export for the person whom it is about: sections of rows, each section with what it is and why it is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alerts.marking import MARKING, harmless

WITHHELD = (
    "Some of what is held may be withheld here, as the law allows (Data Protection Act 2018 s.45(4)); this sentence stands in every such export, whether "
    "or not anything was withheld, and nothing is to be read from it. Names of other people were replaced, as were ways to reach them. "
    "Rows that could not be read are kept as they came, apart, and are not searched for this."
)
RIGHTS = (
    "If something here is wrong, ask for it to be corrected or erased. You may complain to the Information Commissioner. "
    "Nothing is decided about anyone by this system alone: it points people to records, and people decide."
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """Rows of one kind; `said` is what they are and why they are held."""

    title: str
    said: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Export:
    """All sections, for one person, as held on the last night; `as_of` is that night's date."""

    person_id: str
    as_of: date
    made_on: date
    sections: tuple[Section, ...]

    def as_plain(self) -> dict[str, Any]:
        """The export as plain values, every text safe to open in a spreadsheet."""
        return {
            "marking": MARKING,
            "person_id": self.person_id,
            "as_of": self.as_of.isoformat(),
            "made_on": self.made_on.isoformat(),
            "withheld": WITHHELD,
            "rights": RIGHTS,
            "sections": [
                {
                    "title": one.title,
                    "why": one.said,
                    "rows": [{harmless(name): _plain(value) for name, value in row.items()} for row in one.rows],
                }
                for one in self.sections
            ],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return harmless(value) if isinstance(value, str) else value
