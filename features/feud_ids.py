"""A feud keeps its name and its sides from night to night, as long as enough of the same people are in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256

import duckdb
import polars as pl

from warehouse.transaction import transaction

KEPT_DAYS = 60
"""A feud that was not seen for longer gets a new name when it comes back."""
LEAST_SHARED = 2
PERSON_COLUMNS = ("feud_id", "person_id", "side", "founded_on")
HISTORY = {"as_of": pl.Date, "feud_id": pl.String, "person_id": pl.String, "side": pl.String, "founded_on": pl.Date}


def named(people: pl.DataFrame, before: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Tonight's people (feud_id, person_id, side) with lasting names: `before` are those of the last night that named feuds, with founded_on.

    Returns found (tonight's passing name), feud_id, person_id, side, founded_on. The feuds that share most people are matched first; two people at
    least, and half of the smaller of the two feuds. Side a stays the side that it was.
    """
    inherited = _matched(people, before)
    founded = dict(before.select("feud_id", "founded_on").unique().iter_rows())
    was = {(feud, person): side for feud, person, side in before.select("feud_id", "person_id", "side").iter_rows()}
    rows = []
    for (found,), members in people.group_by("feud_id", maintain_order=True):
        feud_id = inherited.get(str(found)) or _new_name(as_of, members["person_id"])
        sides = list(members.select("person_id", "side").iter_rows())
        agree = sum((1 if was[feud_id, p] == s else -1) for p, s in sides if s and was.get((feud_id, p)))
        other = {"a": "b", "b": "a"} if agree < 0 else {}
        rows += [(str(found), feud_id, p, other.get(s or "", s), founded.get(feud_id, as_of)) for p, s in sides]
    return pl.DataFrame(
        rows,
        schema={"found": pl.String, "feud_id": pl.String, "person_id": pl.String, "side": pl.String, "founded_on": pl.Date},
        orient="row",
    )


def _matched(people: pl.DataFrame, before: pl.DataFrame) -> dict[str, str]:
    size_now, size_before = (dict(table.group_by("feud_id").len().iter_rows()) for table in (people, before))
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for now, then in people.join(before, on="person_id").select("feud_id", "feud_id_right").iter_rows():
        shared[now, then] += 1
    given: dict[str, str] = {}
    for (now, then), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        is_enough = count >= LEAST_SHARED and 2 * count >= min(size_now[now], size_before[then])
        if is_enough and now not in given and then not in given.values():
            given[now] = then
    return given


def _new_name(as_of: date, people: pl.Series) -> str:
    """F and 12 hexadecimal digits, of the day and the people that it is first seen with."""
    return "F" + sha256("/".join([as_of.isoformat(), *people.sort()]).encode()).hexdigest()[:12]


def last_names(con: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """The people of the feuds of the last night before `as_of` on which each was seen, of the last KEPT_DAYS days."""
    con.execute(
        "create table if not exists features.feud_history (as_of date, feud_id varchar, person_id varchar, side varchar, founded_on date)"
    )
    found: pl.DataFrame = con.sql(
        """select feud_id, person_id, side, founded_on from features.feud_history
           where as_of < $day and as_of >= $oldest
           qualify as_of = max(as_of) over (partition by feud_id)
           order by feud_id, person_id""",
        params={"day": as_of, "oldest": as_of - timedelta(days=KEPT_DAYS)},
    ).pl()
    return found


def remember(con: duckdb.DuckDBPyConnection, people: pl.DataFrame, as_of: date) -> None:
    """Keeps tonight's names in place of those of the same date, and forgets what is too old to be inherited."""
    con.register("named_tonight", people.select(pl.lit(as_of).alias("as_of"), *PERSON_COLUMNS))
    with transaction(con):
        con.execute(
            "delete from features.feud_history where as_of = $day or as_of < $oldest",
            {"day": as_of, "oldest": as_of - timedelta(days=KEPT_DAYS)},
        )
        con.execute("insert into features.feud_history by name select * from named_tonight")
    con.unregister("named_tonight")
