"""The files of a list: page, PDF and workbook, for the county, for its domestic pairs apart, and for each partnership. The same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from alerts.profiles import LANES, TACTICAL_GROUP, Profile
from alerts.render.content import ListContent
from alerts.render.page import render_page
from alerts.render.partnership_list import part_of, partnerships_of, slug
from alerts.render.pdf import engine, render_pdfs
from alerts.render.seen import seen_by
from alerts.render.workbook import render_workbook

HTML, PDF, XLSX = "html", "pdf", "xlsx"
FORMATS = (HTML, PDF, XLSX)
WITHOUT_PDF = (HTML, XLSX)
"""What is made in a moment, and needs nothing of the machine."""


def render_documents(
    content: ListContent, profile: Profile, revision: int, fingerprint: str, formats: Collection[str] = WITHOUT_PDF
) -> dict[str, bytes]:
    """File names and contents of a list for one recipient; the county's page comes first. Raises PdfEngineMissing."""
    made: dict[str, bytes] = {}
    paged: dict[str, str] = {}
    for name, part in _parts(content, profile):
        seen = seen_by(profile, part)
        stem = f"{stem_of(profile, content)}{name}{mark(revision)}"
        page = render_page(seen, revision, fingerprint)
        made[f"{stem}.{HTML}"] = page.encode()
        if PDF in formats:
            paged[f"{stem}.{PDF}"] = page
        if XLSX in formats:
            made[f"{stem}.{XLSX}"] = render_workbook(seen, revision, fingerprint)
    return made | dict(zip(paged, render_pdfs(list(paged.values())), strict=True))


def _parts(content: ListContent, profile: Profile) -> Iterable[tuple[str, ListContent]]:
    """What goes into files of their own, each with how its name ends. Who may not know partnerships gets none of theirs."""
    lanes = {pair.lane for pair in content.pairs} | {pair.lane for pair in content.left} | {pair.lane for pair in content.watched}
    has_domestic = "domestic" in lanes and (profile.is_whole or "domestic" in profile.lanes)
    if profile.is_whole or "conflict" in profile.lanes:
        conflict = lane_of(content, "conflict")
        yield "", replace(conflict, domestic_apart=len(content.lane("domestic")))
        for one in partnerships_of(conflict) if "partnership" in profile.shows else ():
            if not profile.partnerships or one in profile.partnerships:
                yield f"-{slug(one)}", part_of(conflict, one)
    if has_domestic:
        yield "-domestic", lane_of(content, "domestic")


def lane_of(content: ListContent, lane: str) -> ListContent:
    """The part of a list that shows one lane."""
    if lane == "domestic":
        content = replace(content, track=content.domestic_track, judged_after_days=content.domestic_judged_after_days, scorecard=None)
    pairs = content.lane(lane)
    return replace(
        content,
        only_lane=lane,
        pairs=tuple(pairs),
        lane_expected=sum(pair.score or 0.0 for pair in pairs),
        domestic_track=(),
        domestic_judged_after_days=0,
        left=tuple(pair for pair in content.left if pair.lane == lane),
        watched=tuple(pair for pair in content.watched if pair.lane == lane),
        feuds=content.feuds if lane == "conflict" else (),
        warnings=tuple(one for one in content.warnings if not one.startswith(tuple(f"{other} lane" for other in LANES if other != lane))),
    )


def stem_of(profile: Profile, content: ListContent) -> str:
    """How the names of a recipient's files begin: forewarn-list-<date> for the tactical group."""
    return f"forewarn-{'list' if profile.name == TACTICAL_GROUP else profile.name}-{content.as_of.isoformat()}"


@cache
def layout() -> str:
    """Which version of the layout this is: the beginning of a sha256 over the templates, the code that fills them and what makes the PDF of them."""
    here = Path(__file__).parent
    sources = sorted([*here.glob("*.py"), *(here.parent / "templates").iterdir()], key=lambda path: path.name)
    made_by = b"".join(path.read_bytes() for path in sources if path.is_file()) + engine().encode()
    return sha256(made_by).hexdigest()[:12]


def mark(revision: int) -> str:
    """How a revision shows in a file's name: not at all for the first."""
    return "" if revision == 1 else f"-r{revision}"
