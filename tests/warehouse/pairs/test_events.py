"""What passed between two people, drawn: the parties of a record -> the events of their pair."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

INCIDENTS = """
8N   | SUSPECT Ash, VICTIM Birch                | Ash>Birch assault adverse
8N   | VICTIM Ash, SUSPECT Birch                | Ash<Birch assault adverse
8N   | SUSPECT Ash, SUSPECT Birch               | Ash=Birch co_suspect ally
8N   | VICTIM Ash, VICTIM Birch                 | Ash=Birch co_victim ally
8N   | INVOLVED Ash, INVOLVED Birch             | Ash=Birch assault adverse
8N   | SUSPECT Ash, INVOLVED Birch              | Ash=Birch both_involved contact
8N   | SUSPECT Ash, WITNESS Birch               |
8N   | SUSPECT Ash, STAFF Birch                 |
8N   | SUSPECT Ash, EMERGENCY_WORKER Birch      |
8N   | SUSPECT Ash, VICTIM Ash                  |
66   | SUSPECT Ash, SUSPECT Birch               | Ash=Birch disorder adverse
66   | SUSPECT Ash, INVOLVED Birch              | Ash=Birch disorder adverse
66   | SUSPECT Ash, SUSPECT Birch, VICTIM Cedar | Ash=Birch co_suspect ally, Ash>Cedar disorder adverse, Birch>Cedar disorder adverse
9A   | SUSPECT Ash, SUSPECT Birch               | Ash=Birch co_suspect ally
46   | SUSPECT Ash, VICTIM Birch                | Ash>Birch acquisitive contact
46   | INVOLVED Ash, INVOLVED Birch             |
8L   | SUSPECT Ash, VICTIM Birch                | Ash>Birch harassment adverse
58A  | SUSPECT Ash, VICTIM Birch                | Ash>Birch damage adverse
3B   | SUSPECT Ash, VICTIM Birch                | Ash>Birch threat adverse
34A  | SUSPECT Ash, VICTIM Birch                | Ash>Birch robbery adverse
5D   | SUSPECT Ash, VICTIM Birch                | Ash>Birch serious_assault adverse serious
19C  | SUSPECT Ash, VICTIM Birch                | Ash>Birch sexual contact
"""

ALWAYS = ("1", "2", "3A", "4.1", "4.2", "5D", "5E")
WITH_WEAPON = ("3B", "8N", "8P", "105A", "105B", "34A", "34B", "66", "62A", "9A", "9B")


def drawn(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.splitlines() if line.strip()]


def listed(expected: str) -> list[str]:
    return sorted(e.strip() for e in expected.split(",") if e.strip())


@pytest.mark.parametrize(("code", "parties", "expected"), drawn(INCIDENTS))
def test_an_incident_makes_the_events_drawn(night: Any, code: str, parties: str, expected: str) -> None:
    night.incident("I1", code, parties)
    assert night.events() == listed(expected)


def test_serious_violence_is_what_the_contract_says(night: Any) -> None:
    weapons = (None, "NONE", "BLUNT", "OTHER", "KNIFE", "FIREARM", "CORROSIVE")
    expected = {(code, w): True for code in ALWAYS for w in weapons}
    expected |= {(code, w): w in ("KNIFE", "FIREARM", "CORROSIVE") for code in WITH_WEAPON for w in weapons}
    expected |= {(code, "KNIFE"): False for code in ("8L", "46", "58A", "19C", "10D")}
    for code, weapon in expected:
        night.incident(f"{code} {weapon}", code, "SUSPECT Ash, VICTIM Birch", weapon=weapon)
    night.events()
    found = night.con.execute("select offence_code, split_part(record_id, ' ', 2), is_serious from pairs.event").fetchall()
    assert {(code, None if weapon == "None" else weapon): serious for code, weapon, serious in found} == expected


def test_an_affray_is_serious_between_its_parties_and_co_suspects_of_an_assault_are_not(night: Any) -> None:
    night.incident("I1", "66", "SUSPECT Ash, SUSPECT Birch", weapon="KNIFE")
    night.incident("I2", "5D", "SUSPECT Cedar, SUSPECT Dale")
    assert night.events() == ["Ash=Birch disorder adverse serious", "Cedar=Dale co_suspect ally"]


def test_a_domestic_incident_is_never_serious_in_the_contract_s_sense_and_puts_the_pair_in_its_lane(night: Any) -> None:
    night.incident("I1", "5D", "SUSPECT Ash, VICTIM Birch", domestic=True)
    night.incident("I2", "8N", "SUSPECT Cedar, VICTIM Dale")
    assert night.events() == ["Ash>Birch serious_assault adverse domestic", "Cedar>Dale assault adverse"]
    assert night.con.execute("select pair_id, lane from pairs.pair order by 1").fetchall() == [
        ("Ash-Birch", "domestic"),
        ("Cedar-Dale", "conflict"),
    ]


def test_a_victim_known_later_makes_the_two_suspects_of_an_affray_allies_from_then_on(night: Any) -> None:
    night.incident("I1", "66", "SUSPECT Ash, SUSPECT Birch, VICTIM Cedar @9")
    assert night.events() == [
        "Ash=Birch co_suspect ally from 10",
        "Ash=Birch disorder adverse until 10",
        "Ash>Cedar disorder adverse from 10",
        "Birch>Cedar disorder adverse from 10",
    ]


def test_a_withdrawn_incident_counts_until_then(night: Any) -> None:
    night.incident("I1", "8N", "SUSPECT Ash, VICTIM Birch", counts_to=datetime(2026, 3, 5))
    assert night.events() == ["Ash>Birch assault adverse until 5"]
    assert night.con.execute("select count(*) from pairs.pair").fetchall() == [(0,)]


REPORTS = """
dispute         | mutual          | 1A | P | Ash=Birch dispute adverse
reported_threat | first_to_second | 1A | P | Ash<Birch reported_threat adverse
reported_threat | second_to_first | 1A | P | Ash>Birch reported_threat adverse
reconciled      | mutual          | 1A | P | Ash=Birch reconciled peace
associates      | mutual          | 1A | P | Ash=Birch associates ally
reported_weapon | first_to_second | 3D | C | Ash<Birch reported_weapon adverse protected
dispute         | mutual          | 1E | P |
"""


@pytest.mark.parametrize(("kind", "direction", "grade", "handling", "expected"), drawn(REPORTS))
def test_a_claim_of_birch_about_ash_makes_the_event_drawn(
    night: Any, kind: str, direction: str, grade: str, handling: str, expected: str
) -> None:
    night.report("R1", kind, "Birch", "Ash", direction=direction, grade=grade, handling=handling)
    assert night.events() == listed(expected)


def test_the_grade_weighs_a_report_and_untested_is_not_half_reliable(night: Any) -> None:
    for number, grade in enumerate(("1A", "2A", "3A", "1D")):
        night.report(f"R{number}", "dispute", "Ash", "Birch", grade=grade)
    night.events()
    weights = dict(night.con.execute("select grade, evidence from pairs.event").fetchall())
    assert weights["1A"] > weights["2A"] > weights["1D"] > weights["3A"]
    assert weights["2A"] > 0.75 * weights["1A"]


SCHOOL = """
PP | 10 | S1 | PP | 10 | S1 | Ash=Birch school_assault adverse
PP | 10 | S1 | PP | 11 | S1 | Ash=Birch school_assault adverse
PP | 10 | S1 | VP | 10 | S1 | Ash=Birch school_threat adverse
PP | 10 | S1 | PP | 12 | S1 |
PP | 10 | S1 | PP | 10 | S2 |
PP | 10 | S1 | TH | 10 | S1 |
PA | 10 | S1 | PA | 10 | S1 |
"""


@pytest.mark.parametrize(("reason", "day", "school", "other_reason", "other_day", "other_school", "expected"), drawn(SCHOOL))
def test_two_suspensions_make_the_event_drawn(
    night: Any, reason: str, day: str, school: str, other_reason: str, other_day: str, other_school: str, expected: str
) -> None:
    night.exclusion("Ash", school, date(2026, 1, int(day)), reason)
    night.exclusion("Birch", other_school, date(2026, 1, int(other_day)), other_reason)
    assert night.events() == listed(expected)
