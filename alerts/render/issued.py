"""Lists as issued, under HOME/alerts: written once, whole, readable by their owner only, and never replaced by something else."""

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from alerts.render.content import ListContent, as_json, content_sha256
from alerts.render.page import render_page

SAID = {
    "first": "Issued.",
    "stands": "Already issued with this content; left as it is.",
    "lost": "Already issued with this content, but its page was missing; written again.",
    "differs": "A list of this date was issued before and differs: it was kept, and this is revision {revision}. Tell its recipients.",
    "altered": "The page issued for this date was changed afterwards: it was kept, and this is revision {revision}, as issued.",
}


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


def issue(home: Path, content: ListContent) -> Issued:
    """Write the list of a date, or leave the issued one when it says the same, or write a revision beside it when it does not."""
    folder = _private_folder(home / "alerts", content.as_of.isoformat())
    plain = as_json(content)
    fingerprint = content_sha256(plain)
    latest = len(list(folder.glob("list*.json")))
    state = _state(folder, content.as_of, latest, fingerprint)
    if state == "stands":
        return Issued(_html(folder, content.as_of, latest), _record(folder, latest), latest, False, SAID[state])
    revision = latest if state == "lost" else latest + 1
    page = render_page(content, revision, fingerprint)
    record = {"content": plain, "content_sha256": fingerprint, "html_sha256": sha256(page.encode()).hexdigest(), "revision": revision}
    _write(_html(folder, content.as_of, revision), page)
    # The record comes last: a list counts as issued once it is there, so a run that was cut off leaves nothing half issued.
    _write(_record(folder, revision), json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    said = SAID[state].format(revision=revision)
    return Issued(_html(folder, content.as_of, revision), _record(folder, revision), revision, revision > latest, said)


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


def _state(folder: Path, as_of: date, latest: int, fingerprint: str) -> str:
    """How the newest issued list of the date stands to a content: one of the keys of SAID."""
    if not latest:
        return "first"
    record = _read(_record(folder, latest))
    if record["content_sha256"] != fingerprint:
        return "differs"
    page = _html(folder, as_of, latest)
    if not page.exists():
        return "lost"
    return "stands" if sha256(page.read_bytes()).hexdigest() == record["html_sha256"] else "altered"


def _html(folder: Path, as_of: date, revision: int) -> Path:
    return folder / f"forewarn-list-{as_of.isoformat()}{_mark(revision)}.html"


def _record(folder: Path, revision: int) -> Path:
    return folder / f"list{_mark(revision)}.json"


def _mark(revision: int) -> str:
    return "" if revision == 1 else f"-r{revision}"


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


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
