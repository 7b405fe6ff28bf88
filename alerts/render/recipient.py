"""The page that a recipient gets: the whole list as issued, or what their profile lets them see of it. No other way leads out of a list."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from alerts.profiles import Profile, ids_seen, seen_by
from alerts.reasons import long_date
from alerts.render import wording

HEADS = {"date": "Date", "time": "Time", "kind": "What", "weapon": "Weapon", "severity": "Severity", "direction": "Direction",
         "event_roles": "Roles", "summary": "Summary", "grade": "Grade", "record": "Record"}  # fmt: skip


@dataclass(frozen=True)
class Rendering:
    """A recipient's page: where it is, whether it is new, how many pairs are on it, and the ids that it shows."""

    html: Path
    is_new: bool
    pairs: int
    shown: frozenset[str]


def render_for(profile: Profile, record: Path, issued: Path) -> Rendering:
    """Writes a recipient's page beside the list as issued (its record and page); one that was written before and says something else is kept."""
    content = json.loads(record.read_text(encoding="utf-8"))["content"]
    page = page_for(profile, content, issued)
    stem = f"forewarn-{profile.name}-{content['as_of']}"
    earlier = sorted(record.parent.glob(f"{stem}*.html"), key=lambda file: (len(file.name), file.name))
    is_new = not earlier or earlier[-1].read_text(encoding="utf-8") != page
    html = record.parent / f"{stem}{f'-r{len(earlier) + 1}' if earlier else ''}.html" if is_new else earlier[-1]
    if is_new:
        _write(html, page)
    shown = frozenset(ids_seen(profile, content))
    return Rendering(html, is_new, len(shown & {pair["pair_id"] for pair in content["pairs"]}), shown)


def page_for(profile: Profile, content: dict[str, Any], issued: Path) -> str:
    """The page of a list for a recipient; `content` and `issued` are its record's content and its page as the tactical group has it."""
    if profile.is_whole:
        return issued.read_text(encoding="utf-8")
    seen = seen_by(profile, content)
    templates = Environment(
        loader=PackageLoader("alerts"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters.update(chance=wording.chance, kind_words=wording.kind_words, band=wording.band, long_date=_long_date)
    templates.globals.update(STATUSES=wording.STATUSES)
    heads = {name: head for name, head in HEADS.items() if name in profile.columns}
    return templates.get_template("recipient.html.j2").render(seen=seen, heads=heads)


def _long_date(iso: str) -> str:
    return long_date(date.fromisoformat(iso))


def _write(file: Path, page: str) -> None:
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n") as out:
        out.write(page)
    part.replace(file)
