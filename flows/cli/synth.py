"""forewarn synth: a synthetic county's files."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from flows.cli.progress import progress_of
from flows.cli.summary import say


def make(folder: Path, people: int, years: int, seed: int, *, weeks: int, world: str) -> None:
    """Writes the extracts, weekly deliveries after them, and the truth, and says where they are."""
    from synth.county import make_county

    with progress_of("make a county", "Simulates people, feuds and records", Console(stderr=True)) as tell:
        made = make_county(folder, people, years, seed, weeks=weeks, world=world, progress=tell)
    console = Console()
    say(console, f"Extracts of a synthetic county, cut on {made.end}: {folder.resolve()}")
    for extract, rows in made.rows.items():
        say(console, f"  {extract:<22}{rows:>10,} rows")
    if weeks:
        say(console, f"Deliveries of {weeks} weeks after that: {folder.resolve() / 'weeks'}")
    say(console, f"The truth about it: {folder.resolve() / 'truth'}")
    say(console, f"Take it in: forewarn nightly --landing {folder.resolve()} --as-of {made.end}")
