"""known.* drawn as small tables: what person resolution reads, without the rest of the warehouse."""

from __future__ import annotations

from datetime import date

import duckdb

COLUMNS = {
    "incident": "incident_id, district, recorded_at, withdrawn_at",
    "incident_party": "incident_id, party_no, role, nominal_ref, surname, forenames, alias, date_of_birth, sex, postcode, recorded_at, withdrawn_at",
    "intelligence": "report_id, recorded_at, handling_code, text, withdrawn_at",
    "intelligence_subject": "report_id, subject_no, nominal_ref, surname, forenames, alias, date_of_birth, sex, postcode, recorded_at, withdrawn_at",
    "exclusion": "upn, school_urn, school_name, start_date, surname, forename, preferred_surname, date_of_birth, sex, postcode, recorded_at, withdrawn_at",
}
KEYS = {
    "incident": ("incident_id",),
    "incident_party": ("incident_id", "party_no"),
    "intelligence": ("report_id",),
    "intelligence_subject": ("report_id", "subject_no"),
    "exclusion": ("upn", "school_urn", "start_date"),
}
TYPES = {
    "date_of_birth": "DATE",
    "start_date": "DATE",
    "recorded_at": "TIMESTAMP",
    "withdrawn_at": "TIMESTAMP",
    "party_no": "INT",
    "subject_no": "INT",
}


def rows_of(drawn: str) -> list[dict[str, str | None]]:
    """The rows of a table drawn with | between the columns; an empty cell is missing."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    return [{name: cell or None for name, cell in zip(lines[0], line, strict=True)} for line in lines[1:]]


def open_known(as_of: date = date(2026, 6, 1)) -> duckdb.DuckDBPyConnection:
    """A connection with empty known.* tables as the time gate leaves them."""
    con = duckdb.connect()
    con.execute("create schema known")
    con.execute("create table known.as_of as select ?::date as as_of", [as_of])
    for table, columns in COLUMNS.items():
        typed = ", ".join(f"{name} {TYPES.get(name, 'VARCHAR')}" for name in columns.split(", "))
        kept = "record_id VARCHAR, known_from TIMESTAMP, known_to TIMESTAMP, is_current BOOLEAN, counts BOOLEAN"
        con.execute(f"create table known.{table} ({typed}, {kept})")
    return con


def tell(con: duckdb.DuckDBPyConnection, table: str, drawn: str, recorded_at: str = "2026-01-10 12:00:00") -> None:
    """Add drawn rows to known.<table>, each the first and current version of its record."""
    for row in rows_of(drawn):
        told = {"recorded_at": recorded_at, **row}
        told |= {
            "record_id": "/".join(str(told[key]) for key in KEYS[table]),
            "known_from": told["recorded_at"],
            "is_current": "true",
            "counts": "false" if told.get("withdrawn_at") else "true",
        }
        places = ", ".join("?" for _ in told)
        con.execute(f"insert into known.{table} ({', '.join(told)}) values ({places})", list(told.values()))


def people_found(con: duckdb.DuckDBPyConnection) -> list[set[str]]:
    """The records of each person, largest first."""
    rows = con.execute("select list(record_id) from people.person_record group by person_id").fetchall()
    return sorted((set(records) for (records,) in rows), key=lambda records: (-len(records), min(records)))
