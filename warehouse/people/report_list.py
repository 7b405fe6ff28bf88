"""The reports whose texts are read, with the subjects that each lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb
    import polars as pl


@dataclass(frozen=True)
class Report:
    """A report's text, the year and the day (proleptic ordinal) it was recorded, its listed subjects as rows of the records."""

    report_id: str
    text: str
    year: int
    day: int
    subjects: tuple[int, ...]


def fetch_reports(con: duckdb.DuckDBPyConnection, records: pl.DataFrame, moment: datetime) -> list[Report]:
    """The reports as known just before `moment`; `records` are those known by then."""
    subjects: dict[str, list[int]] = {}
    for row, (source, context) in enumerate(records.select("source", "context_id").iter_rows()):
        if source == "intelligence_subject":
            subjects.setdefault(context, []).append(row)
    record_ids = records["record_id"].to_list()
    texts = con.execute(
        "select report_id, text, recorded_at from known.intelligence "
        "where known_from < $moment and coalesce(known_to >= $moment, true) and text is not null order by report_id",
        {"moment": moment},
    ).fetchall()
    return [
        Report(
            report_id,
            text,
            recorded_at.year,
            recorded_at.toordinal(),
            tuple(sorted(subjects.get(report_id, []), key=record_ids.__getitem__)),
        )
        for report_id, text, recorded_at in texts
    ]
