"""A sample of labelled pair-weeks for people to read: does the label say what the records say?"""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from models.outcome import HORIZON_DAYS, closed, grave_events, label, reporting_delay_days

SERIOUS, NEAR_MISS, NONE = "serious", "near miss", "none"
STRATA = (SERIOUS, NEAR_MISS, NONE)
BEFORE_DAYS, AFTER_DAYS = 28, 14
"""So much is shown around the 28 days: a label that is off by a day, or by an event on the edge, shows."""

_EVENTS = """
select event.pair_id, event.source, event.record_id, event.occurred_at, event.kind, event.direction, event.role_a, event.role_b, event.offence_code,
    offence.description, event.weapon, event.is_grave, event.is_domestic, event.is_protected, event.grade, event.known_to is not null as is_gone
from pairs.event
left join pairs.offence on offence.code = event.offence_code
where event.pair_id in (select pair_id from label_sample) and event.stance = 'adverse'
order by event.pair_id, event.occurred_at, event.source, event.record_id, event.direction, event.known_from
"""

_DEFINITION = """
select string_agg(code, ', ' order by code) filter (where not needs_weapon::boolean), string_agg(code, ', ' order by code) filter (where needs_weapon::boolean),
    (select string_agg(weapon, ', ' order by weapon) from codes.grave_weapon)
from codes.serious_violence
"""


class NothingToSample(ValueError):
    """No pair-week of the lane is old enough for its outcome to be known."""


def definition(con: duckdb.DuckDBPyConnection, lane: str) -> str:
    """The label in words, from the code lists that make it."""
    [(always, armed, weapons)] = con.execute(_DEFINITION).fetchall()
    flagged = "flagged" if lane == "domestic" else "not flagged"
    return (
        f"serious = at least one incident between the two in the {HORIZON_DAYS} days after the as-of date (that day excluded, day {HORIZON_DAYS} included), "
        f"{flagged} as domestic and not withdrawn, between a suspect and a victim of it or two parties of an affray (emergency workers and staff aside), "
        f"whose offence code is one of {always}; or one of {armed} with weapon {weapons}."
    )


def sample_labels(con: duckdb.DuckDBPyConnection, size: int, seed: int, lane: str = "conflict") -> pl.DataFrame:
    """About `size` settled pair-weeks, a third each serious, near misses (adverse contact in the 28 days that is not serious) and none of either, by lot:
    stratum, pair_id, as_of, first and last day of the window, and the events in it and around it in words. Raises NothingToSample."""
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    rows = con.sql(
        "select pair_id, as_of from features.pair_week join pairs.pair using (pair_id) where lane = $lane order by as_of, pair_id",
        params={"lane": lane},
    ).pl()
    events = con.sql(
        "select pair_id, record_id, occurred_at, known_at, known_to, is_grave, is_domestic, stance, source from pairs.event"
    ).pl()
    grave = grave_events(events, lane)
    days = [day for day in closed(rows["as_of"].unique().to_list(), as_of, reporting_delay_days(grave)) if day.weekday() == 6]
    settled = rows.filter(pl.col("as_of").is_in(days))
    if not settled.height:
        raise NothingToSample(
            f"no pair-week in lane {lane} is old enough for its outcome to be known by {as_of}: sample when more nights have passed"
        )
    contact = events.filter((pl.col("stance") == "adverse") & (pl.col("source") != "intelligence") & ~pl.col("is_grave"))
    near = label(settled, contact.select("pair_id", "occurred_at")) & ~label(settled, grave)
    strata = settled.with_columns(
        pl.when(label(settled, grave)).then(pl.lit(SERIOUS)).when(near).then(pl.lit(NEAR_MISS)).otherwise(pl.lit(NONE)).alias("stratum")
    )
    lot = (pl.col("pair_id") + pl.col("as_of").cast(pl.String)).hash(seed)
    drawn = strata.sort(lot).group_by("stratum", maintain_order=True).head(-(-size // len(STRATA)))
    return _with_events(con, drawn.sort(pl.col("stratum").replace_strict(STRATA, range(3), return_dtype=pl.Int64), lot).head(size))


def _with_events(con: duckdb.DuckDBPyConnection, drawn: pl.DataFrame) -> pl.DataFrame:
    con.register("label_sample", drawn.select("pair_id"))
    found: dict[str, list[dict[str, object]]] = {}
    for event in con.sql(_EVENTS).pl().iter_rows(named=True):
        found.setdefault(event["pair_id"], []).append(event)
    con.unregister("label_sample")
    first, last = pl.col("as_of") + pl.duration(days=1), pl.col("as_of") + pl.duration(days=HORIZON_DAYS)
    words = [_around(found.get(pair, []), day) for pair, day in drawn.select("pair_id", "as_of").iter_rows()]
    inside, outside = ([one[at] for one in words] for at in (0, 1))
    return drawn.select("stratum", "pair_id", "as_of", first.alias("first_day"), last.alias("last_day")).with_columns(
        pl.Series("in_the_window", inside, dtype=pl.String), pl.Series("just_outside", outside, dtype=pl.String)
    )


def _around(events: list[dict[str, object]], as_of: date) -> tuple[str, str]:
    """What the events say in the window, and just outside it, a line each."""
    inside, outside = [], []
    for event in events:
        days = (event["occurred_at"].date() - as_of).days  # type: ignore[attr-defined]
        if 0 < days <= HORIZON_DAYS:
            inside.append(_said(event, days))
        elif -BEFORE_DAYS < days <= HORIZON_DAYS + AFTER_DAYS:
            outside.append(_said(event, days))
    return "\n".join(dict.fromkeys(inside)), "\n".join(dict.fromkeys(outside))


def _said(event: dict[str, object], days: int) -> str:
    """An event in a line. Of a protected report no more than that there is one, when, and its grade."""
    when = f"{event['occurred_at']:%Y-%m-%d} (day {days})"
    if event["is_protected"]:
        return f"{when} protected intelligence, grade {event['grade']}"
    if event["source"] != "incident":
        return f"{when} {event['source']} {event['record_id']}: {event['kind']}"
    weapon = f", weapon {event['weapon']}" if event["weapon"] not in (None, "NONE") else ""
    marks = [
        word
        for word, is_so in (("SERIOUS", event["is_grave"]), ("domestic", event["is_domestic"]), ("withdrawn or replaced", event["is_gone"]))
        if is_so
    ]
    said = f"{when} incident {event['record_id']}: {event['offence_code']} {event['description'] or ''}{weapon}, {event['role_a']} / {event['role_b']}"
    return f"{said} [{', '.join(marks)}]" if marks else said
