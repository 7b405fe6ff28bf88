"""Attempts to have a victim taken for an aggressor: named neutrally, accused in protected and in disbelieved reports, later suspected; in every output."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.command import forewarn
from tests.whole.conftest import analyst, night

CUT, LATER = date(2026, 6, 14), date(2026, 6, 21)
VERA, SID, WADE = "Vera Quayle", "Sid Brannock", "Wade Tolliver"
PEOPLE = {VERA: ("N100001", "1999-02-03", "F"), SID: ("N100002", "1998-05-06", "M"), WADE: ("N100003", "2000-07-08", "M")}
ACTING = re.compile(r"looking for|acting towards|acted|threaten|said to act|suspect|wanting revenge|\u2192|aggressor", re.IGNORECASE)


def write(folder: Path, extract: str, day: date, rows: list[dict[str, Any]]) -> None:
    with (folder / f"{extract}_{day}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def incident(number: str, on: date, code: str = "8N", weapon: str = "NONE") -> dict[str, Any]:
    moment = datetime(on.year, on.month, on.day, 21, 0)
    return {
        "incident_id": number, "recorded_at": moment + timedelta(hours=2), "occurred_from": moment, "offence_code": code, "domestic": "N",
        "weapon": weapon, "district": "E07000222", "summary": "", "withdrawn_at": "",
    }  # fmt: skip


def part(number: str, party: int, role: str, who: str, on: date) -> dict[str, Any]:
    nominal, born, sex = PEOPLE[who]
    forename, surname = who.split()
    recorded = datetime(on.year, on.month, on.day, 23, 30)
    return {
        "incident_id": number, "party_no": party, "role": role, "nominal_ref": nominal, "surname": surname, "forenames": forename,
        "date_of_birth": born, "sex": sex, "postcode": "CV31 8PF", "recorded_at": recorded, "withdrawn_at": "",
    }  # fmt: skip


def report(number: str, on: date, grade: str, code: str, text: str) -> dict[str, Any]:
    return {
        "report_id": number, "recorded_at": datetime(on.year, on.month, on.day, 9, 0), "event_date": on, "source_evaluation": grade[0],
        "intelligence_assessment": grade[1], "handling_code": code, "origin": "STREET", "text": text, "withdrawn_at": "",
    }  # fmt: skip


def subject(number: str, at: int, who: str) -> dict[str, Any]:
    nominal, born, sex = PEOPLE[who]
    forename, surname = who.split()
    return {
        "report_id": number, "subject_no": at, "nominal_ref": nominal, "surname": surname, "forenames": forename, "date_of_birth": born, "sex": sex,
        "withdrawn_at": "",
    }  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week in which Vera and Wade are victims whatever is said of Vera, and one in which Wade is suspected."""
    landing = tmp_path_factory.mktemp("adversarial") / "landing"
    landing.mkdir()
    harmed = [(f"I{n}", CUT - timedelta(days=9 * n), VERA) for n in range(1, 5)] + [("I7", CUT - timedelta(days=20), WADE)]
    harmed += [("I8", CUT - timedelta(days=3), WADE)]
    write(landing, "incidents", CUT, [incident(number, on, weapon="KNIFE" if number == "I1" else "NONE") for number, on, _ in harmed])
    parties = [row for number, on, who in harmed for row in (part(number, 1, "SUSPECT", SID, on), part(number, 2, "VICTIM", who, on))]
    write(landing, "incident_parties", CUT, parties)
    texts = [
        ("R1", "2B", "P", f"{VERA} and {SID} are in an ongoing dispute over money."),
        ("R2", "1B", "C", f"{VERA} is looking for {SID}."),
        ("R3", "1B", "C", f"{VERA} has threatened to hurt {SID}."),
        ("R4", "3E", "P", f"{VERA} has got hold of a blade and intends to use it on {SID}."),
    ]
    write(landing, "intelligence", CUT, [report(number, CUT - timedelta(days=5), grade, code, text) for number, grade, code, text in texts])
    write(landing, "intelligence_subjects", CUT, [subject(number, at, who) for number, *_ in texts for at, who in ((1, VERA), (2, SID))])
    place = landing.parent / "home"
    night(place, landing, CUT)
    ask(place, "weekly", "--as-of", str(CUT))
    ask(place, "weekly", "--as-of", str(CUT), "--profile", "police")
    ask(place, "review", "sheet", str(place.parent / "sheet.csv"), "--by", "D. Officer")
    on = LATER - timedelta(days=2)
    write(landing, "incidents", LATER, [incident("I9", on)])
    write(landing, "incident_parties", LATER, [part("I9", 1, "SUSPECT", WADE, on), part("I9", 2, "VICTIM", SID, on)])
    night(place, landing, LATER)
    ask(place, "weekly", "--as-of", str(LATER))
    return place


