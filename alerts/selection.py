"""Which pairs go on the list: rank, status, and what stays off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from alerts.flag_reasons import explain
from alerts.reasons import on_the_page
from alerts.reviews.standing import standing_on, write_standing
from warehouse.transaction import transaction

LOOK_BACK_DAYS = 365
NEW_AGAIN_DAYS = 56
"""A pair that was off the list for longer than this is new again."""
CHANGE_DAYS = 28
ESCALATING, COOLING = 1.25, 0.8
"""Status by the ratio of the score to that of four weeks before, or of the first week since in which the pair had a score."""


@dataclass(frozen=True)
class Flagged:
    """How many pairs were flagged in each lane."""

    conflict: int
    domestic: int


_MAY_FLAG = "stance = 'adverse' and source != 'exclusion' and occurred_at >= as_of - $look_back::int"
"""An event that can put a pair on the list: school records alone never do, and neither do ties or what is long past."""

_CANDIDATES = f"""
with evidence as (
    select
        event.pair_id,
        max(occurred_at) filter ({_MAY_FLAG}) as last_event,
        arg_max(district, occurred_at) filter (where district is not null) as district
    from pairs.event
    cross join known.as_of
    where known_to is null
    group by event.pair_id
)

select score.pair_id, pair.person_a, pair.person_b, pair.lane, evidence.district,
    evidence.last_event, score.raw, score.score, before.score as score_before
from scores.pair_week as score
join known.as_of on score.as_of = known.as_of.as_of
join pairs.pair on pair.pair_id = score.pair_id
join evidence on evidence.pair_id = score.pair_id and evidence.last_event is not null
join people.person as one on one.person_id = pair.person_a
join people.person as two on two.person_id = pair.person_b
left join (
    select pair_id, arg_min(score, as_of) as score from scores.pair_week
    where as_of < (select as_of from known.as_of) and as_of >= (select as_of from known.as_of) - $change_days::int
    group by pair_id
) as before on before.pair_id = score.pair_id
where one.display_name is not null and two.display_name is not null
"""


def eligible(events: pl.DataFrame) -> pl.DataFrame:
    """The pairs that may be listed (pair_id, as_of), of events as visible on some as-of days (warehouse.timegate.visible)."""
    with duckdb.connect() as con:
        con.register("visible_event", events.select("pair_id", "as_of", "stance", "source", "occurred_at"))
        may: pl.DataFrame = con.sql(
            f"select distinct pair_id, as_of from visible_event where {_MAY_FLAG}", params={"look_back": LOOK_BACK_DAYS}
        ).pl()
        return may


def status_of(score: float, before: float | None, last_listed: date | None, as_of: date) -> str:
    """new, escalating, persisting or cooling; a pair not listed in the last eight weeks is new."""
    if last_listed is None or (as_of - last_listed).days > NEW_AGAIN_DAYS:
        return "new"
    if before is None or before * COOLING < score < before * ESCALATING:
        return "persisting"
    return "escalating" if score >= before * ESCALATING else "cooling"


def _ranked(candidates: pl.DataFrame, list_size: int, as_of: date) -> pl.DataFrame:
    """The first `list_size` of each lane, ranked from 1; ties go by the order of pair ids.

    `cut_off` is the figure of the first pair of the lane that found no place, `eligible_days` how long a pair's last event may keep it on a list.
    """
    ordered = candidates.sort("raw", "pair_id", descending=[True, False])
    ranked = ordered.with_columns(
        pl.int_range(1, pl.len() + 1).over("lane").alias("rank"),
        pl.col("raw").get(list_size, null_on_oob=True).over("lane").alias("cut_off"),
        (LOOK_BACK_DAYS + 1 - (pl.lit(as_of) - pl.col("last_event").dt.date()).dt.total_days()).alias("eligible_days"),
    )
    return ranked.filter(pl.col("rank") <= list_size)


def select_flags(con: duckdb.DuckDBPyConnection, list_size: int) -> Flagged:
    """Writes tonight's list of each lane to alerts.flag, in place of an earlier list of the same date; all dates together are the history.

    School records alone never raise a flag, and neither do ties, thefts or reports suspected to be false. A person whom no record names or numbers is nobody
    that anyone could help: such a pair stays in pairs and is not listed.
    """
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    _create_history(con)
    flagged = _ranked(_without_dismissed(con, candidates(con), as_of), list_size, as_of)
    earlier = {
        row[0]: row[1:]
        for row in con.execute(
            "select pair_id, min(first_flagged), max(as_of) from alerts.flag where as_of < $day group by pair_id", {"day": as_of}
        ).fetchall()
    }
    why = explain(con, flagged, as_of)
    rows = []
    for pair in flagged.iter_rows(named=True):
        first, last = earlier.get(pair["pair_id"], (None, None))
        rows.append(
            {
                **{k: pair[k] for k in ("lane", "rank", "pair_id", "person_a", "person_b", "score", "district")},
                "as_of": as_of,
                "status": status_of(pair["score"], pair["score_before"], last, as_of),
                "first_flagged": first or as_of,
                "reasons": on_the_page(why[pair["lane"], pair["pair_id"]]),
            }
        )
    _write(con, as_of, rows)
    count = flagged["lane"].value_counts().rows_by_key("lane")
    return Flagged(*(int(count[lane][0][0]) if lane in count else 0 for lane in ("conflict", "domestic")))


def candidates(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The pairs that may be listed tonight, with their scores, whatever has been decided of them."""
    found: pl.DataFrame = con.sql(_CANDIDATES, params={"look_back": LOOK_BACK_DAYS, "change_days": CHANGE_DAYS}).pl()
    return found


def _without_dismissed(con: duckdb.DuckDBPyConnection, pairs: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The pairs but for those whom a review keeps off; what stands of all reviews is written beside."""
    reviewed = standing_on(con, as_of, dict(pairs.select("pair_id", "score").iter_rows()))
    write_standing(con, reviewed)
    return pairs.filter(~pl.col("pair_id").is_in([pair for pair, one in reviewed.by_pair.items() if one.is_off]))


def _create_history(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """create table if not exists alerts.flag (as_of date, lane varchar, rank integer, pair_id varchar, person_a varchar, person_b varchar,
           score double, status varchar, district varchar, first_flagged date, reasons varchar[])"""
    )


def _write(con: duckdb.DuckDBPyConnection, as_of: date, rows: list[dict[str, object]]) -> None:
    with transaction(con):
        con.execute("delete from alerts.flag where as_of = $day", {"day": as_of})
        if rows:
            con.register("flag_rows", pl.DataFrame(rows, schema_overrides={"reasons": pl.List(pl.String), "district": pl.String}))
            con.execute("insert into alerts.flag by name select * from flag_rows")
            con.unregister("flag_rows")
