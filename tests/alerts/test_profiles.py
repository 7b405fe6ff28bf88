"""What a recipient's files hold, in every format: the columns, lanes, sources, codes and ages of their profile, and not a byte of the others."""

from __future__ import annotations

import html
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import fastexcel
import pypdf
import pytest

from alerts.profiles import (
    COLUMNS,
    HANDLING,
    LANES,
    OF_WHOLE,
    SOURCES,
    WHOLE,
    Profile,
    ProfilesUnreadable,
    ProfileUnknown,
    profile_named,
    read_profiles,
)
from alerts.render.content import Change, EventLine, LeftPair, ListContent, PairPage, PersonLine, ReasonLine, ReviewLine, TrackBand, as_json
from alerts.render.documents import render_documents
from alerts.render.pdf import as_pdf, engine
from alerts.render.recipient import render_for
from alerts.render.seen import ids_seen
from alerts.render.story import story_of

SHIPPED = Path(__file__).parents[2] / "config" / "profiles.toml"
AS_OF = date(2032, 1, 6)
MARKS = {
    "rank": "8123", "district": "Marshdistrict", "partnership": "Hillpartnership", "status": "Escalating", "first_flagged": "23 November 2031",
    "chance": "1 in 8", "story": "Known since", "reasons": "ecausereason", "against": "againstreason", "off_list": "offreason", "feud": "5151",
    "name": "Childname", "age": "4477", "sex": "sexword", "under_18": 'class="tag child"', "only_victim": 'class="tag victim"', "roles": "rolesword",
    "help": "helpword", "date": "24 Dec 31", "time": "23:59", "source": ">Police record<", "kind": "Serious assault", "weapon": "knifeword",
    "severity": ">Very high<", "direction": "Childname <span class=\"role\">(roleofone)</span> <span aria-hidden", "event_roles": "roleofone",
    "summary": "summaryword", "grade": "1Z", "record": "RECORD77",
}  # fmt: skip
IN_CELLS = MARKS | {
    "first_flagged": "2031-11-23", "date": "2031-12-24", "under_18": "Under 18", "only_victim": "Victim only", "severity": "very high",
    "source": "Police record", "direction": "To whom",
}  # fmt: skip
NOT_IN_CELLS = {"sex", "time", "event_roles"}
NOT_IN_TEXT = {"under_18", "only_victim", "direction", "severity", "source"}


def person(side: str, name: str, *, is_child: bool) -> PersonLine:
    return PersonLine(
        side, f"P{side}", name, 4477 if is_child else 6699, "sexword", is_child, is_child, "rolesword", "saidword", (f"helpword{side}",)
    )


def event(source: str = "incident", *, is_protected: bool = False, **also: Any) -> EventLine:
    one = EventLine(
        date(2031, 12, 24), "23:59", None, source, ("serious_assault",), "adverse", "knifeword", "summaryword", ("a", "b"), "roleofone", "roleoftwo",
        5000.0, True, "1Z", "RECORD77", is_protected,
    )  # fmt: skip
    return replace(one, **also)


def pair(lane: str = "conflict", events: tuple[EventLine, ...] = (event(),), **also: Any) -> PairPage:
    one = PairPage(
        lane=lane, rank=8123, pair_id="Pa-Pb", person_a=person("a", "Childname", is_child=True), person_b=person("b", "Grownname", is_child=False),
        story=(), score=0.125, status="escalating", district="Marshdistrict", partnership="Hillpartnership", first_flagged=date(2031, 11, 23),
        first_contact=date(2030, 1, 1), reasons=(ReasonLine("Becausereason", 0.1),), against=("againstreason",), off_list=("offreason",),
        help_for_both=("helpwordboth",), reviews=(ReviewLine("Agreed with", "reviewerword", AS_OF, "", None, ""),), mark="markword",
        watched_until=AS_OF, track=TrackBand(0.1, 0.2, 40, 4, 5.0), feud=5151, change=Change("up", 8877, 0.01, 3), began=events[-1] if events else None,
        events=events, earlier_events=77, mere_contacts=66,
    )  # fmt: skip
    one = replace(one, **also)
    return replace(one, story=story_of(one, AS_OF))


def content(*pairs: PairPage) -> ListContent:
    return ListContent(
        as_of=AS_OF, previous_as_of=date(2031, 12, 30), run_id="run-1", scorer="scorerword", scorer_note="", calibration_note="", list_size=50,
        warnings=("warningword",), pairs=pairs, left=(LeftPair("conflict", "Pc-Pd", "Leftname", "Hillpartnership", 4, 0.1, "leftwhy"),), feuds=(),
        watched=(), has_pathways=True, track=(TrackBand(0.1, 0.2, 40, 4, 5.0),), scorecard=None, judged_after_days=42,
    )  # fmt: skip


ALL = Profile("everything", "whoever", lanes=LANES, columns=COLUMNS, sources=SOURCES, handling=HANDLING)


