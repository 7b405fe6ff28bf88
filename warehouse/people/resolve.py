"""Person resolution of one night: records to links, links to groups, texts to mentions, groups to stable ids, written in one transaction."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.agreement import Agreement
from warehouse.people.clusters import Clustering, cluster
from warehouse.people.evidence import find_links, name_levels, weigh_links
from warehouse.people.groups import Given
from warehouse.people.judged import Judged, JudgedMentions, read_judged
from warehouse.people.kept_model import fetch_signs, fetch_weights
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.links import Scored, score_links
from warehouse.people.night_records import RECORDS, Decisions, NightRecords, find_difference, read_records
from warehouse.people.people_tables import create_tables, replace_tables
from warehouse.people.report_list import fetch_reports
from warehouse.people.reports import Knowledge, Named, read_reports
from warehouse.people.results import change_table, judgement_tables, leads_of, link_review_table, person_record_table, text_span_table
from warehouse.people.standing import carry_over
from warehouse.people.standing_tables import decision_frames, fetch_standing, standing_rows
from warehouse.people.touched import Ids, Stood, ids_from_nothing, ids_of_touched, mention_frame

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

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
    """Work out who is who in known.* and write people.*; a later night compares, groups and writes only what is new or changed, against everything.

    `relink`: everything is compared and grouped anew, with the model that is kept; the result is the same. `score` compares pairs of records.
    """
    con.execute("attach if not exists ':memory:' as linkage")
    # millions of small objects live to the end, none in a cycle: the collector finds nothing in them, and takes a third of the time
    collects = gc.isenabled()
    gc.disable()
    try:
        create_tables(con)
        scored = score_links(con, _as_of(con), relink=relink, score=score)
        judged = read_judged(con)
        night = _group(con, scored, judged)
        return _write(con, night, judged, _name(con, night, judged))
    finally:
        if collects:
            gc.enable()
        con.execute("detach linkage")


@dataclass(frozen=True)
class Night:
    """Tonight's records, grouped. `stood`: how they stood as the tables of the night before have it, or None if nothing of that stays.

    `row_of`: the rows of records that something was judged of, by name.
    """

    scored: Scored
    records: NightRecords
    clustering: Clustering
    stood: Stood | None
    decisions: Decisions
    row_of: dict[str, int]


def _rows_of(con: duckdb.DuckDBPyConnection, key: NDArray[np.int64], names: frozenset[str]) -> dict[str, int]:
    """The rows of the records that have one of these names."""
    if not names:
        return {}
    found = con.execute(
        "select source || ':' || record_id, record_key from linkage.record where source || ':' || record_id in (select unnest($names)) order by 2",
        {"names": sorted(names)},
    ).fetchall()
    return dict(zip((name for name, _ in found), np.searchsorted(key, [one for _, one in found]).tolist(), strict=True))


def _as_of(con: duckdb.DuckDBPyConnection) -> date:
    [(day,)] = con.execute("select as_of from known.as_of").fetchall()
    assert isinstance(day, date)
    return day


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time())


def _group(con: duckdb.DuckDBPyConnection, scored: Scored, judged: Judged) -> Night:
    """Group tonight's records, from how they stood the night before, or when a new model was trained, if that can be."""
    tonight = read_records(con, "linkage.edge")
    row_of = _rows_of(con, tonight.key, judged.names())
    decided = judged.decided(row_of)
    given = Given(tonight.roll, Agreement.as_learned(con, "linkage.name_variant", "linkage.name_term"), decided, fetch_signs(con))
    kept = scored.trained if scored.is_full_relink else fetch_standing(con)
    decisions = Decisions.of(kept.decisions if kept else frozenset(), decided, tonight.key)
    if kept is None:
        return Night(scored, tonight, cluster(given), None, decisions, row_of)
    before, changed = carry_over(kept.standing, find_difference(con, tonight, kept, decisions), tonight.key.size)
    clustering = cluster(given, before, changed)
    return Night(
        scored, tonight, clustering, None if scored.is_full_relink else Stood(before, changed, clustering.standing), decisions, row_of
    )


def group_records(con: duckdb.DuckDBPyConnection, agreement: Agreement) -> tuple[NightRecords, Clustering]:
    """Group the records of linkage.record by linkage.edge alone; what company says is learned from them."""
    records = read_records(con, "linkage.edge")
    return records, cluster(Given(records.roll, agreement))


