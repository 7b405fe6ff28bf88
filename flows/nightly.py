"""The nightly flow: what `forewarn nightly` does, seen and scheduled by Prefect."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.clock import night_before
from flows.hooks import tell_failed
from flows.notify import tell_if_nothing_listed
from flows.run import begin_run
from flows.settings import read_settings
from flows.stages import NIGHTLY
from flows.tasks import run_as_tasks


@flow(
    name="nightly",
    description="Takes in what is new, and publishes the analysts' database.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def nightly(landing: Path | None = None, home: Path | None = None, as_of: date | None = None) -> None:
    """Without a parameter, its setting; without an as-of date, the day before the run was due, so that a delayed run still does its own night."""
    settings = read_settings(os.environ)
    settings = replace(settings, landing=landing or settings.landing, home=home or settings.home)
    with begin_run("nightly", as_of or night_before(flow_run.scheduled_start_time), settings) as run:
        done = run_as_tasks(NIGHTLY, run)
        tell_if_nothing_listed(settings, run.name, run.as_of, run.run_id, done)