def files(profile: Profile, *pairs: PairPage) -> dict[str, bytes]:
    return render_documents(content(*pairs), profile, 1, "0" * 64)


def page(profile: Profile, *pairs: PairPage) -> str:
    """All pages of a recipient together."""
    return "".join(said.decode() for name, said in files(profile, *pairs).items() if name.endswith(".html"))


def cells(profile: Profile, *pairs: PairPage) -> str:
    """The cells and heads of all sheets of all of a recipient's workbooks but the first sheet, which is words alone."""
    said = []
    for name, made in files(profile, *pairs).items():
        if name.endswith(".xlsx"):
            book = fastexcel.read_excel(made)
            said += [repr(book.load_sheet(sheet, header_row=None, dtypes="string").to_polars().rows()) for sheet in book.sheet_names[1:]]
    return "".join(said)


def without(*columns: str) -> Profile:
    return replace(ALL, columns=tuple(one for one in COLUMNS if one not in columns))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_outside_a_profile_is_in_no_byte_of_its_file(column: str) -> None:
    assert MARKS[column] in page(ALL, pair())
    assert MARKS[column] not in page(without(column), pair())
    if column not in NOT_IN_CELLS:
        assert IN_CELLS[column] in cells(ALL, pair())
        assert IN_CELLS[column] not in cells(without(column), pair())


@pytest.mark.skipif(not engine(), reason="this machine makes no PDF")
def test_a_column_outside_a_profile_is_not_in_the_pdf() -> None:
    """The PDF is the same page printed; of two profiles with every other column, each leaves out what the other shows."""
    marks = {column: mark.strip("<>") for column, mark in MARKS.items() if column not in NOT_IN_TEXT}
    for odd in (0, 1):
        shown = COLUMNS[odd::2]
        made = next(said for name, said in files(replace(ALL, columns=shown), pair()).items() if name.endswith(".html"))
        text = " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(as_pdf(made.decode()))).pages).split())
        assert [column for column, mark in marks.items() if column not in shown and mark in text] == []
        assert marks["district" if odd else "partnership"] in text


@pytest.mark.parametrize("profile", [ALL, without("rank"), without("chance", "reasons")])
def test_what_only_the_whole_list_has_is_in_no_other(profile: Profile) -> None:
    whole = ("reviewerword", "markword", "8877", "arningword", "Leftname", "Pa-Pb", "77 earlier events")
    assert all(one in page(WHOLE, pair()) for one in whole)
    assert not [one for one in whole if one in page(profile, pair()) + cells(profile, pair())]
    assert not set(OF_WHOLE) & profile.shows


def test_who_may_not_know_the_rank_gets_the_order_of_names() -> None:
    pairs = (pair(rank=1, person_a=person("a", "Zoe", is_child=True)), pair(rank=2, person_a=person("a", "Adam", is_child=True)))
    ranked, named = page(ALL, *pairs), page(without("rank"), *pairs)
    assert ranked.index("Zoe") < ranked.index("Adam")
    assert named.index("Adam") < named.index("Zoe")


def test_where_direction_or_source_may_not_be_known_the_drawing_does_not_tell_or_deny_it() -> None:
    assert "Childname → Grownname" in page(ALL, pair())
    assert "none on record" in page(ALL, pair())
    hidden = page(without("direction", "event_roles", "source", "story"), pair())
    assert "→ Grownname" not in hidden
    assert "none on record" not in hidden
    assert "police record" not in hidden.lower()


def test_nothing_of_another_lane_partnership_or_age_is_there() -> None:
    elsewhere = pair(lane="domestic", district="Otherdistrict")
    assert "Otherdistrict" in page(ALL, pair(), elsewhere)
    assert "Otherdistrict" not in page(replace(ALL, lanes=("conflict",)), pair(), elsewhere)
    assert "Marshdistrict" not in page(replace(ALL, partnerships=("Vale",)), pair())
    grown = pair(person_a=person("a", "Grownone", is_child=False), district="Growndistrict")
    assert "Grown" not in page(replace(ALL, ages="under_18"), pair(), grown).replace("Grownname", "")


def test_domestic_pairs_are_in_files_of_their_own() -> None:
    made = files(WHOLE, pair(), pair(lane="domestic", district="Otherdistrict"))
    assert [name.removeprefix("forewarn-list-2032-01-06") for name in made if name.endswith(".html")] == [
        ".html",
        "-hillpartnership.html",
        "-domestic.html",
    ]
    assert [name for name, said in made.items() if name.endswith(".html") and b"Otherdistrict" in said] == [
        "forewarn-list-2032-01-06-domestic.html"
    ]


def test_with_children_only_the_other_person_is_somebody() -> None:
    children = replace(
        ALL, ages="under_18", columns=tuple(one for one in COLUMNS if one not in {"reasons", "against", "off_list", "summary"})
    )
    seen = page(children, pair()) + cells(children, pair())
    assert "Childname" in seen
    assert "another person" in seen
    assert "Grownname" not in seen
    assert "6699" not in seen
    assert "Age not known" not in seen
    assert ids_seen(children, content(pair())) == {"Pa-Pb", "Pa", "RECORD77"}


