"""Who the people of a page are, from the published database: names, ages, and whoever an id has become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from alerts.pages.page import NotThere
from alerts.render.partnerships import District, district_of
from alerts.render.published import merged_people
from alerts.render.rows import rows
from alerts.render.wording import SEXES

if TYPE_CHECKING:
    import duckdb

CHILD = "is under 18: a child. The route is safeguarding: support and protection, not enforcement."
AGE_UNKNOWN = "has no known age: possibly under 18 until checked."
MOST_FOUND = 20


@dataclass(frozen=True)
class Known:
    """A person as published; `age` on the as-of date."""

    person_id: str
    name: str
    born: date | None
    age: int | None
    sex: str
    district: str
    records: int

    @property
    def called(self) -> str:
        """Name and age."""
        return f"{self.name} ({self.age if self.age is not None else 'age not known'})"

    @property
    def heed(self) -> tuple[str, ...]:
        """What their age asks for."""
        if self.age is None:
            return (f"{self.name} {AGE_UNKNOWN}",)
        return (f"{self.name} {CHILD}",) if self.age < 18 else ()


def known_people(con: duckdb.DuckDBPyConnection, ids: Iterable[str], districts: Mapping[str, District]) -> dict[str, Known]:
    """The people of some ids, by id."""
    found = rows(con, _PEOPLE, [sorted(set(ids))])
    return {
        row["person_id"]: Known(
            row["person_id"], row["display_name"], row["date_of_birth"], row["age"], SEXES.get(row["sex"] or "", "not known"),
            district_of(row["district"], dict(districts)).name, row["records"],
        )
        for row in found
    }  # fmt: skip


def person_said(con: duckdb.DuckDBPyConnection, said: str) -> str:
    """The person_id that is meant: an id, one that it has become part of, or the only person of that name. Raises NotThere."""
    person_id = _today(con, said)
    if con.execute("select 1 from analyst.people where person_id = ?", [person_id]).fetchall():
        return person_id
    named = con.execute(_NAMED, [said, MOST_FOUND + 1]).fetchall()
    if len(named) == 1:
        return str(named[0][0])
    if not named:
        raise NotThere(f"{said}: no such person: give an id or a name as in analyst.people")
    more = f", and more: see analyst.people where display_name ilike '{said}%'" if len(named) > MOST_FOUND else ""
    how_many = f"more than {MOST_FOUND}" if len(named) > MOST_FOUND else str(len(named))
    listed = "; ".join(f"{one} (born {born or 'not known'}, {records} records)" for one, born, records in named[:MOST_FOUND])
    raise NotThere(f"{said}: {how_many} people have this name, so give the id: {listed}{more}")


def pair_said(con: duckdb.DuckDBPyConnection, said: str) -> str:
    """The pair_id that is meant, its people by their ids of today. Raises NotThere."""
    pair_id = "-".join(sorted(_today(con, person) for person in said.split("-")))
    if con.execute("select 1 from analyst.pairs where pair_id = ?", [pair_id]).fetchall():
        return pair_id
    raise NotThere(f"{said}: no such pair: give its id as in analyst.pairs, or its place on the last list, such as conflict/3")


def _today(con: duckdb.DuckDBPyConnection, person_id: str) -> str:
    passed_on, seen = merged_people(con, date.min), set()
    while person_id in passed_on and person_id not in seen:
        seen.add(person_id)
        person_id = passed_on[person_id]
    return person_id


_PEOPLE = """
    select person_id, display_name, date_of_birth, sex, district, records,
        date_sub('year', date_of_birth, (select as_of from analyst.run))::integer as age
    from analyst.people where person_id in (select unnest($1))
"""
_NAMED = "select person_id, date_of_birth, records from analyst.people where lower(display_name) = lower(trim($1)) order by records desc, person_id limit $2"
