"""What would take a pair off tonight's list, found with the scorer itself: its score on later days, held against the last place of tonight's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from alerts.english import long_date
from alerts.reasons import OFF_LIST, Reason
from models.outlook import DAILY_DAYS, LAST_DAY, PEACE, QUIET

Figures = Mapping[str, Mapping[int, float]]
"""By scenario and day ahead, the scorer's figure of one pair."""


def off_list(figures: Figures, cut_off: float | None, eligible_days: int, as_of: date) -> list[Reason]:
    """What would take one pair off the list, most modest first.

    `cut_off` is the figure of the first pair that found no place tonight, None if the list is not full; `eligible_days` is how long the pair's last
    event may keep it on a list at all.
    """
    quiet = _first_day(figures.get(QUIET, {}), cut_off)
    if quiet is None or quiet > eligible_days:
        quiet = eligible_days
    peace = _first_day(figures.get(PEACE, {}), cut_off)
    said = [_quiet(quiet, cut_off, as_of)]
    if peace == 0:
        said.insert(0, "a report that the two have made peace, graded 1B, would do now")
    elif peace is not None and peace < quiet:
        said.append(f"with a report that the two have made peace, graded 1B, {_days(peace)} would do")
    return [Reason(OFF_LIST, text, OFF_LIST, None, None, None, True, (), ()) for text in said]


def _first_day(figures: Mapping[int, float], cut_off: float | None) -> int | None:
    """The first day from which the figure stays below the cut-off; None if there is none."""
    if cut_off is None:
        return None
    days = sorted(figures)
    above = [day for day in days if figures[day] >= cut_off]
    later = [day for day in days if not above or day > above[-1]]
    return later[0] if later else None


def _quiet(days: int, cut_off: float | None, as_of: date) -> str:
    if cut_off is None:
        return f"the list is not full, so a pair stays on it until a year after its last event, here until {long_date(as_of + timedelta(days=days))}"
    if days > LAST_DAY:
        return "not even half a year without a further event would do, by tonight's list"
    return f"no further event for {_days(days)}, until {long_date(as_of + timedelta(days=days))}"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}" if days <= DAILY_DAYS else f"{days // 7} weeks"
