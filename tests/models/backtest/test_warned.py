"""Which events could be warned of, which flags warned of them, and what is counted of it, drawn as tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from models.backtest.measures import counts, spells
from models.backtest.replaying import FOREWARN, ranked, sundays
from models.backtest.warned import due_events, with_flags

SUNDAY = date(2026, 3, 1)


def weeks(*numbers: int) -> list[date]:
    return [SUNDAY + timedelta(days=7 * n) for n in numbers]


def event(pair: str, day: int, *, grave: bool = True, known_after: int = 0, gone_after: int | None = None) -> dict[str, object]:
    """An event so many days after the first Sunday, at noon."""
    moment = datetime(2026, 3, 1, 12) + timedelta(days=day)
    known = moment + timedelta(days=known_after)
    return {
        "pair_id": pair,
        "record_id": f"{pair}/{day}",
        "stance": "adverse",
        "severity": 2000.0 if grave else 10.0,
        "is_grave": grave,
        "occurred_at": moment,
        "known_at": known,
        "known_from": known,
        "known_to": None if gone_after is None else moment + timedelta(days=gone_after),
    }


def table(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema_overrides={"known_to": pl.Datetime("us")})


def due(events: pl.DataFrame, last: int = 10) -> pl.DataFrame:
    return due_events(events, events.filter("is_grave").select("pair_id", "record_id", "occurred_at", "known_at"), SUNDAY, weeks(last)[0])


@pytest.mark.parametrize(("day", "is_due"), [(7, False), (8, True), (98, True), (99, False)])
def test_an_event_is_due_if_the_lists_could_have_warned_of_it_in_time(day: int, is_due: bool) -> None:
    assert (due(table(event("A-B", day))).height == 1) is is_due


@pytest.mark.parametrize(
    ("before", "known_before", "known_7d_before"),
    [
        (event("A-B", 20, grave=False), True, True),
        (event("A-B", 20, grave=False, known_after=15), True, False),  # known on day 35 of 40
        (event("A-B", 20, grave=False, known_after=20), False, False),  # known on the day itself
        (event("A-B", 34, grave=False), True, False),
        (event("A-B", 20, grave=False, gone_after=5), False, False),  # withdrawn again
        (event("A-C", 20, grave=False), False, False),
    ],
)
def test_coverage_asks_what_was_known_of_the_pair(before: dict[str, object], known_before: bool, known_7d_before: bool) -> None:
    [found] = due(table(before, event("A-B", 40))).to_dicts()
    assert (found["known_before"], found["known_7d_before"]) == (known_before, known_7d_before)


def test_onset_is_without_serious_violence_in_the_year_before() -> None:
    found = due(table(event("A-B", -300), event("A-B", 20), event("C-D", -400), event("C-D", 21)))
    assert dict(found.select("pair_id", "is_onset").iter_rows()) == {"A-B": False, "C-D": True}


def flags(**listed: dict[int, int]) -> pl.DataFrame:
    """For each pair, the rank it had in some weeks."""
    rows = [(weeks(w)[0], pair, rank) for pair, ranks in listed.items() for w, rank in ranks.items()]
    frame = pl.DataFrame(rows, schema={"as_of": pl.Date, "pair_id": pl.String, "rank": pl.Int64}, orient="row")
    return frame.with_columns(pl.lit(False).alias("hit"), pl.lit(True).alias("is_onset"), pl.lit(0.1).alias("score"))


@pytest.mark.parametrize(
    ("ranks", "lead", "timely_rank"),
    [
        ({0: 9, 1: 3, 2: 30}, 20, 3),  # day 20: 20, 13 and 6 days after
        ({2: 1}, 6, None),  # too late to be in time
        ({3: 1}, None, None),  # the Sunday after
        ({}, None, None),
    ],
)
def test_a_flag_counts_for_an_event_that_follows_it(ranks: dict[int, int], lead: int | None, timely_rank: int | None) -> None:
    [found] = with_flags(due(table(event("A", 20))), flags(A=ranks)).to_dicts()
    assert (found["lead"], found["timely_rank"]) == (lead, timely_rank)


def test_a_flag_counts_for_56_days() -> None:
    found = with_flags(due(table(event("A", 56), event("B", 57))), flags(A={0: 1}, B={0: 2}))
    assert dict(found.select("pair_id", "lead").iter_rows()) == {"A": 56, "B": None}


def test_what_is_counted_of_each_pair() -> None:
    listed = flags(A={0: 1, 1: 1, 2: 21}, B={1: 2}).with_columns(hit=pl.col("as_of") == SUNDAY)
    found = counts(listed, due(table(event("A", 20), event("C", 30))), tuple(weeks(0, 1)), 50)
    shown = [
        "pair_id",
        "listed",
        "hits",
        "listed_20",
        "due",
        "timely",
        "harm_due",
        "harm_timely",
        "lead_14d",
        "spells",
        "weeks_on",
        "arrived",
    ]
    assert found.select(shown).rows() == [
        ("A", 2, 1, 2, 1, 1, 2000.0, 2000.0, 1, 1, 3, 0),
        ("B", 1, 0, 1, 0, 0, 0.0, 0.0, 0, 1, 1, 1),
        ("C", 0, 0, 0, 1, 0, 2000.0, 0.0, 0, 0, 0, 0),
    ]


def test_weeks_on_the_list_in_a_row_are_a_spell() -> None:
    found = spells(flags(A={0: 1, 1: 1, 2: 1, 5: 1, 6: 1}, B={3: 1}))
    assert found.select("pair_id", "weeks", "days_off").rows() == [("A", 3, 21), ("A", 2, None), ("B", 1, None)]


def test_the_list_holds_the_highest_that_may_be_listed_and_ties_go_by_pair_id() -> None:
    rows = [("B", 5.0, True), ("A", 5.0, True), ("C", 9.0, False), ("D", 7.0, True), ("E", 0.0, True)]
    scored = pl.DataFrame(rows, schema=["pair_id", FOREWARN, "is_eligible"], orient="row").with_columns(
        pl.lit(SUNDAY).alias("as_of"), pl.lit(False).alias("hit"), pl.lit(True).alias("is_onset"), pl.lit(0.1).alias("score")
    )
    assert ranked(scored, FOREWARN, 9).select("rank", "pair_id").rows() == [(1, "D"), (2, "A"), (3, "B")]
    assert ranked(scored, FOREWARN, 2)["pair_id"].to_list() == ["D", "A"]


def test_sundays_of_a_period() -> None:
    assert sundays(date(2026, 3, 2), date(2026, 3, 15)) == weeks(1, 2)
    assert sundays(date(2026, 3, 2), date(2026, 3, 7)) == []