def ask(home: Path, *words: str) -> None:
    assert forewarn(*words, "--home", home) == 0


def listed(home: Path, day: date) -> dict[str, dict[str, Any]]:
    """The pages of the list by the name of who is not Sid."""
    pairs = json.loads((home / "alerts" / str(day) / "list.json").read_text())["content"]["pairs"]
    return {next(p["name"] for p in (pair["person_a"], pair["person_b"]) if p["name"] != SID): pair for pair in pairs}


def side_of(pair: dict[str, Any], name: str) -> dict[str, Any]:
    return next(person for person in (pair["person_a"], pair["person_b"]) if person["name"] == name)


def text_of(file: Path) -> str:
    """All that a file says, in lines."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return "\n".join(re.sub(r"<[^>]+>", "\n", book.read(name).decode()) for name in book.namelist() if name.endswith(".xml"))
    text = file.read_text(encoding="utf-8", errors="replace")
    return html.unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<style.*?</style>", "", text))) if file.suffix == ".html" else text


def test_the_reports_were_read_as_they_were_meant(home: Path) -> None:
    """Or nothing below would be an attempt."""
    with analyst(home) as con:
        kinds = con.execute(
            """select kind, direction = case when one.display_name = $vera then 'a_to_b' else 'b_to_a' end, is_protected from analyst.pair_timeline
               join analyst.people as one on one.person_id = split_part(pair_id, '-', 1) join analyst.people as two on two.person_id = split_part(pair_id, '-', 2)
               where source = 'intelligence' and $vera in (one.display_name, two.display_name) order by all""",
            {"vera": VERA},
        ).fetchall()
    assert ("dispute", False, False) in kinds
    assert sum(is_protected for *_, is_protected in kinds) == 2
    assert len(kinds) == 3, "what is suspected to be false is no event"


def test_a_victim_stays_a_victim_whatever_is_said_of_them(home: Path) -> None:
    pair = listed(home, CUT)[VERA]
    vera = side_of(pair, VERA)
    assert vera["only_victim"]
    assert not ACTING.search(f"{vera['roles_recorded']} {vera['roles_reported']}")
    assert [event for event in pair["events"] if event["sides"][:1] == [vera["side"]]] == []
    assert [one["text"] for one in pair["reasons"] if "each has acted" in one["text"]] == []
    with analyst(home) as con:
        shown = con.execute("select only_victim, roles from analyst.flagged_people where display_name = $n", {"n": VERA}).fetchall()
        reasons = con.execute("select reason from analyst.flag_reasons where theme = 'reciprocity'").fetchall()
    assert shown == [(True, "victim 4, named 1")]
    assert reasons == []


def test_nothing_written_has_a_victim_act(home: Path) -> None:
    files = [*(home / "alerts" / str(CUT)).iterdir(), home.parent / "sheet.csv"]
    assert {file.suffix for file in files} >= {".html", ".xlsx", ".json", ".csv"}
    for file in files:
        for line in text_of(file).splitlines():
            told = re.sub(rf"{VERA} (towards|→) {SID}: no(ne on record| events)", "", line)
            said = re.search(rf"{VERA}\W+(?:is|has|was|said to|acting|→|towards|looking)[^.]*", told)
            assert not (said and ACTING.search(said[0])), (file.name, line[:200])
            assert not re.search(rf"(has|have) {VERA} acting|{VERA} (to|against|towards|→) {SID}", told), (file.name, line[:200])


def test_whoever_is_suspected_later_is_a_victim_until_then_and_no_longer(home: Path) -> None:
    before, after = listed(home, CUT)[WADE], listed(home, LATER)[WADE]
    assert side_of(before, WADE)["only_victim"]
    wade = side_of(after, WADE)
    assert not wade["only_victim"]
    assert [event["record"] for event in after["events"] if event["sides"][:1] == [wade["side"]]] == ["I9"]
    assert not side_of(after, SID)["only_victim"]
    assert side_of(listed(home, LATER)[VERA], VERA)["only_victim"]
