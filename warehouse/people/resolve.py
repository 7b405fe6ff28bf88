"""Person resolution of one night: records to links, links to groups, texts to mentions, groups to stable ids, written in one transaction."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from warehouse.people.agreement import Agreement
from warehouse.people.clusters import Clustering, Given, cluster
from warehouse.people.decided import Decided
from warehouse.people.evidence import name_levels, weigh_links
from warehouse.people.identities import keep_ids
from warehouse.people.judged import Judged, JudgedMentions, read_judged
from warehouse.people.kept_model import fetch_signs, fetch_weights
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.links import Scored, score_links
from warehouse.people.night_records import RECORDS, Decisions, NightRecords, find_difference, read_records
from warehouse.people.people_tables import create_tables, replace_tables
from warehouse.people.report_list import fetch_reports
from warehouse.people.reports import Knowledge, Named, read_reports
from warehouse.people.results import change_table, judgement_tables, link_review_table, link_table, person_record_table, text_span_table
from warehouse.people.standing import Changed, Standing, carry_over
from warehouse.people.standing_tables import fetch_standing, standing_frames

if TYPE_CHECKING:
    import duckdb

    from warehouse.people.candidates import Scorer


@dataclass(frozen=True)
class PeopleCounts:
    """What one night's person resolution found."""

    records: int
    records_scored: int
    links: int
    persons: int
    mentions: int
    mentions_joined: int
    in_review: int
    merged: int
    split: int
    is_full_relink: bool


def resolve_people(con: duckdb.DuckDBPyConnection, *, relink: bool = False, score: Scorer = score_pairs) -> PeopleCounts:
    """Work out who is who in known.* and write people.*; a later night compares and groups only what is new or changed, against everything.

    `relink`: everything is compared and grouped anew, with the model that is kept; the result is the same. `score` compares pairs of records.
    """
    con.execute("attach if not exists ':memory:' as linkage")
    # millions of small objects live to the end, none in a cycle: the collector finds nothing in them, and takes a third of the time
    collects = gc.isenabled()
    gc.disable()
    try:
        create_tables(con)
        scored = score_links(con, _as_of(con), relink=relink, score=score)
        records = con.sql(RECORDS).pl()
        agreement = Agreement.as_learned(con, "linkage.name_variant", "linkage.name_term")
        judged = read_judged(con)
        row_of = _rows_of(records, judged.names())
        clustering, frames = _group(con, agreement, judged.decided(row_of), from_nothing=scored.is_full_relink)
        [(links,)] = con.execute("select count(*) from linkage.edge").fetchall()
        persons = clustering.leaders().tolist()
        known = Knowledge(records, persons, agreement, fetch_weights(con))
        reports = fetch_reports(con, records, _end_of(_as_of(con)))
        named = read_reports(con, reports, known, JudgedMentions(judged, row_of, persons), is_new_model=scored.is_full_relink)
        return _write(con, records, persons, Night(scored, links, clustering, frames, named, judged))
    finally:
        if collects:
            gc.enable()
        con.execute("detach linkage")


@dataclass(frozen=True)
class Night:
    """What was worked out before it is written."""

    scored: Scored
    links: int
    clustering: Clustering
    frames: dict[str, pl.DataFrame]
    named: Named
    judged: Judged


def _rows_of(records: pl.DataFrame, names: frozenset[str]) -> dict[str, int]:
    """The rows of the records that have one of these names."""
    if not names:
        return {}
    found = records.select(pl.concat_str("source", "record_id", separator=":").alias("name")).with_row_index("row")
    return dict(found.filter(pl.col("name").is_in(sorted(names))).select("name", "row").iter_rows())


def _as_of(con: duckdb.DuckDBPyConnection) -> date:
    [(day,)] = con.execute("select as_of from known.as_of").fetchall()
    assert isinstance(day, date)
    return day


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time())


