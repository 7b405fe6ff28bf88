"""The published databases that are kept, and which of them the analysts' name points to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

PUBLISHED = "forewarn.duckdb"
FOLDER = "published"
LOCKED: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false", "lock_configuration": "true"}
"""For a read-only session that can read one file and nothing else."""


class NoSuchGeneration(Exception):
    """There is no kept database to go back to, or none of the name given."""


@dataclass(frozen=True)
class Generation:
    """A published database that is kept: the run that made it, as of when, and when it was published."""

    run_id: str
    path: Path
    as_of: date
    published_at: datetime
    is_published: bool


def generations(home: Path) -> list[Generation]:
    """The kept databases that open, newest run first."""
    current = published_file(home)
    files = sorted((home / FOLDER).glob("forewarn-*.duckdb"), reverse=True)
    return [found for file in files if (found := _generation(file, current)) is not None]


def published_file(home: Path) -> Path | None:
    """The file that HOME/forewarn.duckdb points to; None when there is none."""
    link = home / PUBLISHED
    return link.resolve() if link.exists() else None


def published_as_of(home: Path) -> date | None:
    """The day that the published database covers; None when there is none that opens."""
    current = published_file(home)
    found = _generation(current, current) if current is not None else None
    return found.as_of if found is not None else None


def point_to(home: Path, target: Path) -> None:
    """Re-points the published name in one step, so that a reader sees the old file or the new one, never none."""
    link = home / PUBLISHED
    fresh = link.with_suffix(".link")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.relative_to(home))
    fresh.replace(link)


def roll_back(home: Path, run_id: str | None = None) -> Generation:
    """Publishes a kept database again: that of a run, or the newest one older than what is published. Raises NoSuchGeneration."""
    kept = generations(home)
    chosen = _chosen(home, kept, run_id)
    point_to(home, chosen.path)
    return chosen


def _chosen(home: Path, kept: list[Generation], run_id: str | None) -> Generation:
    others = [one for one in kept if not one.is_published]
    said = ", ".join(f"{one.run_id} (as of {one.as_of})" for one in others)
    if run_id is not None:
        found = next((one for one in kept if one.run_id == run_id), None)
        if found is None:
            raise NoSuchGeneration(f"{home / FOLDER} keeps no run {run_id}; " + (f"it keeps {said}" if said else "it keeps no other"))
        return found
    current = next((one.run_id for one in kept if one.is_published), None)
    earlier = [one for one in others if current is None or one.run_id < current]
    if not earlier:
        later = f". Kept are {said}: name one with --to" if said else ""
        raise NoSuchGeneration(f"{home / FOLDER} keeps nothing older than what is published, so nothing was changed{later}")
    return earlier[0]


def _generation(file: Path, current: Path | None) -> Generation | None:
    try:
        with duckdb.connect(str(file), read_only=True, config=LOCKED) as con:
            ((run_id, as_of, published_at),) = con.execute("select run_id, as_of, published_at from analyst.run").fetchall()
    except (duckdb.Error, ValueError):
        return None  # damaged, or no database of ours: nothing to go back to
    return Generation(str(run_id), file, as_of, published_at, current is not None and file.resolve() == current)
