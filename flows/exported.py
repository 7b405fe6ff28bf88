"""Which files were exported: HOME/exports.jsonl, so that an erasure finds them, removes those that are still as exported and names the others."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from flows.export_files import read_texts
from warehouse.audit.chain import read
from warehouse.private_files import write_privately
from warehouse.retention.proof import holds_any

MANIFEST = "exports.jsonl"
ABOUT = ".about.txt"
"""What stands beside each exported file, and says what it is."""


@dataclass(frozen=True)
class Exported:
    """A file as exported: where to, its fingerprint, for whom, when, and the entry of the log that has the ids which it shows."""

    file: str
    sha256: str
    recipient: str
    exported_at: str
    rows: int
    entry: int


def note(home: Path, one: Exported) -> None:
    """Adds a file to the manifest, which is replaced whole: an end in the moment of writing leaves no half a line."""
    _write(home, [*exported(home), one])


def exported(home: Path) -> list[Exported]:
    """The files in the manifest; of one that was exported again to the same place, the last."""
    if not (home / MANIFEST).exists():
        return []
    kept = [Exported(**json.loads(line)) for line in (home / MANIFEST).read_text(encoding="utf-8").splitlines()]
    return list({one.file: one for one in kept}.values())


def forget_exports(home: Path, subjects: Collection[str], needles: list[str], key: bytes | None) -> tuple[list[str], list[str]]:
    """Removes exported files that show one of `subjects` (ids) or hold one of `needles`; returns these, and those that are no longer there as exported.

    The latter were moved, changed or passed on, and are for people to see to. Both leave the manifest. Raises LogBroken.
    """
    kept = exported(home)
    if not kept:
        return [], []
    wanted, entries = set(subjects), {one.entry for one in kept}
    showing = {one.number for one in read(home, key) if one.number in entries and wanted.intersection(one.entry.subjects)}
    gone = [one for one in kept if one.entry in showing or _holds(one, needles)]
    removed = [one.file for one in gone if _is_there(one)]
    for one in gone:
        if one.file in removed:
            Path(one.file).unlink()
        Path(one.file + ABOUT).unlink(missing_ok=True)
    _write(home, [one for one in kept if one not in gone])
    return removed, [f"{one.file} (for {one.recipient})" for one in gone if one.file not in removed]


def fingerprint(file: Path) -> str:
    """The sha256 of a file."""
    with file.open("rb") as content:
        digest = sha256()
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _is_there(one: Exported) -> bool:
    file = Path(one.file)
    return file.is_file() and fingerprint(file) == one.sha256


def _holds(one: Exported, needles: list[str]) -> bool:
    return _is_there(one) and holds_any(read_texts(Path(one.file)), needles)


def _write(home: Path, kept: Iterable[Exported]) -> None:
    write_privately(home / MANIFEST, "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in kept))
