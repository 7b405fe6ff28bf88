"""What is learned from the records themselves: forms of a name, communities of names, and the day that a model is trained for."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import rows_of
from warehouse.people.commonness import find_frequencies, find_names
from warehouse.people.kept_model import training_day
from warehouse.people.variants import learn_variants


def _records(drawn: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        "create table record (forename varchar, surname_clean varchar, born varchar, is_born_vague boolean, nominal_ref varchar, upn varchar)"
    )
    for row in rows_of(drawn):
        values = [row.get(name) for name in ("forename", "surname", "born", "nominal", "upn")]
        con.execute("insert into record values (?, ?, ?, false, ?, ?)", values)
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


def test_a_forename_is_as_common_as_among_people_of_the_surname() -> None:
    english = [
        f"{f} | {s} | 1980-01-{n:02}" for n in range(2, 29) for f in ("john", "mary", "ann") for s in ("smith", "jones", "brown", "wood")
    ]
    polish = [f"{f} | {s} | 1990-01-{n:02}" for n in range(2, 29) for f in ("kacper", "zofia") for s in ("nowak", "mazur")]
    con = _records("forename | surname | born\n" + "\n".join(english + polish))
    con.execute("alter table record add column full_name varchar")
    con.execute("alter table record add column street_name varchar")
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
