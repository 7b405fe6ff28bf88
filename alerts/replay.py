"""A list made again from its record, and held against what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from alerts.render.content import content_sha256
from alerts.render.documents import PDF, render_documents
from alerts.render.issued import files_of, formats_of, issued_record, profile_of
from alerts.render.pdf import engine
from alerts.render.stored import content_from
from warehouse.private_files import write_privately

SAID = {
    "equal": "as issued, byte for byte",
    "missing": "was missing; made again as issued, byte for byte",
    "here": "as issued; it cannot be made again on this machine, which makes no PDF",
    "gone": "is missing, and cannot be made again on this machine, which makes no PDF",
    "changed": "was changed after it was issued; it is left as it is",
    "otherwise": "this version of the software lays it out otherwise; what was issued stands",
}


@dataclass(frozen=True)
class Replay:
    """A list replayed: its revision, its folder, and for each file one of the keys of SAID. `record_holds`: the record is as it was written;
    `layout_then`: the version of the layout that issued it."""

    as_of: date
    revision: int
    folder: Path
    record_holds: bool
    layout_then: str
    files: dict[str, str]

    @property
    def is_of_another_layout(self) -> bool:
        """Whether nothing was changed since, and only this version's layout differs from the one that issued the list."""
        return self.record_holds and "changed" not in self.files.values() and not self.is_equal

    @property
    def is_equal(self) -> bool:
        """Whether everything is as it was issued."""
        return self.record_holds and set(self.files.values()) <= {"equal", "missing", "here"}


def replay_list(home: Path, day: date) -> Replay:
    """The newest revision of the list of a day, made again; a file that is missing is written again, any other is left alone.

    Raises NotIssuedError, IssuedListUnreadableError, RecordOfAnotherVersionError.
    """
    folder, record = issued_record(home, day)
    content = content_from(record["content"])
    formats = formats_of(record) - (set() if engine() else {PDF})
    made = render_documents(content, profile_of(record), record["revision"], record["content_sha256"], formats)
    states = {name: _replayed(folder / name, made.get(name), issued) for name, issued in files_of(record).items()}
    return Replay(
        day, record["revision"], folder, content_sha256(record["content"]) == record["content_sha256"], record.get("layout", ""), states
    )


def _replayed(path: Path, made: bytes | None, issued: str) -> str:
    if path.exists() and sha256(path.read_bytes()).hexdigest() != issued:
        return "changed"
    if made is None and path.suffix == f".{PDF}":
        return "here" if path.exists() else "gone"
    made = made or b""
    if sha256(made).hexdigest() != issued:
        return "otherwise"
    if path.exists():
        return "equal"
    write_privately(path, made)
    return "missing"
