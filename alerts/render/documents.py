"""The files of a list: a page and a workbook for the county, and for each partnership its own. The same content gives the same bytes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from alerts.render.content import ListContent
from alerts.render.page import render_page
from alerts.render.partnership_list import part_of, partnerships_of, slug
from alerts.render.workbook import render_workbook


def render_documents(content: ListContent, revision: int, fingerprint: str) -> dict[str, bytes]:
    """File names and contents; the county's page comes first."""
    made: dict[str, bytes] = {}
    for name, part in [("", content), *((f"-{slug(one)}", part_of(content, one)) for one in partnerships_of(content))]:
        stem = f"forewarn-list-{content.as_of.isoformat()}{name}{mark(revision)}"
        made[f"{stem}.html"] = render_page(part, revision, fingerprint).encode()
        made[f"{stem}.xlsx"] = render_workbook(part, revision, fingerprint)
    return made


@cache
def layout() -> str:
    """Which version of the layout this is: the beginning of a sha256 over the templates and the code that fills them."""
    here = Path(__file__).parent
    sources = sorted([*here.glob("*.py"), *(here.parent / "templates").iterdir()], key=lambda path: path.name)
    return sha256(b"".join(path.read_bytes() for path in sources if path.is_file())).hexdigest()[:12]


def mark(revision: int) -> str:
    """How a revision shows in a file's name: not at all for the first."""
    return "" if revision == 1 else f"-r{revision}"
