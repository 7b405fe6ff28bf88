"""How likely a feud is, and what became of it: drawn."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from alerts.feud_warnings import reasons
from models.feuds import feud_scores, feud_weeks, followed, is_warned, track_record

DAY = date(2026, 5, 10)
PEOPLE = pl.DataFrame(
    [(DAY, "F1", "Pa"), (DAY, "F1", "Pb"), (DAY, "F1", "Pc"), (DAY, "F2", "Pd"), (DAY, "F2", "Pe"), (DAY, "F2", "Pf")],
    schema=["as_of", "feud_id", "person_id"],
    orient="row",
)
SCORED = pl.DataFrame(
    [(DAY, "Pa-Pb", 0.5), (DAY, "Pa-Pc", 0.2), (DAY, "Pa-Pd", 0.9), (DAY, "Pd-Pe", 0.1)], schema=["as_of", "pair_id", "score"], orient="row"
)


def grave(pair: str, day: date) -> pl.DataFrame:
    moment = datetime.combine(day, datetime.min.time())
    return pl.DataFrame({"pair_id": [pair], "record_id": ["I1"], "occurred_at": [moment], "known_at": [moment]})


def test_the_chance_of_a_feud_is_that_of_any_of_its_pairs() -> None:
    weeks = feud_weeks(PEOPLE, SCORED)
    assert weeks.select("feud_id", "best", "pairs").rows() == [("F1", 0.5, 2), ("F2", 0.1, 1)]
    assert weeks["raw"].to_list() == pytest.approx([1 - 0.5 * 0.8, 0.1])


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (grave("Pa-Pb", date(2026, 5, 20)), [True, False]),
        (grave("Pb-Pc", date(2026, 6, 7)), [True, False]),  # two who had not met before
        (grave("Pb-Pc", date(2026, 6, 8)), [False, False]),  # after 28 days
        (grave("Pa-Pb", DAY), [False, False]),  # not after the as-of day
        (grave("Pa-Pd", date(2026, 5, 20)), [False, False]),  # between two feuds
    ],
)
def test_a_feud_is_followed_by_serious_violence_between_any_two_of_it(event: pl.DataFrame, expected: list[bool]) -> None:
    assert followed(feud_weeks(PEOPLE, SCORED), PEOPLE, event).to_list() == expected


def test_scores_are_calibrated_where_enough_feuds_came_to_something() -> None:
    draw = np.random.default_rng(1)
    raw = draw.random(4000)
    hit = draw.random(4000) < raw / 4  # everything is said four times too high
    score, note = feud_scores(np.array([0.2, 0.8]), raw, hit)
    assert score == pytest.approx([0.05, 0.2], abs=0.03)
    assert note.startswith("calibrated on 4,000 settled feud-weeks")
    score, note = feud_scores(np.array([0.2, 0.8]), raw[:50], hit[:50] & False)
    assert score.tolist() == [0.2, 0.8]
    assert "too few to calibrate on" in note


def test_a_feud_says_how_many_how_often_and_how_far_one_pair_explains_it() -> None:
    feud = {
        "pairs": 9, "side_a": 4, "side_b": 3, "no_side": 1, "events_28d": 5, "events_56d_before": 2, "serious_365d": 1,
        "raw": 0.2, "best": 0.05, "scored_pairs": 11,
    }  # fmt: skip
    assert reasons(feud) == [
        "9 pairs in live conflict between 4 on one side and 3 on the other, 1 on neither",
        "5 events in 28 days, 2 in the 56 before",
        "1 event of serious violence in a year",
        "its likeliest pair makes about 25% of the chance, 11 pairs counted",
    ]


def test_a_feud_is_warned_of_only_if_no_pair_is_listed_or_explains_it_and_the_list_is_full() -> None:
    rows = [
        (0.20, 0.05, 0.20, False, 0.10, True),
        (0.20, 0.05, 0.20, True, 0.10, False),  # a pair of it is on the list
        (0.20, 0.19, 0.20, False, 0.10, False),  # one pair is all of it
        (0.20, 0.05, 0.09, False, 0.10, False),  # the last pair on the list is likelier
        (0.005, 0.001, 0.005, False, 0.004, False),  # likelier than the last, and next to nothing all the same
        (0.20, 0.05, 0.20, False, None, False),  # the list has room
    ]
    table = pl.DataFrame(rows, schema=["raw", "best", "score", "is_listed", "last_place", "expected"], orient="row")
    assert is_warned(table).to_list() == table["expected"].to_list()


def test_the_track_record_counts_what_such_warnings_came_to() -> None:
    weeks = pl.DataFrame(
        [(DAY, 0.20, 0.05, 0.20, True), (DAY, 0.20, 0.06, 0.20, False), (DAY, 0.02, 0.02, 0.02, False), (DAY, 0.5, 0.4, 0.5, True)],
        schema=["as_of", "raw", "best", "score", "hit"],
        orient="row",
    )
    assert track_record(weeks, SCORED.head(3), 3) == (
        "of 2 such feud-weeks in settled weeks 1 came to serious violence, against 0 in 1,000 other feuds off the list"
    )
    assert track_record(weeks, SCORED, 9).startswith("no settled week had such a feud")
