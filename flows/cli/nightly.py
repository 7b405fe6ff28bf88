"""forewarn nightly: the stages in order, with progress, and what happened in a few lines."""

from __future__ import annotations

import os
from datetime import date

from rich.console import Console

from flows.cli.progress import run_stages
from flows.cli.summary import say_nightly
from flows.notify import tell_if_nothing_listed, telling
from flows.run import begin_run
from flows.settings import Settings
from flows.stages import NIGHTLY


def run_nightly(settings: Settings, as_of: date) -> None:
    """Runs the night here, or, where PREFECT_API_URL names a server, as a Prefect flow that the server sees."""
    if os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("DO_NOT_TRACK", "1")
        from flows.nightly import nightly

        nightly(settings.landing, settings.home, as_of, settings.relink)
        return
    from warehouse.generations import published_as_of

    with telling(settings, "nightly", as_of), begin_run("nightly", as_of, settings) as run:
        later = published_as_of(run.home)
        done = run_stages(NIGHTLY, run, Console(stderr=True))
        if later is not None and later > run.as_of:
            run.notices.append(
                f"the later night of {later} was published before, and readers now see {run.as_of}: forewarn rollback brings it back"
            )
        tell_if_nothing_listed(settings, run.name, run.as_of, run.run_id, done)
        say_nightly(run, done, Console())
