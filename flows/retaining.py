"""What every command of retention, and its flow, begins with: the lock, the night that stands, the review dates; and erasing what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from alerts.issued_erasure import forget_lists
from flows.auditing import log
from flows.databases import refuse_without_warehouse
from flows.erasure import Erasure, Order, erase_everywhere, finish, is_pending, pending_as_of, years_before
from flows.run import Run, begin_run
from flows.settings import Settings
from warehouse.audit.entry import Kind
from warehouse.retention.schedule import read_schedule, set_review_dates
from warehouse.retention.targets import due

REVIEW = "review date come, by the retention schedule"


@contextmanager
def begun(settings: Settings, as_of: date | None = None) -> Iterator[Run]:
    """A run of retention: as of the last published night, with the lock of runs. Raises NoWarehouse, RunInProgress."""
    refuse_without_warehouse(settings.home)
    with begin_run("retention", as_of or date.min, settings) as run:
        run.as_of = (
            pending_as_of(run.home) if is_pending(run.home) else run.warehouse().execute("select as_of from known.as_of").fetchall()[0][0]
        )
        yield run


def set_dates(run: Run) -> int:
    """Writes every record's review date by the schedule; returns how many records no rule fits."""
    assert run.settings.retention is not None, "config/retention.toml is the default"
    return set_review_dates(run.warehouse(), read_schedule(run.settings.retention))


def forget_old_lists(run: Run, day: date) -> list[str]:
    """Takes lists older than the schedule keeps them out of HOME/alerts and out of the history of lists; returns the days of those lists, logged.

    What is published loses the history with the next night, or with an erasure that follows.
    """
    assert run.settings.retention is not None, "config/retention.toml is the default"
    oldest = years_before(day, read_schedule(run.settings.retention).list_years)
    con = run.warehouse()
    days = set(forget_lists(run.home, (), [], oldest, run.now))
    if con.execute("select 1 from duckdb_tables() where schema_name = 'alerts' and table_name = 'flag'").fetchall():
        days |= {str(gone) for (gone,) in con.execute("delete from alerts.flag where as_of < ? returning as_of", [oldest]).fetchall()}
    if days:
        log(
            run.settings,
            Kind.erasure,
            f"lists of {len(days)} days, kept as long as the schedule says",
            [f"list:{one}" for one in sorted(days)],
            why=REVIEW,
        )
    return sorted(days)


def erase_due(run: Run, day: date, tell: Callable[[str], None] = lambda _said: None) -> list[Erasure]:
    """Finishes an erasure that was cut off, forgets lists that were kept long enough, then erases what is due on a day and not held.

    Raises ErasureNotProven.
    """
    done = [finish(run, tell)] if is_pending(run.home) else []
    forget_old_lists(run, day)
    set_dates(run)
    found = due(run.warehouse(), day)
    return [*done, erase_everywhere(run, found, Order("retention", REVIEW), tell)] if found.records else done
