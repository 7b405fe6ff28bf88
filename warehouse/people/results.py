"""A night's result as tables: who has which records, where people stand in texts, which links are in doubt, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.people.clusters import Clustering
    from warehouse.people.identities import Change
    from warehouse.people.judged import Judged
    from warehouse.people.reports import Named

SPAN = ("report_id", "span_start", "span_end", "record_id", "record_source", "person_id")
DOUBT: dict[str, Any] = {"a": pl.String, "b": pl.String, "match_probability": pl.Float64, "why": pl.String}
STATE: dict[str, Any] = {"judgement_id": pl.Int32, "state": pl.String, "person_a": pl.String, "person_b": pl.String}
CHANGE: dict[str, Any] = {"change": pl.String, "person_id": pl.String, "other_person_id": pl.String, "records": pl.Int32}


def leads_of(clustering: Clustering, named: Named) -> NDArray[np.int64]:
    """The leading rows of the people whom texts name or may name, or who are in doubt."""
    doubts = np.array([record for doubt in clustering.doubts for record in (doubt.record_a, doubt.record_b)], np.int64)
    told = (frame["person"].drop_nulls().cast(pl.Int64).to_numpy() for frame in (named.mentions, named.rivals))
    return np.unique(np.concatenate([clustering.leaders()[doubts], *told]))


def person_record_table(records: pl.DataFrame) -> pl.DataFrame:
    """person_id, source, record_id, match_probability of records and mentions (touched.Ids)."""
    return records.select("person_id", "source", "record_id", "match_probability")


def text_span_table(mentions: pl.DataFrame, id_of: dict[int, str]) -> pl.DataFrame:
    """Every place in a text where a person is named; person_id is missing where nobody was singled out."""
    return (
        mentions.select(
            "report_id",
            "spans",
            "record_id",
            pl.when("is_subject").then(pl.lit("intelligence_subject")).otherwise(pl.lit("intelligence_mention")).alias("record_source"),
            pl.Series("person_id", [None if person is None else id_of[person] for person in mentions["person"].to_list()], pl.String),
        )
        .explode("spans")
        .unnest("spans")
        .select(*SPAN)
    )


def link_review_table(
    clustering: Clustering, placed: pl.DataFrame, rivals: pl.DataFrame, id_of: dict[int, str], unsure: pl.DataFrame
) -> pl.DataFrame:
    """person_a < person_b, match_probability, why, judgement_id: each two people once, by their likeliest doubt.

    Those of whom a person said that it cannot be told have that judgement's number, and are there whatever the evidence says.
    """
    rows = [(id_of[clustering.find(d.record_a)], id_of[clustering.find(d.record_b)], d.probability, d.why) for d in clustering.doubts]
    told = rivals.with_columns(is_one_of=pl.len().over("mention") > 1).join(
        placed.select("mention", alone="person"), on="mention", maintain_order="left"
    )
    for alone, rival, share, is_one_of in told.select("alone", "person", "share", "is_one_of").iter_rows():
        why = f"named in a report's text; the name fits {'this person and others' if is_one_of else 'this person, and little else says so'}"
        rows.append((id_of[alone], id_of[rival], share, why))
    return (
        _ordered(pl.DataFrame(rows, schema=DOUBT, orient="row"))
        .sort("match_probability", "person_a", "person_b", "why", descending=[True, False, False, False])
        .unique(["person_a", "person_b"], keep="first", maintain_order=True)
        .join(unsure, on=["person_a", "person_b"], how="full", coalesce=True)
        .with_columns(pl.col("why").fill_null("a person judged that it cannot be told"))
    )


def judgement_tables(judged: Judged, person_of: Mapping[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What became of each judgement (judgement_id, state, person_a, person_b: whose the records are tonight), and whom people were unsure of.

    The latter as person_a < person_b, judgement_id: by the last who said so. `person_of`: whose the judged records are, by their names.
    """
    settled = judged.settled
    rows = []
    for state, judgements in (("holds", settled.taken), ("replaced", settled.set_aside)):
        for one in judgements:
            a, b = (next((person_of[name] for name in side if name in person_of), None) for side in (one.side_a, one.side_b))
            rows.append((one.judgement_id, state if a and b else "rests", a, b))
    states = pl.DataFrame(rows, schema=STATE, orient="row")
    unsure = states.filter(pl.col("judgement_id").is_in([one.judgement_id for one in judged.unsure()]) & (pl.col("state") == "holds"))
    pairs = _ordered(unsure.select(pl.col("person_a").alias("a"), pl.col("person_b").alias("b"), "judgement_id"))
    return states, pairs.group_by("person_a", "person_b").agg(pl.col("judgement_id").max()).sort("person_a", "person_b")


def _ordered(pairs: pl.DataFrame) -> pl.DataFrame:
    """Two people, a and b, as person_a < person_b; the two of a pair that is one person are left out."""
    smaller, larger = pl.min_horizontal("a", "b").alias("person_a"), pl.max_horizontal("a", "b").alias("person_b")
    return pairs.filter(pl.col("a") != pl.col("b")).select(smaller, larger, pl.exclude("a", "b"))


def change_table(changes: Sequence[Change]) -> pl.DataFrame:
    """change, person_id, other_person_id, records."""
    return pl.DataFrame([(c.change, c.person_id, c.other_person_id, c.records) for c in changes], schema=CHANGE, orient="row")
