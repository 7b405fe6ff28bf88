"""What every command of retention, and its flow, begins with: the lock, the night that stands, the review dates; and erasing what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from flows.erasure import Erasure, Order, erase_everywhere, finish, is_pending, pending_as_of
from flows.run import Run, begin_run
from flows.settings import Settings
from warehouse.connection import FILE
from warehouse.retention.schedule import read_schedule, set_review_dates
from warehouse.retention.targets import due

REVIEW = "review date come, by the retention schedule"


class NothingHeld(Exception):
    """There is no warehouse here to look into."""


@contextmanager
def begun(settings: Settings, as_of: date | None = None) -> Iterator[Run]:
    """A run of retention: as of the last published night, with the lock of runs. Raises NothingHeld, RunInProgress."""
    if not (settings.home / FILE).exists():
        raise NothingHeld(f"{settings.home} has no warehouse yet: run `forewarn nightly` first, or name another folder with --home")
    with begin_run("retention", as_of or date.min, settings) as run:
        run.as_of = (
            pending_as_of(run.home) if is_pending(run.home) else run.warehouse().execute("select as_of from known.as_of").fetchall()[0][0]
        )
        yield run


def set_dates(run: Run) -> int:
    """Writes every record's review date by the schedule; returns how many records no rule fits."""
    assert run.settings.retention is not None, "config/retention.toml is the default"
    return set_review_dates(run.warehouse(), read_schedule(run.settings.retention))


def erase_due(run: Run, day: date, tell: Callable[[str], None] = lambda _said: None) -> list[Erasure]:
    """Finishes an erasure that was cut off, then erases what is due on a day and not held. Raises ErasureNotProven."""
    done = [finish(run, tell)] if is_pending(run.home) else []
    set_dates(run)
    found = due(run.warehouse(), day)
    return [*done, erase_everywhere(run, found, Order("retention", REVIEW), tell)] if found.records else done
