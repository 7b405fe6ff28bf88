"""Children too young for it, and the dead, take no part."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from synth.events import AGGRESSOR, VICTIM, Events, Part, between, combine, make_events
from synth.lives import possible
from synth.period import Period
from synth.setting import Setting, make_setting
from synth.worlds import TOWN


@pytest.fixture(scope="module")
def setting() -> Setting:
    return make_setting(3, TOWN, 400, Period(date(2026, 9, 27), 1))


def of_age(setting: Setting, youngest: float, oldest: float) -> list[int]:
    age = setting.people.age_on(np.datetime64("2026-01-01"))
    return [int(row) for row in np.flatnonzero((age > youngest) & (age < oldest))]


def fights(*what: tuple[str, int, int, int, str]) -> Events:
    """(kind, severity, who struck, who was hurt, day) of each."""
    made = []
    for kind, severity, a, b, day in what:
        parts: list[Part] = [(AGGRESSOR, np.array([a]), None), (VICTIM, np.array([b]), None)]
        when, one = np.array([day], dtype="datetime64[m]"), np.array([0])
        made.append(make_events(kind, when, parts, severity=np.array([severity]), place=np.array(["STREET"], dtype=object), district=one))
    return combine(made)


def test_a_child_of_eight_is_no_suspect_and_no_regular_of_a_bar(setting: Setting) -> None:
    (child, *_), (boy, *_), (man, other, *_) = of_age(setting, 5, 8), of_age(setting, 12, 14), of_age(setting, 30, 40)
    events = fights(
        ("feud", 2, child, man, "2026-01-01"),
        ("night", 2, man, boy, "2026-01-02"),
        ("feud", 2, boy, man, "2026-01-03"),
        ("night", 2, man, other, "2026-01-04"),
    )
    left = between(possible(setting, events))
    assert left.select("kind", "a", "b").rows() == [("feud", boy, man), ("night", man, other)]


def test_the_dead_take_no_part_afterwards(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synth.lives.FATAL_SHARE", 1.0)
    victim, one, other = of_age(setting, 30, 50)[:3]
    events = fights(
        ("feud", 3, victim, one, "2026-01-01"),
        ("feud", 5, one, victim, "2026-01-05"),
        ("feud", 3, victim, other, "2026-01-09"),
        ("feud", 2, one, other, "2026-01-10"),
    )
    left = possible(setting, events).happened
    assert left.select("time", "is_fatal").rows() == [
        (datetime(2026, 1, 1), False),
        (datetime(2026, 1, 5), True),
        (datetime(2026, 1, 10), False),
    ]
    assert left.filter(pl.col("is_fatal"))["severity"].to_list() == [5]
