"""Who a person is shown to be: by records that may be shown, and by nothing of a protected report."""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.people.people_tables import PERSON


def test_nothing_of_a_protected_report_is_shown_of_a_person() -> None:
    with duckdb.connect() as con:
        con.execute("create schema people")
        con.execute("create table people.person_record (person_id varchar, source varchar, record_id varchar, is_protected boolean)")
        con.execute(
            """create table people.record (source varchar, record_id varchar, known_from timestamp, date_of_birth date, sex varchar, district varchar,
               transposed boolean, surname varchar, forenames varchar, alias varchar, forename varchar, surname_clean varchar, nominal_ref varchar)"""
        )
        con.execute("create table people.text_span (record_source varchar, record_id varchar, written varchar, span_start integer)")
        for person, record, name, is_protected in (("Pa", "R1/1", "Ada", True), ("Pb", "R2/1", "Ben", False), ("Pb", "R3/1", "Bob", True)):
            con.execute("insert into people.person_record values (?, 'intelligence_subject', ?, ?)", [person, record, is_protected])
            row = [
                "intelligence_subject",
                record,
                "2026-01-01",
                "2001-03-09",
                "F",
                "E1",
                False,
                "Fern",
                name,
                "Ash",
                name.lower(),
                "fern",
                "N1",
            ]
            con.execute(f"insert into people.record values ({', '.join('?' * len(row))})", row)
            con.execute("insert into people.text_span values ('intelligence_subject', ?, ?, 0)", [record, f"{name} Fern"])
        con.execute(PERSON)
        shown = con.execute("select person_id, display_name, date_of_birth, sex, district, records from people.person").fetchall()
    assert shown == [("Pa", None, None, None, None, 1), ("Pb", "Ben Fern", date(2001, 3, 9), "F", "E1", 2)]
