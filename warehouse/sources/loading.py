"""One file into the warehouse in one transaction: its rows to landing, what is wrong with the others to ops.reject, its counts to ops.load."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import duckdb
import polars as pl
import pyarrow as pa

from warehouse.contracts import INTELLIGENCE, Extract
from warehouse.sources.header import Arranged, arrange
from warehouse.sources.mapping import SourceMapping
from warehouse.sources.rows import Rows
from warehouse.sources.typing_sql import verdict_sql
from warehouse.transaction import transaction


@dataclass(frozen=True)
class Delivered:
    """A file as it came: its name, what it holds by that name, the hash of its bytes and the agency it is from."""

    file: str
    extract: Extract
    extract_date: date | None  # None: the date in its name is none
    sha256: str | None
    source: SourceMapping


@dataclass(frozen=True)
class Counts:
    """rows_read = rows_accepted + rows_rejected."""

    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    values_unreadable: int = 0


@dataclass(frozen=True)
class Became:
    """What became of a file: loaded, with what is wrong with it as a whole, if anything; or refused or postponed, with the reason."""

    status: str
    message: str | None = None


LOADED = Became("loaded")

_REJECTED = ("line", "reason", "raw", "record_key", "is_protected")


def create_ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Makes ops.load and ops.reject where they are not there yet.

    A reject's `record_key` is the first part of its key where that could be read; `is_protected`: it is of intelligence and not plainly
    of handling code P, so that its raw text must not be shown.
    """
    con.execute(
        """create table if not exists ops.load (load_id integer, file varchar, source varchar, sha256 varchar, extract_date date, status varchar,
           message varchar, rows_read bigint, rows_accepted bigint, rows_rejected bigint, values_unreadable bigint, loaded_at timestamp,
           agency varchar, lawful_basis varchar)"""
    )
    con.execute(
        """create table if not exists ops.reject
           (load_id integer, file varchar, line integer, reason varchar, raw varchar, record_key varchar, is_protected boolean)"""
    )


def load_rows(con: duckdb.DuckDBPyConnection, delivered: Delivered, rows: Rows, now: datetime, became: Became = LOADED) -> Counts:
    """Takes a file's rows in, all or nothing. Raises FileRefused for a header that cannot be used."""
    arranged = arrange(rows, delivered.extract, delivered.source)
    con.register("incoming", _incoming(rows, arranged, delivered.extract))
    try:
        verdicts = _judge(con, delivered.extract)
        rejected = _rejected(rows, verdicts, delivered.extract)
        con.register("rejected", rejected)
        unreadable = int(verdicts.filter(pl.col("reason") == "")["unreadable"].sum())
        counts = Counts(rows.count, rows.count - rejected.height, rejected.height, unreadable)
        with transaction(con):
            load_id = _note(con, delivered, counts, now, became)
            _land(con, load_id, delivered, tuple(arranged.unknown))
            con.execute(
                f"insert into ops.reject select ?, ?, {', '.join(_REJECTED)} from rejected order by line", [load_id, delivered.file]
            )
        return counts
    finally:
        con.unregister("incoming")
        con.unregister("rejected")


def record_unread(con: duckdb.DuckDBPyConnection, delivered: Delivered, became: Became, now: datetime) -> None:
    """Keeps in ops.load that a file was refused or postponed, and why; an earlier word on the same file gives way, but the same one stays."""
    said = con.execute(
        "select 1 from ops.load where file = ? and sha256 is not distinct from ? and status = ? and message = ?",
        [delivered.file, delivered.sha256, became.status, became.message],
    )
    if not said.fetchall():
        with transaction(con):
            _note(con, delivered, Counts(), now, became)


def forget_unread(con: duckdb.DuckDBPyConnection, file: str) -> None:
    """Takes back that a file was refused or postponed: it is again as it was when it was loaded. The newest entry stays, for its number."""
    con.execute("delete from ops.load where file = ? and status <> 'loaded' and load_id < (select max(load_id) from ops.load)", [file])


def _incoming(rows: Rows, arranged: Arranged, extract: Extract) -> pa.Table:
    absent = pa.nulls(len(rows.lines), pa.string())
    columns = {"line": rows.lines} | {name: arranged.known.get(name, absent) for name in extract.column_names}
    return pa.table(columns | {f"unknown_{place}": values for place, values in enumerate(arranged.unknown.values())})


def _judge(con: duckdb.DuckDBPyConnection, extract: Extract) -> pl.DataFrame:
    verdicts: pl.DataFrame = con.sql(verdict_sql(extract)).pl()
    return verdicts


def _rejected(rows: Rows, verdicts: pl.DataFrame, extract: Extract) -> pl.DataFrame:
    judged = verdicts.filter(pl.col("reason") != "").with_columns(pl.col("line").map_elements(rows.raw, pl.String).alias("raw"))
    # a line that cannot be told into columns may be of a report under handling conditions
    may_be_protected = extract is INTELLIGENCE
    spoilt = [(spoilt.line, spoilt.reason, spoilt.raw, None, may_be_protected) for spoilt in rows.spoilt]
    return pl.concat([judged.select(_REJECTED), pl.DataFrame(spoilt, judged.select(_REJECTED).schema, orient="row")]).sort("line")


def _land(con: duckdb.DuckDBPyConnection, load_id: int, delivered: Delivered, unknown: tuple[str, ...]) -> None:
    names = ", ".join(delivered.extract.column_names)
    extra = f"json_object({', '.join(f'?, unknown_{place}' for place in range(len(unknown)))})" if unknown else "null"
    con.execute(
        f"insert into landing.{delivered.extract.name} select ?, line, {names}, {extra} "
        "from incoming where line not in (select line from rejected)",
        [load_id, *unknown],
    )


def _note(con: duckdb.DuckDBPyConnection, delivered: Delivered, counts: Counts, now: datetime, became: Became = LOADED) -> int:
    # the number first: one that was given once, and that others have noted, is never given again
    (load_id,) = con.execute("select coalesce(max(load_id), 0) + 1 from ops.load").fetchall()[0]
    con.execute("delete from ops.load where file = ? and status <> 'loaded'", [delivered.file])
    entry = {
        "load_id": load_id,
        "file": delivered.file,
        "source": delivered.extract.name,
        "sha256": delivered.sha256,
        "extract_date": delivered.extract_date,
        **asdict(became),
        **asdict(counts),
        "loaded_at": now,
        "agency": delivered.source.agency,
        "lawful_basis": delivered.source.lawful_basis,
    }
    con.execute(f"insert into ops.load ({', '.join(entry)}) values ({', '.join('?' for _ in entry)})", list(entry.values()))
    return int(load_id)
