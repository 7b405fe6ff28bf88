"""A file that has not come whole waits for a later night, is said to, and is taken as it is when nobody mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.warehouse.conftest import NOW, Landing, as_csv, full_rows
from warehouse.contracts import INCIDENTS
from warehouse.sources.delivery import Intake, prints, take_in
from warehouse.sources.expected import Expectation
from warehouse.sources.punctuality import check_deliveries

FILE = "incidents_2026-01-04.csv"
WHOLE = as_csv(full_rows(INCIDENTS, [{"incident_id": f"I{n}", "summary": "said, twice"} for n in range(3)]))


def intake(landing: Landing, hours: float = 0) -> Intake:
    return take_in(landing.con, landing.folder, landing.mapping, NOW + timedelta(hours=hours))


def moving(landing: Landing, hours: float = 0) -> Intake:
    """A look at a folder in which nothing stands still."""
    return take_in(landing.con, landing.folder, landing.mapping, NOW + timedelta(hours=hours), still={})


def loads(landing: Landing) -> str:
    return landing.drawn("select status, rows_read, rows_accepted, rows_rejected from ops.load order by load_id")


@pytest.mark.parametrize("cut", [WHOLE[:-25], WHOLE[: WHOLE.rindex("twice")]], ids=["too few fields", "open quotation mark"])
def test_of_a_file_whose_last_line_is_cut_off_what_came_is_taken_in_and_that_is_told(landing: Landing, cut: str) -> None:
    landing.put(FILE, cut)
    said = f"{FILE}: its last line is cut off, so that it has not come whole. What came was taken in, and the part of a row rejected; have it sent again"
    assert intake(landing).cut_off == ((FILE, said),)
    assert loads(landing) == "loaded | 3 | 2 | 1"
    assert landing.drawn("select message from ops.load") == said
    landing.put(FILE, WHOLE)
    found = intake(landing, 24)
    assert (found.rows_accepted, found.cut_off) == (3, ())
    assert intake(landing, 48).files_seen == 1


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (WHOLE.rstrip("\n"), (3, 3, 0)),
        (WHOLE + "I4,too short\n", (4, 3, 1)),
        (WHOLE + "x" + "," * 40, (4, 3, 1)),
        (WHOLE.replace("I0", "I0,one too many").rstrip("\n"), (3, 2, 1)),
    ],
    ids=["no line's end", "a bad row", "a row that is too long", "a bad row before the last"],
)
def test_a_file_without_a_lines_end_or_with_a_bad_row_is_whole(landing: Landing, content: str, counts: tuple[int, int, int]) -> None:
    landing.put(FILE, content)
    found = intake(landing)
    assert (found.rows_read, found.rows_accepted, found.rows_rejected) == counts
    assert found.cut_off == ()


def test_a_file_that_is_not_as_it_was_when_the_folder_was_watched_waits(landing: Landing) -> None:
    landing.put(FILE, WHOLE)
    landing.put("incidents_2026-01-11.csv", WHOLE)
    still = prints(landing.folder)
    landing.put("incidents_2026-01-11.csv", WHOLE + WHOLE)
    landing.put("incidents_2026-01-18.csv", WHOLE)
    found = take_in(landing.con, landing.folder, landing.mapping, NOW, still=still)
    assert (found.files_new, found.files_postponed) == (1, 2)
    assert [message for _, message in found.postponed] == [
        f"incidents_2026-01-{day}.csv: it is still being written. Nothing of it was read; the next night takes it up" for day in (11, 18)
    ]
    assert intake(landing, 24).files_new == 2


def test_a_file_that_is_again_as_it_was_loaded_waits_no_longer(landing: Landing) -> None:
    landing.put(FILE, WHOLE)
    intake(landing)
    assert moving(landing, 24).files_postponed == 1
    landing.put("incidents_2026-01-11.csv", WHOLE)
    assert intake(landing, 48).files_seen == 1
    assert intake(landing, 72).files_seen == 2
    assert loads(landing) == "loaded | 3 | 3 | 0\nloaded | 3 | 3 | 0"


def test_a_postponed_or_cut_off_delivery_is_said_on_the_list(landing: Landing) -> None:
    landing.put(FILE, WHOLE)
    moving(landing)
    expected = {"incidents": Expectation(every_days=7, tolerance_days=3)}
    (found,) = check_deliveries(landing.con, expected, date(2026, 1, 5))
    assert found.states == ("postponed", "never")
    assert (
        found.said[0]
        == "The incidents cut on 4 January 2026 were still being written when they were to be read: nothing of them is in this."
    )
    landing.put(FILE, WHOLE[:-25])
    intake(landing, 24)
    (found,) = check_deliveries(landing.con, {"incidents": replace(expected["incidents"], most_rejected=None)}, date(2026, 1, 5))
    assert found.states == ("cut off",)
    assert found.said == ("The incidents cut on 4 January 2026 end within a row: they have not come whole, and more may be missing.",)
    landing.put(FILE, WHOLE)
    intake(landing, 48)
    (found,) = check_deliveries(landing.con, expected, date(2026, 1, 5))
    assert found.states == ()


def test_a_number_of_a_load_is_never_given_twice(landing: Landing) -> None:
    """The access log and the erasures note which loads they have seen: under the number of a refused file another would pass them by."""
    landing.put(FILE, "nothing of ours\n1\n")
    intake(landing)
    [(refused,)] = landing.con.execute("select load_id from ops.load").fetchall()
    intake(landing, 24)
    assert landing.con.execute("select load_id from ops.load").fetchall() == [(refused,)], "refused again for the same is nothing new"
    landing.put(FILE, WHOLE)
    intake(landing, 48)
    [(loaded,)] = landing.con.execute("select load_id from ops.load").fetchall()
    assert loaded > refused
