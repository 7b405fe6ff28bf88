"""Whose records a night writes again: people whose records or mentions are not as they were; all others keep their id and their rows unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.identities import Change, keep_ids, new_id
from warehouse.people.standing import ROUNDS
from warehouse.wholes import WHOLE_ID

if TYPE_CHECKING:
    from collections.abc import Set

    import duckdb
    from numpy.typing import NDArray

    from warehouse.people.standing import Changed, Standing

MENTION = "intelligence_mention"
FOUND = """select tonight.leader, record.source, record.record_id, record.known_from, tonight.match_probability
    from linkage.touched as tonight join linkage.record as record using (record_key)"""
MENTIONED = f"select leader, '{MENTION}', record_id, 'infinity'::timestamp, match_probability from linkage.mention"
# Whoever stands alone is as they were if the same mentions stood together before, and nothing else with them.
MENTIONS_MOVED = f"""
    with before as (select record_id, person_id, match_probability from people.person_record where source = '{MENTION}'),
    held as (select person_id, count(*) as records from people.person_record semi join before using (person_id) group by person_id),
    tonight as (
        select mention.*, before.person_id as before_id, before.match_probability as before_share, lead_id.person_id as lead_person
        from linkage.mention left join before using (record_id) left join linkage.lead_id on lead_id.record_key = lead_key
    ),
    alone as (
        select leader, count(*) as mentions, count(before_id) as known, count(distinct before_id) as ids from tonight where lead_key is null group by leader
    )
    select
        leader, lead_key, record_id, before_id,
        before_id is null or match_probability <> before_share or case
            when lead_key is not null then lead_person is distinct from before_id
            else mentions <> known or ids <> 1 or held.records <> mentions
        end as is_moved
    from tonight left join alone using (leader) left join held on held.person_id = before_id"""
IDS_MOVED = f"""
    select before_id as person_id from linkage.mention_moved where is_moved and before_id is not null
    union
    select person_id from people.person_record where source = '{MENTION}' and record_id not in (select record_id from linkage.mention)
    union
    select person_id from people.person_record
    where source in ('intelligence_subject', '{MENTION}') and is_protected <> (
        {WHOLE_ID.format("record_id")} in (select report_id from known.intelligence where is_current and handling_code = 'C')
    )"""
RECORDS_MOVED = """
    select record_key from (from people.person_record semi join linkage.moved using (person_id)) join linkage.record using (source, record_id)
    union select lead_key from linkage.mention_moved where is_moved and lead_key is not null"""
HELD = """
    with named as (
        select source, record_id from incoming union all select source, record_id from people.record semi join linkage.gone using (record_key)
    )
    select person_id from people.person_record semi join named using (source, record_id) union from linkage.moved"""
LEADS = """
    select record_key, person_id from (select record_key, source, record_id from linkage.record semi join linkage.asked using (record_key))
    left join people.person_record using (source, record_id)"""


@dataclass(frozen=True)
class Ids:
    """The ids of the night: of each person asked for, by the row that leads them or the number of one known from texts only.

    `records`: the records and mentions to be written again, as leader, source, record_id, known_from, match_probability, person_id.
    """

    of: dict[int, str]
    changes: list[Change]
    records: pl.DataFrame


def mention_frame(key: NDArray[np.int64], placed: pl.DataFrame) -> pl.DataFrame:
    """Tonight's mentions: record_id, leader (a row, or a number behind the last), lead_key (missing for who has no record), match_probability."""
    leader = placed["person"].cast(pl.Int64).to_numpy()
    frame = placed.select("record_id", leader=pl.Series(leader), lead_key=pl.Series(leader, dtype=pl.Int64), match_probability="share")
    if key.size:
        frame = frame.with_columns(lead_key=pl.Series(key[np.minimum(leader, key.size - 1)]))
    return frame.with_columns(pl.when(pl.col("leader") < key.size).then(pl.col("lead_key")).alias("lead_key"))


def ids_from_nothing(con: duckdb.DuckDBPyConnection, key: NDArray[np.int64], now: Standing, mentions: pl.DataFrame) -> Ids:
    """The ids of everybody, whatever has changed."""
    _register(con, "mention", mentions)
    _touch(con, key, now, np.ones(key.size, bool))
    records = con.sql(f"{FOUND} union all {MENTIONED}").pl()
    return _kept(records, con.sql("select source, record_id, person_id from people.person_record").pl(), frozenset())


