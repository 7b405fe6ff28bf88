"""What stands around a pair or a person: reviews and watches, feuds, and the others with whom there is conflict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from alerts.english import short_day
from alerts.pages.page import Section, share
from alerts.render.rows import rows
from alerts.render.wording import chance
from alerts.reviews.decision import DISMISSALS

if TYPE_CHECKING:
    import duckdb

MOST_OTHERS = 20


def reviews(con: duckdb.DuckDBPyConnection, pair_ids: list[str], pathways: Mapping[str, str]) -> Section:
    """What people decided, with what was taken back; and watches."""
    found = rows(con, "select * from analyst.reviews where pair_id in (select unnest($1)) order by made_at desc, review_id", [pair_ids])
    return Section(
        "What people decided",
        "Every review that is published, newest first; a decision made by day is published by the next night.",
        ("When", "Decision", "Why", "By", "Until", "What it does"),
        tuple(_review(one, pathways) for one in found),
        "Nobody has reviewed this.",
    )


def feuds(con: duckdb.DuckDBPyConnection, people: list[str]) -> Section:
    """The feuds that all of these people stand in, with who is on which side."""
    found = rows(con, _FEUDS, [people, len(people)])
    return Section(
        "Feud",
        "Read by a machine from who acted against whom and who was seen with whom: it may be wrong, and is no finding of gang membership.",
        ("Feud", "Chance of serious violence between any two of them", "Side", "Person", "Age", "Note", "Id"),
        tuple(
            (one["feud_id"], f"{chance(one['score'])} ({share(one['score'])})", one["side"] or "neither told", one["display_name"],
             str(one["age"] if one["age"] is not None else "not known"), "only a victim there" if one["only_victim"] else "", one["person_id"])
            for one in found
        ),
        "In no feud (three people or more held together by live conflicts) together." if len(people) > 1 else "In no feud.",
    )  # fmt: skip


def others(con: duckdb.DuckDBPyConnection, person_id: str, name: str, without: str = "") -> Section:
    """Everyone else with whom a person is in contact, likeliest to come to violence first."""
    found = rows(con, _OTHERS, [person_id, without, MOST_OTHERS + 1])
    more = f" The first {MOST_OTHERS} are shown." if len(found) > MOST_OTHERS else ""
    return Section(
        f"{name} and others",
        f"Everyone else with a record or report of contact, the likeliest to come to serious violence first.{more}",
        ("With", "Newest score", "On tonight's list", "Adverse events in a year", "Last contact", "Lane", "Pair"),
        tuple(
            (one["name"], share(one["score"]) or "none", f"{one['lane']} {one['list_rank']}" if one["list_rank"] else "", str(one["adverse"]),
             short_day(one["last_contact"]), one["lane"], one["pair_id"])
            for one in found[:MOST_OTHERS]
        ),
        "Nobody else.",
    )  # fmt: skip


def _review(one: dict[str, Any], pathways: Mapping[str, str]) -> tuple[str, ...]:
    detail = [
        DISMISSALS.get(one["reason"] or "", one["reason"] or ""),
        pathways.get(one["pathway"] or "", one["pathway"] or ""),
        one["note"] or "",
    ]
    does = "taken back" if one["withdrawn_by"] else "keeps it off the list" if one["keeps_off"] else ""
    back = f"back because {one['back_because']}" if one["back_because"] else ""
    seen = "" if one["evidence_seen"] else " (no look at the evidence is logged)"
    return (
        f"{one['made_at']:%Y-%m-%d %H:%M}", f"{one['decision'].replace('_', ' ')} {one['review_id']}", "; ".join(filter(None, detail)),
        one["made_by"] + (seen if one["decision"] not in {"withdraw", "nominate"} else ""), str(one["until"] or ""), does or back,
    )  # fmt: skip


_FEUDS = """
    select feud.feud_id, feud.score, member.side, member.display_name, member.age, member.only_victim, member.person_id
    from analyst.feuds as feud join analyst.feud_people as member using (feud_id)
    where feud.feud_id in (
        select feud_id from analyst.feud_people where person_id in (select unnest($1)) group by feud_id having count(*) = $2
    )
    order by feud.rank, member.side nulls last, member.pairs desc, member.person_id
"""
_OTHERS = """
    select other_name as name, score, lane, list_rank, adverse_365d as adverse, last_contact, pair_id
    from analyst.person_pairs where person_id = $1 and pair_id <> $2
    order by score desc nulls last, last_contact desc, pair_id limit $3
"""
