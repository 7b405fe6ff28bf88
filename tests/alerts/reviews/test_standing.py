"""What reviews mean for a night: who stays off, who is back and why, who is on watch; drawn as events, reviews and nights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from alerts.reviews.decision import Decision, Review, ReviewRefused
from alerts.reviews.ledger import add, read
from alerts.reviews.standing import Standing, standing_on, write_standing

PAIR, OTHER = "Pa-Pb", "Pc-Pd"
MADE = datetime(2026, 3, 10, 14)
NIGHT = date(2026, 3, 20)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("alerts", "people", "pairs"):
            con.execute(f"create schema {schema}")
        con.execute("create table people.person (person_id varchar)")
        con.execute("insert into people.person values ('Pa'), ('Pb'), ('Pc'), ('Pd')")
        con.execute(
            "create table people.person_change (as_of date, change varchar, person_id varchar, other_person_id varchar, records integer)"
        )
        con.execute(
            """create table pairs.event (pair_id varchar, source varchar, stance varchar, known_at timestamp, occurred_at timestamp, severity double,
               evidence double, is_serious boolean, known_to timestamp)"""
        )
        yield con


def event(
    con: duckdb.DuckDBPyConnection, known: str, severity: float, *, serious: bool = False, source: str = "incident", pair: str = PAIR
) -> None:
    con.execute(
        "insert into pairs.event values (?, ?, 'adverse', ?::timestamp, ?::timestamp, ?, 1.0, ?, null)",
        [pair, source, known, known, severity, serious],
    )


def review(decision: str, *, made_at: datetime = MADE, pair: str = PAIR, **given: Any) -> Review:
    needed: dict[str, dict[str, Any]] = {
        "dismiss": {"reason": "resolved"},
        "refer": {"pathway": "mediation"},
        "nominate": {"note": "seen together", "until": date(2026, 4, 1)},
    }
    return Review(pair, Decision(decision), "A. Reviewer", made_at, **{**needed.get(decision, {}), **given})


def on(con: duckdb.DuckDBPyConnection, night: date = NIGHT, score: float = 0.1) -> Standing | None:
    return standing_on(con, night, {PAIR: score}).by_pair.get(PAIR)


@pytest.mark.parametrize(
    ("decision", "is_off"), [("agree", False), ("dismiss", True), ("managed", False), ("wrong_link", True), ("refer", False)]
)
def test_what_a_decision_does(con: duckdb.DuckDBPyConnection, decision: str, is_off: bool) -> None:
    add(con, [review(decision)])
    standing = on(con)
    assert standing is not None
    assert (standing.review.decision, standing.is_off) == (decision, is_off)


@pytest.mark.parametrize(
    ("since", "score", "back"),
    [
        # before the review: severity 50 in January; after it:
        ([], 0.9, None),
        ([("2026-03-15", 50, False, "incident")], 0.1, None),
        ([("2026-03-15", 51, False, "incident")], 0.1, "something worse than anything of the year before has become known since"),
        ([("2026-03-15", 20, True, "incident")], 0.1, "serious violence between the two has become known since"),
        ([("2026-03-15", 20, False, "incident")], 0.125, "there are new events, and the score has risen by a quarter or more"),
        ([("2026-03-15", 999, False, "exclusion")], 0.9, None),  # school records alone bring nobody back
    ],
)
def test_a_dismissed_pair_is_back_when_something_new_and_worse_is_known(
    con: duckdb.DuckDBPyConnection, since: list[tuple[str, float, bool, str]], score: float, back: str | None
) -> None:
    event(con, "2026-01-05", 50)
    add(con, [review("dismiss", score=0.1)])
    for known, severity, serious, source in since:
        event(con, known, severity, serious=serious, source=source)
    standing = on(con, score=score)
    assert standing is not None
    assert (standing.is_off, standing.back_because) == (back is None, back)


def test_a_review_counts_from_when_it_was_made_and_up_to_its_last_day(con: duckdb.DuckDBPyConnection) -> None:
    add(con, [review("dismiss", until=date(2026, 3, 25))])
    assert [on(con, date(2026, 3, day)) is not None for day in (9, 10, 25, 26)] == [False, True, True, False]


def test_the_last_review_stands_and_a_withdrawn_one_gives_way_to_the_one_before(con: duckdb.DuckDBPyConnection) -> None:
    add(con, [review("agree")])
    [number] = add(con, [review("dismiss", made_at=datetime(2026, 3, 11))])
    assert [one.is_off for one in [on(con)] if one] == [True]
    add(con, [review("withdraw", made_at=datetime(2026, 3, 12), withdraws=number, note="wrong pair")])
    assert [one.review.decision for one in [on(con)] if one] == ["agree"]
    assert [one.is_off for one in [on(con, date(2026, 3, 11))] if one] == [True]  # as known then
    with pytest.raises(ReviewRefused, match="no such review stands"):
        add(con, [review("withdraw", made_at=datetime(2026, 3, 13), withdraws=number, note="again")])


def test_a_review_follows_people_who_turn_out_to_be_one(con: duckdb.DuckDBPyConnection) -> None:
    add(con, [review("dismiss", pair="Pb-Pz")])
    con.execute("insert into people.person_change values ('2026-03-12', 'merged', 'Py', 'Pz', 3), ('2026-03-14', 'merged', 'Pa', 'Py', 4)")
    standing = on(con)
    assert standing is not None
    assert standing.is_off


def test_a_nomination_is_a_watch_beside_other_reviews_until_its_day(con: duckdb.DuckDBPyConnection) -> None:
    add(con, [review("dismiss"), review("nominate")])
    reviewed = standing_on(con, NIGHT, {})
    assert (reviewed.by_pair[PAIR].is_off, list(reviewed.watched)) == (True, [PAIR])
    assert not standing_on(con, date(2026, 4, 2), {}).watched


def test_what_stands_is_written_for_the_night(con: duckdb.DuckDBPyConnection) -> None:
    add(con, [review("dismiss"), review("refer", pair=OTHER), review("nominate")])
    write_standing(con, standing_on(con, NIGHT, {}))
    assert con.execute("select pair_id, decision, is_off from alerts.standing_review order by 1").fetchall() == [
        (PAIR, "dismiss", True),
        (OTHER, "refer", False),
    ]
    assert con.execute("select pair_id, until from alerts.watched_pair").fetchall() == [(PAIR, date(2026, 4, 1))]


def test_the_same_review_twice_is_one_and_all_or_none_are_added(con: duckdb.DuckDBPyConnection) -> None:
    one = review("agree")
    assert add(con, [one]) == add(con, [one])
    with pytest.raises(ReviewRefused):
        add(con, [review("managed", made_at=datetime(2026, 3, 11)), review("withdraw", withdraws="R0", note="none")])
    assert [kept.decision for kept in read(con).values()] == ["agree"]


@pytest.mark.parametrize(
    ("decision", "given", "said"),
    [
        ("dismiss", {"reason": None}, "a dismissal needs a reason, one of no_conflict"),
        ("dismiss", {"reason": "because"}, "a dismissal needs a reason"),
        ("dismiss", {"reason": "other"}, "the reason 'other' needs a note"),
        ("agree", {"reason": "resolved"}, "only a dismissal has a reason"),
        ("refer", {"pathway": None}, "a referral needs a pathway"),
        ("agree", {"pathway": "mediation"}, "only a referral has a pathway"),
        ("nominate", {"until": None}, "a nomination needs a note that says why, and a day until when"),
        ("withdraw", {}, "name it and say why"),
        ("agree", {"until": date(2026, 3, 9)}, "until 2026-03-09 is in the past"),
    ],
)
def test_a_review_says_what_its_decision_needs(decision: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ReviewRefused, match=said):
        review(decision, **given)
