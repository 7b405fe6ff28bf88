"""A conflict in three sentences: what they say of a few drawn histories, and that nobody known only as a victim is told of as the one who acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alerts.render.content import EventLine, PairPage, ReasonLine
from alerts.render.issued import issued_record
from alerts.render.story import story_of
from alerts.weekly_list import write_weekly_list
from tests.alerts.test_profiles import event, pair

if TYPE_CHECKING:
    from tests.alerts.conftest import County

AS_OF = date(2026, 5, 3)
PLAIN: dict[str, Any] = {"weapon": "", "role_a": "suspect", "role_b": "victim", "kinds": ("assault",), "severity": 190.0, "grade": ""}


def on(day: str, source: str = "incident", **also: Any) -> EventLine:
    return event(source, **{**PLAIN, "occurred_on": date.fromisoformat(day), **also})


def report(day: str, kind: str, **also: Any) -> EventLine:
    return on(day, "intelligence", **{"kinds": (kind,), "grade": "2B", "role_a": "", "role_b": "", "severity": 50.0, **also})


def told(*events: EventLine, **also: Any) -> tuple[str, ...]:
    """Of Ann (a) and Bea (b); events newest first."""
    one: PairPage = pair(events=events)
    one = replace(
        one, person_a=replace(one.person_a, name="Ann"), person_b=replace(one.person_b, name="Bea"), reasons=(), against=(), **also
    )
    return story_of(one, AS_OF)


def test_who_did_what_to_whom_and_since_when() -> None:
    began, _ = told(on("2026-04-20"), on("2026-04-10", sides=("b", "a"), role_a="victim", role_b="suspect"), on("2026-03-01"))
    assert began == (
        "Known since 1 March 2026, when the police recorded an assault, with Ann as suspect and Bea as victim; in the last 12 months records and reports "
        "have Ann acting towards Bea twice, and Bea towards Ann once."
    )


def test_a_beginning_before_the_page_is_told_from_its_own_record() -> None:
    began, _ = told(on("2026-04-20"), began=report("2024-02-03", "dispute", sides=()))
    assert began.startswith(
        "Known since 3 February 2024, when intelligence graded 2B told of a dispute between the two; in the last 12 months"
    )
    assert began.endswith("have Ann acting towards Bea once, and never the other way round.")


def test_what_a_page_may_not_show_is_not_said_to_be_unknown() -> None:
    one = replace(pair(events=(on("2026-03-01"),)), reasons=())
    assert [sentence.split("; ")[-1] for sentence in story_of(one, AS_OF)] == [
        "no other act is known.",
        "Nothing from the last 28 days is known, after 1 event in the 12 weeks before.",
    ]
    assert "known," not in " ".join(story_of(one, AS_OF, is_all=False))
    assert story_of(one, AS_OF, is_all=False)[0].endswith("no other act is among what this page may show.")
    old = replace(one, events=(), began=on("2024-03-01"))
    assert story_of(old, AS_OF)[0].endswith("no act of the last 12 months is known.")


def test_that_somebody_is_feared_is_no_act_of_theirs() -> None:
    began, lately = told(report("2026-04-20", "fear"), report("2026-04-02", "reported_threat", sides=()))
    assert "none tells who acted towards whom" in began
    assert "; it is of 20 April: intelligence graded 2B told of Bea being in fear of Ann" in lately


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((on("2026-04-20"),), "There was 1 event in the last 28 days and none in the 12 weeks before."),
        ((on("2026-04-20", severity=2000.0, weapon="knife"), on("2026-03-01")),
         "There was 1 event in the last 28 days and 1 in the 12 weeks before, so it has become graver; it is of 20 April: the police recorded an assault "
         "(knife), with Ann as suspect and Bea as victim."),
        ((report("2026-04-22", "reconciled", stance="peace"), on("2026-03-01")),
         "Nothing from the last 28 days is known, after 1 event in the 12 weeks before; intelligence of 22 April says: peace was made, or they parted."),
        ((on("2025-07-01"),), "Nothing from the last 28 days or the 12 weeks before is known; the last was on 1 July 2025."),
        ((report("2026-04-21", "looking_for", sides=("b", "a")), on("2026-04-20", severity=15.0)),
         "There were 2 events in the last 28 days and none in the 12 weeks before; the gravest is of 21 April: intelligence graded 2B told of Bea looking for "
         "Ann, or wanting revenge."),
        ((on("2026-04-21", "intelligence", is_protected=True, sides=(), kinds=("protected_intelligence",), grade="1A"), on("2026-04-20", severity=15.0)),
         "There were 2 events in the last 28 days and none in the 12 weeks before; the gravest is of 21 April: protected intelligence graded 1A came in, of "
         "which no more may be told."),
    ],
)  # fmt: skip
def test_how_it_changed_lately(events: tuple[EventLine, ...], said: str) -> None:
    assert told(*events, began=events[-1])[1] == said


def test_what_makes_it_likely_now_is_the_reasons_without_their_records() -> None:
    reasons = (
        ReasonLine("Harm on record: assault on 1 May 2026 (INC1)", None),
        ReasonLine("4 events in 28 days, 1 in the 56 before; the last of 1 May", None),
    )
    one = replace(pair(events=()), began=None, reasons=reasons, against=("Peace or denial: a report on 3 May 2026",), score=0.17)
    assert story_of(one, AS_OF) == (
        "Serious violence by 31 May 2026 is put at about 1 in 6 (17%), mainly because of: harm on record; 4 events in 28 days, 1 in the 56 before; what speaks "
        "against it: peace or denial.",
    )
    assert story_of(replace(one, score=None, against=()), AS_OF) == (
        "It is listed mainly because of: harm on record; 4 events in 28 days, 1 in the 56 before.",
    )


def test_three_sentences_a_pair_and_no_victim_told_of_as_the_one_who_acts(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    write_weekly_list(home, None, datetime(2026, 5, 4))
    victims = []
    for listed in issued_record(home, AS_OF)[1]["content"]["pairs"]:
        story = listed["story"]
        assert (len(story), all(sentence.endswith(".") for sentence in story)) == (3, True)
        for victim in [listed[side]["name"] for side in ("person_a", "person_b") if listed[side]["only_victim"]]:
            victims.append(victim)
            assert not re.search(rf"{victim} (as suspect|acting|looking for)|(have|and|from) {victim} (acting|towards)", " ".join(story))
    assert len(victims) >= 5
