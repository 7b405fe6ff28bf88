"""What was expected held against what came: drawn as deliveries (day cut, rows) in, states and sentences out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.warehouse.conftest import Landing
from warehouse.sources.expected import Expectation, ExpectationsWrong, load_expectations
from warehouse.sources.punctuality import Delivery, check_deliveries, punctuality

SHIPPED = Path(__file__).parents[3] / "config" / "deliveries.toml"
WEEKLY = Expectation(every_days=7, tolerance_days=3, fewest=0.3, most=4.0, stale_after_days=21, most_rejected=0.2, no_list_after_days=28)
FIRST = date(2026, 1, 4)


def week(n: int) -> date:
    return FIRST + timedelta(weeks=n)


def cut(*rows: int, rejected: int = 0) -> list[Delivery]:
    """A delivery a week, of so many rows; each of its own content."""
    return [Delivery(week(n), count, rejected, (f"hash {n}",)) for n, count in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "days_later", "states", "stops"),
    [
        ((5000, 100, 110), 0, (), False),
        ((5000, 100, 110), 10, (), False),
        ((5000, 100, 110), 11, ("late",), False),
        ((5000, 100, 110), 28, ("late",), False),
        ((5000, 100, 110), 29, ("late",), True),
        ((5000, 100, 110, 1), 0, (), False),  # too few before it to say what is usual
        ((5000, 100, 110, 90, 1), 0, ("shrunken",), False),
        ((5000, 100, 110, 90, 0), 11, ("late", "shrunken"), False),
        ((5000, 100, 110, 90, 5000), 0, ("swollen",), False),
        ((5000, 100, 110, 90, 250), 0, (), False),
        ((), 0, ("never",), True),
    ],
)
def test_how_a_weekly_extract_stands(rows: tuple[int, ...], days_later: int, states: tuple[str, ...], stops: bool) -> None:
    as_of = week(max(len(rows) - 1, 0)) + timedelta(days=days_later)
    found = punctuality("incidents", WEEKLY, cut(*rows), as_of)
    assert (found.states, found.stops_list) == (states, stops)
    assert len(found.said) == len(states)


def test_deliveries_of_which_no_row_could_be_used_are_none() -> None:
    usable, useless = cut(100), [Delivery(week(n), 100, 100, (f"hash {n}",)) for n in range(1, 6)]
    for n, states in ((4, ("rejected",)), (5, ("rejected", "empty"))):
        found = punctuality("incidents", WEEKLY, usable + useless[:n], week(n))
        assert (found.states, found.stops_list) == (states, "empty" in states)
    assert punctuality("incidents", WEEKLY, useless[:1], week(1)).stops_list
    never_any = punctuality("incidents", WEEKLY, cut(0, 0), week(1))
    assert (never_any.states, never_any.stops_list) == (("empty",), True)
    assert never_any.said == (
        "No row of the incidents delivered in the last 28 days could be used: what happened since is unknown here, and quiet is no sign of calm.",
    )
    assert not punctuality("incidents", WEEKLY, cut(90, 100, 0, 0, 0), week(4)).stops_list


def test_what_a_list_does_not_need_may_never_come() -> None:
    schools = Expectation(every_days=7)
    assert (punctuality("exclusions", schools, [], week(1)).states, punctuality("exclusions", schools, [], week(1)).stops_list) == (
        ("never",),
        False,
    )


def test_each_state_is_a_sentence_for_the_list() -> None:
    late = punctuality("incident_parties", WEEKLY, cut(10), week(2))
    assert late.said == (
        "No incident parties since those cut on 4 January 2026, 14 days before this date; they are due every 7 days. "
        "What happened since is unknown here, and quiet is no sign of calm.",
    )
    refused = punctuality("incidents", WEEKLY, cut(10), week(1), unread={"refused": week(1)})
    assert refused.said == ("The incidents cut on 11 January 2026 were refused whole: nothing of them is in this.",)
    spoilt = punctuality("incidents", WEEKLY, cut(10, rejected=3), week(0))
    assert spoilt.said == ("Of the 10 incidents cut on 4 January 2026, 3 could not be used (analyst.rejects says why).",)
    old = punctuality("incidents", WEEKLY, cut(10), week(0), newest=date(2025, 12, 1))
    assert old.said == ("The newest of the incidents cut on 4 January 2026 was recorded on 1 December 2025: it may be an old extract.",)
    again = [Delivery(week(0), 10, 0, ("same",)), Delivery(week(1), 10, 0, ("same",))]
    assert punctuality("incidents", WEEKLY, again, week(1)).said == (
        "The incidents cut on 11 January 2026 are those of 4 January 2026 under a new date.",
    )


def test_a_replayed_day_is_covered_by_what_was_cut_after_it() -> None:
    whole_history = cut(10, 10, 10)
    assert punctuality("incidents", WEEKLY, whole_history[2:], week(0)).states == ()
    gap = [whole_history[0], Delivery(week(9), 10, 0, ("late one",))]
    assert punctuality("incidents", WEEKLY, gap, week(6)).states == ()


def test_what_came_is_read_from_the_ledger_and_kept_for_publishing(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id | recorded_at\nI1 | 2026-01-03\nI2 | 2026-01-02")
    landing.draw("intelligence_2026-01-04.csv", "report_id | recorded_at\nR1 | 2025-11-01")
    landing.put("intelligence_2026-01-11.csv", "nothing,of\nthe,kind\n")
    landing.take_in()
    expected = {"incidents": WEEKLY, "intelligence": WEEKLY, "exclusions": WEEKLY}
    found = {one.source: one for one in check_deliveries(landing.con, expected, date(2026, 1, 11))}
    assert (found["incidents"].states, found["incidents"].rows_read, found["incidents"].newest_record_on) == ((), 2, date(2026, 1, 3))
    assert found["intelligence"].states == ("refused", "stale")
    assert found["exclusions"].states == ("never",)
    kept = landing.drawn("select source, days_since, states, stops_list from ops.delivery order by source")
    assert kept == "exclusions | - | ['never'] | True\nincidents | 7 | [] | False\nintelligence | 7 | ['refused', 'stale'] | False"


def test_a_file_sent_again_under_its_name_counts_once(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1\nI2\nI3")
    landing.take_in()
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1")
    landing.take_in()
    (found,) = check_deliveries(landing.con, {"incidents": WEEKLY}, date(2026, 1, 4))
    assert found.rows_read == 1


def test_the_shipped_file_expects_all_five_and_stops_only_without_the_police() -> None:
    shipped = load_expectations(SHIPPED)
    assert len(shipped) == 5
    assert {name for name, one in shipped.items() if one.no_list_after_days is not None} == {"incidents", "incident_parties"}
    assert load_expectations(None) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crimes]\nevery_days = 7", r"\[crimes\] is no extract\. The extracts are incidents, "),
        ("[incidents]\ntolerance_days = 7", r"\[incidents\] does not say every_days"),
        ("[incidents]\nevery_days = 7\nlate = 3", r"\[incidents\] has unknown entries late\. Known are every_days, "),
        ("[incidents]\nevery_days = 0", r"\[incidents\] every_days must be a whole number from 1"),
        ("[incidents]\nevery_days = 7\nmost = 'four'", r"\[incidents\] most must be a number from 0"),
        ("[incidents", "is not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_followed_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "deliveries.toml").write_text(text)
    with pytest.raises(ExpectationsWrong, match=said):
        load_expectations(tmp_path / "deliveries.toml")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ExpectationsWrong, match="cannot be read"):
        load_expectations(tmp_path / "none.toml")
