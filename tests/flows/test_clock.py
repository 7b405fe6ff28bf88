"""Which night a scheduled run does: all that was known by the end of the day before it was due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest

from flows import clock
from flows.clock import night_before


@pytest.mark.parametrize(
    ("due", "as_of"),
    [
        (datetime(2026, 11, 20, 2, 30, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 7, 1, 1, 30, tzinfo=UTC), date(2026, 6, 30)),  # 02:30 in London's summer
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 6, 30)),  # already 1 July in London
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), date(2026, 3, 28)),  # the night the clocks go forward
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), date(2026, 10, 24)),  # and back
        (datetime(2027, 1, 1, 2, 30, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_night_of_a_scheduled_run(due: datetime, as_of: date) -> None:
    assert night_before(due) == as_of


def test_runs_in_the_hour_that_clocks_repeat_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        at = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return cls.at.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    first, local = clock.new_run_id(), clock.now_in_london()
    Clock.at += timedelta(minutes=45)
    assert (local.hour, local.minute, clock.now_in_london().hour, clock.now_in_london().minute) == (1, 45, 1, 30)
    assert first < clock.new_run_id()
    assert clock.today() == date(2026, 10, 25)
    Clock.at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 7, 1)
