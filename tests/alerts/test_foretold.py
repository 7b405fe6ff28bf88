"""What each lane's list says of itself: how earlier lists did, by the outcomes of its own lane, and that nearly nothing is expected where that is so."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import fastexcel
import pypdf
import pytest

from alerts.profiles import WHOLE, Profile, read_profiles
from alerts.render.documents import render_documents
from alerts.render.pdf import as_pdf, engine
from alerts.render.published import NotPublishedError, open_published, read_published
from alerts.render.stored import content_from
from alerts.weekly_list import write_weekly_list
from tests.alerts.conftest import pair_id, table
from tests.alerts.test_page import read

if TYPE_CHECKING:
    from tests.alerts.conftest import County

EVENTS = """
pair | occurred         | serious
x    | 2026-02-20 21:00 | domestic
x    | 2026-03-05 21:00 | domestic
x    | 2026-03-30 21:00 | domestic
y    | 2026-03-02 21:00 | yes
a    | 2026-03-30 21:00 | domestic
"""
HISTORY = """
lane     | as_of      | pair | score
domestic | 2025-04-27 | x    | 0.030
domestic | 2026-02-22 | x    | 0.040
domestic | 2026-02-22 | y    | 0.004
domestic | 2026-03-20 | x    | 0.900
domestic | 2026-03-21 | x    | 0.030
domestic | 2026-03-21 | y    | 0.004
domestic | 2026-04-05 | x    | 0.030
conflict | 2026-03-21 | a    | 0.100
"""
"""Settled are the lists up to 22 March; 20 March is not the last of its week, 27 April 2025 more than a year ago. That leaves four domestic places: two
of x, both followed, and two of y, whose only serious violence is not flagged as domestic. That of a is, and a was listed as a conflict."""
SENTENCE = (
    "How earlier lists did. Of 4 places on domestic lists of the past year (the last list of each week, so that a pair can have many), recorded serious "
    "violence between the two, flagged as domestic, followed within 28 days in 2; the chances had led to expect none or one."
)
NEARLY_NONE = "What to expect. Nearly none of these pairs is expected to come to serious violence: the chances of the whole list together come to less than one"
IF_THEY_HOLD = "What to expect. If the chances hold, serious violence follows"
RARE = "tells little of who is in danger."
POLICE = read_profiles(Path(__file__).parents[2] / "config" / "profiles.toml")["police"]
NO_CHANCE = replace(POLICE, columns=tuple(one for one in POLICE.columns if one != "chance"))


@dataclass(frozen=True)
class Said:
    """The lines of a lane's page, what its workbook says first, and the rows of the workbook by sheet."""

    page: str
    first: dict[str, str]
    sheets: dict[str, list[tuple[str | None, ...]]]


def with_past(county: County, history: str = HISTORY, events: str = EVENTS) -> County:
    """The county with lists and incidents of the past."""
    told = "{pair} | {occurred} | {occurred} | incident | {pair}{n} | serious_assault | a_to_b | 2000 | {serious} | | | no | / | "
    lines = [told.format(n=n, **row) for n, row in enumerate(table(events))]
    return replace(county, history=history, events="\n".join([county.events, *lines]))


def said_to(home: Path, lane: str = "domestic", profile: Profile = WHOLE) -> Said:
    """What a recipient's files of a lane say, made of the list as issued."""
    record = write_weekly_list(home, None, datetime(2026, 5, 4)).record
    content = content_from(json.loads(record.read_text())["content"])
    made = render_documents(content, profile, 1, "0" * 64)
    stem = next(name for name in made if name.endswith(".html") and ("-domestic" in name) == (lane == "domestic")).removesuffix(".html")
    book = fastexcel.read_excel(made[f"{stem}.xlsx"])
    sheets = {name: book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows() for name in book.sheet_names}
    first = {str(row[0]): str(row[1]) for row in sheets["Read first"]}
    return Said("\n".join(read(made[f"{stem}.html"].decode()).lines()), first, sheets)


def past(lists: int, score: float, *, lane: str = "domestic", pair: str = "x") -> str:
    """One place on each of so many weekly lists that can be judged."""
    days = (date(2026, 3, 22) - timedelta(weeks=week) for week in range(lists))
    return "\n".join(["lane | as_of | pair | score", *(f"{lane} | {day} | {pair} | {score}" for day in days)])


def test_serious_violence_flagged_as_domestic_is_marked_as_serious_too(county: County, publish: Callable[[County], Path]) -> None:
    with open_published(publish(with_past(county))) as con:
        events = read_published(con).events
    marked = {(event.pair_id, f"{event.occurred_at:%Y-%m-%d %H:%M}") for event in events if event.serious}
    assert marked >= {(pair_id(row["pair"]), row["occurred"]) for row in table(EVENTS)}


