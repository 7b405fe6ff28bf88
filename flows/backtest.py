"""The backtest flow: what `forewarn backtest` does, started by hand and seen by Prefect."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from prefect import flow

from flows.backtest_stages import begin_backtest, stages
from flows.hooks import tell_failed
from flows.settings import read_settings
from flows.tasks import run_as_tasks


@flow(
    name="backtest",
    description="Replays past weeks as they were known then, and reports.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def backtest(first: date, last: date, landing: Path | None = None, home: Path | None = None) -> None:
    """Replays the Sundays from `first` to `last`. Without landing or home, their settings."""
    settings = read_settings(os.environ)
    settings = replace(settings, landing=landing or settings.landing, home=home or settings.home)
    with begin_backtest(first, last, settings) as run:
        run_as_tasks(stages(first), run)
