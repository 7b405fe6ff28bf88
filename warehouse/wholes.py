"""The incident or report that a party, a subject or a mention is a part of: agencies' own numbers may have strokes in them (CR/12345/25)."""

from __future__ import annotations

WHOLE_OF = {"incident_party": "incident", "intelligence_subject": "intelligence"}
"""The source of the whole, for each extract whose rows are parts of one."""
WHOLE_ID = r"regexp_replace({}, '/[^/]*$', '')"
"""The same as `whole_id`, as SQL of a column."""


def whole_id(record_id: str) -> str:
    """The number of a part's whole: what comes before the last stroke of `incident_id/party_no`, `report_id/subject_no` or `report_id/n`."""
    return record_id.rpartition("/")[0]


def own_or_whole_id(source: str, record_id: str) -> str:
    """The number of a part's whole; a record that is no part has its own."""
    return whole_id(record_id) if source in {*WHOLE_OF, "intelligence_mention"} else record_id
