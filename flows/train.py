"""The monthly training flow: what `forewarn train` does, seen and scheduled by Prefect."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from prefect import flow

from flows.clock import today
from flows.hooks import tell_failed
from flows.run import begin_run
from flows.settings import read_settings_of
from flows.tasks import run_as_tasks
from flows.train_stages import TRAIN


@flow(
    name="train",
    description="Trains, judges and registers the month's models; publishes nothing.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def train(home: Path | None = None, as_of: date | None = None) -> None:
    """Without a parameter, its setting; without an as-of date, today: the models of this month, as known at the end of the last."""
    with begin_run("train", as_of or today(), read_settings_of(os.environ, home)) as run:
        run_as_tasks(TRAIN, run)
