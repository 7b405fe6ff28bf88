"""The reports whose texts are read, with the subjects that each lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from warehouse.people.rows_of import Numbers

DAY = "recorded_at::date - date '1970-01-01'"


@dataclass(frozen=True)
class Reports:
    """Reports 0..n-1 by their ids, in order: the year and the day (since 1970) each was recorded, a name for its text.

    `subject_of` and `subject`: the listed subjects, as (report, row of the records), by reports and the records' ids.
    `named_in` and `named`: every record that is named in it by its id (report, row).
    """

    report_id: pl.Series
    year: Numbers
    day: Numbers
    text_key: pl.Series
    subject_of: Numbers
    subject: Numbers
    named_in: Numbers
    named: Numbers

    @property
    def size(self) -> int:
        """How many there are."""
        return self.report_id.len()


def fetch_reports(con: duckdb.DuckDBPyConnection, records: pl.DataFrame, moment: datetime) -> Reports:
    """The reports as known just before `moment`; `records` are those known by then. Their texts stay where they are, in linkage.text."""
    con.execute(
        f"create or replace table linkage.text as select report_id, text, year(recorded_at) as year, {DAY} as day from known.intelligence "
        "where known_from < $moment and coalesce(known_to >= $moment, true) and text is not null order by report_id",
        {"moment": moment},
    )
    told = con.sql(
        "select report_id, year::bigint as year, day::bigint as day, hash(text) as text_key from linkage.text order by report_id"
    ).pl()
    number = told.select("report_id").with_row_index("report")
    named = (
        records.select("record_id", "source", report_id="context_id")
        .with_row_index("row")
        .join(number, on="report_id")
        .sort("report", "record_id")
        .select(pl.col("report").cast(pl.Int64), pl.col("row").cast(pl.Int64), is_subject=pl.col("source") == "intelligence_subject")
    )
    subjects = named.filter("is_subject")
    return Reports(
        told["report_id"],
        told["year"].to_numpy(),
        told["day"].to_numpy(),
        told["text_key"],
        subjects["report"].to_numpy(),
        subjects["row"].to_numpy(),
        named["report"].to_numpy(),
        named["row"].to_numpy(),
    )
