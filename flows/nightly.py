"""The nightly flow: what `forewarn nightly` does, seen and scheduled by Prefect."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.clock import night_before
from flows.hooks import tell_failed
from flows.notify import Event, Kind, notify, tell_if_nothing_listed
from flows.run import Run, begin_run
from flows.settings import read_settings
from flows.stages import NIGHTLY
from flows.tasks import run_as_tasks
from warehouse.generations import published_as_of


@flow(
    name="nightly",
    description="Takes in what is new, and publishes the analysts' database.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def nightly(landing: Path | None = None, home: Path | None = None, as_of: date | None = None, relink: bool = False) -> State[None] | None:
    """Without a parameter, its setting; without an as-of date, the day before the run was due, so that a delayed run still does its own night.

    A scheduled run that comes so late that a later night is published already is skipped: it would take the newer list from everyone.
    """
    settings = read_settings(os.environ)
    settings = replace(settings, landing=landing or settings.landing, home=home or settings.home, relink=relink or settings.relink)
    with begin_run("nightly", as_of or night_before(flow_run.scheduled_start_time), settings) as run:
        later = published_as_of(run.home)
        if as_of is None and later is not None and later > run.as_of:
            return _skipped(run, later)
        done = run_as_tasks(NIGHTLY, run)
        tell_if_nothing_listed(settings, run.name, run.as_of, run.run_id, done)
    return None


def _skipped(run: Run, later: date) -> State[None]:
    """A run that did nothing and is no failure, seen as such on Prefect's page."""
    notify(run.settings, Event(Kind.nothing_published, run.name, run.as_of, run.run_id))
    return Completed(
        name="Skipped",
        message=f"the night of {later} is published already, so that of {run.as_of} was not done. To publish it all the same, give the run as_of={run.as_of}",
    )
