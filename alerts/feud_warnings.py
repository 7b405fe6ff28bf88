"""Feuds in the order to look at them, and those to warn of although none of their pairs is on the list: alerts.feud."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from alerts.english import counted
from models.feuds import is_warned

_FEUDS = """
with event as (
    select feud.feud_id, feud.pair_id, event.source || event.record_id as record, event.is_serious,
        (select as_of from known.as_of) - event.occurred_at::date as days_ago
    from features.feud_pair as feud
    join pairs.event as event on event.pair_id = feud.pair_id and event.known_to is null and event.stance = 'adverse'
),

record as (
    select feud_id, count(distinct pair_id) as pairs,
        count(distinct record) filter (days_ago < 28) as events_28d,
        count(distinct record) filter (days_ago >= 28 and days_ago < 84) as events_56d_before,
        count(distinct record) filter (is_serious and days_ago < 365) as serious_365d
    from event group by feud_id
),

people as (
    select feud_id, count(*) filter (side = 'a') as side_a, count(*) filter (side = 'b') as side_b, count(*) filter (side is null) as no_side
    from features.feud_person group by feud_id
),

listed as (
    select person.feud_id, count(distinct flag.pair_id) as listed
    from alerts.flag as flag
    join known.as_of on known.as_of.as_of = flag.as_of
    join features.feud_person as person on person.person_id = flag.person_a
    join features.feud_person as other on other.person_id = flag.person_b and other.feud_id = person.feud_id
    where flag.lane = 'conflict'
    group by person.feud_id
)

select feud.feud_id, feud.raw, feud.score, feud.best, feud.note, feud.record, feud.pairs as scored_pairs, coalesce(listed.listed, 0) as listed,
    people.side_a, people.side_b, people.no_side, record.events_28d, record.events_56d_before, record.serious_365d,
    record.pairs
from scores.feud as feud
join people on people.feud_id = feud.feud_id
join record on record.feud_id = feud.feud_id
left join listed on listed.feud_id = feud.feud_id
order by feud.score desc, feud.raw desc, feud.feud_id
"""

_LAST_PLACE = """
select min(score) from alerts.flag join known.as_of using (as_of)
where lane = 'conflict' having count(*) >= $list_size
"""


def rank_feuds(con: duckdb.DuckDBPyConnection, list_size: int) -> int:
    """Writes alerts.feud for the as-of date (feud_id, rank, score, is_warning, listed_pairs, reasons); returns how many are warned of.

    A feud is warned of by models.feuds.is_warned: none of its pairs is on the list though it is as likely to come to serious violence as the last pair
    there, and no single pair makes it so. While a list has room for every pair there is nothing to add to it.
    """
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    found = con.execute(_LAST_PLACE, {"list_size": list_size}).fetchall()
    last_place = found[0][0] if found else None
    table = con.sql(_FEUDS).pl().with_columns(pl.lit(last_place, pl.Float64).alias("last_place"), (pl.col("listed") > 0).alias("is_listed"))
    rows = [
        (as_of, feud["feud_id"], rank, feud["score"], feud["best"], feud["listed"], warned, reasons(feud), feud["note"], feud["record"])
        for rank, (feud, warned) in enumerate(zip(table.iter_rows(named=True), is_warned(table), strict=True), 1)
    ]
    con.execute(
        """create or replace table alerts.feud (as_of date, feud_id varchar, rank integer, score double, best_pair_score double, listed_pairs integer,
           is_warning boolean, reasons varchar[], score_note varchar, track_record varchar)"""
    )
    if rows:
        con.executemany("insert into alerts.feud values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return sum(row[6] for row in rows)


def reasons(feud: dict[str, float]) -> list[str]:
    """What a feud's score rests on, in plain English: how many, how often, how grave, and how far one pair alone explains it."""
    pairs = counted(feud["pairs"], "pair")
    apart = f", {int(feud['no_side'])} on neither" if feud["no_side"] else ""
    said = [f"{pairs} in live conflict between {int(feud['side_a'])} on one side and {int(feud['side_b'])} on the other{apart}"]
    said.append(f"{counted(feud['events_28d'], 'event')} in 28 days, {int(feud['events_56d_before'])} in the 56 before")
    if feud["serious_365d"]:
        said.append(f"{counted(feud['serious_365d'], 'event')} of serious violence in a year")
    if feud["raw"] > 0:
        alone = round(100 * feud["best"] / feud["raw"])
        said.append(f"its likeliest pair makes about {alone}% of the chance, {counted(feud['scored_pairs'], 'pair')} counted")
    return said
