"""What a recipient's page holds: the columns, lanes, sources, codes and ages of their profile, and not a byte of the others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alerts.profiles import (
    COLUMNS,
    HANDLING,
    LANES,
    SOURCES,
    Profile,
    ProfilesUnreadable,
    ProfileUnknown,
    ids_seen,
    profile_named,
    read_profiles,
)
from alerts.render.recipient import page_for, render_for

SHIPPED = Path(__file__).parents[2] / "config" / "profiles.toml"
MARKS = {
    "rank": "8123", "district": "Marshdistrict", "partnership": "Hillpartnership", "status": "Escalating", "first_flagged": "23 November 2032",
    "chance": "about 1 in 8", "reasons": "becausereason", "against": "againstreason", "off_list": "offreason", "feud": "5151",
    "name": "Childname", "age": "4477", "sex": "sexword", "under_18": "(under 18)", "only_victim": "(victim only)", "roles": "rolesword",
    "date": "24 December 2031", "time": "23:59", "kind": "Serious assault", "weapon": "knifeword", "severity": "very high", "direction": "1 to 2",
    "event_roles": "roleofone", "summary": "summaryword", "grade": "1Z", "record": "RECORD77",
}  # fmt: skip


def person(side: str, name: str, *, is_child: bool) -> dict[str, Any]:
    return {"side": side, "person_id": f"P{side}", "name": name, "age": 4477 if is_child else 6699, "sex": "sexword", "is_under_18": is_child,
            "only_victim": is_child, "roles_recorded": "rolesword", "roles_reported": "saidword"}  # fmt: skip


def event(source: str, *, is_protected: bool = False, **also: Any) -> dict[str, Any]:
    return {"occurred_on": "2031-12-24", "time": "23:59", "source": source, "kinds": ["serious_assault"], "weapon": "knifeword", "summary": "summaryword",
            "sides": ["a", "b"], "role_a": "roleofone", "role_b": "roleoftwo", "severity": 5000.0, "grade": "1Z", "record": "RECORD77",
            "is_protected": is_protected} | also  # fmt: skip


def pair(lane: str = "conflict", events: tuple[dict[str, Any], ...] = (), **also: Any) -> dict[str, Any]:
    return {"lane": lane, "rank": 8123, "pair_id": "Pa-Pb", "person_a": person("a", "Childname", is_child=True),
            "person_b": person("b", "Grownname", is_child=False), "score": 0.125, "status": "escalating", "district": "Marshdistrict",
            "partnership": "Hillpartnership", "first_flagged": "2032-11-23", "reasons": [{"text": "becausereason", "score_without": 0.1}],
            "against": ["againstreason"], "off_list": ["offreason"], "feud": 5151, "events": list(events or (event("incident"),))} | also  # fmt: skip


def content(*pairs: dict[str, Any]) -> dict[str, Any]:
    return {"as_of": "2030-01-06", "run_id": "run-1", "pairs": list(pairs)}


ALL = Profile("everything", "whoever", lanes=LANES, columns=COLUMNS, sources=SOURCES, handling=HANDLING)


def page(profile: Profile, *pairs: dict[str, Any]) -> str:
    return page_for(profile, content(*pairs), Path("unused"))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_outside_a_profile_is_in_no_byte_of_its_file(column: str) -> None:
    without = replace(ALL, columns=tuple(one for one in COLUMNS if one != column))
    assert MARKS[column] in page(ALL, pair())
    assert MARKS[column] not in page(without, pair())


def test_nothing_of_another_lane_partnership_or_age_is_there() -> None:
    elsewhere = pair(lane="domestic", district="Otherdistrict")
    assert "Otherdistrict" in page(ALL, pair(), elsewhere)
    assert "Otherdistrict" not in page(replace(ALL, lanes=("conflict",)), pair(), elsewhere)
    assert "Marshdistrict" not in page(replace(ALL, partnerships=("Vale",)), pair())
    grown = pair(person_a=person("a", "Grownone", is_child=False), district="Growndistrict")
    assert "Grown" not in page(replace(ALL, ages="under_18"), pair(), grown)


def test_with_children_only_the_other_person_is_somebody() -> None:
    seen = page(replace(ALL, ages="under_18"), pair())
    assert "Childname" in seen
    assert "another person" in seen
    assert "Grownname" not in seen
    assert "6699" not in seen
    assert ids_seen(replace(ALL, ages="under_18"), content(pair())) == {"Pa-Pb", "Pa", "RECORD77"}


@pytest.mark.parametrize("source", SOURCES)
def test_events_of_a_source_that_a_profile_may_not_see_are_not_there(source: str) -> None:
    without = replace(ALL, sources=tuple(one for one in SOURCES if one != source))
    one = pair(events=(event(source, record="SECRET1", role_a="x"),))
    assert "SECRET1" in page(ALL, one)
    assert "SECRET1" not in page(without, one)
    assert ("saidword" in page(without, one)) == (source != "intelligence")


def test_code_c_shows_date_severity_and_grade_to_those_who_may_know_and_nothing_to_others() -> None:
    one = pair(events=(event("intelligence", is_protected=True),))
    known = page(ALL, one)
    assert all(MARKS[column] in known for column in ("date", "severity", "grade"))
    assert not [column for column in ("time", "kind", "weapon", "direction", "event_roles", "summary", "record") if MARKS[column] in known]
    hidden = page(
        replace(ALL, handling=("P",), columns=tuple(one for one in COLUMNS if one not in {"reasons", "against", "off_list"})), one
    )
    assert "rotected intelligence" not in hidden
    assert MARKS["date"] not in hidden


def test_what_it_must_not_be_used_for_stands_on_every_page() -> None:
    for profile in read_profiles(SHIPPED).values():
        if not profile.is_whole:
            said = page(profile, pair())
            assert "It is not evidence" in said
            assert "must not be the ground for an arrest" in said
            assert said.count("OFFICIAL-SENSITIVE") >= 2
            assert profile.recipient in said


def test_the_shipped_profiles() -> None:
    profiles = read_profiles(SHIPPED)
    assert list(profiles) == ["tactical_group", "police", "youth_justice", "school", "council_csp"]
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
        ('[school]\nrecipient = "x"\ncolumns = ["reasons"]', "may not see reasons"),
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


def test_a_page_is_written_once_privately_and_kept_when_another_follows(tmp_path: Path) -> None:
    record = tmp_path / "list.json"
    record.write_text(json.dumps({"content": content(pair())}))
    first = render_for(ALL, record, tmp_path / "unused.html")
    assert (first.html.name, first.is_new, first.pairs) == ("forewarn-everything-2030-01-06.html", True, 1)
    assert first.html.stat().st_mode & 0o777 == 0o600
    assert not render_for(ALL, record, tmp_path / "unused.html").is_new
    other = render_for(replace(ALL, columns=("name",)), record, tmp_path / "unused.html")
    assert (other.html.name, other.is_new) == ("forewarn-everything-2030-01-06-r2.html", True)
