"""The sections of what was made of the records: links, contacts, scores, flags and lists, reviews, dates. Reads the published database.

Other people are numbered; protected reports are left out, and so is what a reason says of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from alerts.subject_access.export import Row, Section

if TYPE_CHECKING:
    import duckdb

    from warehouse.subject_access.others import Redaction

PROTECTED = re.compile(r"(?:, | and )?protected intelligence graded \S+ on \d{1,2} \w+ \d{4}")
SCHOOL_KEY = re.compile(r"[^/]+/.+/([0-9]{4}-[0-9]{2}-[0-9]{2})")
"""Of pupil, school and day; other numbers have strokes in them too."""
AT_SCHOOL = "the school record of "


def made_sections(con: duckdb.DuckDBPyConnection, person_id: str, redaction: Redaction) -> list[Section]:
    """What was made of the records, by the last night."""
    others = _others(con, person_id)
    links, contacts, scores, flags = (_asked(con, query, person_id) for query in (LINKS, CONTACTS, SCORES, FLAGS))
    return [
        Section("You, as put together", "Who the records are taken to be about, made from the records above.", tuple(_asked(con, PERSON, person_id))),
        Section("Why records were taken to be yours", "Records of agencies carry no common number; they are compared. A positive weight speaks for one person, a "
            "negative one against.",
                tuple(row | _records(row) for row in links)),
        Section("People you were perhaps mistaken for", "Pairs of people whom the comparison was not sure about: they are kept apart until a person decides.",
                tuple(_asked(con, UNSURE, person_id))),
        Section("What passed between you and others", "Events in which you and another person both stand. Direction, kind and weight are read from the records.",
                tuple(_with_other(row, others, redaction) for row in contacts)),
        Section("Scores", "By the week that follows, the assessed probability of serious violence between you and another person within 28 days. "
            "An assessment, not a fact.",
                tuple(_with_other(row, others, redaction) for row in scores)),
        Section("When you were flagged, and why", "Nights on which you and another person were among those to look at first, with the reasons then given.",
                tuple(_with_other(row | {"reasons": _reasons(row["reasons"], redaction)}, others, redaction) for row in flags)),
        Section("What reviewers decided", "Named reviewers decide what, if anything, follows from a flag.",
                tuple(_with_other(row, others, redaction) for row in _asked(con, REVIEWS, person_id))),
        Section("How long it is kept", "The date on which each record is due for review and erasure, by the retention schedule.",
                tuple(row | _records(row) for row in _asked(con, DATES, person_id))),
    ]  # fmt: skip


def pair_ids(con: duckdb.DuckDBPyConnection, person_id: str) -> set[str]:
    """The pairs that a person is in."""
    return {pair for (pair,) in con.execute("select pair_id from analyst.pairs where $1 in (person_a, person_b)", [person_id]).fetchall()}


def without_protected(reason: str) -> str | None:
    """A reason without what it says of protected intelligence; None if that was all."""
    left = PROTECTED.sub("", reason)
    left = re.sub(r": (?:, | and )", ": ", left)
    return left if "protected" not in left and not left.endswith(": ") and left.strip() else None


def _reasons(reasons: list[str], redaction: Redaction) -> list[str]:
    return [redaction.of(left) for reason in reasons if (left := without_protected(reason))]


def _asked(con: duckdb.DuckDBPyConnection, query: str, person_id: str) -> list[Row]:
    found = con.execute(query, {"person": person_id})
    names = [column[0] for column in found.description]
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in found.fetchall()]


def _others(con: duckdb.DuckDBPyConnection, person_id: str) -> dict[str, str]:
    """Each other person under a number, in the order in which they came into contact with this one."""
    rows = con.execute(OTHERS, {"person": person_id}).fetchall()
    return {other: f"another person ({number})" for number, (other,) in enumerate(rows, start=1)}


def _with_other(row: Row, others: dict[str, str], redaction: Redaction) -> Row:
    """The row with the other person's number in place of their id, texts without names, a school record without the pupil's number."""
    said: dict[str, Any] = {"with": others.get(row["other"], "another person")}
    for name, value in row.items():
        if name in {"summary", "note"}:
            said[name] = redaction.of(value, str(row.get("record_id", "")))
        elif name not in {"other", "record_id"}:
            said[name] = value
    return said | _records(row)


def _records(row: Row) -> Row:
    """The keys of records, a school record by its day: its key holds the pupil's number."""
    return {name: _key(value) for name, value in row.items() if name.startswith("record")}


def _key(record_id: Any) -> Any:
    at_school = SCHOOL_KEY.fullmatch(str(record_id))
    return AT_SCHOOL + at_school[1] if at_school else record_id


PERSON = "select display_name as name, date_of_birth, sex, district, records from analyst.people where person_id = $person"
LINKS = """select record_a, record_b, how, match_weight,
        list(comparison || ': ' || says || coalesce(' (' || value_a || ', ' || value_b || ')', '') || ', ' || format('{:+.1f}', weight) order by place)
            as comparisons
    from analyst.link_evidence where person_id = $person group by source_a, record_a, record_b, how, match_weight order by source_a, record_a, record_b"""
UNSURE = """select 'another person' as "with", match_probability from analyst.link_review where $person in (person_a, person_b) order by match_probability desc"""
EVENTS = "select * from analyst.pair_timeline where $person in (person_a, person_b) and not is_protected"
OTHERS = f"select if(person_a = $person, person_b, person_a) as other from ({EVENTS}) group by other order by min(occurred_at), other"
CONTACTS = f"""select if(person_a = $person, person_b, person_a) as other, occurred_at, known_at, source, record_id, meaning,
        case direction when 'mutual' then 'both, or not known'
            when if(person_a = $person, 'a_to_b', 'b_to_a') then 'from you' else 'towards you' end as direction,
        if(person_a = $person, role_a, role_b) as your_role, severity, serious, weapon, grade, summary
    from ({EVENTS}) order by occurred_at, record_id, meaning"""
SCORES = f"""select if(pair.person_a = $person, pair.person_b, pair.person_a) as other,
        list(week.week || ': ' || format('{{:.4f}}%', 100 * week.score) order by week.week) as weeks
    from analyst.pair_weeks as week join analyst.pairs as pair using (pair_id)
    where $person in (pair.person_a, pair.person_b) and pair_id in (select pair_id from ({EVENTS})) group by other order by other"""
FLAGS = """select if(person_a = $person, person_b, person_a) as other, as_of, lane, "rank", score, status, reasons
    from analyst.flag_history where $person in (person_a, person_b) order by as_of, lane, "rank" """
REVIEWS = """select if(split_part(pair_id, '-', 1) = $person, split_part(pair_id, '-', 2), split_part(pair_id, '-', 1)) as other,
        made_at, decision, reason, pathway, note, until
    from analyst.reviews where $person in (split_part(pair_id, '-', 1), split_part(pair_id, '-', 2)) order by made_at"""
DATES = """select due.source, due.record_id, due.review_on, due.rule, due.is_held
    from analyst.review_dates as due
    where (due.source, due.record_id) in (
        select case source when 'incident_party' then 'incident' when 'exclusion' then 'exclusion' else 'intelligence' end,
            if(source = 'exclusion', record_id, regexp_replace(record_id, '/[^/]*$', ''))
        from analyst.person_records where person_id = $person)
    order by due.review_on, due.record_id"""
