"""Why two records are one person's or not: from the published evidence where it has the link, else worked out in the warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.auditing import log
from flows.databases import NothingPublished, published_open, warehouse_open
from flows.settings import Settings
from warehouse.audit.entry import Kind
from warehouse.people.waterfall import as_page, as_svg, record_shown
from warehouse.people.why import Weighed, Why, find_why
from warehouse.private_files import write_privately

if TYPE_CHECKING:
    import duckdb

EVIDENCE = """
    select source_a || ':' || record_a, source_b || ':' || record_b, person_id, comparison, says, value_a, value_b, weight, how, part
    from analyst.link_evidence
    where $one in (record_a, source_a || ':' || record_a) and $other in (record_b, source_b || ':' || record_b)
    order by source_a, record_a, source_b, record_b, place"""


def explain(settings: Settings, one: str, other: str) -> tuple[Why, list[str]]:
    """Why, and the same in lines; that it was asked is logged. Raises RecordUnknown, RecordAmbiguous, RunInProgress."""
    why = _published(settings, one, other)
    if why is None:
        with warehouse_open(settings, "people") as con:
            why = find_why(con, one, other)
    log(settings, Kind.consultation, "why two records are one person's or not", sorted(set(why.people)), why="review of a link")
    return why, _lines(why)


def draw(why: Why, file: Path) -> None:
    """Draws the waterfall, readable by its owner only."""
    write_privately(file, as_page(why) if file.suffix.lower() == ".html" else as_svg(why))


def _published(settings: Settings, one: str, other: str) -> Why | None:
    """The link between the two as published, if it is one that holds a person together."""
    try:
        with published_open(settings) as con:
            return _link(con, one, other) or _link(con, other, one)
    except NothingPublished:
        return None


def _link(con: duckdb.DuckDBPyConnection, one: str, other: str) -> Why | None:
    rows = con.execute(EVIDENCE, {"one": one, "other": other}).fetchall()
    if len({row[:2] for row in rows}) != 1:
        return None
    weighed = tuple(Weighed(*row[3:8]) for row in rows if row[9] == "records compared")
    further = tuple(
        f"{row[3]}: {row[4]}" + (f" ({row[7]:+.1f})." if row[7] is not None else ".") for row in rows if row[9] != "records compared"
    )
    return Why(rows[0][:2], (rows[0][2], rows[0][2]), weighed, (f"The two were joined by this link: {rows[0][8]}.", *further))


def _lines(why: Why) -> list[str]:
    first, second = map(record_shown, why.records)
    a, b = why.people
    head = f"{first} and {second}: " + (f"one person, {a}" if a == b else f"two people, {a} and {b}")
    rows = [
        f"  {one.weight or 0.0:+7.2f}  {one.comparison:<12} {one.says}"
        + (f": {one.value_a} | {one.value_b}" if one.value_a or one.value_b else "")
        for one in why.weighed
    ]
    return [head, *rows, f"  {why.match_weight:+7.2f}  together, in log2 of the odds: +1 doubles them", *why.reasons]
