"""The retention flow: what `forewarn retention run` does, seen and scheduled by Prefect."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.clock import today
from flows.hooks import tell_failed
from flows.retaining import begun, erase_due
from flows.settings import read_settings


@flow(
    name="retention",
    description="Erases what is due by its review date and not held, with all that was made of it, and proves it.",
    persist_result=False,
    retries=0,
    on_failure=[tell_failed],
    on_crashed=[tell_failed],
)
def retention(home: Path | None = None, as_of: date | None = None) -> None:
    """Without a parameter, its setting; without a date, today."""
    settings = read_settings(os.environ)
    with begun(replace(settings, home=home or settings.home)) as run:
        done = erase_due(run, as_of or today())
    counts = [{"what": what, "count": sum(getattr(one, what) for one in done)} for what in ("records", "persons")]
    create_table_artifact(key="retention-counts", table=counts, description="What was erased by its review date")