def test_a_domestic_list_counts_the_past_year_by_what_is_flagged_as_domestic(county: County, publish: Callable[[County], Path]) -> None:
    said = said_to(publish(with_past(county)))
    assert SENTENCE in said.page
    assert RARE in said.page
    assert said.first["How earlier lists did"] == SENTENCE.removeprefix("How earlier lists did. ")
    assert "Too early to tell: 4 entries of lists of the last year can be judged" in said.page
    assert "Scores so far" not in said.sheets
    assert "How such scores have done: too little to tell yet (2 entries of settled lists had a chance of 2% to 5%)." in said.page  # pair z


def test_a_conflict_list_counts_its_own(county: County, publish: Callable[[County], Path]) -> None:
    """The serious assault of 17 April followed the last of these lists; the one of 30 March is flagged as domestic, and none of this lane's."""
    said = said_to(publish(with_past(county, past(40, 0.15, lane="conflict", pair="a"))), "conflict")
    assert [row[:5] for row in said.sheets["Scores so far"][2:]] == [("10% to 20%", "40", "1", "about 6", "0.025")]
    assert "domestic lists" not in said.page
    assert RARE not in said.page


@pytest.mark.parametrize(("profile", "sees"), [(WHOLE, True), (POLICE, True), (NO_CHANCE, False)], ids=["whole", "police", "no chance"])
def test_with_enough_entries_a_domestic_list_has_a_table_where_the_chance_may_be_seen(
    county: County, publish: Callable[[County], Path], profile: Profile, *, sees: bool
) -> None:
    """Of 40 weekly lists with x, the last nine, from 25 January on, are of the 28 days before one of the three events."""
    said = said_to(publish(with_past(county, past(40, 0.03))), profile=profile)
    assert ("2% to 5% | 40 | 9 | none or one | 22%" in said.page) is sees
    assert ("Of 40 places on domestic lists of the past year" in said.page) is sees
    assert ("(the last list of each week, domestic pairs only)" in said.page) is sees
    assert ("Scores so far" in said.sheets) is sees
    assert ("Nearly none" in said.page) is sees
    assert RARE in said.page
    if sees:
        assert [row[:4] for row in said.sheets["Scores so far"][2:]] == [("2% to 5%", "40", "9", "none or one")]


def test_without_a_settled_domestic_list_the_page_says_what_it_waits_for(county: County, publish: Callable[[County], Path]) -> None:
    assert "How earlier lists did. None is old enough to be judged: that takes 42 days" in said_to(publish(county)).page


@pytest.mark.parametrize(
    ("lane", "scores", "expected"),
    [
        ("conflict", {}, f"{NEARLY_NONE} such pair."),
        ("conflict", {"0.171": "0.971"}, f"{IF_THEY_HOLD} in about 2 of these 11 pairs."),
        ("domestic", {}, f"{NEARLY_NONE} such pair. That makes nobody on it safe."),
        ("domestic", {"0.224": "0.924"}, f"{IF_THEY_HOLD} in none or one of these 3 pairs."),
    ],
)
def test_a_list_says_near_its_head_when_nearly_nothing_is_expected(
    county: County, publish: Callable[[County], Path], lane: str, scores: dict[str, str], expected: str
) -> None:
    pairs = county.pairs
    for old, new in scores.items():
        pairs = pairs.replace(old, new)
    said = said_to(publish(replace(county, pairs=pairs)), lane)
    assert expected in said.page
    assert said.page.index(expected) < said.page.index("is the first to look at")
    assert said.first["What to expect"].startswith(expected.removeprefix("What to expect. "))


def test_a_part_of_the_list_goes_by_the_chances_of_the_whole(county: County, publish: Callable[[County], Path]) -> None:
    """One partnership's pairs come to less than one where the county's come to more."""
    home = publish(replace(county, pairs=county.pairs.replace("0.171", "0.971")))
    page = write_weekly_list(home, None, datetime(2026, 5, 4)).html
    parts = ["\n".join(read(one.read_text()).lines()) for one in page.parent.glob("*partnership.html")]
    assert len(parts) >= 3
    assert not [part for part in parts if "Nearly none" in part]
    assert all("If the chances hold, serious violence follows in none or one of these" in part for part in parts)


@pytest.mark.skipif(not engine(), reason="this machine makes no PDF")
def test_the_pdf_says_it_too(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(with_past(county.with_only("x", "y"), past(40, 0.03)))
    page = write_weekly_list(home, None, datetime(2026, 5, 4)).html
    reader = pypdf.PdfReader(io.BytesIO(as_pdf(page.with_stem(f"{page.stem}-domestic").read_text())))
    first, all_of_it = (" ".join(" ".join(sheet.extract_text() for sheet in sheets).split()) for sheets in (reader.pages[:1], reader.pages))
    assert "Nearly none of these pairs is expected" in first
    assert "Of 40 places on domestic lists of the past year" in first
    assert "2% to 5% 40 9 none or one 22%" in all_of_it


def test_a_database_of_before_says_what_to_run(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    with duckdb.connect(str((home / "forewarn.duckdb").resolve())) as con:
        con.execute("alter table analyst.pair_timeline drop column serious_domestic")
    with pytest.raises(NotPublishedError, match=r"serious_domestic.*publish it again with `forewarn nightly`"):
        write_weekly_list(home, None, datetime(2026, 5, 4))
