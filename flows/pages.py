"""Pages on a pair or a person, from the published database in a locked session; the look is logged before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.pages.html import render
from alerts.pages.page import NotThere, Page
from alerts.pages.pair import pair_page
from alerts.pages.person import person_page
from alerts.render.partnerships import District, read_partnerships
from alerts.reviews.decision import read_pathways
from flows.auditing import log
from flows.databases import published_open
from flows.reviewing import PLACE
from flows.settings import Settings
from flows.sql_session import NO_REASON
from warehouse.audit.entry import Kind
from warehouse.private_files import write_privately

if TYPE_CHECKING:
    import duckdb

Make = Callable[["duckdb.DuckDBPyConnection", str, Mapping[str, District], Mapping[str, str]], Page]


def look_at_pair(settings: Settings, said: str, *, by: str | None, why: str | None) -> Page:
    """The page of a pair, by its id or its place on the last list. Raises NotThere, NothingPublished, LogBroken."""
    return _look(settings, said, "pair", pair_page, by=by, why=why)


def look_at_person(settings: Settings, said: str, *, by: str | None, why: str | None) -> Page:
    """The page of a person, by id or full name. Raises NotThere, NothingPublished, LogBroken."""
    return _look(settings, said, "person", person_page, by=by, why=why)


def write_page(page: Page, file: Path) -> None:
    """Writes a page for a browser, readable by its owner only."""
    write_privately(file, render(page))


def _look(settings: Settings, said: str, what: str, make: Make, *, by: str | None, why: str | None) -> Page:
    districts = read_partnerships(settings.partnerships) if settings.partnerships else {}
    pathways = {one.code: one.name for one in read_pathways(settings.pathways)} if settings.pathways else {}
    with published_open(settings) as con:
        page = make(con, _placed(con, said), districts, pathways)
    log(settings, Kind.consultation, f"page of a {what}, run {page.run_id}", sorted(page.shown), who=by, why=why or NO_REASON)
    return page


def _placed(con: duckdb.DuckDBPyConnection, said: str) -> str:
    """The pair at a place of the list, such as conflict/3; anything else as it is."""
    if (place := PLACE.fullmatch(said)) is None:
        return said
    found = con.execute("select pair_id from analyst.flagged_pairs where lane = ? and rank = ?", [place[1], int(place[2])]).fetchall()
    if not found:
        raise NotThere(
            f'{said}: the {place[1]} list has no such place: forewarn sql -c "select lane, max(rank) from flagged_pairs group by lane"'
        )
    return str(found[0][0])
