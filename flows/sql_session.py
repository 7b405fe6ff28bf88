"""A session on the published database that can read that one file and nothing else: for analysts, and for whoever checks a figure."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import duckdb

from alerts.marking import harmless
from flows.auditing import log
from flows.databases import published_open
from flows.settings import Settings
from warehouse.audit.entry import Kind

NO_REASON = "not said"
SHOWN, WIDEST = 200, 60
"""Rows and characters of a cell that a table shows; CSV and JSON give all."""
_IDS = re.compile(r"P[0-9a-f]{12}(?:-P[0-9a-f]{12})?")


class Form(StrEnum):
    """How a result is written."""

    table = "table"
    csv = "csv"
    json = "json"


class NotAnswered(Exception):
    """A query could not be answered."""


@dataclass(frozen=True)
class Answer:
    """A query's columns and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Session:
    """An open session; all its queries see one night, whatever is published meanwhile."""

    con: duckdb.DuckDBPyConnection
    run_id: str
    as_of: str
    settings: Settings
    why: str
    by: str | None = None

    def ask(self, query: str) -> Answer:
        """The answer to a query, once it is logged that it was looked at and which people and pairs it shows. Raises NotAnswered."""
        try:
            found = self.con.execute(query)
            answer = Answer(tuple(name for name, *_ in found.description or ()), tuple(found.fetchall()))
        except duckdb.Error as error:
            raise NotAnswered(f"{error}") from error
        seen = sorted(ids_in(self.con, (str(cell) for row in answer.rows for cell in row)))
        log(self.settings, Kind.consultation, f"{len(answer.rows)} rows by SQL from run {self.run_id}", seen, who=self.by, why=self.why)
        return answer


def ids_in(con: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> set[str]:
    """The ids of persons and pairs in some texts; a pupil's number can look like a person's id, and stands in no log."""
    found = {match for text in texts for match in _IDS.findall(text)}
    doubtful = sorted(one for one in found if one[1:].isdecimal())
    people = con.execute("select person_id from analyst.people where person_id in (select unnest($1::varchar[]))", [doubtful]).fetchall()
    return found - (set(doubtful) - {person for (person,) in people}) if doubtful else found


def open_session(settings: Settings, why: str | None, by: str | None = None) -> Session:
    """A session on the published database, for queries that are logged; `by` is the user of this machine unless told."""
    con = published_open(settings)
    con.execute("use analyst")
    [(run_id, as_of)] = con.execute("select run_id, as_of from run").fetchall()
    return Session(con, str(run_id), str(as_of), settings, why or NO_REASON, by)


def written(answer: Answer, form: Form) -> str:
    """An answer as text. In CSV, a text that a spreadsheet would take for a formula begins with an apostrophe."""
    if form is Form.csv:
        return _csv(answer)
    if form is Form.json:
        return (
            json.dumps([dict(zip(answer.columns, row, strict=True)) for row in answer.rows], default=str, ensure_ascii=False, indent=1)
            + "\n"
        )
    return _table(answer)


def _csv(answer: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_harmless(name) for name in answer.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in answer.rows)
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, bool | int | float) else harmless(str(cell))


def _table(answer: Answer) -> str:
    shown = [answer.columns, *([_cell(cell) for cell in row] for row in answer.rows[:SHOWN])]
    widths = [max(len(row[place]) for row in shown) for place in range(len(answer.columns))]
    lines = [_line(row, widths) for row in shown]
    lines.insert(1, "  ".join("-" * width for width in widths))
    more = len(answer.rows) - SHOWN
    return (
        "\n".join(
            [*lines, f"({len(answer.rows)} row{'' if len(answer.rows) == 1 else 's'}{f', the first {SHOWN} shown' if more > 0 else ''})"]
        )
        + "\n"
    )


def _line(row: Sequence[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(cell: Any) -> str:
    # a control character in a text must not reach the terminal
    text = "" if cell is None else "".join(one if one.isprintable() else " " for one in str(cell))
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
