"""The only place that asks what time it is, and the rule that makes an as-of date of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now_in_london() -> datetime:
    """Local UK time without a zone, as every moment in the warehouse is kept."""
    return datetime.now(LONDON).replace(tzinfo=None)


def today() -> date:
    """Today's date in the United Kingdom."""
    return datetime.now(LONDON).date()


def new_run_id() -> str:
    """A name for a run that sorts by time and stays unique when clocks go back."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def night_before(scheduled: datetime) -> date:
    """The as-of date of a scheduled run: it covers all that was known by the end of the day before it was due, however late it starts."""
    return scheduled.astimezone(LONDON).date() - timedelta(days=1)
