"""The weekly flow: what `forewarn weekly` does, seen and scheduled by Prefect."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from prefect import flow

from flows.clock import today
from flows.hooks import tell_failed
from flows.run import begin_run
from flows.settings import read_settings
from flows.stages import WEEKLY
from flows.tasks import run_as_tasks


@flow(
    name="weekly",
    description="Writes the tactical group's list from the published database.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def weekly(home: Path | None = None, as_of: date | None = None, profile: str = "tactical_group") -> None:
    """Without a parameter, its setting; without an as-of date, today: the newest published list, or none when that is stale."""
    settings = read_settings(os.environ)
    with begin_run("weekly", as_of or today(), replace(settings, home=home or settings.home)) as run:
        run.profile = profile
        run_as_tasks(WEEKLY, run)
