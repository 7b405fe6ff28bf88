"""Lists as issued, under HOME/alerts: written once, whole, readable by their owner only, and never replaced by something else."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from alerts.profiles import WHOLE, Profile
from alerts.render.content import ListContent, as_json, content_sha256
from alerts.render.documents import WITHOUT_PDF, layout, mark, render_documents
from warehouse.private_files import write_privately

SAID = {
    "first": "Issued.",
    "stands": "Already issued with this content; left as it is.",
    "lost": "Already issued with this content, but a file of it was missing; written again.",
    "remade": "Already issued with this content, but a file of it was missing, and this version lays it out otherwise: this is revision {revision}.",
    "differs": "A list of this date was issued before and differs: it was kept, and this is revision {revision}. Tell its recipients.",
    "altered": "A file issued for this date was changed afterwards: it was kept, and this is revision {revision}, as issued.",
}


class NotIssuedError(Exception):
    """No list was issued for the day asked, or it was erased."""


class IssuedListUnreadableError(Exception):
    """The record of an issued list cannot be read; the message names the file."""


@dataclass(frozen=True)
class Issued:
    """Where a list stands (its page, and its record list.json), which revision it is, whether it is new, and a sentence on what was done."""

    html: Path
    record: Path
    revision: int
    is_new: bool
    said: str


def issue(home: Path, content: ListContent, profile: Profile = WHOLE, formats: Collection[str] = WITHOUT_PDF) -> Issued:
    """Write the files of a list, or leave the issued ones when they say the same, or write a revision beside them when it does not.

    Raises PdfEngineMissing before anything is written.
    """
    folder = _private_folder(home / "alerts", content.as_of.isoformat())
    plain = as_json(content)
    fingerprint = content_sha256(plain)

    def made(revision: int) -> dict[str, bytes]:
        return render_documents(content, profile, revision, fingerprint, formats)

    latest = len(list(folder.glob("list*.json")))
    state = _state(folder, latest, fingerprint)
    if state == "lost" and not _written_again(folder, latest, made(latest)):
        state = "remade"
    revision = latest if state in ("stands", "lost") else latest + 1
    if revision > latest:
        _write_new(folder, revision, plain, made(revision), profile)
    said = SAID[state].format(revision=revision)
    return Issued(folder / _page(content.as_of, revision), _record(folder, revision), revision, revision > latest, said)


def issued_record(home: Path, day: date) -> tuple[Path, dict[str, Any]]:
    """The folder of the list issued for a day, and its newest record. Raises NotIssuedError."""
    folder = home / "alerts" / day.isoformat()
    revisions = len(list(folder.glob("list*.json")))
    if not revisions:
        raise NotIssuedError(
            f"no list was issued for {day.isoformat()} under {home / 'alerts'}, or it was erased: the folders there name the days that are"
        )
    return folder, _read(_record(folder, revisions))


def files_of(record: dict[str, Any]) -> dict[str, str]:
    """The files of an issued list, each with its sha256."""
    files: dict[str, str] | None = record.get("files_sha256")
    return files or {_page(date.fromisoformat(record["content"]["as_of"]), record["revision"]): record["html_sha256"]}


def profile_of(record: dict[str, Any]) -> Profile:
    """The profile that the files of an issued list were made by; before it was recorded, all were whole."""
    said: dict[str, Any] | None = record.get("profile")
    if said is None:
        return WHOLE
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Profile(**plain)


def formats_of(record: dict[str, Any]) -> set[str]:
    """The formats that an issued list has."""
    return {name.rsplit(".", 1)[1] for name in files_of(record)}


def issued_days(home: Path) -> frozenset[date]:
    """The days of which a list was issued and is kept."""
    return frozenset(date.fromisoformat(path.parent.name) for path in (home / "alerts").glob("????-??-??/list.json"))


def last_issued_before(home: Path, as_of: date) -> dict[str, Any] | None:
    """The content of the last list issued for an earlier date (its newest revision), or None."""
    dates = sorted(path.parent.name for path in (home / "alerts").glob("????-??-??/list.json") if path.parent.name < as_of.isoformat())
    if not dates:
        return None
    folder = home / "alerts" / dates[-1]
    content: dict[str, Any] = _read(_record(folder, len(list(folder.glob("list*.json")))))["content"]
    return content


def _state(folder: Path, latest: int, fingerprint: str) -> str:
    """How the newest issued list of the date stands to a content: one of the keys of SAID."""
    if not latest:
        return "first"
    record = _read(_record(folder, latest))
    if record["content_sha256"] != fingerprint:
        return "differs"
    there = {name: folder / name for name in files_of(record) if (folder / name).exists()}
    if any(sha256(path.read_bytes()).hexdigest() != files_of(record)[name] for name, path in there.items()):
        return "altered"
    return "stands" if len(there) == len(files_of(record)) else "lost"


def _written_again(folder: Path, revision: int, documents: dict[str, bytes]) -> bool:
    """Writes the missing files of an issued list again, if this version of the software makes the same bytes of it."""
    issued = files_of(_read(_record(folder, revision)))
    missing = [name for name in issued if not (folder / name).exists()]
    if any(sha256(documents.get(name, b"")).hexdigest() != issued[name] for name in missing):
        return False
    for name in missing:
        write_privately(folder / name, documents[name])
    return True


def _write_new(folder: Path, revision: int, plain: dict[str, Any], documents: dict[str, bytes], profile: Profile) -> None:
    hashes = {name: sha256(content).hexdigest() for name, content in documents.items()}
    page = _page(date.fromisoformat(plain["as_of"]), revision)
    record = {
        "content": plain, "content_sha256": content_sha256(plain), "html_sha256": hashes[page], "files_sha256": hashes, "revision": revision,
        "layout": layout(), "profile": asdict(profile),
    }  # fmt: skip
    for name, content in documents.items():
        write_privately(folder / name, content)
    # The record comes last: a list counts as issued once it is there, so a run that was cut off leaves nothing half issued.
    said = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_privately(_record(folder, revision), said.encode())


def _page(as_of: date, revision: int) -> str:
    return f"forewarn-list-{as_of.isoformat()}{mark(revision)}.html"


def _record(folder: Path, revision: int) -> Path:
    return folder / f"list{mark(revision)}.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise IssuedListUnreadableError(
            f"{path}: not a list as issued; restore it from a backup, or move it away to issue without it"
        ) from error
    return record


def _private_folder(alerts: Path, name: str) -> Path:
    for folder in (alerts, alerts / name):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    return alerts / name
