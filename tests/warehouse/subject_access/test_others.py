"""What stays of a text for Alfie Whitton, beside a report's people, their namesakes, street names and numbers."""

from __future__ import annotations

import pytest

from alerts.marking import harmless
from alerts.subject_access.made_of import without_protected
from warehouse.subject_access.others import Names, Redaction

ALFIE = Names(frozenset({"alfie", "whitton"}), frozenset({"alfie whitton", "whitton alfie", "ghost"}))
BESIDE = Names(frozenset({"emily", "hazel"}), frozenset({"emily hazel", "lil em"}))
OTHERS = Names(frozenset({"emily", "hazel", "rose", "mark"}), frozenset({"emily hazel", "rose mark", "lil em", "alfie mark"}))
REDACTION = Redaction(ALFIE, OTHERS, {"IR1": BESIDE})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Emily Hazel waits for Alfie Whitton.", "[another person] waits for Alfie Whitton."),
        ("HAZEL, Emily and WHITTON, Alfie fought", "[another person] and WHITTON, Alfie fought"),
        ("emily hazel waits", "[another person] waits"),
        ("E. Hazel waits", "[another person] waits"),
        ("hazel eyes", "[another person] eyes"),  # of the same report: whatever its capitals
        ("rose to mark the spot", "rose to mark the spot"),  # of other records: only as names are written
        ("rose mark and Mark", "[another person] and [another person]"),
        ("Alfie Mark hit Alfie", "[another person] hit Alfie"),
        ("lil em and Ghost", "[another person] and Ghost"),
        ("call 07700 900123 or me@mail.org at ZC1 2FQ", "call [withheld] or [withheld] at [withheld]"),
    ],
)
def test_others_leave_the_text_and_the_person_stays(text: str, left: str) -> None:
    assert REDACTION.of(text, "IR1") == left


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        ("harm on record: assault on 3 May 2026 (ZC1)", "harm on record: assault on 3 May 2026 (ZC1)"),
        ("reports: threat on 3 May 2026 (IR1), protected intelligence graded 1B on 4 May 2026 and 2 more", "reports: threat on 3 May 2026 (IR1) and 2 more"),
        ("protected intelligence graded 1B on 4 May 2026", None),
        ("there is protected intelligence", None),
    ],
)  # fmt: skip
def test_a_reason_without_what_is_protected(reason: str, left: str | None) -> None:
    assert without_protected(reason) == left


def test_no_text_is_a_formula() -> None:
    assert [harmless(text) for text in ("=1+1", "@x", "plain")] == ["'=1+1", "'@x", "plain"]
