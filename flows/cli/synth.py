"""forewarn synth: a synthetic county's files."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console


def make(folder: Path, people: int, years: int, seed: int) -> None:
    """Writes the extracts and the truth, and says where they are."""
    from synth.county import make_county

    make_county(folder, people, years, seed)
    console = Console()
    console.print(f"Extracts and truth of a synthetic county: {folder.resolve()}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Try: forewarn nightly --landing {folder.resolve()}", markup=False, highlight=False, soft_wrap=True)
