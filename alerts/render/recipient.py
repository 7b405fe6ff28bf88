"""The files that a recipient other than the tactical group gets of a list as issued, by their profile, beside the list."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from alerts.profiles import Profile
from alerts.render.content import content_sha256
from alerts.render.documents import HTML, PDF, WITHOUT_PDF, mark, render_documents, stem_of
from alerts.render.seen import ids_seen
from alerts.render.stored import content_from
from warehouse.private_files import write_privately


@dataclass(frozen=True)
class Rendering:
    """A recipient's files: their page, whether it is new, how many pairs are on it, and the ids that it shows."""

    html: Path
    is_new: bool
    pairs: int
    shown: frozenset[str]


def render_for(profile: Profile, record: Path, formats: Collection[str] = WITHOUT_PDF) -> Rendering:
    """Writes a recipient's files beside the list as issued, of its record; those written before that say something else are kept.

    Raises PdfEngineMissing, RecordOfAnotherVersionError.
    """
    issued = json.loads(record.read_text(encoding="utf-8"))
    content, folder = content_from(issued["content"]), record.parent
    fingerprint = content_sha256(issued["content"])
    latest = _latest(folder, stem_of(profile, content))
    made = render_documents(content, profile, max(latest, 1), fingerprint, formats)
    is_new = not latest or any(
        (folder / name).exists() and (folder / name).read_bytes() != said for name, said in made.items() if not name.endswith(PDF)
    )
    if latest and is_new:
        made = render_documents(content, profile, latest + 1, fingerprint, formats)
    for name, said in made.items():
        if is_new or not (folder / name).exists():
            write_privately(folder / name, said)
    shown = frozenset(ids_seen(profile, content))
    return Rendering(folder / next(iter(made)), is_new, len(shown & {pair.pair_id for pair in content.pairs}), shown)


def _latest(folder: Path, stem: str) -> int:
    """The number of the newest revision of a recipient's files; 0 if there is none."""
    revision = 0
    while any(folder.glob(f"{stem}*{mark(revision + 1)}.{HTML}")):
        revision += 1
    return revision
