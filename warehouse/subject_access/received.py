"""Every row as received that is about a person, with the file that brought it, who sent that and on what lawful basis.

The person's own UPN stays out, as from every export, and so does all of a report that was ever marked C.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from warehouse.retention.tombstones import EXTRACT_OF
from warehouse.wholes import WHOLE_OF, own_or_whole_id, whole_id

if TYPE_CHECKING:
    import duckdb

LEFT_OUT = ("load_id", "upn", "extra", "party_no", "subject_no", "handling_code")
OWN = ("incident_party", "intelligence_subject", "exclusion")


@dataclass(frozen=True)
class Received:
    """One row: its source and key, the file and line that brought it, and what it said, column by column."""

    source: str
    whole: str
    file: str
    line: int
    extract_date: date | None
    agency: str | None
    lawful_basis: str | None
    said: dict[str, str]


@dataclass(frozen=True)
class HeldOn:
    """The person's own rows, and the incidents and reports that they stand in; `mentions`: reports that only name them in their text."""

    own: tuple[Received, ...]
    wholes: tuple[Received, ...]
    mentions: frozenset[str]


def rows_of(con: duckdb.DuckDBPyConnection, person_id: str) -> HeldOn:
    """Every version of every row on a person, protected reports left out."""
    protected = protected_reports(con)
    found = con.execute(
        "select source, record_id from people.person_record where person_id = ? and not is_protected", [person_id]
    ).fetchall()
    kept = [(source, record) for source, record in found if not (_is_report(source) and whole_id(record) in protected)]
    ids = {source: [record for one, record in kept if one == source] for source in OWN}
    named = [whole_id(record) for source, record in kept if source == "intelligence_mention"]
    wholes = {WHOLE_OF[source]: [whole_id(record) for record in ids[source]] for source in WHOLE_OF}
    wholes["intelligence"] = wholes["intelligence"] + named
    return HeldOn(
        tuple(row for source in OWN for row in _rows(con, source, ids[source])),
        tuple(row for source in ("incident", "intelligence") for row in _rows(con, source, wholes[source])),
        frozenset(named),
    )


def protected_reports(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The reports that any version marks as anything but P."""
    rows = con.execute(
        "select distinct record_id from core.received_intelligence where content.handling_code is distinct from 'P'"
    ).fetchall()
    return frozenset(record for (record,) in rows)


def _is_report(source: str) -> bool:
    return source.startswith("intelligence")


def _rows(con: duckdb.DuckDBPyConnection, source: str, ids: list[str]) -> list[Received]:
    """The rows of some keys of one source, the oldest extract first."""
    extract = EXTRACT_OF[source]
    columns = [name for (name,) in con.execute("select column_name from duckdb_columns() where schema_name = 'landing' and table_name = ? "
                                               "order by column_index", [extract]).fetchall()]  # fmt: skip
    rows = con.execute(
        f"""select received.record_id, load.file, received.line, load.extract_date, load.agency, load.lawful_basis, {", ".join(f"landed.{one}" for one in columns)}
            from landing.{extract} as landed
            join core.received_{source} as received on received.load_id = landed.load_id and received.line = landed.line
            join ops.load as load on load.load_id = landed.load_id
            where received.record_id in (select unnest($ids::varchar[])) order by load.extract_date, load.load_id, received.line""",
        {"ids": ids},
    ).fetchall()
    return [_received(source, row[:6], dict(zip(columns, row[6:], strict=True))) for row in rows]


def _received(source: str, about: tuple[Any, ...], landed: dict[str, str | None]) -> Received:
    record, file, line, extract_date, agency, lawful_basis = about
    whole = "" if source == "exclusion" else own_or_whole_id(source, record)
    said = {name: str(value) for name, value in landed.items() if value not in {None, ""} and name not in {*LEFT_OUT, "line"}}
    extra = json.loads(landed.get("extra") or "{}")
    said |= {f"also sent: {name}": str(value) for name, value in extra.items() if value}
    return Received(source, whole, file, line, extract_date, agency, lawful_basis, said)
