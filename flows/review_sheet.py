"""Reviews in bulk: the list as a sheet with empty columns to fill in, and such a sheet read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.reviews.decision import Decision, Review, ReviewRefused
from flows.sheets import read_sheet, write_sheet

if TYPE_CHECKING:
    import duckdb

SHOWN = ("lane", "rank", "pair_id", "name_a", "name_b", "score", "status", "reviewed")
TO_FILL = ("decision", "reason", "pathway", "note", "until", "by")
DECISIONS = tuple(one.value for one in Decision if one not in (Decision.nominate, Decision.withdraw))
"""What the sheet's decision column may say."""

_LIST = """
select flag.lane, flag.rank, flag.pair_id, one.display_name, two.display_name, round(flag.score, 4), flag.status,
    coalesce(standing.decision || ' by ' || standing.made_by || ' on ' || standing.made_at::date, '')
from alerts.flag
left join people.person as one on one.person_id = flag.person_a
left join people.person as two on two.person_id = flag.person_b
left join alerts.standing_review as standing on standing.pair_id = flag.pair_id
where flag.as_of = (select max(as_of) from alerts.flag)
order by flag.lane, flag.rank
"""

Find = Callable[[str], tuple[str, date | None, float | None]]
"""From what a sheet calls a pair to its id, the list that it is on, and its score there. Raises ReviewRefused."""


@dataclass(frozen=True)
class Reviews:
    """What a sheet says: the reviews, how many rows were left empty, and what is wrong with others, each with its line."""

    reviews: tuple[Review, ...]
    empty: int
    wrong: tuple[str, ...]


def write_review_sheet(con: duckdb.DuckDBPyConnection, file: Path) -> int:
    """Writes the last list with columns to fill in, as .xlsx or .csv; returns its rows."""
    rows = con.execute(_LIST).fetchall()
    write_sheet(file, (*SHOWN, *TO_FILL), [(*row, *("" for _ in TO_FILL)) for row in rows], {"decision": DECISIONS})
    return len(rows)


def read_review_sheet(file: Path, find: Find, now: datetime, pathways: frozenset[str]) -> Reviews:
    """Reads a filled-in sheet. Raises SheetUnreadable when it is no such sheet."""
    reviews, empty, wrong = [], 0, []
    for row in read_sheet(file, ("pair_id", "decision", "by")):
        if row.wrong:
            wrong.append(f"line {row.line} {row.wrong}")
        elif not row.values["decision"]:
            empty += 1
        else:
            try:
                reviews.append(_review(row.values, find, now, pathways))
            except ReviewRefused as error:
                wrong.append(f"line {row.line}: {error}")
    return Reviews(tuple(reviews), empty, tuple(wrong))


def _review(row: Mapping[str, str], find: Find, now: datetime, pathways: frozenset[str]) -> Review:
    if row["decision"] not in DECISIONS:
        raise ReviewRefused(f"decision {row['decision']!r} is not known: one of {', '.join(DECISIONS)}")
    pathway = row.get("pathway") or None
    if pathway is not None and pathway not in pathways:
        raise ReviewRefused(f"pathway {pathway!r} is not known: one of {', '.join(sorted(pathways))}")
    try:
        until = date.fromisoformat(row["until"][:10]) if row.get("until") else None
    except ValueError:
        raise ReviewRefused(f"until {row['until']!r} is no date: write it as 2026-05-31") from None
    pair_id, list_as_of, score = find(row["pair_id"])
    reason, note = row.get("reason") or None, row.get("note") or None
    return Review(
        pair_id,
        Decision(row["decision"]),
        row["by"],
        now,
        reason=reason,
        pathway=pathway,
        note=note,
        until=until,
        list_as_of=list_as_of,
        score=score,
    )
