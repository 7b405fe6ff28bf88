"""A night's result as tables: who has which records, where people stand in texts, which links are in doubt, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.people.clusters import Clustering
    from warehouse.people.identities import Change
    from warehouse.people.reports import Named

SPAN: dict[str, Any] = {
    "report_id": pl.String,
    "span_start": pl.Int32,
    "span_end": pl.Int32,
    "record_id": pl.String,
    "record_source": pl.String,
    "person_id": pl.String,
}
DOUBT: dict[str, Any] = {"a": pl.String, "b": pl.String, "match_probability": pl.Float64, "why": pl.String}
CHANGE: dict[str, Any] = {"change": pl.String, "person_id": pl.String, "other_person_id": pl.String, "records": pl.Int32}


def person_record_table(
    records: pl.DataFrame, persons: Sequence[int], clustering: Clustering, placed: Sequence[tuple[int, Named]], id_of: dict[int, str]
) -> pl.DataFrame:
    """person_id, source, record_id, match_probability: every record and every mention once."""
    structured = records.select(
        pl.Series("person_id", [id_of[person] for person in persons], pl.String),
        "source",
        "record_id",
        pl.Series("match_probability", clustering.probability, pl.Float64),
    )
    rows = [(id_of[person], "intelligence_mention", one.mention.record_id, one.share) for person, one in placed]
    return pl.concat([structured, pl.DataFrame(rows, schema=structured.schema, orient="row")])


def text_span_table(named: Sequence[Named], id_of: dict[int, str]) -> pl.DataFrame:
    """Every place in a text where a person is named; person_id is missing where nobody was singled out."""
    rows = []
    for one in named:
        person_id = None if one.person is None else id_of[one.person]
        source = "intelligence_mention" if one.mention.subject is None else "intelligence_subject"
        rows += [(one.mention.report_id, start, end, one.mention.record_id, source, person_id) for start, end in one.mention.spans]
    return pl.DataFrame(rows, schema=SPAN, orient="row")


def link_review_table(clustering: Clustering, placed: Sequence[tuple[int, Named]], id_of: dict[int, str]) -> pl.DataFrame:
    """person_a < person_b, match_probability, why: each two people once, by their likeliest doubt."""
    rows = [(id_of[clustering.find(d.record_a)], id_of[clustering.find(d.record_b)], d.probability, d.why) for d in clustering.doubts]
    for person, one in placed:
        why = "named in a report's text; the name fits " + (
            "this person and others" if len(one.rivals) > 1 else "this person, and little else says so"
        )
        rows += [(id_of[person], id_of[rival], share, why) for share, rival in one.rivals]
    return (
        pl.DataFrame(rows, schema=DOUBT, orient="row")
        .filter(pl.col("a") != pl.col("b"))
        .select(pl.min_horizontal("a", "b").alias("person_a"), pl.max_horizontal("a", "b").alias("person_b"), "match_probability", "why")
        .sort("match_probability", "person_a", "person_b", "why", descending=[True, False, False, False])
        .unique(["person_a", "person_b"], keep="first", maintain_order=True)
    )


def change_table(changes: Sequence[Change]) -> pl.DataFrame:
    """change, person_id, other_person_id, records."""
    return pl.DataFrame([(c.change, c.person_id, c.other_person_id, c.records) for c in changes], schema=CHANGE, orient="row")
