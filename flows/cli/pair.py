"""forewarn pair: all that the published database tells of two people, in the terminal or as a page for a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of

if TYPE_CHECKING:
    from alerts.pages.page import Page

Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", dir_okay=False, help="Write it as a page for a browser, instead of showing it here."),
]
By = Annotated[
    str | None,
    typer.Option(help="Who looks, as in your reviews: they then count as made after a look.  [default: the user of this machine]"),
]
Why = Annotated[str | None, typer.Option(help="Why you look; goes to the access log.")]


def pair(
    pair_id: Annotated[str, typer.Argument(metavar="PAIR", help="The pair's id, or its place on the last list, such as conflict/3.")],
    html: Html = None,
    by: By = None,
    why: Why = None,
    home: Home = None,
) -> None:
    """Shows what is known of two people: who did what to whom, scores, reasons and what speaks against, reviews, feud, links.

    \b
    forewarn pair conflict/3 --by "A. Analyst" --why "weekly review"
    forewarn pair P0123456789ab-Pba9876543210 --html pair.html
    """
    from flows.pages import look_at_pair

    page = look_at_pair(read_settings_of(os.environ, home), pair_id, by=by, why=why)
    give(page, html)


def give(page: Page, html: Path | None) -> None:
    """Shows a page, or writes it."""
    from rich.console import Console

    from flows.cli.page_in_terminal import show
    from flows.pages import write_page

    if html is None:
        show(page, Console())
        return
    write_page(page, html)
    say(Console(), f"{page.ids}: {html.resolve()}. It names people: keep it as safe as HOME, and destroy it when it is done with.")