def _group(
    con: duckdb.DuckDBPyConnection, agreement: Agreement, decided: Decided, *, from_nothing: bool
) -> tuple[Clustering, dict[str, pl.DataFrame]]:
    """Group tonight's records, from how they stood the night before if that can be; gives the tables for the next night too."""
    tonight = read_records(con, "linkage.edge")
    given = Given(tonight.roll, agreement, decided, fetch_signs(con))
    kept = None if from_nothing else fetch_standing(con)
    size = tonight.key.size
    decisions = Decisions.of(kept.decisions if kept else frozenset(), decided, tonight.key)
    if kept is None:
        clustering = cluster(given, Standing.of_strangers(size), Changed.everything(size))
    else:
        clustering = cluster(given, *carry_over(kept.standing, find_difference(con, tonight, kept.key, decisions), size))
    return clustering, standing_frames(tonight.key, clustering.standing, decisions.tonight)


def group_records(con: duckdb.DuckDBPyConnection, agreement: Agreement) -> tuple[NightRecords, Clustering]:
    """Group the records of linkage.record by linkage.edge alone; what company says is learned from them."""
    records = read_records(con, "linkage.edge")
    size = records.key.size
    return records, cluster(Given(records.roll, agreement), Standing.of_strangers(size), Changed.everything(size))


def _write(con: duckdb.DuckDBPyConnection, records: pl.DataFrame, persons: list[int], night: Night) -> PeopleCounts:
    placed = _place(night.named, records.height)
    tonight = records.select(pl.Series("leader", persons, pl.Int64), "source", "record_id", "known_from")
    previous = con.sql("select source, record_id, person_id from people.person_record").pl()
    id_of, changes = keep_ids(pl.concat([tonight, _as_records(placed, tonight.schema)]), previous)
    links = link_table(records, night.clustering)
    _weigh(con, links, anew=night.scored.is_full_relink)
    person_records = person_record_table(records, persons, night.clustering, placed, id_of)
    states, unsure = judgement_tables(night.judged, person_records)
    review = link_review_table(night.clustering, placed, night.named.rivals, id_of, unsure)
    replace_tables(con, {
        "person_record": person_records,
        "text_span": text_span_table(night.named.mentions, id_of),
        "link_review": review,
        "change": change_table(changes),
        "link": links,
        "judgement_state": states,
        **night.frames,
    }, anew=night.scored.is_full_relink)  # fmt: skip
    return PeopleCounts(
        records=records.height,
        records_scored=night.scored.records,
        links=night.links,
        persons=len(id_of),
        mentions=placed.height,
        mentions_joined=placed.height - int(placed["is_alone"].sum()),
        in_review=review.height,
        merged=sum(change.change == "merged" for change in changes),
        split=sum(change.change == "split" for change in changes),
        is_full_relink=night.scored.is_full_relink,
    )


def _weigh(con: duckdb.DuckDBPyConnection, links: pl.DataFrame, *, anew: bool) -> None:
    """Make linkage.evidence and linkage.comparison_level: the evidence of each link that holds people together."""
    con.register("tonight", links.to_arrow())
    con.execute("create or replace table linkage.link as select record_a, record_b from tonight")
    con.unregister("tonight")
    if anew:
        name_levels(con, "linkage.comparison_level")
    weigh_links(con, Model(*con.execute("select model_id, settings from linkage.model").fetchall()[0]), anew=anew)


def _as_records(placed: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Mentions as records that came last of all."""
    last = pl.lit(datetime.max).cast(schema["known_from"])
    return placed.select(leader="person", source=pl.lit("intelligence_mention"), record_id="record_id", known_from=last)


def _place(named: Named, first_alone: int) -> pl.DataFrame:
    """The mentions (mention, record_id, person, share, is_alone): each one's person is who was singled out, or a new number, counted from `first_alone`,
    for one who is known from that text only. Those judged to be one person share a number.
    """
    placed = named.mentions.with_row_index("mention").filter(~pl.col("is_subject"))
    number_of: dict[str, int] = {}
    alone = placed.filter(pl.col("person").is_null()).select("mention", key=pl.coalesce("together", pl.col("mention").cast(pl.String)))
    numbers = [number_of.setdefault(key, first_alone + len(number_of)) for key in alone["key"].to_list()]
    alone = alone.select("mention", pl.Series("number", numbers, pl.Int64))
    return placed.join(alone, on="mention", how="left", maintain_order="left").select(
        pl.col("mention").cast(pl.Int64),
        "record_id",
        pl.coalesce("person", "number").alias("person"),
        "share",
        is_alone=pl.col("person").is_null(),
    )
