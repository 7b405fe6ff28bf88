"""forewarn person: all that the published database tells of one person, in the terminal or as a page for a browser."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from flows.cli.options import Home
from flows.cli.pair import By, Html, Why, give
from flows.settings import read_settings_of


def person(
    person_id: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id, or the full name where only one person has it.")],
    html: Html = None,
    by: By = None,
    why: Why = None,
    home: Home = None,
) -> None:
    """Shows what is known of one person: with whom there is conflict, what passed, lists, reviews, feuds, records and links.

    \b
    forewarn person P0123456789ab --by "A. Analyst" --why "weekly review"
    forewarn person "Jade Smith" --html person.html
    """
    from flows.pages import look_at_person

    give(look_at_person(read_settings_of(os.environ, home), person_id, by=by, why=why), html)
