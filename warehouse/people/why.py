"""Why any two records are one person's or are not: the evidence between the two, and what decided."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.people.agreement import Agreement
from warehouse.people.blocking import shared_keys
from warehouse.people.clusters import SINGLED_OUT
from warehouse.people.contradictions import Portrait, contradiction
from warehouse.people.evidence import name_levels, weigh_comparisons
from warehouse.people.groups import portray
from warehouse.people.judgements import standing
from warehouse.people.kept_model import KEPT
from warehouse.people.linkage import Model
from warehouse.people.roll import Traits
from warehouse.people.settled import settle
from warehouse.people.sides import RecordUnknown, find_side, unknown
from warehouse.people.strong_links import STRONG_WEIGHT

if TYPE_CHECKING:
    import duckdb

TRAITS = """
    select context_id, forename, coalesce(forename_all, []), surname_clean, born, upn, nominal_ref, district, false, false
    from people.record join people.person_record as found using (source, record_id) where found.person_id = ? and record.counts
    order by record_key"""
VALUES = {
    "forename": "array_to_string(forename_all, ' ')",
    "surname": "surname_clean",
    "middle_name": "array_to_string(middle, ' ')",
    "born": "born",
    "address": "post",
    "district": "district",
    "sex": "sex",
    "nominal_ref": "nominal_ref",
    "street_name": "street_name",
}


@dataclass(frozen=True)
class Weighed:
    """One comparison of the two: what it says, the two values as compared (a pupil number is not shown), and its weight in log2 odds."""

    comparison: str
    says: str
    value_a: str | None
    value_b: str | None
    weight: float | None


@dataclass(frozen=True)
class Why:
    """Two records by name (`source:record_id`), whose they are, the evidence between them, and what decided, in sentences."""

    records: tuple[str, str]
    people: tuple[str, str]
    weighed: tuple[Weighed, ...]
    reasons: tuple[str, ...]

    @property
    def match_weight(self) -> float:
        """The evidence of the two records together."""
        return sum(one.weight or 0.0 for one in self.weighed)


def find_why(con: duckdb.DuckDBPyConnection, a: str, b: str) -> Why:
    """Why two records are one person's or not, by the warehouse as the last night left it. Raises RecordUnknown, RecordAmbiguous."""
    (person_a, source_a, record_a), (person_b, source_b, record_b) = _record(con, a), _record(con, b)
    if (source_a, record_a) == (source_b, record_b):
        raise RecordUnknown("both are one record: name two")
    keys = [
        con.execute("select record_key from people.record where source = ? and record_id = ?", [source, record]).fetchall()[0][0]
        for source, record in ((source_a, record_a), (source_b, record_b))
    ]
    con.execute("attach if not exists ':memory:' as linkage")
    try:
        weighed, shared = _weigh(con, keys[0], keys[1])
        weight = sum(one.weight or 0.0 for one in weighed)
        if person_a == person_b:
            reasons = _joined(con, keys[0], keys[1])
        else:
            reasons = _apart(con, (person_a, person_b), (f"{source_a}:{record_a}", f"{source_b}:{record_b}"), weight, shared)
        return Why((f"{source_a}:{record_a}", f"{source_b}:{record_b}"), (person_a, person_b), weighed, tuple(reasons))
    finally:
        con.execute("detach linkage")


def _record(con: duckdb.DuckDBPyConnection, text: str) -> tuple[str, str, str]:
    side = find_side(con, text)
    one = side.records[0]
    if side.is_person:
        raise RecordUnknown(f"{text} is a person: name a record of theirs, as analyst.person_records lists them")
    protected = con.execute("select is_protected from people.person_record where source = ? and record_id = ?", [one.source, one.record_id])
    if protected.fetchall() == [(True,)]:
        raise unknown(text)
    if one.source == "intelligence_mention":
        raise RecordUnknown(f"{text} is named in a report's text only: there is nothing but the words to compare")
    return side.person_id, one.source, one.record_id


