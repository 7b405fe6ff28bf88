"""Reviews in bulk: the list as a CSV file or workbook with empty columns to fill in, and such a file read back."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.reviews.decision import Decision, Review, ReviewRefused

if TYPE_CHECKING:
    import duckdb

SHOWN = ("lane", "rank", "pair_id", "name_a", "name_b", "score", "status", "reviewed")
TO_FILL = ("decision", "reason", "pathway", "note", "until", "by")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_LIST = """
select flag.lane, flag.rank, flag.pair_id, one.display_name, two.display_name, round(flag.score, 4), flag.status,
    coalesce(standing.decision || ' by ' || standing.made_by || ' on ' || standing.made_at::date, '')
from alerts.flag
left join people.person as one on one.person_id = flag.person_a
left join people.person as two on two.person_id = flag.person_b
left join alerts.standing_review as standing on standing.pair_id = flag.pair_id
where flag.as_of = (select max(as_of) from alerts.flag)
order by flag.lane, flag.rank
"""


class SheetUnreadable(Exception):
    """A sheet of reviews cannot be used; the message says what to mend in it."""


@dataclass(frozen=True)
class Read:
    """What a sheet says: the reviews, how many rows were left empty, and what is wrong with others, each with its line."""

    reviews: tuple[Review, ...]
    empty: int
    wrong: tuple[str, ...]


def write_sheet(con: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Writes the last list with columns to fill in, as .xlsx or .csv, readable by its owner only; returns its rows."""
    rows = con.execute(_LIST).fetchall()
    if file.suffix.lower() == ".xlsx":
        _write_workbook(file, rows)
    else:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([(*SHOWN, *TO_FILL), *([safe(value) for value in row] for row in rows)])
    return len(rows)


def _write_workbook(file: Path, rows: list[tuple[object, ...]]) -> None:
    import xlsxwriter

    file.touch(mode=0o600)
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("reviews")
        sheet.write_row(0, 0, (*SHOWN, *TO_FILL), book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.data_validation(1, len(SHOWN), max(len(rows), 1), len(SHOWN), {"validate": "list", "source": list(decisions())})
        sheet.freeze_panes(1, 0)
        sheet.autofit()


def safe(value: object) -> object:
    """A text that a spreadsheet would take for a formula, with a quote before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


def decisions() -> tuple[str, ...]:
    """What a sheet's decision column may say."""
    return tuple(one.value for one in Decision if one not in (Decision.nominate, Decision.withdraw))


def read_sheet(file: Path, find: Callable[[str], tuple[str, date | None, float | None]], now: datetime, pathways: frozenset[str]) -> Read:
    """Reads a filled-in sheet; `find` gives a pair's id, list and score. Raises SheetUnreadable when it is no such sheet."""
    rows = _rows(file)
    missing = {"pair_id", "decision", "by"} - set(rows[0] if rows else ())
    if missing:
        raise SheetUnreadable(f"{file}: column {min(missing)} is missing: fill in what `forewarn review sheet` wrote")
    reviews, empty, wrong = [], 0, []
    for line, row in enumerate(rows, start=2):
        if not row["decision"]:
            empty += 1
            continue
        try:
            reviews.append(_review(row, find, now, pathways))
        except ReviewRefused as error:
            wrong.append(f"line {line}: {error}")
    return Read(tuple(reviews), empty, tuple(wrong))


def _review(
    row: Mapping[str, str], find: Callable[[str], tuple[str, date | None, float | None]], now: datetime, pathways: frozenset[str]
) -> Review:
    if row["decision"] not in decisions():
        raise ReviewRefused(f"decision {row['decision']!r} is not known: one of {', '.join(decisions())}")
    pathway = row.get("pathway") or None
    if pathway is not None and pathway not in pathways:
        raise ReviewRefused(f"pathway {pathway!r} is not known: one of {', '.join(sorted(pathways))}")
    try:
        until = date.fromisoformat(row["until"][:10]) if row.get("until") else None
    except ValueError:
        raise ReviewRefused(f"until {row['until']!r} is no date: write it as 2026-05-31") from None
    pair_id, list_as_of, score = find(row["pair_id"])
    return Review(
        pair_id,
        Decision(row["decision"]),
        row["by"],
        now,
        reason=row.get("reason") or None,
        pathway=pathway,
        note=row.get("note") or None,
        until=until,
        list_as_of=list_as_of,
        score=score,
    )


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows as text by column, blanks around values taken away."""
    if not file.is_file():
        raise SheetUnreadable(f"{file} is not there: write one with `forewarn review sheet {file.name}`, fill it in, and give it again")
    if file.suffix.lower() == ".xlsx":
        return _workbook_rows(file)
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return [{str(name): (value or "").strip() for name, value in row.items() if name} for row in csv.DictReader(text)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetUnreadable(f"{file}: cannot be read as CSV in UTF-8 ({type(error).__name__}); save it as such, or as .xlsx") from None


def _workbook_rows(file: Path) -> list[dict[str, str]]:
    import fastexcel

    try:
        frame = fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        raise SheetUnreadable(f"{file}: is no workbook that can be read; save it as .xlsx again") from None
    return [{name: ("" if value is None else str(value)).strip() for name, value in row.items()} for row in frame.iter_rows(named=True)]
