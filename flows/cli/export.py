"""forewarn export: a table or a query's answer as Parquet, CSV or XLSX, within a recipient's profile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of


def export(  # noqa: PLR0917 - an option each
    what: Annotated[str, typer.Argument(metavar="TABLE|QUERY", help="A table of the analysts' database, or one query in quotes.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", dir_okay=False, help="Where to: .parquet, .csv or .xlsx.")],
    profile: Annotated[str, typer.Option(metavar="NAME", help="For whom, by config/profiles.toml: what it does not name is not exported.")],
    why: Annotated[str, typer.Option(help="What it is for; goes to the disclosure log.")],
    by: Annotated[str | None, typer.Option(help="Who exports.  [default: the user of this machine]")] = None,
    home: Home = None,
) -> None:
    """Writes a table or a query's answer to a file for Power BI, Excel, QGIS or i2, within a recipient's profile, and logs it.

    A profile with database = true exports from all of the analysts' database; any other from flagged_pairs, flagged_people and pair_timeline as it may
    see them of the last issued list. Pupils' numbers are left out. An erasure removes exported files that are still where they were written.

    \b
    forewarn export flagged_pairs --to list.xlsx --profile council_csp --why "meeting of 3 March"
    forewarn export "select district, count(*) as pairs from flagged_pairs group by district" --to map.csv --profile analyst --why "map"
    """
    from flows.export import export as make

    made = make(read_settings_of(os.environ, home), what, to, profile, by=by, why=why)
    console = Console()
    rows, columns = (f"{n:,} {what}{'' if n == 1 else 's'}" for n, what in ((made.rows, "row"), (len(made.columns), "column")))
    say(console, f"{rows}, {columns} ({', '.join(made.columns)}): {made.file.resolve()}")
    say(console, f"OFFICIAL-SENSITIVE, for {made.recipient} only. Beside it stands what it is: {made.file.name}.about.txt")
