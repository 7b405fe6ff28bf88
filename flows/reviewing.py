"""Reviews from the command: which pair is meant, whether its evidence was looked at, and the entry in the log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from alerts.reviews.decision import Decision, Review, ReviewRefused
from alerts.reviews.ledger import add
from alerts.reviews.ledger import read as standing_reviews
from flows.auditing import audit_key, log
from flows.clock import now_in_london
from flows.settings import Settings
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind

if TYPE_CHECKING:
    import duckdb

SEEN_WITHIN_DAYS = 14
PLACE = re.compile(r"(conflict|domestic)[/:](\d+)")


@dataclass(frozen=True)
class ListedPair:
    """A pair as the last list has it; `list_as_of` and `score` are missing for one that is not on it."""

    pair_id: str
    list_as_of: date | None
    score: float | None


def find_pair(con: duckdb.DuckDBPyConnection, said: str) -> ListedPair:
    """The pair that `said` names: its id, or its place on the last list, such as conflict/3. Raises ReviewRefused."""
    place = PLACE.fullmatch(said)
    listed = con.execute(
        "select pair_id, as_of, score from alerts.flag where as_of = (select max(as_of) from alerts.flag) "
        "and (pair_id = $pair or (lane = $lane and rank = $rank))",
        {"pair": said, "lane": place[1] if place else None, "rank": int(place[2]) if place else None},
    ).fetchall()
    if listed:
        return ListedPair(*listed[0])
    if con.execute("select 1 from pairs.pair where pair_id = ?", [said]).fetchall():
        return ListedPair(said, None, None)
    raise ReviewRefused(f"{said}: no such pair: give its id as on the list, or its place there, such as conflict/3")


def find_people(con: duckdb.DuckDBPyConnection, one: str, other: str) -> ListedPair:
    """The pair of two people, in contact or not: either may be nominated for a watch. Raises ReviewRefused."""
    for person in (one, other):
        if not con.execute("select 1 from people.person where person_id = ?", [person]).fetchall():
            raise ReviewRefused(f"{person}: no such person: look them up in analyst.people")
    if one == other:
        raise ReviewRefused(f"{one}: a pair needs two people")
    return ListedPair("-".join(sorted((one, other))), None, None)


def evidence_seen(settings: Settings, pair_id: str, by: str, at: datetime) -> bool:
    """Whether the access log has the reviewer looking at the pair, or one of the two, in the fortnight before."""
    subjects = {pair_id, *pair_id.split("-")}
    return any(
        one.entry.kind is Kind.consultation and one.entry.who == by and subjects.intersection(one.entry.subjects)
        for one in read(settings.home, audit_key(settings))
        if at - timedelta(days=SEEN_WITHIN_DAYS) <= one.entry.at <= at
    )


def keep(settings: Settings, con: duckdb.DuckDBPyConnection, reviews: Sequence[Review]) -> list[str]:
    """Adds reviews to the ledger, all or none, and to the log; returns their numbers. Raises ReviewRefused, LogBroken."""
    seen = [replace(one, evidence_seen=evidence_seen(settings, one.pair_id, one.made_by, one.made_at)) for one in reviews]
    for one in seen:
        log(settings, Kind.alteration, f"review: {one.decision}", [one.pair_id], who=one.made_by, why=_why(one))
    return add(con, seen)


def not_said_yet(con: duckdb.DuckDBPyConnection, reviews: Sequence[Review]) -> list[Review]:
    """Those of some reviews that nobody has made before in the same words, or that were taken back since: a sheet may be given again."""
    standing = {_in_words(one) for one in standing_reviews(con).values()}
    return [one for one in reviews if _in_words(one) not in standing]


def _in_words(review: Review) -> tuple[object, ...]:
    return (review.pair_id, review.decision, review.made_by, review.reason, review.pathway, review.note, review.until)


def _why(review: Review) -> str:
    return (
        review.reason or review.pathway or ("as noted in the review" if review.note else f"decided to {review.decision}".replace("_", " "))
    )


def take_back(con: duckdb.DuckDBPyConnection, number: str, by: str, note: str) -> Review:
    """The row that takes a review back. Raises ReviewRefused."""
    found = con.execute("select pair_id from alerts.review where review_id = ?", [number]).fetchall()
    if not found:
        raise ReviewRefused(f"{number}: no such review: `forewarn review ledger` shows them all")
    return Review(found[0][0], Decision.withdraw, by, now_in_london(), note=note, withdraws=number)
