"""What holds a person together: the links between their records, weakest first, and whom they were perhaps mistaken for."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from alerts.english import counted, short_day
from alerts.pages.events import record_shown
from alerts.pages.page import Section, share
from alerts.pages.people import Known
from alerts.render.rows import rows

if TYPE_CHECKING:
    import duckdb

WEAK = 9.0
"""Evidence of a link, in log2 of the odds, under which it is strong only with other things (docs/analyst.md)."""
MOST_LINKS = 12
COMPARED, PRIOR = "records compared", "prior"


def links(con: duckdb.DuckDBPyConnection, person: Known) -> Section:
    """The links of one person, those with least evidence first."""
    found = rows(con, _LINKS, [person.person_id])
    links_of = [list(link) for _, link in groupby(found, key=lambda row: (row["match_weight"], row["record_a"], row["record_b"]))]
    weak = sum(link[0]["match_weight"] < WEAK for link in links_of)
    more = f" The {MOST_LINKS} weakest are shown." if len(links_of) > MOST_LINKS else ""
    said = (
        f"{counted(len(links_of), 'link')} between {counted(person.records, 'record')}, weakest first; {weak or 'none'} with a weight under {WEAK:.0f}, "
        f"which need more than the two records to hold.{more} Weights are log2 of the odds: +1 doubles them. A link's own begins at what any two records "
        f"start with ({_start(found)})."
    )
    columns = ("Records", "Weight", "Speaks for it", "Speaks against it", "Taken because")
    empty = "One record that may be shown, so nothing was joined; or all links pass through protected reports, which are left out."
    return Section(f"What holds {person.called} together", said, columns, tuple(_link(link) for link in links_of[:MOST_LINKS]), empty)


def doubts(con: duckdb.DuckDBPyConnection, people: list[Known]) -> Section:
    """Whom the linkage could neither join nor keep apart, what people judged, and merges and splits."""
    ids, names = [one.person_id for one in people], {one.person_id: one.name for one in people}
    unsure = [
        (names[row["mine"]], f"perhaps also {row['name']} ({row['other']})", _likely(row["match_probability"]), row["why"] or "")
        for row in rows(con, _UNSURE, [ids])
    ]
    judged = [
        (names[row["mine"]], f"judged {row['judgement']} as {row['other'] or 'a record that is not there'}", row["state"] or "",
         f"{row['why']} ({row['judged_by']}, {short_day(row['judged_at'])})")
        for row in rows(con, _JUDGED, [ids])
    ]  # fmt: skip
    changed = [
        (names[row["person_id"]], f"{row['change']} {'with' if row['change'] == 'merged' else 'from'} {row['other_person_id']}",
         short_day(row["as_of"]), counted(row["records"], "record") + " moved")
        for row in rows(con, _CHANGED, [ids])
    ]  # fmt: skip
    return Section(
        "Who is who: doubts, judgements, changes",
        "Decide with: forewarn people same|different|unsure A B --by NAME --why TEXT.",
        ("Person", "What", "How likely, how it stands, or when", "Why"),
        (*unsure, *judged, *changed),
        "No doubt, no judgement, no change on record.",
    )


def _link(link: list[dict[str, Any]]) -> tuple[str, ...]:
    first = link[0]
    ends = " – ".join(record_shown(first[f"source_{side}"], first[f"record_{side}"]) for side in "ab")
    compared = [row for row in link if row["weight"] is not None and row["comparison"] != PRIOR]
    speaks = sorted((row for row in compared if row["weight"] > 0), key=lambda row: -row["weight"])
    against = sorted((row for row in compared if row["weight"] < 0), key=lambda row: row["weight"])
    return ends, f"{first['match_weight']:+.1f}", "; ".join(map(_part, speaks)), "; ".join(map(_part, against)), first["how"]


def _part(row: dict[str, Any]) -> str:
    values = " / ".join(str(row[name]) for name in ("value_a", "value_b") if row[name])
    what = f"{row['comparison'].replace('_', ' ')} different" if row["says"] == "different" else row["says"]
    return f"{what} {row['weight']:+.1f}" + (f" [{values}]" if values and row["part"] == COMPARED else "")


def _start(found: list[dict[str, Any]]) -> str:
    return next((f"{row['weight']:+.1f}" for row in found if row["comparison"] == PRIOR), "no weight")


def _likely(probability: float | None) -> str:
    return share(probability) or "not weighed"


_LINKS = """
    select source_a, record_a, source_b, record_b, part, comparison, says, value_a, value_b, weight, match_weight, how
    from analyst.link_evidence where person_id = $1 order by match_weight, record_a, record_b, place
"""
_UNSURE = """
    select doubt.mine, doubt.other, people.display_name as name, doubt.match_probability, doubt.why
    from (
        select person_a as mine, person_b as other, match_probability, why from analyst.link_review where person_a in (select unnest($1))
        union all
        select person_b, person_a, match_probability, why from analyst.link_review where person_b in (select unnest($1))
    ) as doubt
    join analyst.people on people.person_id = doubt.other
    order by doubt.match_probability desc, doubt.mine, doubt.other
"""
_JUDGED = """
    select judgement_id, if(person_of_a in (select unnest($1)), person_of_a, person_of_b) as mine,
        if(person_of_a in (select unnest($1)), person_of_b, person_of_a) as other, judgement, state, why, judged_by, judged_at::date as judged_at
    from analyst.judgements where person_of_a in (select unnest($1)) or person_of_b in (select unnest($1)) order by judgement_id
"""
_CHANGED = "select * from analyst.person_changes where person_id in (select unnest($1)) order by as_of, other_person_id"