def ids_of_touched(
    con: duckdb.DuckDBPyConnection, key: NDArray[np.int64], stood: Stood, mentions: pl.DataFrame, asked: NDArray[np.int64]
) -> Ids:
    """The ids of people who are not as they were, and of the groups whose leading rows are `asked`.

    Leaves in linkage.held the ids under which the records and mentions to be written again stood.
    """
    now = stood.now
    leader = now.leader[ROUNDS]
    _register(con, "mention", mentions)
    _register(con, "asked", pl.DataFrame({"record_key": key[np.union1d(asked, _below(mentions["leader"].to_numpy(), key.size))]}))
    for table, query in (("lead_id", LEADS), ("mention_moved", MENTIONS_MOVED), ("moved", IDS_MOVED), ("record_moved", RECORDS_MOVED)):
        con.execute(f"create or replace table linkage.{table} as {query}")
    groups = _regrouped(stood)
    rewritten = con.execute("select record_key from linkage.cleaned union select record_key from linkage.record_moved").fetchnumpy()
    groups[leader[np.searchsorted(key, np.asarray(rewritten["record_key"], np.int64))]] = True
    _touch(con, key, now, groups[leader])
    records = con.sql(
        f"""{FOUND} union all {MENTIONED} where record_id in (
            select record_id from linkage.mention_moved
            where is_moved or before_id in (from linkage.moved) or lead_key in (select record_key from linkage.touched)
        )"""
    ).pl()
    con.register("incoming", records.to_arrow())
    con.execute(f"create or replace table linkage.held as {HELD}")
    con.unregister("incoming")
    previous = con.sql("select source, record_id, person_id from people.person_record semi join linkage.held using (person_id)").pl()
    found = _kept(records, previous, _taken(con, records))
    return Ids(_as_before(con, key) | found.of, found.changes, found.records)


@dataclass(frozen=True)
class Stood:
    """How tonight's records stood the night before, what has changed for them, and how they stand now."""

    before: Standing
    changed: Changed
    now: Standing


def _kept(records: pl.DataFrame, previous: pl.DataFrame, taken: Set[str]) -> Ids:
    ids, changes = keep_ids(records.drop("match_probability"), previous, taken)
    person_id = pl.DataFrame({"leader": list(ids), "person_id": list(ids.values())}, {"leader": pl.Int64, "person_id": pl.String})
    return Ids(ids, changes, records.join(person_id, on="leader", how="left"))


def _regrouped(stood: Stood) -> NDArray[np.bool_]:
    """Marks by leading row the groups that are not as they were at the end of the night before, or whose records belong to them less or more likely."""
    now = stood.now
    leader, earlier = now.leader[ROUNDS], stood.before.leader[ROUNDS]
    other = (leader != earlier) | stood.changed.bereft
    groups = np.zeros(leader.size, bool)
    groups[leader[other | (now.probability[ROUNDS] != stood.before.probability[ROUNDS])]] = True
    groups[leader[earlier[other & (earlier >= 0)]]] = True
    return groups


def _as_before(con: duckdb.DuckDBPyConnection, key: NDArray[np.int64]) -> dict[int, str]:
    """The ids that people asked for had the night before, by their leading row, or number."""
    leads = con.execute("select record_key, person_id from linkage.lead_id where person_id is not null order by record_key").fetchall()
    rows = np.searchsorted(key, np.array([lead for lead, _ in leads], np.int64)).tolist()
    alone = con.execute("select leader, before_id from linkage.mention_moved where lead_key is null and not is_moved").fetchall()
    return dict(zip(rows, (person_id for _, person_id in leads), strict=True)) | dict(alone)


def _taken(con: duckdb.DuckDBPyConnection, records: pl.DataFrame) -> frozenset[str]:
    """Of the ids that new people of these records could be given those that are in use."""
    names = records.select(pl.concat_str("source", "record_id", separator=":"))["source"].to_list()
    wanted = [new_id(f"{name}{number}") for name in names for number in ("", "#2", "#3")]
    _register(con, "wanted_id", pl.DataFrame({"person_id": wanted}, {"person_id": pl.String}))
    return frozenset(
        one for (one,) in con.execute("select person_id from people.person_record semi join linkage.wanted_id using (person_id)").fetchall()
    )


def _below(numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    return numbers[numbers < size]


def _touch(con: duckdb.DuckDBPyConnection, key: NDArray[np.int64], now: Standing, rows: NDArray[np.bool_]) -> None:
    _register(con, "touched", pl.DataFrame({
        "record_key": key[rows], "leader": now.leader[ROUNDS][rows], "match_probability": now.probability[ROUNDS][rows],
    }))  # fmt: skip


def _register(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Make linkage.<table> of a frame."""
    con.register("incoming", frame.to_arrow())
    con.execute(f"create or replace table linkage.{table} as from incoming")
    con.unregister("incoming")
