"""Features of a pair and week: drawn values, and the three properties of time and symmetry on generated events."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from features.catalogue import FEATURES, GRAVE_WEAPONS, PERSON_FEATURES, feature_names
from features.harm import harm_points
from features.pair_week import measure, week_ends, week_of
from warehouse.code_lists import read_code_list

START = datetime(2026, 1, 1)
TYPES: dict[str, type[pl.DataType] | pl.DataType] = {
    "weapon": pl.String,
    "known_to": pl.Datetime("us"),
    "occurred_at": pl.Datetime("us"),
    "known_from": pl.Datetime("us"),
}


def event(day: float, people: str = "Ash-Birch", **changes: Any) -> dict[str, Any]:
    """An assault by the first on the second, `day` days after the start, known the same day."""
    a, b = people.split("-")
    moment = START + timedelta(days=day)
    usual = {
        "pair_id": people,
        "person_a": a,
        "person_b": b,
        "source": "incident",
        "record_id": f"I{day}{people}",
        "kind": "assault",
        "stance": "adverse",
        "direction": "a_to_b",
        "severity": 30.0,
        "evidence": 1.0,
        "is_grave": False,
        "weapon": None,
        "occurred_at": moment,
        "known_from": moment,
        "known_to": None,
    }
    return usual | changes


def own(day: float, person: str, kind: str, **changes: Any) -> dict[str, Any]:
    """What is known of one person alone."""
    return event(day, "Ash-Birch", source="exclusion", stance="own", kind=kind, pair_id=None, person_a=person, person_b=None) | changes


def born(person: str, years_before: float) -> dict[str, Any]:
    """A birthday so many years before the start, known on the first day."""
    return own(0, person, "born", source="person", record_id=person, occurred_at=START - timedelta(days=365.25 * years_before))


def measured(events: list[dict[str, Any]], day: float, pair: str = "Ash-Birch") -> dict[str, Any]:
    as_of = (START + timedelta(days=day)).date()
    rows = measure(pl.DataFrame(events, schema_overrides=TYPES), [as_of]).filter(pl.col("pair_id") == pair).to_dicts()
    return rows[0] if rows else {}


def test_harm_points_grow_with_the_logarithm_of_severity() -> None:
    points = pl.DataFrame({"s": [0.0, 10.0, 30.0, 70.0]}).select(harm_points(pl.col("s"))).to_series().to_list()
    assert points == [0.0, 1.0, 2.0, 3.0]


DRAWN = [
    # events on days            asked  feature                value
    ([event(0)], 0, "events_28d", 1.0),
    ([event(0)], 27, "events_28d", 1.0),
    ([event(0)], 28, "events_28d", 0.0),
    ([event(0)], 28, "events_56d_before", 1.0),
    ([event(0), event(1), event(2)], 3, "events_365d", 3.0),
    ([event(0, source="intelligence")], 0, "reports_28d", 1.0),
    ([event(0, is_grave=True)], 9, "days_since_serious", 10.0),
    ([event(0)], 9, "days_since_serious", 730.0),
    ([event(0), event(1, direction="b_to_a"), event(2)], 2, "reciprocity_365d", 1.0),
    ([event(0, weapon="KNIFE"), event(1, weapon="BLUNT"), event(2, kind="reported_weapon")], 2, "armed_90d", 2.0),
    ([event(0), event(0.5, "Ash-Cedar")], 0, "others_harm_60d_lower", 0.0),
    ([event(0), event(1, "Ash-Cedar"), event(1, "Ash-Dale")], 1, "person_events_365d_higher", 3.0),
    ([event(0), event(1, "Ash-Cedar"), event(1, "Ash-Dale")], 1, "opponents_365d_higher", 2.0),
    ([event(0), event(1, "Ash-Cedar"), event(1, "Ash-Dale")], 1, "opponents_365d_lower", 0.0),
    ([event(0), event(3)], 9, "days_since_second", 10.0),
    ([event(0), event(3)], 9, "days_since_third", 730.0),
    ([event(0), event(3)], 9, "standing_days", 3.0),
    ([event(0, severity=190.0), event(3)], 9, "days_since_injury", 10.0),
    ([event(0), event(0, "Ash-Cedar", severity=70.0)], 179, "struck_others_180d_higher", 1.5),
    ([event(0), event(0, "Ash-Cedar", severity=70.0)], 179, "hurt_by_others_180d_higher", 0.0),
    ([event(0), event(0, "Ash-Cedar", severity=70.0, direction="b_to_a")], 179, "hurt_by_others_180d_higher", 1.5),
    ([event(0), event(0, kind="online_insult", source="intelligence", evidence=0.5)], 44, "said_online_45d", 0.25),
    ([event(0), event(0, "Ash-Cedar", stance="ally"), event(0, "Birch-Cedar", severity=70.0)], 59, "friends_harm_60d", 1.5),
    (
        [event(0), event(0, "Ash-Cedar", stance="ally"), event(0, "Birch-Dale", stance="ally"), event(0, "Cedar-Dale", severity=70.0)],
        59,
        "sides_harm_60d",
        1.5,
    ),
    ([event(0), own(0, "Birch", "own_violence")], 179, "suspended_violence_180d_higher", 0.5),
    ([event(0), own(0, "Birch", "own_weapon"), own(0, "Ash", "own_weapon")], 179, "suspended_weapon_180d_lower", 0.5),
    ([event(0), own(0, "Birch", "own_violence", known_to=START + timedelta(days=9))], 10, "suspended_violence_180d_higher", 0.0),
    ([event(0), born("Ash", 20), born("Birch", 23)], 0, "years_under_26_higher", 6.0),
    ([event(0), born("Ash", 20), born("Birch", 23)], 0, "near_in_age", 7.0),
    ([event(0), born("Ash", 20)], 0, "near_in_age", 0.0),
    ([event(0), born("Ash", 20) | {"known_from": START + timedelta(days=5)}], 4, "years_under_26_higher", 0.0),
]


@pytest.mark.parametrize(("events", "day", "feature", "value"), DRAWN)
def test_a_feature_is_as_drawn(events: list[dict[str, Any]], day: int, feature: str, value: float) -> None:
    assert measured(events, day)[feature] == pytest.approx(value, abs=0.01)


def test_harm_counts_half_after_its_half_life() -> None:
    fresh, later = measured([event(0)], 0)["record_harm_14d"], measured([event(0)], 14)["record_harm_14d"]
    assert later == pytest.approx(fresh / 2)
    assert measured([event(0, source="intelligence", evidence=0.5)], 0)["report_harm_14d"] == pytest.approx(fresh / 2)


def test_what_is_not_yet_known_is_not_measured() -> None:
    late = event(0, known_from=START + timedelta(days=10))
    assert measured([late], 9) == {}
    assert measured([late], 10)["events_28d"] == 1.0
    assert measured([event(0, known_to=START + timedelta(days=5))], 5) == {}


def test_ties_and_peace_alone_make_no_pair_week() -> None:
    assert measured([event(0, stance="ally"), event(1, stance="peace")], 2) == {}


def test_the_week_is_the_monday_ahead_and_the_days_asked_are_sundays_and_tonight() -> None:
    tonight = date(2026, 6, 24)
    assert week_ends(tonight, 2) == [date(2026, 6, 14), date(2026, 6, 21), tonight]
    asked = pl.DataFrame({"as_of": [date(2026, 6, 21), date(2026, 6, 22), tonight]})
    assert asked.select(week_of(pl.col("as_of"))).to_series().to_list() == [date(2026, 6, 22), date(2026, 6, 29), date(2026, 6, 29)]


def test_armed_means_the_weapons_that_make_violence_serious() -> None:
    assert set(GRAVE_WEAPONS) == set(read_code_list("grave_weapon")["weapon"])


def test_every_feature_has_a_name_of_its_own_and_a_meaning() -> None:
    assert len(set(feature_names())) == len(feature_names())
    assert all(f.meaning.strip() and f.meaning[0].isupper() for f in (*FEATURES, *PERSON_FEATURES))


PEOPLE = ("Ash-Birch", "Ash-Cedar", "Birch-Cedar", "Cedar-Dale")


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to a dozen events of four people, known late or at once, some withdrawn, and what is known of each alone."""
    events = []
    for person in draw(st.sets(st.sampled_from(("Ash", "Birch", "Cedar")))):
        events += [
            born(person, draw(st.integers(12, 60))) | {"known_from": START + timedelta(days=draw(st.integers(0, 200)))},
            own(draw(st.integers(0, 200)), person, draw(st.sampled_from(("own_violence", "own_weapon")))),
        ]
    for number in range(draw(st.integers(1, 12))):
        happened, delay = draw(st.integers(0, 200)), draw(st.integers(0, 40))
        gone = draw(st.none() | st.integers(1, 60))
        events.append(
            event(
                happened,
                draw(st.sampled_from(PEOPLE)),
                record_id=f"R{number}",
                source=draw(st.sampled_from(("incident", "intelligence", "exclusion"))),
                stance=draw(st.sampled_from(("adverse", "peace", "ally"))),
                direction=draw(st.sampled_from(("a_to_b", "b_to_a", "mutual"))),
                severity=float(draw(st.sampled_from((13, 190, 2000)))),
                is_grave=draw(st.booleans()),
                known_from=START + timedelta(days=happened + delay),
                known_to=None if gone is None else START + timedelta(days=happened + delay + gone),
            )
        )
    return events


