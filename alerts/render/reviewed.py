"""What people decided about pairs, as the list shows it: reviews of listed pairs, pairs that a review took off, and pairs on watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from alerts.english import long_date
from alerts.render.content import ReviewLine, WatchedPair, WatchedPerson
from alerts.render.partnerships import District, district_of
from alerts.render.rows import rows
from alerts.render.wording import clipped, is_child
from alerts.reviews.decision import DISMISSALS, Decision

DECIDED = {
    "agree": "Agreed with",
    "dismiss": "Dismissed",
    "managed": "Already managed",
    "wrong_link": "Wrong link",
    "refer": "Referred",
}


@dataclass(frozen=True)
class PairReview:
    """A review that was not taken back."""

    pair_id: str
    decision: str
    reason: str | None
    pathway: str | None
    note: str | None
    until: date | None
    made_by: str
    made_on: date
    keeps_off: bool
    back_because: str | None


def read_reviews(con: duckdb.DuckDBPyConnection) -> tuple[PairReview, ...]:
    """The reviews that stand or stood, newest first; nominations are apart (read_watched)."""
    return tuple(PairReview(**row) for row in rows(con, _REVIEWS))


def read_watched(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, Any], ...]:
    """The pairs on watch with what is known of their two people."""
    return tuple(rows(con, _WATCHED))


def review_lines(pair_id: str, reviews: Sequence[PairReview], pathways: Mapping[str, str]) -> tuple[ReviewLine, ...]:
    """The reviews of a pair in words; `pathways` are names by code."""
    return tuple(_line(one, pathways) for one in reviews if one.pair_id == pair_id)


def mark_of(pair_id: str, reviews: Sequence[PairReview], pathways: Mapping[str, str], as_of: date) -> str:
    """What the newest review that has not run out makes of a listed pair, in a word or two; empty when there is none."""
    last = next((one for one in reviews if one.pair_id == pair_id and (one.until is None or one.until >= as_of)), None)
    if last is None:
        return ""
    if last.back_because:
        return "Back after dismissal" if last.decision == Decision.dismiss else "Back after wrong link"
    said = DECIDED[last.decision]
    return f"{said}: {_pathway(last, pathways)}" if last.decision == Decision.refer else said


def taken_off(reviews: Sequence[PairReview], pathways: Mapping[str, str]) -> dict[str, str]:
    """For each pair that a review keeps off the list, a sentence on who decided what."""
    return {one.pair_id: _said_off(_line(one, pathways)) for one in reversed(reviews) if one.keeps_off}


def watched_pairs(found: Sequence[dict[str, Any]], ranks: Mapping[str, int], districts: dict[str, District]) -> tuple[WatchedPair, ...]:
    """The pairs on watch, those that end first at the top; `ranks` are the places of listed pairs."""
    return tuple(_watched(row, ranks, districts) for row in sorted(found, key=lambda row: (row["until"], row["pair_id"])))


def _line(one: PairReview, pathways: Mapping[str, str]) -> ReviewLine:
    why = [DISMISSALS.get(one.reason or "", ""), _pathway(one, pathways), clipped(one.note or "")]
    return ReviewLine(DECIDED[one.decision], one.made_by, one.made_on, "; ".join(filter(None, why)), one.until, one.back_because or "")


def _pathway(one: PairReview, pathways: Mapping[str, str]) -> str:
    return pathways.get(one.pathway, one.pathway) if one.pathway else ""


def _said_off(line: ReviewLine) -> str:
    why = f" ({line.why})" if line.why else ""
    return f"A review took it off: {line.decision.lower()} by {line.made_by} on {long_date(line.made_on)}{why}."


def _watched(row: dict[str, Any], ranks: Mapping[str, int], districts: dict[str, District]) -> WatchedPair:
    district = district_of(row["district"], districts)
    one, other = (_person(row, side) for side in "ab")
    return WatchedPair(
        lane=row["lane"] or "conflict", pair_id=row["pair_id"], people=(one, other), district=district.name, partnership=district.partnership,
        score=row["score"], rank=ranks.get(row["pair_id"]), why=clipped(row["note"] or ""), made_by=row["made_by"], made_on=row["made_on"],
        until=row["until"],
    )  # fmt: skip


def _person(row: dict[str, Any], side: str) -> WatchedPerson:
    age = row[f"age_{side}"]
    return WatchedPerson(row[f"name_{side}"] or "Name not known", age, is_child(age), bool(row[f"only_victim_{side}"]))


_REVIEWS = """
    select pair_id, decision, reason, pathway, note, until, made_by, cast(made_at as date) as made_on, keeps_off, back_because
    from analyst.reviews
    where decision not in ('withdraw', 'nominate') and withdrawn_by is null
    order by made_at desc, review_id
"""
_WATCHED = """
    select watched.pair_id, pair.lane, one.display_name as name_a, other.display_name as name_b,
        date_sub('year', one.date_of_birth, run.as_of)::integer as age_a, date_sub('year', other.date_of_birth, run.as_of)::integer as age_b,
        part.only_victim_a, part.only_victim_b, part.district, watched.score, watched.note, watched.made_by,
        cast(watched.made_at as date) as made_on, watched.until
    from analyst.watched_pairs as watched
    cross join (select max(as_of) as as_of from analyst.run) as run
    left join analyst.pairs as pair on pair.pair_id = watched.pair_id
    left join analyst.people as one on one.person_id = split_part(watched.pair_id, '-', 1)
    left join analyst.people as other on other.person_id = split_part(watched.pair_id, '-', 2)
    left join (
        select pair_id, arg_max(district, occurred_at) filter (district is not null) as district,
            bool_or(role_a in ('VICTIM', 'SAID TO BE TARGET')) filter (stance = 'adverse' and not is_protected)
            and bool_and(role_a in ('VICTIM', 'SAID TO BE TARGET') or (role_a = 'NAMED' and kind in ('dispute', 'fear')))
                filter (stance = 'adverse' and not is_protected) as only_victim_a,
            bool_or(role_b in ('VICTIM', 'SAID TO BE TARGET')) filter (stance = 'adverse' and not is_protected)
            and bool_and(role_b in ('VICTIM', 'SAID TO BE TARGET') or (role_b = 'NAMED' and kind in ('dispute', 'fear')))
                filter (stance = 'adverse' and not is_protected) as only_victim_b
        from analyst.pair_timeline group by pair_id
    ) as part on part.pair_id = watched.pair_id
    where pair.pair_id is not null
"""
