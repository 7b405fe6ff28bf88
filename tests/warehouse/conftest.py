"""A landing folder and a warehouse: deliveries drawn as tables go in, tables drawn from the warehouse come out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_warehouse
from warehouse.contracts import EXTRACT_BY_NAME, Extract
from warehouse.sources.delivery import Intake, take_in
from warehouse.sources.mapping import Mapping
from warehouse.timegate import open_gate
from warehouse.versions import settle_versions

NOW = datetime(2026, 3, 1, 2, 30)

# What a required column holds where a drawing leaves it out.
PLAIN = {
    "incident_id": "I1",
    "party_no": "1",
    "report_id": "R1",
    "subject_no": "1",
    "upn": "A123",
    "school_urn": "136000",
    "recorded_at": "2026-01-01T09:00:00",
    "occurred_from": "2026-01-01T08:00:00",
    "start_date": "2026-01-01",
    "date_of_birth": "2010-05-04",
    "offence_code": "8N",
    "domestic": "N",
    "district": "E07000219",
    "role": "SUSPECT",
    "source_evaluation": "2",
    "intelligence_assessment": "B",
    "handling_code": "P",
    "text": "seen on the green",
    "surname": "Ash",
    "forename": "Robin",
    "sex": "M",
    "category": "SUSP",
    "reason_1": "PP",
}


def read_drawing(drawn: str) -> list[dict[str, str]]:
    """The rows of a table drawn with | between its columns."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def full_rows(extract: Extract, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows with every column of their extract: the required ones filled in, the others blank."""
    return [{column.name: PLAIN.get(column.name, "") if column.required else "" for column in extract.columns} | row for row in rows]


def as_csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@dataclass
class Landing:
    """A landing folder and the warehouse that takes it in."""

    folder: Path
    con: duckdb.DuckDBPyConnection
    mapping: Mapping = field(default_factory=Mapping)

    def put(self, file: str, content: str | bytes) -> None:
        """A file as it is."""
        (self.folder / file).write_bytes(content.encode() if isinstance(content, str) else content)

    def draw(self, file: str, drawn: str) -> None:
        """A CSV file of the rows drawn, its other required columns filled in."""
        self.put(file, as_csv(full_rows(EXTRACT_BY_NAME[file[:-15]], read_drawing(drawn))))

    def take_in(self) -> Intake:
        return take_in(self.con, self.folder, self.mapping, NOW)

    def settle(self, as_of: date | None = None) -> None:
        """Takes in what is new and settles versions, and opens the gate as of a date."""
        self.take_in()
        settle_versions(self.con)
        if as_of is not None:
            open_gate(self.con, as_of)

    def drawn(self, query: str) -> str:
        """The rows of a query, a line each, - for NULL, midnight left out."""
        rows = self.con.execute(query).fetchall()
        return "\n".join(" | ".join(_drawn(cell) for cell in row) for row in rows)


def _drawn(cell: object) -> str:
    return "-" if cell is None else str(cell).removesuffix(" 00:00:00")


@pytest.fixture
def landing(tmp_path: Path) -> Iterator[Landing]:
    """An empty landing folder before an empty warehouse."""
    folder = tmp_path / "landing"
    folder.mkdir()
    con = open_warehouse(tmp_path / "home")
    yield Landing(folder, con)
    con.close()
