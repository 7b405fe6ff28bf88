"""What a night costs against many: records of a million invented people's incidents resolved from nothing, then a few thousand new ones.

python -m bench.linkage.night [RECORDS] [NEW]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.linkage.million import RECORDS, million_records
from warehouse.connection import open_warehouse
from warehouse.people.judgements import create_ledger
from warehouse.people.resolve import PeopleCounts, resolve_people

if TYPE_CHECKING:
    import duckdb
    import polars as pl

NEW = 2000
FIRST, NEXT = date(2026, 9, 28), date(2026, 9, 29)
PARTY = """select context_id as incident_id, split_part(record_id, '/', 2)::integer as party_no, role, nominal_ref, surname, forenames, alias,
    try_cast(date_of_birth as date) as date_of_birth, sex, postcode, recorded_at, null::timestamp as withdrawn_at, record_id,
    recorded_at as known_from, null::timestamp as known_to, null::timestamp as counts_to, true as is_current, true as counts
    from (select *, {recorded_at} as recorded_at from told)"""
INCIDENT = """select distinct on (incident_id) context_id as incident_id, district, {recorded_at} as recorded_at, null::timestamp as withdrawn_at,
    context_id as record_id, {recorded_at} as known_from, null::timestamp as known_to, null::timestamp as counts_to, true as is_current,
    true as counts from told order by incident_id, record_id"""
EMPTY = (
    "intelligence (report_id varchar, recorded_at timestamp, handling_code varchar, text varchar, record_id varchar, known_from timestamp, "
    "known_to timestamp, counts_to timestamp, is_current boolean, counts boolean)",
    "intelligence_subject (report_id varchar, subject_no integer, nominal_ref varchar, surname varchar, forenames varchar, alias varchar, "
    "date_of_birth date, sex varchar, postcode varchar, record_id varchar, known_from timestamp, known_to timestamp, counts_to timestamp, "
    "is_current boolean, counts boolean)",
    "exclusion (upn varchar, school_urn varchar, school_name varchar, surname varchar, forename varchar, preferred_surname varchar, "
    "date_of_birth date, sex varchar, postcode varchar, record_id varchar, known_from timestamp, known_to timestamp, counts_to timestamp, "
    "is_current boolean, counts boolean)",
)


def know(con: duckdb.DuckDBPyConnection, records: pl.DataFrame, recorded_at: str) -> None:
    """Add records to known.* as the time gate leaves them; `recorded_at`: the moment in SQL."""
    con.register("told", records.to_arrow())
    for table, query in (("incident_party", PARTY), ("incident", INCIDENT)):
        rows = query.format(recorded_at=recorded_at)
        con.execute(f"create table if not exists known.{table} as select * from ({rows}) limit 0")
        con.execute(f"insert into known.{table} by name {rows}")
    con.unregister("told")


def measured(con: duckdb.DuckDBPyConnection, as_of: date) -> PeopleCounts:
    """One night's person resolution, with what it cost on the screen."""
    con.execute("create or replace table known.as_of as select ?::date as as_of", [as_of])
    began, cpu = time.perf_counter(), time.process_time()
    found = resolve_people(con)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stdout.write(
        f"{as_of}: {found.records} records, {found.records_scored} compared, {found.persons} people: "
        f"{time.perf_counter() - began:.1f} s, CPU {time.process_time() - cpu:.1f} s, peak so far {peak:.2f} GiB\n"
    )
    return found


def run(records: int, new: int) -> None:
    """Resolve all but `new` of the records from nothing, then these on the next night."""
    told = million_records(count=records + new)
    with tempfile.TemporaryDirectory() as home:
        con = open_warehouse(Path(home), "8GB")
        create_ledger(con)
        for table in EMPTY:
            con.execute(f"create table known.{table}")
        know(con, told.head(records), "'2026-03-01'::timestamp + interval (hash(record_id) % 150) day")
        measured(con, FIRST)
        know(con, told.tail(new), "'2026-09-28 12:00:00'::timestamp")
        measured(con, NEXT)
        con.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    run(*(given + [RECORDS, NEW][len(given) :]))
