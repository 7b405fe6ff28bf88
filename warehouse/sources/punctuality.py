"""What was expected held against what came, as of a day: missing, late, shrunken, swollen or stale deliveries, each in a sentence.

What was not delivered is not known, and no data must never look like no risk: every sentence ends up on the run and on the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

import duckdb

from warehouse.contracts import EXTRACT_BY_NAME
from warehouse.sources.expected import Expectation
from warehouse.transaction import transaction

COMPARED, FEWEST_COMPARED = 8, 4
"""Deliveries before the last one that say what is usual, and how many there must be."""

_LOADED = """
    with file as (
        select source, file, arg_max(extract_date, load_id) as extract_date, arg_max(rows_read, load_id) as rows_read,
            arg_max(rows_rejected, load_id) as rows_rejected, arg_max(sha256, load_id) as sha256,
            arg_max(message is not null, load_id) as is_cut_off, max(load_id) as load_id
        from ops.load where status = 'loaded' group by source, file)
    select source, extract_date, sum(rows_read)::bigint, sum(rows_rejected)::bigint, list(sha256 order by sha256), list(load_id),
        bool_or(is_cut_off)
    from file group by source, extract_date order by source, extract_date"""
_UNREAD = "select source, status, max(extract_date) from ops.load where status <> 'loaded' and extract_date <= ? group by source, status"

SAID_OF_UNREAD = {"refused": "were refused whole", "postponed": "were still being written when they were to be read"}
UNKNOWN = "what happened since is unknown here, and quiet is no sign of calm."
NONE: Mapping[str, date] = {}


@dataclass(frozen=True)
class Delivery:
    """All files of one extract that were cut on one day."""

    cut_on: date
    rows: int
    rejected: int
    hashes: tuple[str, ...]
    loads: tuple[int, ...] = ()
    is_cut_off: bool = False


@dataclass(frozen=True)
class Punctuality:
    """How one extract stands as of a day. `states`: empty, or of never, late, refused, postponed, cut off, shrunken, swollen, rejected, stale, empty;
    `said`: a sentence for each."""

    source: str
    every_days: int
    last_extract_on: date | None = None
    days_since: int | None = None
    rows_read: int | None = None
    usual_rows: int | None = None
    newest_record_on: date | None = None
    states: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    stops_list: bool = False

    def amiss(self, state: str, sentence: str) -> Punctuality:
        return replace(self, states=(*self.states, state), said=(*self.said, sentence))


def create_punctuality(con: duckdb.DuckDBPyConnection) -> None:
    """Makes ops.delivery where it is not there yet: how each expected extract stood at the last night."""
    con.execute(
        """create table if not exists ops.delivery (source varchar, every_days integer, last_extract_on date, days_since integer, rows_read bigint,
           usual_rows bigint, newest_record_on date, states varchar[], said varchar[], stops_list boolean)"""
    )


def check_deliveries(con: duckdb.DuckDBPyConnection, expected: Mapping[str, Expectation], as_of: date) -> list[Punctuality]:
    """How each expected extract stands as of a day, also written to ops.delivery."""
    came: dict[str, list[Delivery]] = {}
    for source, cut_on, rows, rejected, hashes, loads, is_cut_off in con.execute(_LOADED).fetchall():
        came.setdefault(source, []).append(Delivery(cut_on, rows, rejected, tuple(hashes), tuple(loads), is_cut_off))
    unread: dict[str, dict[str, date]] = {}
    for source, status, cut_on in con.execute(_UNREAD, [as_of]).fetchall():
        unread.setdefault(source, {})[status] = cut_on
    found = []
    for source, expectation in expected.items():
        deliveries = came.get(source, [])
        last = last_by(deliveries, as_of)
        newest = _newest_record(con, source, last) if last is not None else None
        found.append(punctuality(source, expectation, deliveries, as_of, unread=unread.get(source, {}), newest=newest))
    _write(con, found)
    return found


def last_by(deliveries: list[Delivery], as_of: date) -> Delivery | None:
    """The last delivery cut by a day."""
    return max((one for one in deliveries if one.cut_on <= as_of), key=lambda one: one.cut_on, default=None)


def punctuality(
    source: str,
    expected: Expectation,
    deliveries: list[Delivery],
    as_of: date,
    *,
    unread: Mapping[str, date] = NONE,
    newest: date | None = None,
) -> Punctuality:
    """How one extract stands. A day of the past is covered by whatever was cut after it, so that a replay does not call it late."""
    last = last_by(deliveries, as_of)
    is_covered = any(one.cut_on > as_of for one in deliveries)
    name = source.replace("_", " ")
    found = Punctuality(source, expected.every_days, stops_list=not is_covered and _is_too_dark(expected, deliveries, as_of))
    for state, said in SAID_OF_UNREAD.items():
        cut_on = unread.get(state)
        if cut_on is not None and (last is None or cut_on > last.cut_on):
            found = found.amiss(state, f"The {name} cut on {_day(cut_on)} {said}: nothing of them is in this.")
    if last is None:
        if is_covered:
            return found
        return found.amiss(
            "never", f"No {name} have ever been delivered: whatever they would tell is unknown here, and that is no sign of calm."
        )
    days = (as_of - last.cut_on).days
    found = replace(found, last_extract_on=last.cut_on, days_since=days, rows_read=last.rows, newest_record_on=newest)
    if days > expected.late_after_days and not is_covered:
        found = found.amiss("late", _said_late(name, last.cut_on, days, expected))
    found = _volume(_staleness(found, expected, last, deliveries, name), expected, last, deliveries, name)
    if found.stops_list and "late" not in found.states:
        return found.amiss(
            "empty", f"No row of the {name} delivered in the last {expected.no_list_after_days} days could be used: {UNKNOWN}"
        )
    return found


def _is_too_dark(expected: Expectation, deliveries: list[Delivery], as_of: date) -> bool:
    """Whether nothing has come for longer than a list may rest on; a delivery of which no row could be used, or without any, brought nothing."""
    if expected.no_list_after_days is None:
        return False
    last = last_by([one for one in deliveries if one.rejected < one.rows], as_of)
    return last is None or (as_of - last.cut_on).days > expected.no_list_after_days


def _said_late(name: str, cut_on: date, days: int, expected: Expectation) -> str:
    rhythm = "day" if expected.every_days == 1 else f"{expected.every_days} days"
    return (
        f"No {name} since those cut on {_day(cut_on)}, {days} days before this date; they are due every {rhythm}. "
        f"{UNKNOWN[0].upper()}{UNKNOWN[1:]}"
    )


def _volume(found: Punctuality, expected: Expectation, last: Delivery, deliveries: list[Delivery], name: str) -> Punctuality:
    if last.is_cut_off:
        found = found.amiss(
            "cut off", f"The {name} cut on {_day(last.cut_on)} end within a row: they have not come whole, and more may be missing."
        )
    if last.rejected and (
        last.rejected == last.rows or last.rejected > (1.0 if expected.most_rejected is None else expected.most_rejected) * last.rows
    ):
        said = f"Of the {last.rows:,} {name} cut on {_day(last.cut_on)}, {last.rejected:,} could not be used (analyst.rejects says why)."
        found = found.amiss("rejected", said)
    before = [one.rows for one in deliveries if one.cut_on < last.cut_on][-COMPARED:]
    if len(before) < FEWEST_COMPARED:
        return found
    usual = round(median(before))
    found = replace(found, usual_rows=usual)
    said = f"The {name} cut on {_day(last.cut_on)} have {last.rows:,} rows, where {usual:,} are usual"
    if last.rows < expected.fewest * usual:
        return found.amiss("shrunken", f"{said}: something may be missing.")
    if expected.most is not None and last.rows > expected.most * usual:
        return found.amiss("swollen", f"{said}: they may hold more than what is new.")
    return found


def _staleness(found: Punctuality, expected: Expectation, last: Delivery, deliveries: list[Delivery], name: str) -> Punctuality:
    again = next((one for one in deliveries if one.cut_on < last.cut_on and one.hashes == last.hashes and one.rows), None)
    if again is not None:
        return found.amiss("stale", f"The {name} cut on {_day(last.cut_on)} are those of {_day(again.cut_on)} under a new date.")
    limit, newest = expected.stale_after_days, found.newest_record_on
    if limit is not None and newest is not None and (last.cut_on - newest).days > limit:
        return found.amiss(
            "stale", f"The newest of the {name} cut on {_day(last.cut_on)} was recorded on {_day(newest)}: it may be an old extract."
        )
    return found


def _newest_record(con: duckdb.DuckDBPyConnection, source: str, last: Delivery) -> date | None:
    """The day on which the newest record of a delivery was recorded; what is dated after the extract is a slip."""
    if "recorded_at" not in EXTRACT_BY_NAME[source].column_names:
        return None
    [(newest,)] = con.execute(
        f"""select max(as_date(recorded_at)) from landing.{source}
            where load_id in (select unnest($loads::integer[])) and as_date(recorded_at) <= $limit""",
        {"loads": list(last.loads), "limit": last.cut_on + timedelta(days=1)},
    ).fetchall()
    return newest if isinstance(newest, date) else None


def _write(con: duckdb.DuckDBPyConnection, found: list[Punctuality]) -> None:
    with transaction(con):
        con.execute("delete from ops.delivery")
        for one in found:
            values = [list(value) if isinstance(value, tuple) else value for value in vars(one).values()]
            con.execute(f"insert into ops.delivery ({', '.join(vars(one))}) values ({', '.join('?' for _ in values)})", values)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
