"""forewarn weekly: the list for the tactical group, and where it is."""

from __future__ import annotations

import os
from datetime import date

from rich.console import Console

from flows.cli.progress import run_stages
from flows.cli.summary import say_weekly
from flows.notify import telling
from flows.run import begin_run
from flows.settings import Settings
from flows.stages import WEEKLY


def run_weekly(settings: Settings, as_of: date, profile: str) -> None:
    """Writes the list here, for one recipient profile, or, where PREFECT_API_URL names a server, as a Prefect flow that the server sees."""
    if os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("DO_NOT_TRACK", "1")
        from flows.weekly import weekly

        weekly(settings.home, as_of, profile)
        return
    with telling(settings, "weekly", as_of), begin_run("weekly", as_of, settings) as run:
        run.profile = profile
        done = run_stages(WEEKLY, run, Console(stderr=True))
        say_weekly(run, done, Console())
