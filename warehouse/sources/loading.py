"""One file into the warehouse in one transaction: its rows to landing, what is wrong with the others to ops.reject, its counts to ops.load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import pyarrow as pa

from warehouse.contracts import Extract
from warehouse.sources.header import Arranged, arrange
from warehouse.sources.mapping import SourceMapping
from warehouse.sources.rows import Rows
from warehouse.sources.typing_sql import verdict_sql


@dataclass(frozen=True)
class Delivered:
    """A file as it came: its name, what it holds by that name, the hash of its bytes and the agency it is from."""

    file: str
    extract: Extract
    extract_date: date
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
class _Judged:
    lines: list[int]
    reasons: list[str]
    unreadable: int


def create_ledger(con: duckdb.DuckDBPyConnection) -> None:
    """Makes ops.load and ops.reject where they are not there yet."""
    con.execute(
        """create table if not exists ops.load (load_id integer, file varchar, source varchar, sha256 varchar, extract_date date, status varchar,
           message varchar, rows_read bigint, rows_accepted bigint, rows_rejected bigint, values_unreadable bigint, loaded_at timestamp,
           agency varchar, lawful_basis varchar)"""
    )
    con.execute("create table if not exists ops.reject (load_id integer, file varchar, line integer, reason varchar, raw varchar)")


def load_rows(con: duckdb.DuckDBPyConnection, delivered: Delivered, rows: Rows, now: datetime) -> Counts:
    """Takes a file's rows in, all or nothing. Raises FileRefused for a header that cannot be used."""
    arranged = arrange(rows, delivered.extract, delivered.source)
    con.register("incoming", _incoming(rows, arranged, delivered.extract))
    try:
        judged = _judge(con, delivered.extract)
        con.register("rejected", _rejected(rows, judged))
        counts = Counts(rows.count, rows.count - len(rows.spoilt) - len(judged.lines), len(rows.spoilt) + len(judged.lines), judged.unreadable)
        with_load = _Writer(con, delivered, now)
        with_load.write(counts, tuple(arranged.unknown))
        return counts
    finally:
        con.unregister("incoming")
        con.unregister("rejected")


def record_refusal(con: duckdb.DuckDBPyConnection, delivered: Delivered, message: str, now: datetime) -> None:
    """Keeps in ops.load that a file was refused and why; an earlier refusal of the same file gives way to it."""
    con.begin()
    try:
        _note(con, delivered, "refused", message, Counts(), now)
        con.commit()
    except BaseException:
        con.rollback()
        raise


def _incoming(rows: Rows, arranged: Arranged, extract: Extract) -> pa.Table:
    absent = pa.nulls(len(rows.lines), pa.string())
    columns = {"line": rows.lines} | {name: arranged.known.get(name, absent) for name in extract.column_names}
    return pa.table(columns | {f"unknown_{place}": values for place, values in enumerate(arranged.unknown.values())})


def _judge(con: duckdb.DuckDBPyConnection, extract: Extract) -> _Judged:
    verdicts = con.sql(verdict_sql(extract)).pl()
    bad = verdicts.filter(verdicts["reason"] != "")
    good = verdicts.filter(verdicts["reason"] == "")
    return _Judged(bad["line"].to_list(), bad["reason"].to_list(), int(good["unreadable"].sum()))


def _rejected(rows: Rows, judged: _Judged) -> pa.Table:
    lines = [spoilt.line for spoilt in rows.spoilt] + judged.lines
    reasons = [spoilt.reason for spoilt in rows.spoilt] + judged.reasons
    raw = [spoilt.raw for spoilt in rows.spoilt] + [rows.raw(line) for line in judged.lines]
    return pa.table({"line": pa.array(lines, pa.int64()), "reason": pa.array(reasons, pa.string()), "raw": pa.array(raw, pa.string())})


@dataclass(frozen=True)
class _Writer:
    con: duckdb.DuckDBPyConnection
    delivered: Delivered
    now: datetime

    def write(self, counts: Counts, unknown: tuple[str, ...]) -> None:
        self.con.begin()
        try:
            load_id = _note(self.con, self.delivered, "loaded", None, counts, self.now)
            self._land(load_id, unknown)
            self.con.execute(
                "insert into ops.reject select ?, ?, line, reason, raw from rejected order by line", [load_id, self.delivered.file]
            )
            self.con.commit()
        except BaseException:
            self.con.rollback()
            raise

    def _land(self, load_id: int, unknown: tuple[str, ...]) -> None:
        names = ", ".join(self.delivered.extract.column_names)
        extra = f"json_object({', '.join(f'?, unknown_{place}' for place in range(len(unknown)))})" if unknown else "null"
        self.con.execute(
            f"insert into landing.{self.delivered.extract.name} select ?, line, {names}, {extra} "
            "from incoming where line not in (select line from rejected) order by line",
            [load_id, *unknown],
        )


def _note(con: duckdb.DuckDBPyConnection, delivered: Delivered, status: str, message: str | None, counts: Counts, now: datetime) -> int:
    con.execute("delete from ops.load where file = ? and status = 'refused'", [delivered.file])
    (load_id,) = con.execute("select coalesce(max(load_id), 0) + 1 from ops.load").fetchall()[0]
    con.execute(
        "insert into ops.load values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            load_id, delivered.file, delivered.extract.name, delivered.sha256, delivered.extract_date, status, message,
            counts.rows_read, counts.rows_accepted, counts.rows_rejected, counts.values_unreadable, now,
            delivered.source.agency, delivered.source.lawful_basis,
        ],
    )  # fmt: skip
    return int(load_id)
