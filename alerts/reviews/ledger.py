"""alerts.review, the ledger of reviews: rows are added and never changed; taking one back is a further row."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from alerts.reviews.decision import Decision, Review, ReviewRefused
from warehouse.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

COLUMNS = ", ".join(field.name for field in fields(Review))


def create_ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Makes alerts.review where it is not there yet."""
    con.execute(
        """create table if not exists alerts.review (review_id varchar primary key, pair_id varchar, decision varchar, made_by varchar,
           made_at timestamp, reason varchar, pathway varchar, note varchar, until date, list_as_of date, score double, withdraws varchar,
           evidence_seen boolean)"""
    )


def review_id(review: Review) -> str:
    """The same decision of the same person at the same moment is one review."""
    said = f"{review.pair_id}|{review.decision}|{review.made_by}|{review.made_at.isoformat()}|{review.withdraws}"
    return "R" + hashlib.sha256(said.encode()).hexdigest()[:10]


def add(con: duckdb.DuckDBPyConnection, reviews: Sequence[Review]) -> list[str]:
    """Adds reviews, all or none; returns their ids. Raises ReviewRefused when one takes back what is not there or is taken back already."""
    create_ledger(con)
    with transaction(con):
        return [_add(con, one) for one in reviews]


def _add(con: duckdb.DuckDBPyConnection, review: Review) -> str:
    if review.withdraws is not None:
        standing = con.execute(
            "select count(*) from alerts.review where review_id = ? and decision <> 'withdraw' "
            "and review_id not in (select withdraws from alerts.review where withdraws is not null)",
            [review.withdraws],
        ).fetchall()
        if standing == [(0,)]:
            raise ReviewRefused(f"{review.withdraws}: no such review stands: `forewarn review ledger` shows them all")
    number = review_id(review)
    con.execute(
        f"insert into alerts.review (review_id, {COLUMNS}) values (?{', ?' * len(fields(Review))}) on conflict do nothing",
        [number, *(value.value if isinstance(value, Decision) else value for value in astuple(review))],
    )
    return number


def read(con: duckdb.DuckDBPyConnection, until: datetime | None = None) -> dict[str, Review]:
    """The reviews that stand: made before `until` and not taken back before then; by their id, in the order they were made."""
    create_ledger(con)
    rows = con.execute(
        f"""with made as (from alerts.review where $until is null or made_at < $until)
            select review_id, {COLUMNS} from made
            where decision <> 'withdraw' and review_id not in (select withdraws from made where withdraws is not null)
            order by made_at, review_id""",
        {"until": until},
    ).fetchall()
    return {row[0]: Review(row[1], Decision(row[2]), *row[3:]) for row in rows}


def current_pair(pair_id: str, heirs: Mapping[str, str]) -> str:
    """The pair as its people are called today; `heirs` gives each merged person's id of today."""
    a, b = sorted(heirs.get(person, person) for person in pair_id.split("-"))
    return f"{a}-{b}"


def heirs(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """For each person id that is no more, the id that its records went to, however often it was passed on."""
    found: dict[str, str] = dict(
        con.execute(
            "select other_person_id, person_id from people.person_change "
            "where change = 'merged' and other_person_id not in (select person_id from people.person) order by as_of"
        ).fetchall()
    )
    return {gone: _last(found, gone) for gone in found}


def _last(passed_on: Mapping[str, str], person_id: str) -> str:
    seen = set()
    while person_id in passed_on and person_id not in seen:
        seen.add(person_id)
        person_id = passed_on[person_id]
    return person_id