def table(events: list[dict[str, Any]], day: int) -> pl.DataFrame:
    return measure(pl.DataFrame(events, schema_overrides=TYPES), [(START + timedelta(days=day)).date()])


@given(histories(), st.integers(0, 260))
def test_the_future_cannot_change_the_past(events: list[dict[str, Any]], day: int) -> None:
    end = START + timedelta(days=day + 1)
    known = [
        e | {"known_to": e["known_to"] if e["known_to"] is not None and e["known_to"] < end else None}
        for e in events
        if e["known_from"] < end and e["occurred_at"] < end
    ]
    with_future = table(events, day)
    if not known:
        assert with_future.is_empty()
    else:
        assert with_future.equals(table(known, day))


@given(histories(), st.integers(0, 260))
def test_swapping_the_two_people_changes_nothing(events: list[dict[str, Any]], day: int) -> None:
    turned = {"a_to_b": "b_to_a", "b_to_a": "a_to_b", "mutual": "mutual"}
    swapped = [
        e if e["stance"] == "own" else e | {"person_a": e["person_b"], "person_b": e["person_a"], "direction": turned[e["direction"]]}
        for e in events
    ]
    assert_frame_equal(table(events, day).select(feature_names()), table(swapped, day).select(feature_names()), check_exact=False)


@given(histories(), st.integers(0, 260))
def test_measuring_twice_and_in_another_order_changes_nothing(events: list[dict[str, Any]], day: int) -> None:
    assert table(events, day).equals(table(events[::-1], day))