def _weigh(con: duckdb.DuckDBPyConnection, a: int, b: int) -> tuple[tuple[Weighed, ...], list[str]]:
    """The comparisons of two records by the model of the last night, and the meanings of the blocking keys that they share."""
    [(catalog,)] = con.execute("select current_catalog()").fetchall()
    work = con.cursor()
    try:
        work.execute("use linkage")
        for table, working in KEPT.items():
            work.execute(f'create or replace table {working} as from "{catalog}".people.{table}')
        work.execute(f'create or replace table record as select * from "{catalog}".people.record where record_key in (?, ?)', [a, b])
        work.execute("create or replace table wanted as select ?::bigint as record_a, ?::bigint as record_b", [a, b])
        weigh_comparisons(work, Model(*work.execute("select model_id, settings from model").fetchall()[0]), "record")
        name_levels(work, "comparison_level")
        cases = " ".join(f"when '{name}' then {value}" for name, value in VALUES.items())
        rows = work.execute(
            f"""select said.comparison, said.says, case said.comparison {cases} end, weighed.weight
            from weighed join comparison_level as said using (place, level) cross join record
            order by weighed.place, record.record_key = ?""",
            [b],
        ).fetchall()
        pairs = zip(rows[::2], rows[1::2], strict=True)
        weighed = tuple(Weighed(name, says, value_a, value_b, weight) for (name, says, value_a, weight), (_, _, value_b, _) in pairs)
        return weighed, shared_keys(work, "record")
    finally:
        work.close()


def _joined(con: duckdb.DuckDBPyConnection, a: int, b: int) -> list[str]:
    """How the links that hold the person together lead from one record to the other."""
    beside: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for one, other, how in con.execute("select record_a, record_b, how from people.link order by all").fetchall():
        beside[one].append((other, how))
        beside[other].append((one, how))
    came_from: dict[int, tuple[int, str]] = {a: (a, "")}
    ahead = deque([a])
    while ahead and b not in came_from:
        here = ahead.popleft()
        for other, how in beside[here]:
            if other not in came_from:
                came_from[other] = (here, how)
                ahead.append(other)
    steps = []
    while b != a and b in came_from:
        before, how = came_from[b]
        steps.append((before, b, how))
        b = before
    if len(steps) == 1:
        return [f"The two were joined by this link: {steps[0][2]}."]
    return [
        f"One person through {len(steps)} links:",
        *(f"{_key(con, one)} and {_key(con, other)}: {how}" for one, other, how in steps[::-1]),
    ]


def _key(con: duckdb.DuckDBPyConnection, record: int) -> str:
    rows = con.execute(
        "select found.source || ':' || found.record_id, found.is_protected from people.record join people.person_record as found "
        "using (source, record_id) where record.record_key = ?",
        [record],
    ).fetchall()
    return "a protected report" if rows[0][1] else str(rows[0][0])


def _apart(
    con: duckdb.DuckDBPyConnection, people: tuple[str, str], records: tuple[str, str], weight: float, shared: list[str]
) -> list[str]:
    """What keeps two people apart, or what would be missing to make them one."""
    settled = settle(standing(con))
    one, other = (set(names) for names in map(settled.one_with, records))
    for judgement in settled.taken:
        sides = set(judgement.side_a), set(judgement.side_b)
        if judgement.judgement == "different" and ((one & sides[0] and other & sides[1]) or (one & sides[1] and other & sides[0])):
            return [f"Two people: a person judged so (judgement {judgement.judgement_id})."]
    agreement = Agreement.as_learned(con, "people.model_variant", "people.model_name")
    portraits = [_portrait(con, person) for person in people]
    reasons = []
    if portraits[0] and portraits[1] and (vetoed := contradiction(portraits[0], portraits[1], agreement)):
        reasons.append(f"Kept apart, whatever else agrees: {vetoed}.")
    if not shared:
        reasons.append("Never compared: the two share none of the keys by which records are brought together, such as name and birth date.")
    if weight < STRONG_WEIGHT:
        reasons.append(
            f"The evidence between the two weighs {weight:+.1f}; by itself a link is strong from {STRONG_WEIGHT:+.0f} on "
            f"(odds of {2**STRONG_WEIGHT:,.0f} to 1)."
        )
    elif not reasons:
        reasons.append(
            "The evidence is strong, but without a date of birth or a number on both sides the record must be singled out among all who fit "
            f"(by {SINGLED_OUT:.0%}), and was not."
        )
    doubt = con.execute("select why from people.link_review where person_a = ? and person_b = ?", sorted(people)).fetchall()
    reasons += [f"The two people are in review: {why}." for (why,) in doubt if not any(why in reason for reason in reasons)]
    return reasons


def _portrait(con: duckdb.DuckDBPyConnection, person_id: str) -> Portrait | None:
    """What the records of a person say together."""
    rows = con.execute(TRAITS, [person_id]).fetchall()
    return portray([Traits(context, forename, tuple(given), *rest) for context, forename, given, *rest in rows]) if rows else None
