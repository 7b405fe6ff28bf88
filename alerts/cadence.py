"""How often a list is issued: every week, or every fortnight with nothing in the week between."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from alerts.render.issued import issued_days

SAME_LIST_DAYS = 3  # asked again within these days, it is the same list that is asked for
NEXT_LIST_DAYS = 11  # from here on a fortnight counts as over: lists need not come on one weekday


def off_week_since(home: Path, as_of: date, cadence: str) -> date | None:
    """The day of the list whose fortnight is not over, or None when a list is due or the same one is asked for again."""
    if cadence != "fortnightly":
        return None
    last = max((day for day in issued_days(home) if day <= as_of), default=None)
    return last if last is not None and SAME_LIST_DAYS < (as_of - last).days < NEXT_LIST_DAYS else None
