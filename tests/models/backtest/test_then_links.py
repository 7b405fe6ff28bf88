"""Lists with links as they could be known then: what a later record joined is apart before, and what followed is told by the records."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl

from flows.backtest_links import linked_months, linked_today, months_of
from flows.backtest_stages import begin_backtest, stages
from flows.run import Run
from flows.settings import Settings
from models.backtest.then_figures import changes
from models.backtest.then_links import as_today, held_links, same_people
from tests.warehouse.conftest import as_csv, full_rows, read_drawing
from warehouse.connection import open_warehouse
from warehouse.contracts import EXTRACT_BY_NAME
from warehouse.people.judgements import Decision, Named, Said, note

SUNDAY = date(2026, 2, 1)
FIRST, END = date(2026, 2, 1), date(2026, 3, 29)


def records(**persons: str) -> pl.DataFrame:
    """Whose each record is: person="R1 R2"."""
    rows = [("incident_party", record, person) for person, named in persons.items() for record in named.split()]
    return pl.DataFrame(rows, schema=["source", "record_id", "person_id"], orient="row")


def persons(frame: pl.DataFrame) -> dict[str, str]:
    return dict(frame.select("record_id", "person_id").iter_rows())


def test_what_a_month_began_with_is_neither_joined_nor_parted_in_it() -> None:
    """R5 joined P1 and P2; R4 was parted from P3, R7 came with it."""
    held = held_links(records(P1="R1", P2="R2", P3="R3 R4"), records(P1="R1 R2 R5", P3="R3 R6", P4="R4 R7"))
    assert persons(held) == {"R1": "P1", "R2": "P2", "R5": "P1", "R3": "P3", "R6": "P3", "R4": "P3", "R7": "P4"}


def flags(*places: tuple[str, str]) -> pl.DataFrame:
    rows = [(SUNDAY, f"{a}-{b}", n + 1, False, True, 0.1, a, b) for n, (a, b) in enumerate(places)]
    return pl.DataFrame(rows, schema=["as_of", "pair_id", "rank", "hit", "is_onset", "score", "person_a", "person_b"], orient="row")


def grave(*pairs: str) -> pl.DataFrame:
    return pl.DataFrame({"pair_id": pairs, "occurred_at": [datetime(2026, 2, 9)] * len(pairs)})


def test_a_merge_that_came_later_is_not_held_against_a_list() -> None:
    same = same_people(records(P1="R1", P2="R2", P9="R9"), records(P1="R1 R2", P9="R9"))
    found = as_today(flags(("P2", "P9"), ("P1", "P9")), same, grave("P1-P9"))
    assert found.places.select("pair_id", "rank", "hit").rows() == [("P1-P9", 1, True), ("P1-P9", 2, True)]
    assert found.reached.rows() == [(SUNDAY, "P1-P9", 1)]


def test_two_who_are_one_person_now_cannot_hit() -> None:
    same = same_people(records(P1="R1", P2="R2"), records(P1="R1 R2"))
    found = as_today(flags(("P1", "P2")), same, grave("P1-P2"))
    assert found.places.select("pair_id", "hit").rows() == [("P1-P2", False)]
    assert found.reached.height == 0


def test_a_place_is_named_by_most_records_and_hits_with_any() -> None:
    same = same_people(records(P1="R1 R2 R3", P9="R9"), records(P1="R1 R2", P5="R3", P9="R9"))
    found = as_today(flags(("P1", "P9")), same, grave("P5-P9"))
    assert found.places.select("pair_id", "hit").rows() == [("P1-P9", True)]
    assert sorted(found.reached["pair_id"]) == ["P1-P9", "P5-P9"]


def test_joined_and_parted_since() -> None:
    same = same_people(records(P1="R1", P2="R2", P3="R3 R4", P5="R5"), records(P1="R1 R2", P3="R3", P4="R4", P5="R5"))
    assert changes(SUNDAY, same) == {"known_by": "2026-02-01", "people": 4, "joined": 2, "parted": 1}


INCIDENTS = """
    incident_id | offence_code | occurred_from       | recorded_at
    I1          | 8N           | 2026-01-10T20:00:00 | 2026-01-10T21:00:00
    I2          | 8N           | 2026-01-20T20:00:00 | 2026-01-20T21:00:00
    I3          | 8N           | 2026-03-10T20:00:00 | 2026-03-10T21:00:00
