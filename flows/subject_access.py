"""Subject access from end to end: what is held on one person, who was told, as a page and as JSON; the disclosure is logged before it is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts.render.subject_access import render_export
from alerts.subject_access.export import Export, Row, Section
from alerts.subject_access.made_of import made_sections, pair_ids, without_protected
from alerts.subject_access.records import count, record_sections
from flows.auditing import audit_key, log
from flows.clock import today
from flows.databases import published_open, warehouse_open
from flows.settings import Settings
from warehouse.audit.chain import read
from warehouse.audit.entry import Entry, Kind
from warehouse.private_files import write_privately
from warehouse.subject_access.others import Redaction, redaction_for
from warehouse.subject_access.received import rows_of

SUBJECT = "the person whom it is about"


class NothingHeld(Exception):
    """No record that may be shown is held on this person."""


@dataclass(frozen=True)
class Written:
    """Where an export was written, and how many rows it has."""

    page: Path
    data: Path
    rows: int


def give_access(settings: Settings, person_id: str, *, by: str, why: str, out: Path) -> Written:
    """Writes everything held on a person for them, readable by its owner only. Raises NothingHeld, RunInProgress, NothingPublished."""
    export = everything_on(settings, person_id)
    rows = count(export.sections)
    log(settings, Kind.disclosure, f"subject access: {rows} entries", [person_id], who=by, recipient=SUBJECT, why=why)
    page, data = _places(out, person_id)
    write_privately(page, render_export(export))
    write_privately(data, json.dumps(export.as_plain(), indent=1, ensure_ascii=False) + "\n")
    return Written(page, data, rows)


def everything_on(settings: Settings, person_id: str) -> Export:
    """The export, without writing or logging it. Raises NothingHeld, RunInProgress, NothingPublished."""
    with warehouse_open(settings, "people") as con:
        held = rows_of(con, person_id)
        if not held.own and not held.wholes:
            raise NothingHeld(f"{person_id}: nothing is held that may be shown: look the person up in analyst.people")
        redaction = redaction_for(con, person_id)
        received = record_sections(held, redaction)
    with published_open(settings) as con:
        made = made_sections(con, person_id, redaction)
        pairs = pair_ids(con, person_id)
        [(as_of,)] = con.execute("select as_of from analyst.run").fetchall()
    subjects = {person_id, *pairs}
    last = (_on_lists(settings.home, person_id, redaction), _told(settings, subjects, redaction))
    return Export(person_id, as_of, today(), (*received, *made, *last))


def _on_lists(home: Path, person_id: str, redaction: Redaction) -> Section:
    rows = []
    for file in sorted((home / "alerts").rglob("list*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))["content"]
        rows += [
            {
                "list of": content["as_of"],
                "file": file.name,
                "lane": pair["lane"],
                "rank": pair["rank"],
                "score": pair["score"],
                "status": pair["status"],
                "reasons": [redaction.of(said) for reason in pair["reasons"] if (said := without_protected(reason["text"]))],
            }
            for pair in content["pairs"]
            if person_id in {pair["person_a"]["person_id"], pair["person_b"]["person_id"]}
        ]
        rows += [{"list of": content["as_of"], "file": file.name, "shown": said} for said in beside_pairs(content, person_id)]
    return Section("Lists that showed you", "Weekly lists as issued to partners, as long as they are kept.", tuple(rows))


def beside_pairs(content: dict[str, Any], person_id: str) -> list[str]:
    """How else a list shows a person: as one of a feud, on watch, or of a pair gone from the list."""
    named = {person.get("person_id") for feud in content.get("feuds", ()) for side in feud["sides"] for person in side["people"]}
    parts = {"on watch": content.get("watched", ()), "of a pair that had left the list": content["left"]}
    said = [words for words, pairs in parts.items() if any(person_id in pair["pair_id"].split("-") for pair in pairs)]
    return [*(["among the people of a feud"] if person_id in named else []), *said]


def _told(settings: Settings, subjects: set[str], redaction: Redaction) -> Section:
    entries = [one.entry for one in read(settings.home, audit_key(settings)) if subjects & set(one.entry.subjects)]
    said = "From the access and disclosure log: when your entries were looked at, changed or passed on, to whom, and why."
    return Section("Who looked, and who was told", said, tuple(_entry(one, redaction) for one in entries))


def _entry(entry: Entry, redaction: Redaction) -> Row:
    row = {"at": entry.at, "kind": entry.kind.value, "what": redaction.of(entry.what)}
    return row | ({"to": entry.recipient} if entry.recipient else {}) | ({"why": redaction.of(entry.why)} if entry.why else {})


def _places(out: Path, person_id: str) -> tuple[Path, Path]:
    """The page and the data: beside each other under the name given, or in the folder given."""
    if out.suffix.lower() in {".html", ".json"}:
        return out.with_suffix(".html"), out.with_suffix(".json")
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    return out / f"forewarn-access-{person_id}.html", out / f"forewarn-access-{person_id}.json"
