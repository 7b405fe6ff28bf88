"""Tonight's records and links as clustering asks for them, and what sets them apart from those of the night before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from warehouse.people.decided import Decided
from warehouse.people.link_list import Links
from warehouse.people.roll import Roll
from warehouse.people.same_number import TOLD, link_alike
from warehouse.people.standing import Before, Difference
from warehouse.people.strong_links import STRONG_WEIGHT

if TYPE_CHECKING:
    import duckdb
    import polars as pl
    from numpy.typing import NDArray

SAID = """select forename as first_name, array_to_string(forename_all, ' ') as given_names, surname_clean as surname, district,
    replace(born, '-', '')::integer as born, source = 'intelligence_subject' as is_reported,
    source = 'intelligence_subject' and post is null as is_placed_by_company
    from linkage.record {} order by record_key"""
COLUMNS = """select record_key, {context} as context, {upn} as upn, {nominal_ref} as nominal, born is not null as is_dated, counts
    from linkage.record order by record_key"""

SAYS = ("forename_all", "context_id", "counts", "source", "forename", "surname_clean", "born", "upn", "nominal_ref", "district")
TOLD_APART_BY = ("record_key", "known_from", "post", *sorted({*SAYS, *TOLD}))
"""What of a night's records the next night looks at to see what has changed."""

RECORDS = """select record_key, source, record_id, context_id, known_from, forename, coalesce(forename_all, []) as given_names, surname_clean,
    coalesce(surname_parts, []) as surname_parts, street_name, born, born_year, sex, school, upn, nominal_ref, district,
    source = 'intelligence_subject' as is_reported, source = 'intelligence_subject' and post is null as is_placed_by_company, counts
    from linkage.record order by record_key"""


def _number(column: str) -> str:
    """A number for each value of a column, -1 for none."""
    return f"case when {column} is null then -1 else (hash({column}) >> 1)::bigint end"