"""
PARTIES = """
    incident_id | party_no | role    | surname | forenames | date_of_birth | nominal_ref | recorded_at
    I1          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    |             | 2026-01-10T21:00:00
    I1          | 2        | VICTIM  | Rai     | Zofia     | 1999-07-21    | N9          | 2026-01-10T21:00:00
    I2          | 1        | SUSPECT | Kenny   | Callum    |               | N2          | 2026-01-20T21:00:00
    I2          | 2        | VICTIM  | Rai     | Zofia     | 1999-07-21    | N9          | 2026-01-20T21:00:00
    I3          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | N2          | 2026-03-10T21:00:00
    I3          | 2        | VICTIM  | Rai     | Zofia     | 1999-07-21    | N9          | 2026-03-10T21:00:00
"""
SUSPECTS = ("I1/1", "I2/1", "I3/1")


def landing_of(folder: Path) -> Path:
    """The drawn county as two files, cut at its end."""
    folder.mkdir()
    for name, drawn in (("incidents", INCIDENTS), ("incident_parties", PARTIES)):
        extract = EXTRACT_BY_NAME[name]
        (folder / f"{name}_{END}.csv").write_text(as_csv(full_rows(extract, read_drawing(drawn))))
    return folder


def link(run: Run) -> None:
    """Every stage up to the replay."""
    for stage in stages(FIRST):
        if stage.name == "replay":
            return
        stage.act(run)


def suspects(frame: pl.DataFrame) -> list[str]:
    """Whose the suspects' records are, in their order."""
    whose = persons(frame)
    return [whose[record] for record in SUSPECTS if record in whose]


def test_the_lists_of_an_early_week_do_not_use_a_link_that_a_later_record_made(tmp_path: Path) -> None:
    with begin_backtest(FIRST, END, Settings(home=tmp_path / "home", landing=landing_of(tmp_path / "landing"))) as run:
        link(run)
        assert len(set(suspects(linked_today(run)))) == 1
        february, march = linked_months(FIRST, run)
    assert [month.known_by for month in (february, march)] == months_of(FIRST, END) == [date(2026, 1, 31), date(2026, 2, 28)]
    for month, seen in ((february, {"I1", "I2"}), (march, {"I1", "I2", "I3"})):
        doyle, kenny, *later = suspects(month.person_record)
        assert doyle != kenny
        assert len(later) == len(seen) - 2
        assert set(later) <= {doyle, kenny}
        between = month.events.filter(pl.col("pair_id").is_not_null())
        assert set(between["record_id"]) == seen
        assert between["pair_id"].n_unique() == 2


def test_a_judgement_counts_from_the_day_it_was_made(tmp_path: Path) -> None:
    home, said = tmp_path / "home", Said("N", "W", datetime(2026, 2, 10), datetime(2026, 2, 10))
    con = open_warehouse(home)
    note(con, Decision("same", (Named("incident_party", "I1/1"),), (Named("incident_party", "I2/1"),), said))
    con.close()
    with begin_backtest(FIRST, END, Settings(home=home, landing=landing_of(tmp_path / "landing"))) as run:
        link(run)
        february, march = linked_months(FIRST, run)
    assert len(set(suspects(february.person_record))) == 2
    assert len(set(suspects(march.person_record))) == 1
    con = open_warehouse(home)
    assert con.execute("select judgement from people.judgement").fetchall() == [("same",)]
    con.close()
