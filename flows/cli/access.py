"""forewarn access: everything held on one person, with why, for that person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of


def access(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id, as in analyst.people.")],
    by: Annotated[str, typer.Option(help="Who answers the request.")],
    why: Annotated[str, typer.Option(help="The request's number.")],
    out: Annotated[
        Path, typer.Option(metavar="DIR|FILE", help="A folder, or a file's name: a page to read, and the same as JSON beside it.")
    ],
    home: Home = None,
) -> None:
    """Writes everything held on one person, and why, for that person: others' names taken out, protected reports withheld; and logs it.

    \b
    forewarn access P0123456789ab --by "D. Officer" --why "request 12" --out answers
    """
    from flows.subject_access import give_access

    written = give_access(read_settings_of(os.environ, home), person, by=by, why=why, out=out)
    console = Console()
    say(console, f"{written.rows} entries: {written.page}")
    say(console, f"The same as data: {written.data}")
    say(
        console,
        "Read it before you hand it over: a text can point to somebody without a name, and a record can be linked to the wrong person.",
    )
