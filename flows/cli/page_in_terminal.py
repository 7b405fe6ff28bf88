"""A page in the terminal: sections as tables where they fit, else as entries of a few lines."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from alerts.english import long_date
from alerts.marking import MARKING
from alerts.pages.html import HANDLING
from alerts.pages.page import Page, Section

APART = " · "


def show(page: Page, console: Console) -> None:
    """Prints a page; nothing in it is taken for markup, and no control character reaches the terminal."""
    _say(console, f"{MARKING}  {HANDLING}", "bold reverse")
    _say(console, f"\n{page.title}", "bold")
    _say(console, f"{page.ids}, as of {long_date(page.as_of)} (run {page.run_id})", "dim")
    for line in page.lines:
        _say(console, line)
    for line in page.heed:
        _say(console, f"! {line}", "bold")
    for section in page.sections:
        _section(section, console)


def _section(section: Section, console: Console) -> None:
    _say(console, f"\n{section.title}", "bold underline")
    if not section.rows:
        _say(console, section.empty)
        return
    if section.said:
        _say(console, section.said, "dim")
    if _width(section) <= console.width:
        console.print(_table(section))
    else:
        _entries(section, console)


def _table(section: Section) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in section.columns:
        table.add_column(Text(column), overflow="fold")
    for row in section.rows:
        table.add_row(*(Text(_clean(cell)) for cell in row))
    return table


def _entries(section: Section, console: Console) -> None:
    """Each row as a line, and its longest cell, where there is a long one, on a line of its own."""
    _say(console, APART.join(filter(None, section.columns)), "dim italic")
    for row in section.rows:
        longest = max(row[1:], key=len)
        apart = longest if len(longest) > console.width // 2 else ""
        _say(console, APART.join(cell for cell in row if cell and cell is not apart), "bold" if apart else "")
        if apart:
            console.print(Text(f"    {_clean(apart)}"))


def _width(section: Section) -> int:
    cells = [section.columns, *section.rows]
    return sum(max(len(row[place]) for row in cells) + 2 for place in range(len(section.columns)))


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(Text("\n".join(map(_clean, text.split("\n"))), style=style))


def _clean(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
