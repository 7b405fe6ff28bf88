"""forewarn deliveries: a table of what was expected and what came, and what waits."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from flows.cli.summary import say
from flows.clock import today
from flows.deliveries import standing
from flows.settings import Settings

HEADINGS = ("extract", "last cut", "days", "due every", "rows", "usual", "state")


def say_deliveries(settings: Settings) -> None:
    """One line an extract, then a sentence for each that is not as expected, then the files that wait."""
    console = Console()
    found = standing(settings.home, settings.landing if settings.landing and settings.landing.is_dir() else None)
    if found.as_of is None:
        say(console, "Nothing has been published yet that says how deliveries stand: run forewarn nightly.")
    else:
        say(console, f"As of {found.as_of}, {(today() - found.as_of).days} days ago ({settings.home / 'forewarn.duckdb'})\n")
        _say_table(console, [HEADINGS, *map(_cells, found.rows)])
        for row in found.rows:
            for said in row["said"]:
                say(console, f"! {said}{' No weekly list is made.' if row['stops_list'] else ''}")
    if settings.landing is not None:
        say(console, f"\nFiles in {settings.landing} that no published night has read: {len(found.unread)}")
        for name in found.unread:
            say(console, f"  {name}")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    state = ", ".join(row["states"]) or "as expected"
    numbers = [
        "–" if value is None else f"{value:,}" for value in (row["days_since"], row["every_days"], row["rows_read"], row["usual_rows"])
    ]
    return row["source"], str(row["last_extract_on"] or "–"), *numbers, state


def _say_table(console: Console, rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if 1 < place < 6 else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say(console, "  ".join(cells).rstrip())