@dataclass(frozen=True)
class NightRecords:
    """Tonight's records by rows, in the order of their keys; `numbers`: the incidents and reports that they are named in, by `_number`, in order."""

    key: NDArray[np.int64]
    roll: Roll
    numbers: NDArray[np.int64]

    def rows(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each key, -1 for a record that is not there."""
        return _places(self.key, keys)


def _places(among: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    if not among.size:
        return np.full(wanted.size, -1)
    place = np.minimum(np.searchsorted(among, wanted), among.size - 1)
    return np.where(among[place] == wanted, place, -1)


def read_records(con: duckdb.DuckDBPyConnection, edges: str) -> NightRecords:
    """The records of linkage.record; their links are those of the table or query `edges` (record_a, record_b, match_weight)."""
    sql = COLUMNS.format(
        **{name: _number(column) for name, column in (("context", "context_id"), ("upn", "upn"), ("nominal_ref", "nominal_ref"))}
    )
    found = con.execute(sql).fetchnumpy()
    key = np.asarray(found["record_key"], np.int64)
    numbers, context = np.unique(np.asarray(found["context"], np.int64), return_inverse=True)
    if numbers.size and numbers[0] == -1:
        numbers, context = numbers[1:], context - 1
    source = _Links(con, edges, key, ~np.asarray(found["counts"], bool), np.zeros(key.size, bool))
    roll = Roll(
        np.asarray(context, np.int64),
        np.asarray(found["upn"], np.int64),
        np.asarray(found["nominal"], np.int64),
        np.asarray(found["is_dated"], bool),
        lambda rows: _said(con, key, rows),
        source.of,
    )
    return NightRecords(key, roll, numbers)


def _said(con: duckdb.DuckDBPyConnection, key: NDArray[np.int64], rows: NDArray[np.int64]) -> pl.DataFrame:
    """What the records of some rows (in order) say."""
    wanted = ""
    if rows.size < key.size:
        _register(con, key[rows], "linkage.wanted")
        wanted = "semi join linkage.wanted using (record_key)"
    said: pl.DataFrame = con.sql(SAID.format(wanted)).pl()
    return said


def _register(con: duckdb.DuckDBPyConnection, keys: NDArray[np.int64], table: str) -> None:
    con.register("incoming", pa.table({"record_key": keys}))
    con.execute(f"create or replace table {table} as from incoming")
    con.unregister("incoming")


@dataclass(eq=False)
class _Links:
    """Links of tonight's records, fetched as they are asked for, and held. Withdrawn records (`leaf`) are traced to a person, but are evidence of nothing.

    `fetched`: the rows all of whose links are in `held`; withdrawn ones are from the first on, as which of its links each keeps depends on all of them.
    """

    con: duckdb.DuckDBPyConnection
    edges: str
    key: NDArray[np.int64]
    leaf: NDArray[np.bool_]
    fetched: NDArray[np.bool_]
    held: Links = field(default_factory=lambda: Links.of([]))
    is_in_order: bool = False

    def of(self, marked: NDArray[np.bool_]) -> Links:
        """Every link with an end among the rows marked, strongest first."""
        wanted = (marked | self.leaf) & ~self.fetched
        if wanted.any():
            found = self._fetch(wanted)
            if self.fetched.any():
                self.held = self.held.with_these(found.where(~(self.fetched[found.a] | self.fetched[found.b])))
            else:
                self.held = found.with_leaves(self.leaf, STRONG_WEIGHT)
            self.fetched |= wanted
            self.is_in_order = bool(wanted.all())
        links = self.held if marked.all() else self.held.where(marked[self.held.a] | marked[self.held.b])
        return links if self.is_in_order else links.strongest_first()

    def _fetch(self, wanted: NDArray[np.bool_]) -> Links:
        """The links of rows; strongest first if these are all, or the first to be fetched."""
        sql, order = f"select record_a, record_b, match_weight from {self.edges}", " order by match_weight desc, record_a, record_b"
        if not wanted.all():
            _register(self.con, self.key[wanted], "linkage.wanted")
            sql += " where record_a in (select record_key from linkage.wanted) or record_b in (select record_key from linkage.wanted)"
        found = self.con.execute(sql + ("" if self.fetched.any() else order)).fetchnumpy()
        a, b = (np.searchsorted(self.key, np.asarray(found[end], np.int64)) for end in ("record_a", "record_b"))
        return Links(a, b, np.asarray(found["match_weight"], np.float64))


def find_difference(con: duckdb.DuckDBPyConnection, tonight: NightRecords, before: Before, decisions: Decisions) -> Difference:
    """What sets tonight apart from the night before; linkage.cleaned, .gone, .fresh and .scored are tonight's."""
    other = " or ".join(f"(now.{column} is distinct from before.{column})" for column in SAYS)
    con.execute(
        f"""create or replace table linkage.altered as
        select record_key from linkage.cleaned as now join {before.records} as before using (record_key)
        where {other} or (now.post is null) <> (before.post is null)"""
    )
    con.execute(
        "create or replace table linkage.changed as "
        "from linkage.altered union select record_key from linkage.fresh union select record_key from linkage.gone"
    )
    link_alike(con, before.records, "linkage.alike_before")
    con.execute(
        f"""create or replace table linkage.linked as
        with other as (
            (from linkage.alike except from linkage.alike_before) union all (from linkage.alike_before except from linkage.alike)
        ),
        moved as (
            select record_a, record_b from linkage.scored
            union all
            select record_a, record_b from {before.edges}
            where record_a in (select record_key from linkage.changed) or record_b in (select record_key from linkage.changed)
        ),
        leaf as (select record_key from linkage.record where not counts)
        select record_key from linkage.fresh
        union select record_a from other union select record_b from other
        union select record_a from moved where record_a in (from leaf) union select record_b from moved where record_b in (from leaf)"""
    )
    contexts = _keys(con, f"select distinct {_number('context_id')} from {before.records} semi join linkage.changed using (record_key)")
    linked = np.concatenate([_keys(con, "from linkage.linked"), decisions.changed()])
    places = _places(tonight.numbers, contexts)
    rows = tonight.rows(linked)
    return Difference(
        tonight.rows(before.key), tonight.rows(_keys(con, "select record_key from linkage.altered")), rows[rows >= 0], places[places >= 0]
    )


def _keys(con: duckdb.DuckDBPyConnection, query: str) -> NDArray[np.int64]:
    column: Any = next(iter(con.execute(query).fetchnumpy().values()))
    return np.asarray(column, np.int64)


@dataclass(frozen=True)
class Decisions:
    """What was decided of records, in words of their keys: as it was honoured the night before, and tonight."""

    before: frozenset[str]
    tonight: frozenset[str]

    @classmethod
    def of(cls, before: frozenset[str], decided: Decided, key: NDArray[np.int64]) -> Decisions:
        """Tonight's decisions beside those of the night before."""

        def told(rows: tuple[int, ...]) -> str:
            return " ".join(str(key[row]) for row in rows)

        same = {f"same {told(pair)}" for pair in decided.same}
        return cls(before, frozenset(same | {f"different {told(a)} / {told(b)}" for a, b in decided.different}))

    def changed(self) -> NDArray[np.int64]:
        """The keys of records of which something was decided or no longer is."""
        words = {word for said in self.before ^ self.tonight for word in said.split()[1:]} - {"/"}
        return np.array(sorted(int(word) for word in words), np.int64)
