"""What changed since the last list, on the page and in the figures that the run reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alerts.render.issued import last_issued_before
from alerts.weekly_list import WeeklyList, write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

HEAD = "lane | rank | pair | score | status | district | first_flagged | reasons"
SUNDAY, BEFORE = date(2026, 5, 3), date(2026, 4, 26)


def listed(*pairs: str) -> str:
    """A list drawn as 'lane rank pair score'."""
    return "\n".join([HEAD, *(" | ".join([*pair.split(), "persisting", "E07000220", "2026-01-01", "a reason"]) for pair in pairs)])


def two_lists(
    county: County, publish: Callable[[County], Path], before: str, now: str, **changed: Any
) -> tuple[WeeklyList, dict[str, Any]]:
    """Issue one list, then the next; the second as written and as content."""
    home = publish(replace(county, as_of=BEFORE, pairs=before))
    write_weekly_list(home, BEFORE, datetime(2026, 4, 27))
    publish(replace(county, pairs=now, **changed))
    written = write_weekly_list(home, SUNDAY, datetime(2026, 5, 4))
    content = last_issued_before(home, date(2026, 5, 4))
    assert content is not None
    return written, content


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [  # movement, previous rank, previous score, events that became known between the two lists
        ("conflict 3 a 0.10", "conflict 1 a 0.20", ("up", 3, 0.10, 2)),
        ("conflict 1 a 0.20", "conflict 1 a 0.10", ("down", 1, 0.20, 2)),
        ("conflict 1 a 0.100", "conflict 2 a 0.105", ("level", 1, 0.10, 2)),
        ("conflict 1 b 0.10", "conflict 1 a 0.10", ("new", None, None, 2)),
        ("domestic 1 a 0.10", "conflict 1 a 0.10", ("new", None, None, 2)),
    ],
)
def test_a_pair_on_the_list_says_how_it_moved(
    county: County, publish: Callable[[County], Path], before: str, now: str, expected: tuple[object, ...]
) -> None:
    _, content = two_lists(county, publish, listed(before), listed(now))
    change = content["pairs"][0]["change"]
    assert (change["movement"], change["previous_rank"], change["previous_score"], change["new_events"]) == expected


def test_what_was_known_on_the_day_of_the_last_list_is_not_new(county: County, publish: Callable[[County], Path]) -> None:
    one = listed("conflict 1 a 0.10")
    _, content = two_lists(county, publish, one, one, events=county.events.replace("| 2026-04-25 |", f"| {BEFORE} |"))
    assert content["pairs"][0]["change"]["new_events"] == 2


@pytest.mark.parametrize(
    ("still_scored", "names", "why"),
    [
        ("b | 0.02", "Jordan Pike and Aisha Rahman", "Score fell from about 1 in 7 to about 1 in 50; no new event since 19 April 2026."),
        ("b | 0.15", "Jordan Pike and Aisha Rahman", "Score still about 1 in 7, and other pairs now rank higher; no new event since 19 April 2026."),
        ("", "", "No standing record joins these two any more: records were withdrawn or corrected, or a person's identity was."),
    ],
)  # fmt: skip
def test_a_pair_that_left_says_why_and_loses_its_names_when_nothing_joins_the_two(
    county: County, publish: Callable[[County], Path], still_scored: str, names: str, why: str
) -> None:
    scored = f"pair | score\n{still_scored}"
    written, content = two_lists(county, publish, listed("conflict 1 b 0.15"), listed("conflict 1 a 0.2"), still_scored=scored)
    (left,) = content["left"]
    assert (left["names"], left["previous_rank"]) == (names, 1)
    assert left["why"].startswith(why)
    assert (written.new, written.left) == (1, 1)
    assert names or "Jordan Pike" not in written.html.read_text()


def test_a_pair_that_left_with_new_events_says_how_many(county: County, publish: Callable[[County], Path]) -> None:
    scored = "pair | score\na | 0.02"
    _, content = two_lists(county, publish, listed("conflict 1 a 0.15"), listed("conflict 1 b 0.2"), still_scored=scored)
    assert content["left"][0]["why"].endswith("2 new events known since 26 April 2026.")


def test_a_pair_that_changed_lane_says_where_it_is(county: County, publish: Callable[[County], Path]) -> None:
    _, content = two_lists(county, publish, listed("conflict 1 a 0.15"), listed("domestic 1 a 0.2"))
    assert content["left"][0]["why"] == "Moved to the domestic section of this list."


def test_people_found_to_be_one_do_not_make_a_pair_new(county: County, publish: Callable[[County], Path]) -> None:
    merged = "as_of | kept | gone\n2026-04-28 | a1 | b1\n2026-04-28 | a2 | b2"
    written, content = two_lists(county, publish, listed("conflict 1 b 0.10"), listed("conflict 1 a 0.20"), merged=merged)
    assert (content["pairs"][0]["change"]["movement"], written.new, written.left) == ("up", 0, 0)


def test_the_first_list_has_nothing_to_compare_with(county: County, publish: Callable[[County], Path]) -> None:
    written = write_weekly_list(publish(county), SUNDAY, datetime(2026, 5, 4))
    assert (written.new, written.left) == (14, 0)
    assert "This is the first list issued" in written.html.read_text()
