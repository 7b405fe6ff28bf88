"""The stretch of time that a county is simulated over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from synth.chance import Floats, Ints, Moments, Rng

WARM_UP_DAYS = 365
OUTLOOK_DAYS = 42


@dataclass(frozen=True)
class Period:
    """`end` is the day the history was cut; `weeks` of deliveries follow it, and the truth runs a little past those."""

    end: date
    years: int
    weeks: int = 0

    @property
    def start(self) -> date:
        """The first day that the agencies recorded."""
        return self.end - timedelta(days=round(self.years * 365.25))

    @property
    def first(self) -> date:
        """The first simulated day: conflicts are already under way when recording starts."""
        return self.start - timedelta(days=WARM_UP_DAYS)

    @property
    def last_cut(self) -> date:
        """The day of the last delivery."""
        return self.end + timedelta(weeks=self.weeks)

    @property
    def last(self) -> date:
        """The last simulated day."""
        return self.last_cut + timedelta(days=OUTLOOK_DAYS)

    @property
    def cuts(self) -> tuple[date, ...]:
        """The day of every delivery, the history's first."""
        return tuple(self.end + timedelta(weeks=week) for week in range(self.weeks + 1))

    @property
    def days(self) -> int:
        """Simulated days."""
        return (self.last - self.first).days

    @property
    def simulated_years(self) -> float:
        """Simulated years."""
        return self.days / 365.25

    def moments(self, days: Ints | Floats, minute_of_day: Ints) -> Moments:
        """Whole minutes for day numbers (0 = `first`) and minutes of the day."""
        midnight = np.datetime64(self.first, "m")
        return np.asarray(midnight + days.astype("timedelta64[D]").astype("timedelta64[m]") + minute_of_day.astype("timedelta64[m]"))

    def day_number(self, day: date) -> int:
        """How many days after `first`."""
        return (day - self.first).days


HOURS = {
    "day": (1, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 8, 8, 8, 9, 9, 9, 8, 8, 7, 6, 4, 2),
    "evening": (6, 5, 3, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 6, 8, 9, 9, 9, 10, 10, 10, 9, 8),
    "night": (18, 16, 12, 7, 3, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 6, 8, 10, 14, 17),
    "school": (0, 0, 0, 0, 0, 0, 0, 1, 8, 5, 8, 7, 12, 12, 7, 14, 5, 1, 0, 0, 0, 0, 0, 0),
}


def time_of_day(rng: Rng, size: int, pattern: str) -> Ints:
    """Minutes after midnight, by the hours at which such things happen."""
    weights = np.cumsum(np.array(HOURS[pattern], dtype=float))
    hour = np.searchsorted(weights, rng.random(size) * weights[-1], side="right")
    return np.asarray(np.minimum(hour, 23) * 60 + rng.integers(0, 60, size), dtype=np.int64)
