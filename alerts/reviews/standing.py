"""What people's reviews mean for a night: which pairs stay off the list, which are back and why, and which are on watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from alerts.reviews.decision import STAYS_OFF, Decision, Review
from alerts.reviews.ledger import current_pair, heirs, read
from features.harm import harm_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

LOOK_BACK_DAYS = 365
RISEN = 1.25
"""A score is worse from this ratio to that of the review on: the ratio from which a pair counts as escalating."""

_EVENTS = """
select pair_id, known_at, occurred_at, severity, evidence, is_serious from pairs.event
where known_to is null and stance = 'adverse' and source <> 'exclusion'
"""


@dataclass(frozen=True)
class Standing:
    """The last review of a pair that stands. `is_off`: the pair is kept off the list; else `back_because` says why a dismissed one is on it."""

    review_id: str
    pair_id: str
    review: Review
    is_off: bool
    back_because: str | None = None


@dataclass(frozen=True)
class Reviewed:
    """The standing reviews by pair, and the standing nominations by pair, as known on a night."""

    by_pair: Mapping[str, Standing]
    watched: Mapping[str, tuple[str, Review]]


def standing_on(con: duckdb.DuckDBPyConnection, as_of: date, scores: Mapping[str, float]) -> Reviewed:
    """What stands at the end of `as_of`; `scores` are the pairs' scores of that night. A review with an end counts up to that day."""
    gone = heirs(con)
    last: dict[str, tuple[str, Review]] = {}
    watched: dict[str, tuple[str, Review]] = {}
    for number, review in read(con, datetime.combine(as_of + timedelta(days=1), datetime.min.time())).items():
        if review.until is None or review.until >= as_of:
            (watched if review.decision is Decision.nominate else last)[current_pair(review.pair_id, gone)] = (number, review)
    events = con.sql(_EVENTS).pl().filter(pl.col("pair_id").is_in([pair for pair, (_, one) in last.items() if one.decision in STAYS_OFF]))
    return Reviewed({pair: _standing(pair, *one, events, scores.get(pair)) for pair, one in last.items()}, watched)


def _standing(pair_id: str, number: str, review: Review, events: pl.DataFrame, score: float | None) -> Standing:
    if review.decision not in STAYS_OFF:
        return Standing(number, pair_id, review, is_off=False)
    why = new_and_worse(events.filter(pl.col("pair_id") == pair_id), review, score)
    return Standing(number, pair_id, review, is_off=why is None, back_because=why)


def new_and_worse(events: pl.DataFrame, review: Review, score: float | None) -> str | None:
    """Why a dismissed pair is back, or None: what came to be known since is serious, or weighs more than anything of the year before,
    or has raised the score by a quarter.

    `events` of the pair: known_at, occurred_at, severity, evidence, is_serious.
    """
    weighed = events.with_columns((harm_points(pl.col("severity")) * pl.col("evidence")).alias("points"))
    fresh = weighed.filter(pl.col("known_at") >= review.made_at)
    if fresh.is_empty():
        return None
    if fresh["is_serious"].any():
        return "serious violence between the two has become known since"
    since = pl.lit(review.made_at - timedelta(days=LOOK_BACK_DAYS))
    before = weighed.filter((pl.col("known_at") < review.made_at) & (pl.col("occurred_at") >= since))
    if before.is_empty() or fresh.select(pl.col("points").max()).item() > before.select(pl.col("points").max()).item():
        return "something worse than anything of the year before has become known since"
    if score is not None and review.score is not None and score >= RISEN * review.score:
        return "there are new events, and the score has risen by a quarter or more"
    return None


def write_standing(con: duckdb.DuckDBPyConnection, reviewed: Reviewed) -> None:
    """Writes alerts.standing_review and alerts.watched_pair, for the analysts and the list of this night."""
    rows = [
        (one.pair_id, one.review_id, one.review.decision.value, one.review.made_by, one.review.made_at, one.review.reason,
         one.review.pathway, one.review.note, one.review.until, one.is_off, one.back_because)
        for one in reviewed.by_pair.values()
    ]  # fmt: skip
    con.execute(
        """create or replace table alerts.standing_review (pair_id varchar, review_id varchar, decision varchar, made_by varchar, made_at timestamp,
           reason varchar, pathway varchar, note varchar, until date, is_off boolean, back_because varchar)"""
    )
    con.execute(
        "create or replace table alerts.watched_pair (pair_id varchar, review_id varchar, made_by varchar, made_at timestamp, note varchar, until date)"
    )
    if rows:
        con.executemany("insert into alerts.standing_review values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    watched = [(pair, number, one.made_by, one.made_at, one.note, one.until) for pair, (number, one) in reviewed.watched.items()]
    if watched:
        con.executemany("insert into alerts.watched_pair values (?, ?, ?, ?, ?, ?)", watched)
