"""What is learned from the records themselves: forms of a name, communities of names, and the day that a model is trained for."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import rows_of
from warehouse.people.agreement import Agreement
from warehouse.people.carelessness import find_slips
from warehouse.people.cleaning import sound
from warehouse.people.commonness import find_frequencies, find_names
from warehouse.people.kept_model import training_day
from warehouse.people.variants import learn_variants


def _records(drawn: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        """create table record (
            forename varchar, surname_clean varchar, born varchar, is_born_vague boolean, nominal_ref varchar, upn varchar, post varchar,
            sex varchar, born_year integer, surname_parts varchar[], surname_sound varchar, counts boolean,
            full_name varchar, street_name varchar, town varchar, birth_place varchar, occupation varchar
        )"""
    )
    for row in rows_of(drawn):
        surname, born = row.get("surname"), row.get("born")
        told = [row.get("forename"), surname, born, row.get("nominal"), row.get("upn"), row.get("post"), row.get("sex")]
        heard = [int(born[:4]) if born else None, [surname], sound(surname or "")]
        con.execute(
            "insert into record values (?, ?, ?, false, ?, ?, ?, ?, ?, ?, ?, true, ?, null, null, null, null)", [*told, *heard, None]
        )
    return con


def test_forenames_borne_by_the_same_people_are_forms_of_one_name() -> None:
    con = _records("""
        forename | surname | born       | nominal
        kez      | lee     | 1990-02-03 | N1
        kieran   | lee     | 1990-02-03 | N1
        kez      | ray     | 1985-06-07 | N2
        kieran   | ray     | 1985-06-07 | N2
        adam     | fox     | 2001-03-04 | N3
        oliver   | fox     | 2001-03-04 | N4
        adam     | hill    | 2002-05-06 | N5
        oliver   | hill    | 2002-05-06 | N5
    """)
    learn_variants(con, "record")
    assert con.execute("select * from name_variant").fetchall() == [("kez", "kieran", 2)]


def test_without_numbers_forms_of_one_name_are_learned_from_three_people_at_home() -> None:
    pairs = "\n".join(
        f"{f} | {s} | 1990-02-{n:02} | AB1 2C{s[0]}" for n, s in enumerate(("lee", "ray", "fox"), 3) for f in ("kez", "kieran")
    )
    others = "\n".join(f"adam | surname{n} | 1980-03-04 | AB2 2CD" for n in range(60))
    con = _records(
        f"forename | surname | born | post\n{pairs}\n{others}\nadam | hill | 1970-05-06 | AB9 9AB\noliver | hill | 1970-05-06 | AB9 9AB"
    )
    learn_variants(con, "record")
    assert con.execute("select * from name_variant").fetchall() == [("kez", "kieran", 3)]


@pytest.mark.parametrize(
    ("other_surname", "other_birth", "slips"),
    [
        ("", "", set()),
        ("quigley", "", {"forename"}),  # men of one forename, birth and home have unlike surnames: names are written carelessly
        ("", "1973-11-28", {"birth"}),  # births seven years apart are no father's and son's
        ("", "1940-11-28", set()),  # a generation apart: perhaps they are
    ],
)
def test_slips_are_told_by_what_twins_and_fathers_cannot_explain(other_surname: str, other_birth: str, slips: set[str]) -> None:
    rows = []
    for n in range(600):
        rows.append(f"name{n} | smith{n} | 1966-04-{n % 28 + 1:02} | AB{n} 2CD")
        second = (
            (other_surname or f"smith{n}", other_birth or f"1966-04-{n % 28 + 1:02}")
            if n % 10 == 0
            else (f"smith{n}", f"1966-04-{n % 28 + 1:02}")
        )
        rows.append(f"name{n} | {second[0]} | {second[1]} | AB{n} 2CD")
    con = _records("forename | surname | born | post\n" + "\n".join(rows))
    find_names(con, "record")
    find_slips(con, "record")
    learn_variants(con, "record")
    assert Agreement.as_learned(con, "name_variant", "name_term").slips == slips


def test_a_forename_is_as_common_as_among_people_of_the_surname() -> None:
    english = [
        f"{f} | {s} | 1980-01-{n:02}" for n in range(2, 29) for f in ("john", "mary", "ann") for s in ("smith", "jones", "brown", "wood")
    ]
    polish = [f"{f} | {s} | 1990-01-{n:02}" for n in range(2, 29) for f in ("kacper", "zofia") for s in ("nowak", "mazur")]
    con = _records("forename | surname | born\n" + "\n".join(english + polish))
    con.execute("update record set full_name = forename || ' ' || surname_clean")
    con.execute("insert into record (forename, surname_clean, full_name) values ('kacper', 'smith', 'kacper smith')")
    find_names(con, "record")
    con.execute("update name_term set frequency = 0.99 where kind = 'class'")  # as if very many people had been counted
    find_frequencies(con, "record")
    common = dict(con.execute("select full_name, tf_full_name from frequency_full_name").fetchall())
    assert common["kacper nowak"] > 0.3
    assert common["kacper smith"] < common["kacper nowak"] / 3
    assert common["john smith"] == pytest.approx(1 / 3, abs=0.1)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (date(2026, 3, 31), date(2025, 10, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 9, 30), date(2026, 4, 1)),
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 1, 1), date(2025, 10, 1)),
    ],
)
def test_the_model_is_trained_for_a_day_fixed_by_the_calendar(as_of: date, day: date) -> None:
    assert training_day(as_of) == day
