"""The ledger, drawn: which decisions leave which model in use; and that a changed line shows."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.promotions import LEDGER, Action, Entry, LedgerBroken, NothingBefore, before_that, chosen_by, decide, in_use, read, state_of

NOON = datetime(2026, 6, 1, 12)


def entries(text: str, lane: str = "conflict") -> list[Entry]:
    """A line each: an action, and the model that it puts in use."""
    rows = [line.split() for line in text.strip().splitlines()]
    return [
        Entry(NOON + timedelta(hours=n), lane, Action(action), model, None, "A. Analyst", "because")
        for n, (action, model) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("ledger", "used", "persons", "states"),
    [
        ("", None, None, {"a": "candidate"}),
        ("by_rule a", "a", None, {"a": "in use", "b": "candidate"}),
        ("by_rule a\nby_rule b", "b", None, {"a": "retired", "b": "in use"}),
        ("by_rule a\npromoted b", "b", "b", {"a": "retired", "b": "in use"}),
        ("by_rule a\nby_rule b\nback a", "a", "a", {"a": "in use", "b": "retired"}),
        ("by_rule a\nby_rule b\nby_rule c\nback b\nback a", "a", "a", {"a": "in use", "b": "retired", "c": "retired"}),
        ("by_rule a\npromoted b\nreleased b", "b", None, {"a": "retired", "b": "in use"}),
        ("by_rule a\npromoted b\nreleased b\nby_rule c", "c", None, {"b": "retired", "c": "in use"}),
    ],
)
def test_decisions_leave_a_model_in_use(ledger: str, used: str | None, persons: str | None, states: dict[str, str]) -> None:
    decided = [*entries(ledger), *entries("by_rule z", lane="domestic")]
    choice = chosen_by(decided, "conflict")
    assert in_use(decided, "conflict") == used
    assert (choice.model if choice else None) == persons
    assert {model: state_of(decided, "conflict", model) for model in states} == states
    assert in_use(decided, "domestic") == "z"


@pytest.mark.parametrize(("ledger", "before"), [("by_rule a\nby_rule b", "a"), ("by_rule a\nby_rule b\nby_rule c\nback b", "a")])
def test_going_back_goes_further_back_each_time(ledger: str, before: str) -> None:
    assert before_that(entries(ledger), "conflict") == before


@pytest.mark.parametrize("ledger", ["", "by_rule a", "by_rule a\nby_rule b\nback a"])
def test_there_may_be_nothing_to_go_back_to(ledger: str) -> None:
    with pytest.raises(NothingBefore, match="lane conflict has no model before the one in use"):
        before_that(entries(ledger), "conflict")


def test_what_is_decided_is_read_again_and_kept_private(tmp_path: Path) -> None:
    decided = entries("by_rule a\npromoted b\nback a")
    for entry in decided:
        decide(tmp_path / "models", entry)
    assert read(tmp_path / "models") == decided
    assert (tmp_path / "models" / LEDGER).stat().st_mode & 0o777 == 0o600


def ledger_of_three(models: Path) -> list[str]:
    for entry in entries("by_rule a\npromoted b\nback a"):
        decide(models, entry)
    return (models / LEDGER).read_text(encoding="utf-8").splitlines(keepends=True)


def test_a_changed_lost_or_moved_line_shows_where_it_is(tmp_path: Path) -> None:
    lines = ledger_of_three(tmp_path)
    changed = json.dumps(json.loads(lines[0]) | {"by": "someone else"}) + "\n"
    for at, spoilt in ((2, [changed, *lines[1:]]), (2, [lines[0], lines[2]]), (1, [lines[1], lines[0], lines[2]]), (1, ["{}\n"])):
        (tmp_path / LEDGER).write_text("".join(spoilt), encoding="utf-8")
        with pytest.raises(LedgerBroken, match=f"line {at}: .* Restore the file from a backup"):
            read(tmp_path)


def test_a_line_that_a_killed_run_left_half_written_is_dropped(tmp_path: Path) -> None:
    lines = ledger_of_three(tmp_path)
    (tmp_path / LEDGER).write_text("".join(lines[:2]) + lines[2][:40], encoding="utf-8")
    assert [entry.model for entry in read(tmp_path)] == ["a", "b"]
    decide(tmp_path, entries("by_rule c")[0])
    assert [entry.model for entry in read(tmp_path)] == ["a", "b", "c"]
