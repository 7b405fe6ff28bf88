"""forewarn demo: a county that does not exist, two nights and lists a week apart, to see what the pipeline does."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

from rich.console import Console

from flows.cli.progress import progress_of, run_stages, tell_done
from flows.cli.summary import say, say_demo, say_weekly
from flows.home import DEMONSTRATED, DEMONSTRATION, prepare_home
from flows.run import Run, begin_run
from flows.settings import Settings
from flows.stages import NIGHTLY, WEEKLY

SEED = 1
CUT = date(2026, 9, 13)  # it and the week after lie in one month: scorers and linkage are trained at a month's first night


class NotADemonstration(Exception):
    """The folder for the demonstration holds something else."""


def run_demo(settings: Settings, people: int, years: int) -> None:
    """Makes the county under HOME/demo, which is a home of its own: a real one beside it is never touched. Raises NotADemonstration."""
    console = Console()
    settings = replace(settings, home=_empty(settings.home / "demo"))
    county, landing = (settings.home / name for name in DEMONSTRATED)
    say(console, f"A synthetic county of {people:,} people over {years} years; nobody in it exists.")
    cut = _make_county(county, people, years)
    _deliver(county.glob("*.*"), landing)
    settings = replace(settings, landing=landing)
    without_pdf = tuple(one for one in settings.formats if one != "pdf")  # nobody prints the first week's list of a demonstration
    _night_and_list(replace(settings, formats=without_pdf), cut, console)
    (week,) = (county / "weeks").iterdir()
    _deliver(week.iterdir(), landing)
    run = _night_and_list(settings, date.fromisoformat(week.name), console)
    say_demo(run, console)


def _empty(folder: Path) -> Path:
    folder = prepare_home(folder.parent) / folder.name
    if folder.exists():
        if not (folder / DEMONSTRATION).exists():
            raise NotADemonstration(
                f"{folder} is not empty and was not made by `forewarn demo`: move it away, or choose another place with --home."
            )
        shutil.rmtree(folder)
    prepare_home(folder)
    (folder / DEMONSTRATION).touch()
    return folder


def _make_county(folder: Path, people: int, years: int) -> date:
    from synth.county import make_county

    progress, began = Console(stderr=True), monotonic()
    with progress_of("make a county", "Simulates people, feuds and records", progress) as tell:
        made = make_county(folder, people, years, SEED, end=CUT, weeks=1, progress=tell)
    tell_done("make a county", {"people": made.people, **made.rows}, monotonic() - began, progress)
    return made.end


def _deliver(files: Iterable[Path], landing: Path) -> None:
    landing.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, landing)


def _night_and_list(settings: Settings, as_of: date, console: Console) -> Run:
    say(console, f"\nThe night of {as_of:%A %d %B %Y}, and the week's list")
    progress = Console(stderr=True)
    with begin_run("nightly", as_of, settings) as night:
        run_stages(NIGHTLY, night, progress)
    with begin_run("weekly", as_of, settings) as run:
        done = run_stages(WEEKLY, run, progress)
        say_weekly(run, done, console)
    return run
