"""The weights by which a name in a text is joined to a person, learned from what was known when the linkage model was trained."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.people.night_records import RECORDS
from warehouse.people.report_list import fetch_reports
from warehouse.people.reports import Knowledge, learn_weights
from warehouse.people.signs import Weights

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from warehouse.people.clusters import Clustering


def weights_of(con: duckdb.DuckDBPyConnection, found: Clustering, day: date) -> Weights:
    """What linkage.record and the reports known by `day` teach; `found`: who is who as links alone make it, whatever people decided since.

    The judgements stand where no report was known.
    """
    records = con.sql(RECORDS).pl()
    reports = fetch_reports(con, records, datetime.combine(day, datetime.min.time()))
    if not reports.size:
        return Weights()
    return learn_weights(con, reports, Knowledge(records, found.leaders().tolist(), found.groups.agreement, Weights()))
