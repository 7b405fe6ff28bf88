"""The one gate for time: what was known by the end of a day. Nothing else in the warehouse filters on when something was known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import polars as pl

from warehouse.transaction import transaction

# Tables of versions that count until they are replaced or withdrawn, and tables that are only replaced.
RECORDS = ("incident", "incident_party", "intelligence", "intelligence_subject", "exclusion")
SIDE_TABLES = ("ethnicity",)
JUDGEMENTS = "select * from people.judgement where judged_at < $end"  # a ledger: what is withdrawn later has a further row


def end_of(as_of: date) -> datetime:
    """The first moment that is no longer part of a day."""
    return datetime.combine(as_of + timedelta(days=1), datetime.min.time())


def open_gate(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Opens known.* on core.*: the versions known by the end of `as_of`, with nothing in them that was known or came later.

    They are views: what a night makes of them is in other tables, and a copy of every version would cost a night more than most bring.
    """
    end = end_of(as_of)
    with transaction(con):
        _drop_copies(con)
        con.execute("create or replace table known.as_of as select cast(? as date) as as_of", [as_of])
        for record in RECORDS:
            con.execute(_record_sql(record, end))
        for table in SIDE_TABLES:
            con.execute(_side_sql(table, end))
        con.execute(f"create or replace table known.judgement as {JUDGEMENTS}", {"end": end})


def _drop_copies(con: duckdb.DuckDBPyConnection) -> None:
    """A warehouse from before the gate was made of views holds tables in their place."""
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'known'"
    ).fetchall()
    for (name,) in found:
        if name in (*RECORDS, *SIDE_TABLES):
            con.execute(f"drop table known.{name}")


def _before(moment: str, end: datetime) -> str:
    # a view holds no parameter; this one is a moment of ours
    return f"case when {moment} < timestamp '{end}' then {moment} end"


def _record_sql(record: str, end: datetime) -> str:
    known_to, counts_to = _before("known_to", end), _before("counts_to", end)
    return f"""create or replace view known.{record} as
        select * replace ({known_to} as known_to, {counts_to} as counts_to, {_before("withdrawn_at", end)} as withdrawn_at),
            {known_to} is null as is_current,
            {known_to} is null and {counts_to} is null as counts
        from core.{record} where known_from < timestamp '{end}'"""


def _side_sql(table: str, end: datetime) -> str:
    return f"""create or replace view known.{table} as
        select * replace ({_before("known_to", end)} as known_to), {_before("known_to", end)} is null as is_current
        from core.{table} where known_from < timestamp '{end}'"""


def visible(events: pl.DataFrame, as_of: pl.Series | list[date]) -> pl.DataFrame:
    """Each event once for each as-of date on which it had happened, was known and still counted; column `as_of` is added.

    `events` has known_from, known_to (null: still) and occurred_at. An event with no known_from or no occurred_at is never visible.
    """
    dates = pl.Series("as_of", as_of, dtype=pl.Date).unique().sort()
    places, days = shown_places(events, dates)
    return events[places].with_columns(dates.gather(days).alias("as_of"))


def shown_places(events: pl.DataFrame, dates: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The row of an event and the place of a date among some in order, once for each date on which the event is visible; event by event."""
    first, after = shown_on(events, dates)
    shown = (after - first).clip(0)
    places = pl.select(row=pl.int_range(events.height, dtype=pl.UInt32).repeat_by(shown).explode()).drop_nulls()["row"]
    starts = (shown.cum_sum() - shown).gather(places)
    return places, pl.select(nth=pl.int_range(places.len(), dtype=pl.Int64))["nth"] - starts + first.gather(places)


def shown_on(events: pl.DataFrame, dates: pl.Series) -> tuple[pl.Series, pl.Series]:
    """On which of some dates, in order, each event is visible: from the place of the first to before another place (at or below the first: on none)."""
    ends = dates.dt.offset_by("1d").cast(pl.Datetime("us"))
    since = events.select(
        pl.when(pl.col("known_from").is_not_null() & pl.col("occurred_at").is_not_null())
        .then(pl.max_horizontal(pl.col("known_from", "occurred_at").cast(pl.Datetime("us"))))
        .alias("since")
    )["since"]
    # the dates are sorted, so that an event is visible on one run of them: from the first that ends after it, to the last before it ended
    return _dates_over(since, ends), _dates_over(events["known_to"].cast(pl.Datetime("us")), ends)


def _dates_over(moments: pl.Series, ends: pl.Series) -> pl.Series:
    """How many of the dates had ended by each moment; all of them for no moment."""
    count = ends.search_sorted(moments.fill_null(datetime.max), side="right")
    return pl.Series(count, dtype=pl.Int64)


def known_by(events: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The versions of events known by the end of a day, with nothing in them that came later: what the gate opened at that day would give."""
    end = pl.lit(end_of(as_of)).cast(pl.Datetime("us"))
    still = pl.when(pl.col("known_to") < end).then(pl.col("known_to")).alias("known_to")
    return events.filter(pl.col("known_from") < end).with_columns(still)