@pytest.mark.parametrize("source", SOURCES)
def test_events_of_a_source_that_a_profile_may_not_see_are_not_there(source: str) -> None:
    hiding = replace(ALL, sources=tuple(one for one in SOURCES if one != source))
    one = pair(events=(event(source, record="SECRET1", kinds=("robbery",)),))
    assert "SECRET1" in page(ALL, one)
    assert "a robbery" in page(ALL, one)
    for said in (page(hiding, one), cells(hiding, one)):
        assert "SECRET1" not in said
        assert "a robbery" not in said
        assert ("saidword" in said) == (source != "intelligence")


def test_code_c_shows_date_severity_and_grade_to_those_who_may_know_and_nothing_to_others() -> None:
    one = pair(events=(event("intelligence", is_protected=True),))
    known = page(ALL, one)
    assert all(MARKS[column] in known for column in ("date", "severity", "grade"))
    assert not [column for column in ("time", "kind", "weapon", "direction", "event_roles", "summary", "record") if MARKS[column] in known]
    hidden = page(replace(without("reasons", "against", "off_list"), handling=("P",)), one)
    assert "rotected intelligence" not in hidden
    assert MARKS["date"] not in hidden


def test_what_it_must_not_be_used_for_stands_on_every_page() -> None:
    for profile in read_profiles(SHIPPED).values():
        for name, made in files(profile, pair()).items():
            said = (
                html.unescape(made.decode())
                if name.endswith(".html")
                else repr(fastexcel.read_excel(made).load_sheet(0, header_row=None).to_polars().rows())
            )
            assert "not be the ground for an arrest" in said
            assert "OFFICIAL-SENSITIVE" in said
            assert profile.recipient.removeprefix("the ") in said


def test_the_shipped_profiles() -> None:
    profiles = read_profiles(SHIPPED)
    assert list(profiles) == ["tactical_group", "analyst", "police", "youth_justice", "school", "council_csp"]
    assert profiles["tactical_group"].is_whole
    for name in ("youth_justice", "school", "council_csp"):
        assert "intelligence" not in profiles[name].sources
        assert profiles[name].handling == ("P",)
        assert profiles[name].lanes == ("conflict",)
    assert "incident" not in profiles["school"].sources
    with pytest.raises(ProfileUnknown, match="press: no such profile, so nothing was written"):
        profile_named(profiles, "press")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[school]\nlanes = ["conflict"]', "must say who it is for"),
        ('[school]\nrecipient = "x"\ncolumns = ["upn"]', "columns has 'upn'"),
        ('[school]\nrecipient = "x"\nages = "old"', "ages is 'old'"),
        ('[school]\nrecipient = "x"\ncolumns = ["reasons"]', "may not see reasons, which tells of all sources"),
        ('[school]\nrecipient = "x"\ncolumns = ["date", "story"]', "may not see story without kind"),
        ('[school]\nrecipient = "x"\ncolumns = ["date", "summary"]', "may not see summary without name"),
        ('[school]\nrecipient = "x"\ncolumns = ["kind"]', "shown only with their date"),
        ('[school]\nrecipient = "x"\nages = "under_18"\ncolumns = ["name", "date", "summary"]', "it can name grown-ups"),
        ('[school]\nrecipient = "x"\ncolour = "red"', "has colour, which no profile has"),
        ('[school]\nrecipient = "x"\nwhole = true\nlanes = ["conflict"]', "is whole and names lanes too"),
        ('[list]\nrecipient = "x"\nwhole = true', "cannot be a profile's name"),
        ("[school", "cannot be read"),
    ],
)
def test_profiles_that_cannot_be_used_are_refused(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "profiles.toml"
    file.write_text(written)
    with pytest.raises(ProfilesUnreadable, match=said):
        read_profiles(file)


def test_files_are_written_once_privately_and_kept_when_others_follow(tmp_path: Path) -> None:
    record = tmp_path / "list.json"
    record.write_text(json.dumps({"content": as_json(content(pair()))}))
    first = render_for(ALL, record)
    assert (first.html.name, first.is_new, first.pairs) == ("forewarn-everything-2032-01-06.html", True, 1)
    assert {file.name for file in tmp_path.iterdir()} == {
        "list.json",
        *(f"forewarn-everything-2032-01-06{part}.{kind}" for part in ("", "-hillpartnership") for kind in ("html", "xlsx")),
    }
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.glob("forewarn-*"))
    (tmp_path / "forewarn-everything-2032-01-06.xlsx").unlink()
    assert not render_for(ALL, record).is_new
    assert (tmp_path / "forewarn-everything-2032-01-06.xlsx").exists()
    other = render_for(replace(ALL, columns=("name",)), record)
    assert (other.html.name, other.is_new) == ("forewarn-everything-2032-01-06-r2.html", True)
    assert first.html.exists()
