"""The options that many commands have, each worded once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

Home = Annotated[Path | None, typer.Option(help="Where the pipeline keeps its state.  [default: FOREWARN_HOME or ./var]", file_okay=False)]
Landing = Annotated[
    Path | None, typer.Option(exists=True, file_okay=False, help="The folder that agencies drop files into.  [default: FOREWARN_LANDING]")
]


def a_day(said: str, *names: str) -> Any:
    """An option that takes a date."""
    return typer.Option(*names, parser=date.fromisoformat, metavar="YYYY-MM-DD", help=said)
