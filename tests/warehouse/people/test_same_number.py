"""A person number where it is all there is, where it says nothing, and night after night."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import open_known, people_found, tell
from tests.warehouse.people.test_nights_of_people import _night, _outcome
from warehouse.people import blocking, kept_model, linkage
from warehouse.people.resolve import resolve_people

HEAD = "incident_id | party_no | role | nominal_ref | surname | forenames | date_of_birth\n"


def _sizes(con: duckdb.DuckDBPyConnection) -> list[int]:
    return [len(records) for records in people_found(con)]


def test_records_with_nothing_but_a_number_are_the_people_of_the_numbers() -> None:
    con = open_known()
    tell(con, "incident_party", """
        incident_id | party_no | role    | nominal_ref | surname  | forenames
        I1          | 1        | SUSPECT | N1          |          |
        I1          | 2        | VICTIM  | N2          |          |
        I2          | 1        | SUSPECT | n 1         |          |
        I2          | 2        | VICTIM  | N12         |          |
        I3          | 1        | SUSPECT | N12         |          |
        I4          | 1        | SUSPECT | G1          | Group 1  |
        I4          | 2        | VICTIM  | G12         | Group 12 |
        I5          | 1        | SUSPECT | G1          | Group 1  |
        I5          | 2        | VICTIM  | G12         | Group 12 |
    """)  # fmt: skip
    resolve_people(con)
    assert people_found(con) == [{"I1/1", "I2/1"}, {"I2/2", "I3/1"}, {"I4/1", "I5/1"}, {"I4/2", "I5/2"}, {"I1/2"}]
    shown = con.execute("select display_name from people.person order by 1").fetchall()
    assert shown == [("Group 1",), ("Group 12",), ("Person Number N1",), ("Person Number N12",), ("Person Number N2",)]


def test_a_person_of_more_records_than_are_compared_one_by_one_is_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tuple(blocking.BlockingKey(key.name, key.meaning, key.sql, min(key.most, 10)) for key in blocking.BLOCKING_KEYS)
    monkeypatch.setattr(blocking, "BLOCKING_KEYS", keys)
    con = open_known()
    tell(con, "incident_party", HEAD + "\n".join(f"I{n} | 1 | SUSPECT | N1 | Doyle | Callum |" for n in range(30)))
    resolve_people(con)
    assert _sizes(con) == [30]


@pytest.mark.parametrize("names", ["same people in every incident", "people of all names", "people of all births"])
def test_a_number_that_everybody_has_joins_nobody(names: str) -> None:
    con = open_known()
    people = [
        f"{chr(97 + n)}{chr(97 + n * 7 % 26)}wyn | {chr(98 + n)}orman{chr(122 - n)} | 19{50 + n}-0{n % 9 + 1}-1{n % 7}" for n in range(20)
    ]
    if names == "same people in every incident":
        people = ["||"] * 20
    elif names == "people of all births":
        people = [f"|| 19{50 + n}-0{n % 9 + 1}-1{n % 7}" for n in range(20)]
    size = 2 if names == "same people in every incident" else 1
    tell(con, "incident_party", HEAD + "\n".join(f"I{n // size} | {n % size} | SUSPECT | 999 | {one}" for n, one in enumerate(people)))
    resolve_people(con)
    assert _sizes(con) == [1] * 20
    assert con.execute("select count(nominal_ref) from people.record").fetchall() == [(0,)]


def test_data_in_which_nobody_is_surely_one_person_leave_the_model_its_priors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkage, "FEWEST_TO_TRAIN", 10)
    con = open_known()
    tell(con, "incident_party", HEAD + "\n".join(f"I{n} | 1 | SUSPECT | N{n % 5} | Name {n % 5} | |" for n in range(40)))
    resolve_people(con)
    assert _sizes(con) == [8] * 5


def test_where_neither_births_nor_numbers_are_told_names_must_do() -> None:
    con = open_known()
    names = ["Doyle | Callum", "Doyle | Ethan", "Kowalska | Zofia", "Rai | Priya"]
    rows = [f"I{n} | 1 | SUSPECT | | {names[n % 4]} |" for n in range(20)]
    tell(con, "incident", "incident_id | district\n" + "\n".join(f"I{n} | E1" for n in range(20)))
    tell(con, "incident_party", HEAD + "\n".join(rows))
    resolve_people(con)
    assert _sizes(con) == [5] * 4


@pytest.mark.parametrize("seed", [1, 2])
def test_nights_one_by_one_equal_a_full_relink(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    monkeypatch.setattr(kept_model, "OUTGROWN", 10.0)
    chance = random.Random(seed)
    rows = [
        f"I{n // 2} | {n % 2} | SUSPECT | N{chance.randrange(8)} | {chance.choice(['', '', 'Doyle'])} | {chance.choice(['', 'Al', 'Bo'])} |"
        for n in range(120)
    ]
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[:60]), "2025-08-01 12:00:00")
    _night(con, date(2026, 2, 1))
    for night in range(1, 4):
        # late ones are known from before the first of their number
        tell(con, "incident_party", HEAD + "\n".join(rows[40 + 20 * night : 60 + 20 * night]), f"2025-0{9 - night}-01 12:00:00")
        known = [one for (one,) in con.execute("select record_id from known.incident_party order by record_id").fetchall()]
        gone, withdrawn, other = chance.sample(known, 3)
        con.execute("delete from known.incident_party where record_id = ?", [gone])
        con.execute("update known.incident_party set counts = false where record_id = ?", [withdrawn])
        con.execute("update known.incident_party set nominal_ref = 'N1', surname = null, forenames = null where record_id = ?", [other])
        assert not _night(con, date(2026, 2, 1 + night)).is_full_relink
    nightly = _outcome(con)
    assert resolve_people(con, relink=True).is_full_relink
    assert _outcome(con) == nightly
