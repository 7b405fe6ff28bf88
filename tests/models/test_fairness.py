"""The fairness report on a county drawn by hand: one group listed twice as often, rightly less often; small groups left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from models.backtest.replaying import Replay
from models.fairness import apart, as_markdown, fairness
from models.published import as_published

WEEKS = tuple(date(2026, 1, 4) + timedelta(days=7 * n) for n in range(4))
PEOPLE = pl.DataFrame(
    [
        (f"P{n:02}{side}", "M" if n < 30 else "F", date(2010, 1, 1) if n < 20 else None, "E1", "white" if n < 36 else "black")
        for n in range(40)
        for side in "ab"
    ],
    schema={"person_id": pl.String, "sex": pl.String, "date_of_birth": pl.Date, "district": pl.String, "ethnicity": pl.String},
    orient="row",
)


def pair(n: int) -> str:
    return f"P{n:02}a-P{n:02}b"


@pytest.fixture
def replay() -> Replay:
    """40 pairs over 4 weeks, a list of 10: pairs 0 to 9 are on every list, and pairs 0 to 4 come to blows in week 2; so does pair 35, never listed."""
    hits = {(n, 1) for n in (0, 1, 2, 3, 4, 35)}
    rows = [
        {
            "pair_id": pair(n),
            "as_of": week,
            "forewarn": 100.0 - n,
            "is_eligible": True,
            "is_onset": True,
            "score": 0.1,
            "hit": (n, at) in hits or ((n, 0) in {(m, 0) for m, _ in hits} and at == 0),
        }
        for at, week in enumerate(WEEKS)
        for n in range(40)
    ]
    day = datetime.combine(WEEKS[1] + timedelta(days=3), datetime.min.time())
    outsiders = [f"Px{n}-Py{n}" for n in range(6)]  # a serious event out of the blue
    grave = pl.DataFrame(
        [(one, day) for one in (*(pair(n) for n, _ in sorted(hits)), *outsiders)], schema=["pair_id", "occurred_at"], orient="row"
    )
    scored = pl.DataFrame(rows)
    return Replay(scored, WEEKS, WEEKS, 0, 10, scored, scored, grave, ())


def value(row: dict[str, object], name: str) -> float | None:
    figure = row[name]
    return round(figure["value"], 3) if isinstance(figure, dict) else None


def test_shares_of_each_group(replay: Replay) -> None:
    rows = {(row["attribute"], row["group"]): row for row in fairness(replay, PEOPLE)}
    said = {
        key: (row["people"], *(value(row, name) for name in ("flag_rate", "precision", "missed", "coverage")))
        for key, row in rows.items()
        if key[0] != "district"
    }
    assert said == {
        # of 80 people 20 listed; of 40 listings of a pair 10 were right; of 12 events 7 missed, 6 of them out of the blue
        ("all", "everyone"): (80, 0.25, 0.25, 0.583, 0.5),
        ("sex", "M"): (60, 0.333, 0.25, None, None),  # events of five pairs: too few to show, though each has two people
        ("sex", "F"): (20, 0.0, None, None, None),  # two events with them: too few to show
        ("sex", "not known"): (None, None, None, None, None),
        ("age_band", "under 18"): (40, 0.5, 0.25, None, None),
        ("age_band", "not known"): (40, 0.0, None, None, None),
        ("ethnicity", "white"): (72, 0.278, 0.25, None, None),
        ("ethnicity", "black"): (None, None, None, None, None),  # eight people
        ("ethnicity", "not known"): (None, None, None, None, None),
    }


def test_intervals_hold_the_value_and_groups_apart_are_named(replay: Replay) -> None:
    rows = fairness(replay, PEOPLE)
    for row in rows:
        for name in ("flag_rate", "precision", "missed", "coverage"):
            figure = row[name]
            if isinstance(figure, dict):
                assert figure["low"] <= figure["value"] <= figure["high"]
    assert "age band under 18: flag rate 50.0%, higher than for everyone (25.0%)" in apart(rows)


def test_the_page_shows_no_figure_of_fewer_than_ten(replay: Replay) -> None:
    page = as_markdown(fairness(replay, PEOPLE), WEEKS[-1])
    assert "| ethnicity | black | – | – | – | – | – |" in page
    assert "| all | everyone | 80 | 25.0%" in page


def test_lists_as_published_are_judged_by_the_same_words() -> None:
    """Sixteen Sundays' lists of ten pairs among forty: the last 13 that are settled count, and what is listed counts though it left the lane."""
    sundays = [date(2026, 1, 4) + timedelta(days=7 * n) for n in range(16)]
    in_contact = pl.DataFrame([(pair(n), day) for day in sundays for n in range(1, 40)], schema=["pair_id", "as_of"], orient="row")
    flags = pl.DataFrame([(day, pair(n), n + 1) for day in sundays for n in range(10)], schema=["as_of", "pair_id", "rank"], orient="row")
    moment = datetime(2026, 2, 20)
    events = pl.DataFrame(
        [(pair(1), "I1", moment, moment, True, False, None)],
        schema={"pair_id": pl.String, "record_id": pl.String, "occurred_at": pl.Datetime("us"), "known_at": pl.Datetime("us"), "is_grave": pl.Boolean,
                "is_domestic": pl.Boolean, "known_to": pl.Datetime("us")},
        orient="row",
    )  # fmt: skip
    lists = as_published(flags, in_contact, events, "conflict", sundays[-1] + timedelta(days=42))
    assert lists is not None
    assert (lists.weeks, lists.list_size) == (tuple(sundays[3:]), 10)
    rows = {(row["attribute"], row["group"]): row for row in fairness(lists, PEOPLE)}
    assert value(rows["all", "everyone"], "flag_rate") == 0.25
    assert value(rows["all", "everyone"], "precision") == round(4 / 130, 3)
    assert as_published(flags, in_contact, events, "conflict", sundays[0]) is None
    assert as_published(flags.clear(), in_contact, events, "conflict", sundays[-1]) is None


def test_how_many_are_listed_is_not_told_of_fewer_than_ten(replay: Replay) -> None:
    few = PEOPLE.with_columns(pl.when(pl.col("person_id") < "P04").then(pl.lit("E2")).otherwise("district").alias("district"))
    rows = {(row["attribute"], row["group"]): row for row in fairness(replay, few)}
    assert (rows["district", "E2"]["people"], value(rows["district", "E1"], "flag_rate")) == (None, round(12 / 72, 3))
    older = PEOPLE.with_columns(pl.when(pl.col("person_id") >= "P08").then(pl.lit("E2")).otherwise("district").alias("district"))
    rows = {(row["attribute"], row["group"]): row for row in fairness(replay, older)}
    assert (rows["district", "E2"]["people"], rows["district", "E2"]["flag_rate"]) == (64, None), "four of them are listed"


def test_with_nothing_to_judge_the_page_says_so() -> None:
    assert "too little settled history" in as_markdown([], WEEKS[-1])
