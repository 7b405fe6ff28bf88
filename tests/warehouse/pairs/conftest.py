"""A night's known records drawn by hand, each party's surname standing for the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb
import polars as pl
import pytest

from warehouse.build import build
from warehouse.code_lists import load_code_lists

START = datetime(2026, 3, 1)
MOMENTS: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(("known_from", "counts_to", "occurred_from"), pl.Datetime("us"))


@dataclass
class Night:
    """What is known on one night; `events` builds the pairs layer from it."""

    con: duckdb.DuckDBPyConnection
    incidents: list[dict[str, object]] = field(default_factory=list)
    parties: list[dict[str, object]] = field(default_factory=list)
    reports: list[dict[str, object]] = field(default_factory=list)
    exclusions: list[dict[str, object]] = field(default_factory=list)
    records: list[dict[str, object]] = field(default_factory=list)
    claims: list[dict[str, object]] = field(default_factory=list)

    def incident(
        self, key: str, code: str, drawn: str, *, weapon: str | None = None, domestic: bool = False, counts_to: datetime | None = None
    ) -> None:
        """An incident with its parties drawn as 'SUSPECT Ash, VICTIM Birch'; 'VICTIM Birch @5' is known five days later."""
        self.incidents.append(
            {
                "record_id": key,
                "occurred_from": START,
                "weapon": weapon,
                "offence_code": code,
                "district": "E1",
                "summary": "said",
                "domestic": domestic,
                "known_from": START,
                "counts_to": counts_to,
            }
        )
        for number, part in enumerate(drawn.split(","), 1):
            role, person, *late = part.split()
            since = START.replace(day=1 + int(late[0][1:])) if late else START
            party = {"record_id": f"{key}/{number}", "incident_id": key, "role": role, "known_from": since, "counts_to": None}
            self.parties.append(party)
            self._link("incident_party", f"{key}/{number}", person)

    def report(
        self, key: str, kind: str, first: str, second: str, *, direction: str = "first_to_second", grade: str = "1A", handling: str = "P"
    ) -> None:
        """A report of which a claim of `kind` about two people has been read."""
        self.reports.append(
            {
                "record_id": key,
                "event_date": date(2026, 2, 20),
                "source_evaluation": grade[0],
                "intelligence_assessment": grade[1],
                "handling_code": handling,
                "text": "said",
                "known_from": START,
                "counts_to": None,
                "is_current": True,
            }
        )
        self.claims.append(
            {
                "report_id": key,
                "first_source": "intelligence_subject",
                "first_record_id": f"{key}/1",
                "second_source": "intelligence_mention",
                "second_record_id": f"{key}/1",
                "kind": kind,
                "direction": direction,
            }
        )
        self._link("intelligence_subject", f"{key}/1", first)
        self._link("intelligence_mention", f"{key}/1", second)

    def exclusion(self, person: str, school: str, day: date, reason: str) -> None:
        """A pupil's suspension."""
        key = f"{person}/{school}/{day}"
        self.exclusions.append(
            {
                "record_id": key,
                "school_urn": school,
                "start_date": day,
                "reason_1": reason,
                "reason_2": None,
                "reason_3": None,
                "known_from": START,
                "counts_to": None,
            }
        )
        self._link("exclusion", key, person)

    def _link(self, source: str, record_id: str, person: str) -> None:
        self.records.append({"source": source, "record_id": record_id, "person_id": person})

    def events(self) -> list[str]:
        """Builds the pairs layer and draws its events: 'Ash>Birch assault adverse' with > for a_to_b, < for b_to_a, = for mutual."""
        people = pl.DataFrame({"person_id": sorted({str(r["person_id"]) for r in self.records}) or ["Nobody"], "district": None})
        tables: dict[str, tuple[list[dict[str, object]], dict[str, type[pl.DataType] | pl.DataType]]] = {
            "known.incident": (self.incidents, dict.fromkeys(("weapon", "district", "summary"), pl.String) | MOMENTS),
            "known.incident_party": (self.parties, MOMENTS),
            "known.intelligence": (self.reports, MOMENTS),
            "known.exclusion": (self.exclusions, dict.fromkeys(("reason_2", "reason_3"), pl.String) | MOMENTS),
            "people.person_record": (self.records, {}),
            "pairs.claim": (self.claims, {}),
            "people.person": (people.to_dicts(), {"district": pl.String}),
        }
        for table, (rows, types) in tables.items():
            self._write(table, rows, types)
        build(self.con, "pairs")
        drawn = self.con.execute(
            """select person_a || case direction when 'a_to_b' then '>' when 'b_to_a' then '<' else '=' end || person_b || ' ' || kind || ' ' || stance
                   || if(is_serious, ' serious', '') || if(is_domestic, ' domestic', '') || if(is_protected, ' protected', '')
                   || if(known_to is null, '', ' until ' || strftime(known_to, '%-d'))  || if(known_from > $start, ' from ' || strftime(known_from, '%-d'), '')
               from pairs.event order by all""",
            {"start": START},
        ).fetchall()
        return [row[0] for row in drawn]

    def _write(self, table: str, rows: list[dict[str, object]], types: dict[str, type[pl.DataType] | pl.DataType]) -> None:
        empty = not rows
        frame = pl.DataFrame(rows or [_blank(table)], schema_overrides={k: v for k, v in types.items() if empty or k in rows[0]})
        self.con.register("drawn", frame.clear() if empty else frame)
        self.con.execute(f"create or replace table {table} as select * from drawn")
        self.con.unregister("drawn")


def _blank(table: str) -> dict[str, object]:
    """One row with a table's columns, for an empty one."""
    night = Night(duckdb.connect())
    night.incident("I", "8N", "SUSPECT A, VICTIM B")
    night.report("R", "dispute", "A", "B")
    night.exclusion("A", "S", date(2026, 1, 1), "PP")
    rows = {
        "known.incident": night.incidents,
        "known.incident_party": night.parties,
        "known.intelligence": night.reports,
        "known.exclusion": night.exclusions,
        "people.person_record": night.records,
        "pairs.claim": night.claims,
    }
    return rows[table][0]


@pytest.fixture
def night() -> Iterator[Night]:
    """An empty night on an in-memory warehouse with the code lists loaded."""
    con = duckdb.connect()
    for schema in ("known", "people", "pairs"):
        con.execute(f"create schema {schema}")
    con.execute("create table known.as_of as select date '2026-03-31' as as_of")
    load_code_lists(con)
    yield Night(con)
    con.close()