def _name(con: duckdb.DuckDBPyConnection, night: Night, judged: Judged) -> Named:
    """Everyone named in the reports' texts."""
    records = con.sql(f"{RECORDS} limit {'null' if _has_reports(con) else 0}").pl()
    persons: list[int] = night.clustering.leaders().tolist() if records.height else []
    known = Knowledge(records, persons, night.clustering.groups.agreement, fetch_weights(con))
    reports = fetch_reports(con, records, _end_of(_as_of(con)))
    return read_reports(con, reports, known, JudgedMentions(judged, night.row_of, persons), is_new_model=night.scored.is_full_relink)


def _has_reports(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.execute("select 1 from known.intelligence limit 1").fetchall())


def _write(con: duckdb.DuckDBPyConnection, night: Night, judged: Judged, named: Named) -> PeopleCounts:
    key, clustering, standing = night.records.key, night.clustering, night.clustering.standing
    placed = _place(named, key.size)
    mentions = mention_frame(key, placed)
    ids = _ids(con, night, mentions, leads_of(clustering, named))
    rows = standing_rows(key, night.stood.before if night.stood else None, standing)
    states, unsure = judgement_tables(judged, _persons_of(con, night, judged, ids))
    review = link_review_table(clustering, placed, named.rivals, ids.of, unsure)
    frames = {
        "incoming_person_record": person_record_table(ids.records),
        "incoming_text_span": text_span_table(named.mentions, ids.of),
        "incoming_link_review": review,
        "incoming_change": change_table(ids.changes),
        "incoming_judgement_state": states,
        **decision_frames(night.decisions.tonight),
        **{f"incoming_{table}": one.added for table, one in rows.items()},
        **{f"outgoing_{table}": one.dropped for table, one in rows.items()},
    }
    anew = night.scored.is_full_relink
    _weigh(con, frames, anew=anew, all_links=night.stood is None)
    replace_tables(con, frames, anew=anew, all_people=night.stood is None)
    [(links, persons)] = con.execute("select (select count(*) from linkage.edge), (select count(*) from people.person)").fetchall()
    return PeopleCounts(
        records=key.size,
        records_scored=night.scored.records,
        links=links,
        persons=persons,
        mentions=placed.height,
        mentions_joined=placed.height - int(placed["is_alone"].sum()),
        in_review=review.height,
        merged=sum(change.change == "merged" for change in ids.changes),
        split=sum(change.change == "split" for change in ids.changes),
        is_full_relink=anew,
    )


def _ids(con: duckdb.DuckDBPyConnection, night: Night, mentions: pl.DataFrame, asked: NDArray[np.int64]) -> Ids:
    key = night.records.key
    if night.stood is None:
        return ids_from_nothing(con, key, night.clustering.standing, mentions)
    return ids_of_touched(con, key, night.stood, mentions, asked)


def _persons_of(con: duckdb.DuckDBPyConnection, night: Night, judged: Judged, ids: Ids) -> dict[str, str]:
    """Whose the records and mentions are tonight that something was judged of, by name."""
    names = sorted(judged.names())
    if not names:
        return {}
    here = ids.records.select(pl.concat_str("source", "record_id", separator=":").alias("name"), "person_id").filter(
        pl.col("name").is_in(names)
    )
    if night.stood is None:
        return dict(here.iter_rows())
    stays = con.execute(
        "select source || ':' || record_id, person_id from people.person_record anti join linkage.held using (person_id) "
        "where source || ':' || record_id in (select unnest($names))",
        {"names": names},
    ).fetchall()
    return dict(stays) | dict(here.iter_rows())


def _weigh(con: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], *, anew: bool, all_links: bool) -> None:
    """Make linkage.evidence and linkage.comparison_level: the evidence of each link that holds people together and is not as it was."""
    for name in ("incoming_join_made", "outgoing_join_made"):
        con.register(name, frames[name].to_arrow())
    find_links(con, all_links=all_links)
    for name in ("incoming_join_made", "outgoing_join_made"):
        con.unregister(name)
    if anew:
        name_levels(con, "linkage.comparison_level")
    weigh_links(con, Model(*con.execute("select model_id, settings from linkage.model").fetchall()[0]), anew=anew)


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
