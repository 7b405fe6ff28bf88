"""Reasons, drawn: what the scorer's arithmetic says of a pair, and what is known of it -> what the list says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alerts.evidence import Evidence
from alerts.flag_reasons import query
from alerts.off_list import off_list
from alerts.reasons import Reason, Weight, on_the_page, reasons
from alerts.selection import status_of

AS_OF = date(2026, 5, 10)
QUIET = {"events_28d": 0.0, "events_56d_before": 0.0, "events_365d": 0.0, "days_since_serious": 730.0}
PAIR = {"lane": "conflict", "pair_id": "Pa-Pb", "person_a": "Pa", "person_b": "Pb"}


def known(number: str, **changes: Any) -> Evidence:
    usual: dict[str, Any] = {
        "source": "incident",
        "record_id": number,
        "phrase": "assault",
        "occurred_at": datetime(2026, 5, 3),
        "points": 1.0,
        "is_serious": False,
        "weapon": None,
        "offence": "Assault with injury",
        "grade": None,
        "is_protected": False,
    }
    return Evidence(**(usual | changes))


def report(number: str, phrase: str, **changes: Any) -> Evidence:
    return known(number, source="intelligence", phrase=phrase, offence=None, grade="1B", **changes)


def weights(**by_theme: float) -> list[Weight]:
    return [Weight(theme, weight, 0.01, True, (f"{theme}_feature",)) for theme, weight in by_theme.items()]


def said(by_theme: dict[str, float], behind: dict[str, list[Evidence]], measured: dict[str, float] = QUIET) -> list[str]:
    return on_the_page(reasons(weights(**by_theme), behind, measured))


KNIFED = known("I7", points=5.0, is_serious=True, weapon="KNIFE", occurred_at=datetime(2026, 4, 20))
THREAT = report("IR5", "threats", points=3.0, occurred_at=datetime(2026, 5, 1))


def test_the_weightiest_reason_comes_first_and_names_its_records_with_date_and_number() -> None:
    behind = {"records": [KNIFED, known("I9")], "intelligence": [THREAT], "serious": [KNIFED]}
    assert said({"records": 1.0, "intelligence": 2.0, "serious": 0.5}, behind, QUIET | {"days_since_serious": 20.0}) == [
        "intelligence of conflict: threats mentioned in intelligence graded 1B on 1 May 2026 (IR5)",
        "harm on record: assault with injury on 20 April 2026 (knife, I7), assault with injury on 3 May 2026 (I9)",
        "serious violence once in a year, the last 20 days ago: that of 20 April 2026",
    ]


def test_tempo_and_standing_are_told_in_numbers() -> None:
    events = [known("I1"), known("I2", occurred_at=datetime(2026, 3, 20))]
    measured = QUIET | {"events_28d": 1.0, "events_56d_before": 1.0, "events_365d": 2.0}
    assert said({"tempo": 2.0, "standing": 1.0}, {"tempo": events, "standing": events}, measured) == [
        "1 event in 28 days, 1 in the 56 before; the last assault with injury on 3 May 2026 (I1)",
        "a standing conflict: 2 events in a year, the first on 20 March 2026",
    ]


def test_what_lowers_the_score_comes_after_and_is_marked() -> None:
    calm = report("IR8", "peace between the two", occurred_at=datetime(2026, 5, 2))
    assert said({"peace": -3.0, "records": 2.0}, {"peace": [calm], "records": [known("I1")]}) == [
        "harm on record: assault with injury on 3 May 2026 (I1)",
        "against: peace or denial: peace between the two mentioned in intelligence graded 1B on 2 May 2026 (IR8)",
    ]


def test_protected_intelligence_shows_its_date_and_grade_only() -> None:
    hidden = report("IR-SECRET", "a weapon", is_protected=True)
    text = said({"weapon": 1.0, "intelligence": 2.0, "serious": 0.1}, {"weapon": [hidden], "intelligence": [hidden, THREAT], "serious": []})
    assert text[:2] == [
        "intelligence of conflict: protected intelligence graded 1B on 3 May 2026, threats mentioned in intelligence graded 1B on 1 May 2026 (IR5)",
        "protected intelligence graded 1B on 3 May 2026",
    ]
    mixed = reasons(weights(weapon=1.0), {"weapon": [hidden, THREAT]}, QUIET)
    assert [record.record_id for reason in mixed for record in reason.records] == ["IR5"]
    for reason in reasons(weights(weapon=1.0, intelligence=2.0), {"weapon": [hidden], "intelligence": [hidden]}, QUIET):
        assert "SECRET" not in reason.text + query(reason, PAIR)


def test_other_people_are_counted_and_not_named() -> None:
    others = [known("I3", with_whom=frozenset({"Pc", "Pd"})), known("I4", with_whom=frozenset({"Pc"}))]
    assert said({"others": 1.0}, {"others": others}) == [
        "conflicts with others: 2 events between one of the two and 2 other people in a year"
    ]


def test_many_records_are_counted_and_a_suspension_has_no_number() -> None:
    many = [known(f"I{n}", occurred_at=datetime(2026, 5, n)) for n in range(1, 6)]
    school = known("A123/1/2026-05-03", source="exclusion", phrase="both suspended for assault")
    assert said({"records": 1.0}, {"records": [school, *many]}) == [
        "harm on record: both suspended for assault on 3 May 2026, assault with injury on 1 May 2026 (I1), assault with injury on 2 May 2026 (I2) and 3 more"
    ]


def test_what_does_next_to_nothing_stays_in_the_table_only() -> None:
    found = reasons(weights(records=10.0, school=0.1, age=0.05), {}, QUIET)
    assert len(found) == 3
    assert sum(reason.share or 0.0 for reason in found) == pytest.approx(1.0)
    assert on_the_page(found) == ["harm on record"]


def test_nobody_is_worded_as_the_one_who_acts() -> None:
    for reason in reasons(weights(records=1.0, reciprocity=1.0, others=1.0), {"records": [KNIFED], "reciprocity": [THREAT]}, QUIET):
        assert not any(word in reason.text for word in ("suspect", "victim", "attacker", "aggressor", "towards"))


def test_what_would_take_a_pair_off_the_list() -> None:
    quiet = {0: 9.0, 1: 7.0, 2: 5.0, 3: 5.5, 4: 3.0}
    for peace, cut_off, eligible, expected in (
        ({0: 8.0, 7: 1.0}, 6.0, 200, ["no further event for 2 days, until 12 May 2026"]),
        ({0: 5.0}, 6.0, 200, ["a report that the two have made peace, graded 1B, would do now", "no further event for 2 days, until 12 May 2026"]),
        ({0: 8.0, 3: 5.0}, 5.2, 200, ["no further event for 4 days, until 14 May 2026", "with a report that the two have made peace, graded 1B, 3 days would do"]),
        ({}, 1.0, 300, ["not even half a year without a further event would do, by tonight's list"]),
        ({}, 1.0, 20, ["no further event for 20 days, until 30 May 2026"]),
        ({}, None, 20, ["the list is not full, so a pair stays on it until a year after its last event, here until 30 May 2026"]),
    ):  # fmt: skip
        assert [reason.text for reason in off_list({"quiet": quiet, "peace": peace}, cut_off, eligible, AS_OF)] == expected


def test_a_query_asks_for_open_records_by_number_and_for_others_by_day() -> None:
    day = datetime(2026, 5, 3)
    reason = Reason("records", "harm", "raises", 1.0, 1.0, None, True, (), (
        known("I'1"), report("IR-SECRET", "x", is_protected=True, occurred_at=day + timedelta(days=1)), known("UPN/1/2", source="exclusion"),
    ))  # fmt: skip
    asked = query(reason, PAIR)
    assert "pair_id = 'Pa-Pb' and (record_id in ('I''1')" in asked
    assert "is_protected and occurred_at in (timestamp '2026-05-04 00:00:00')" in asked
    assert "source = 'exclusion' and occurred_at in (timestamp '2026-05-03 00:00:00')" in asked
    assert "SECRET" not in asked
    assert "UPN" not in asked


def test_status_is_drawn_from_the_score_four_weeks_before() -> None:
    last_week, long_ago = date(2026, 5, 3), date(2026, 1, 1)
    eight_weeks_ago = AS_OF - timedelta(weeks=8)
    for score, before, last_listed, expected in (
        (0.2, 0.1, None, "new"),
        (0.2, 0.2, long_ago, "new"),
        (0.2, 0.2, eight_weeks_ago - timedelta(days=1), "new"),
        (0.2, 0.2, eight_weeks_ago, "persisting"),
        (0.2, 0.1, last_week, "escalating"),
        (0.2, None, last_week, "persisting"),
        (0.2, 0.2, last_week, "persisting"),
        (0.1, 0.2, last_week, "cooling"),
        (0.5, 0.4, last_week, "escalating"),
        (0.4, 0.5, last_week, "cooling"),
    ):
        assert status_of(score, before, last_listed, AS_OF) == expected
