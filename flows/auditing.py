"""What runs and commands write to the access and disclosure log: whose hands, which ids, to whom; counts, never contents."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alerts.issued_erasure import pairs_shown, shown_people
from flows.clock import now_in_london
from flows.settings import Settings
from warehouse.audit.chain import Head, append
from warehouse.audit.entry import Entry, Kind
from warehouse.audit.loads import mark_logged, not_logged

if TYPE_CHECKING:
    import duckdb

TACTICAL_GROUP = "tactical group"


class AuditKeyUnusable(Exception):
    """FOREWARN_AUDIT_KEY_FILE names a file that cannot serve as the key of the log."""


def log(
    settings: Settings,
    kind: Kind,
    what: str,
    subjects: Iterable[str] = (),
    *,
    who: str | None = None,
    recipient: str | None = None,
    why: str | None = None,
) -> Head:
    """Adds one entry, on disk before it returns; `who` is the user of this machine unless told. Raises LogBroken, AuditKeyUnusable."""
    entry = Entry(now_in_london(), kind, who or service(), what, tuple(subjects), recipient, why)
    return append(settings.home, [entry], audit_key(settings))


def service() -> str:
    """The user that this process runs as."""
    return f"user {getpass.getuser()}"


def audit_key(settings: Settings) -> bytes | None:
    """The key of the log's seals, if the settings name one. Raises AuditKeyUnusable."""
    if settings.audit_key_file is None:
        return None
    try:
        key = settings.audit_key_file.read_bytes().strip()
    except OSError as error:
        raise AuditKeyUnusable(f"FOREWARN_AUDIT_KEY_FILE: {settings.audit_key_file} cannot be read: {error.strerror}") from None
    if len(key) < 16:
        raise AuditKeyUnusable(f"FOREWARN_AUDIT_KEY_FILE: {settings.audit_key_file} holds fewer than 16 bytes: put 32 random ones there")
    return key


def log_night(settings: Settings, con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Logs each file that a night took in, and that the sources were combined into a database for analysts; before that is published."""
    files = not_logged(con)
    collected = [
        _entry(
            Kind.collection,
            f"{one.file}: {one.status}, {one.rows_accepted} rows accepted, {one.rows_rejected} rejected",
            (one.file, f"sha256:{one.sha256}"),
        )
        for one in files
    ]
    [(people, pairs)] = con.execute("select (select count(*) from people.person), (select count(*) from pairs.pair)").fetchall()
    combined = _entry(Kind.combination, f"run {run_id}: all sources linked into {people} people and {pairs} pairs", (f"run:{run_id}",))
    append(settings.home, [*collected, combined], audit_key(settings))
    mark_logged(con, files)


def log_list(settings: Settings, record: Path, what: str) -> None:
    """Logs that a list went to the tactical group, with the ids of all whom and what it shows."""
    log(settings, Kind.disclosure, what, sorted(on_list(record)), recipient=TACTICAL_GROUP)


def log_rollback(settings: Settings, run_id: str, as_of: str) -> None:
    """Logs that analysts and lists have an earlier run's database again."""
    log(settings, Kind.alteration, f"run {run_id}, as of {as_of}, was published again", [f"run:{run_id}"], why="rollback")


def log_backup(settings: Settings, file: Path) -> None:
    """Logs that a copy of everything held now stands elsewhere."""
    log(settings, Kind.disclosure, "everything held was copied to a backup", [f"backup:{file.name}"], recipient=f"backup at {file.parent}")


def log_restore(settings: Settings, made_at: str, replaced: Path | None) -> None:
    """Logs, in the log that came with the backup, that it took the place of a state, and where that state's own log ends."""
    before: tuple[str, ...] = ()
    if replaced is not None and (head := replaced / "audit" / "head.json").exists():
        before = (f"seal:{json.loads(head.read_text(encoding='utf-8'))['seal']}",)
    what = f"everything held was restored as of the backup made at {made_at}" + (
        f"; the state before is in {replaced.name}" if replaced else ""
    )
    log(settings, Kind.alteration, what, before, why="restore")


def _entry(kind: Kind, what: str, subjects: tuple[str, ...]) -> Entry:
    return Entry(now_in_london(), kind, service(), what, subjects)


def on_list(record: Path) -> set[str]:
    """The ids of the pairs, persons and records that an issued list (its list.json) shows: people named only in a feud, on watch or as gone from the
    list among them."""
    content: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))["content"]
    ids = shown_people(content) | {pair["pair_id"] for pair in pairs_shown(content)}
    for pair in content["pairs"]:
        events = [*pair["events"], *filter(None, [pair.get("began")])]
        ids |= {event["record"] for event in events if event["record"] and not event["is_protected"]}
    return ids
