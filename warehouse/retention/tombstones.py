"""What was erased does not come back with the next extract: keyed hashes of the erased records' keys, and nothing else of them."""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.transaction import transaction
from warehouse.wholes import WHOLE_ID, WHOLE_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

KEY_FILE = "erasure.key"
EXTRACT_OF = {
    "incident": "incidents",
    "incident_party": "incident_parties",
    "intelligence": "intelligence",
    "intelligence_subject": "intelligence_subjects",
    "exclusion": "exclusions",
}
REASON = "erased by order or review: not taken in again"


class ErasureKeyLost(Exception):
    """HOME has tombstones but not the key that they were made with."""


def erasure_key(home: Path, con: duckdb.DuckDBPyConnection) -> bytes:
    """The key in HOME/erasure.key, made when first needed. Raises ErasureKeyLost."""
    file = home / KEY_FILE
    if file.exists():
        return file.read_bytes()
    if con.execute("select count(*) from ops.erased").fetchall() != [(0,)]:
        raise ErasureKeyLost(f"{file} is missing: restore it from a backup, or what was erased would come back with the next extract")
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secrets.token_bytes(32))
    return file.read_bytes()


def create_tombstones(con: duckdb.DuckDBPyConnection) -> None:
    """Makes ops.erased, and ops.checked_load (loads that were held against it), where they are not there yet."""
    con.execute("create table if not exists ops.erased (source varchar, key_hash varchar, unique (source, key_hash))")
    con.execute("create table if not exists ops.checked_load (load_id integer primary key)")


def key_hash(key: bytes, record_id: str) -> str:
    """What is kept of an erased record's key."""
    return hmac.new(key, record_id.encode(), sha256).hexdigest()


def bury(con: duckdb.DuckDBPyConnection, key: bytes, records: Iterable[tuple[str, str]]) -> None:
    """Notes records (source, record_id) as erased."""
    rows = [(source, key_hash(key, record_id)) for source, record_id in records]
    if rows:
        con.executemany("insert into ops.erased values (?, ?) on conflict do nothing", rows)


def turn_away(con: duckdb.DuckDBPyConnection, home: Path) -> int:
    """Takes out of landing what came again after it had been erased, and counts it as rejected, without its text; returns the rows.

    With an incident or report that was erased whole go its later parties and subjects. Reads core.received_*, which are to be made anew
    when any row was turned away.
    """
    create_tombstones(con)
    if con.execute("select count(*) from ops.erased").fetchall() == [(0,)]:
        con.execute("insert into ops.checked_load select load_id from ops.load on conflict do nothing")
        return 0
    key, turned = erasure_key(home, con), 0
    con.create_function("erased_key_hash", lambda record_id: key_hash(key, record_id), ["VARCHAR"], "VARCHAR")
    try:
        for source, extract in EXTRACT_OF.items():
            turned += _turn_away(con, source, extract)
    finally:
        con.remove_function("erased_key_hash")
    con.execute("insert into ops.checked_load select load_id from ops.load on conflict do nothing")
    return turned


def _turn_away(con: duckdb.DuckDBPyConnection, source: str, extract: str) -> int:
    rows = con.execute(
        f"""select load_id, file, line from core.received_{source}
            where load_id not in (select load_id from ops.checked_load) and (
                erased_key_hash(record_id) in (select key_hash from ops.erased where source = $source)
                or $whole is not null and erased_key_hash({WHOLE_ID.format("record_id")}) in (select key_hash from ops.erased where source = $whole))""",
        {"source": source, "whole": WHOLE_OF.get(source)},
    ).fetchall()
    if not rows:
        return 0
    with transaction(con):
        con.executemany(f"delete from landing.{extract} where load_id = ? and line = ?", [(load, line) for load, _, line in rows])
        con.executemany(
            "insert into ops.reject (load_id, file, line, reason, raw, record_key, is_protected) values (?, ?, ?, ?, '', null, true)",
            [(*row, REASON) for row in rows],
        )
        con.executemany(
            "update ops.load set rows_accepted = rows_accepted - 1, rows_rejected = rows_rejected + 1 where load_id = ?",
            [(load,) for load, _, _ in rows],
        )
    return len(rows)
