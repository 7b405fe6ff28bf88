"""Naming habits of the communities of a county: what is the same name, what is not, and which field a name belongs in."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from warehouse.people.agreement import Agreement
from warehouse.people.cleaning import clean_records, name_tokens, sound
from warehouse.people.comparisons import COMPARISONS
from warehouse.people.contradictions import Portrait, contradiction


@pytest.mark.parametrize(
    ("habit", "a", "b"),
    [
        ("Polish, as said at home", "malgorzata", "gosia"),
        ("Polish, in English", "katarzyna", "katherine"),
        ("spellings of one Arabic name", "mohammed", "muhammad"),
        ("spellings of one Arabic name", "hussain", "husein"),
        ("Turkish and Arabic", "osman", "uthman"),
        ("Sikh, short", "gurpreet", "gopi"),
        ("Irish, by ear", "siobhan", "chevonne"),
        ("Irish and English", "padraig", "patrick"),
        ("Yoruba, short", "oluwaseun", "seun"),
        ("Igbo, short", "chukwuemeka", "emeka"),
        ("Romanian and English", "andrei", "andrew"),
        ("British, short", "theodore", "teddy"),
    ],
)
def test_forms_of_one_forename(habit: str, a: str, b: str) -> None:
    assert Agreement().of_forenames(a, b), habit


@pytest.mark.parametrize(
    ("habit", "a", "b"),
    [
        ("Irish prefix with apostrophe, space or nothing", "O'Neill", "O Neill"),
        ("Irish prefix with apostrophe, space or nothing", "O’Neill", "ONEILL"),
        ("Mac with a space", "Mc Carthy", "McCarthy"),
        ("Mac with a space", "Mac Donald", "MacDonald"),
        ("accents", "Nuñez", "NUNEZ"),
        ("Polish letters", "Wałęsa", "Walesa"),
        ("Turkish letters", "Yıldız", "Yildiz"),
        ("hyphen or space", "Smith-Jones", "Smith Jones"),
    ],
)
def test_one_surname_however_it_is_written(habit: str, a: str, b: str) -> None:
    assert name_tokens(a) == name_tokens(b), habit


@pytest.mark.parametrize(
    ("a", "b"), [("kowalski", "kowalska"), ("macdonald", "mcdonald"), ("hussain", "husein"), ("szczepanska", "szczepanski")]
)
def test_surnames_that_sound_alike(a: str, b: str) -> None:
    con = duckdb.connect()
    [(alike,)] = con.execute("select ? = ? or jaro_winkler_similarity(?, ?) >= 0.9", [sound(a), sound(b), a, b]).fetchall()
    assert alike


def test_in_which_field_a_name_belongs() -> None:
    con = open_known()
    rows = [("Sharma", "Priya")] * 40 + [("Patel", "Nikhil")] * 40
    usual = "\n".join(f"I{n} | 1 | VICTIM | {surname} | {forename}" for n, (surname, forename) in enumerate(rows))
    tell(con, "incident_party", f"""
        incident_id | party_no | role | surname | forenames
        {usual}
        X1 | 1 | VICTIM | PRIYA | Sharma
        X2 | 1 | VICTIM |       | Sharma
        X3 | 1 | VICTIM |       | Priya
        X4 | 1 | VICTIM | Kaur  | Priya Sharma
        X5 | 1 | VICTIM | Sharma-Patel | Priya
    """)  # fmt: skip
    con.execute("attach ':memory:' as linkage")
    clean_records(con, datetime(2026, 6, 2))
    found = con.execute(
        "select record_id, forename, surname_clean, forename_all, surname_parts from linkage.record where record_id[1] = 'X' order by 1"
    ).fetchall()
    assert found == [
        ("X1/1", "priya", "sharma", ["priya"], ["sharma"]),  # family name first
        ("X2/1", None, "sharma", [], ["sharma"]),  # the only name, and a surname
        ("X3/1", "priya", None, ["priya"], []),
        ("X4/1", "priya", "kaur", ["priya", "sharma"], ["kaur"]),  # Kaur or Begum for the family name
        ("X5/1", "priya", "sharma patel", ["priya"], ["patel", "sharma", "sharma patel"]),
    ]


@pytest.mark.parametrize(
    ("habit", "a", "b", "apart"),
    [
        (
            "Mohammed borne before the name that he is called by",
            ("mohammed", ["mohammed", "imran"], "khan"),
            ("imran", ["imran"], "khan"),
            False,
        ),
        ("Mohammed left out, and nothing else said", ("mohammed", ["mohammed"], "khan"), ("imran", ["imran"], "khan"), False),
        ("called by the middle name", ("john", ["john", "paul"], "lee"), ("paul", ["paul"], "lee"), False),
        ("family name first", ("nowak", ["nowak"], "jan"), ("jan", ["jan"], "nowak"), False),
        (
            "family name first, with a slip of the pen",
            ("kaminskas", ["kaminskas"], "isabele"),
            ("isabelle", ["isabelle"], "kaminskas"),
            False,
        ),
        ("twins", ("gurpreet", ["gurpreet", "singh"], "gill"), ("manpreet", ["manpreet", "kaur"], "gill"), True),
        ("twins", ("jack", ["jack"], "cox"), ("harry", ["harry"], "cox"), True),
    ],
)
def test_forenames_that_contradict(habit: str, a: tuple[str, list[str], str], b: tuple[str, list[str], str], apart: bool) -> None:
    one, two = (Portrait(first_names={first: 1}, given_names=frozenset(given), surnames={surname: 1}) for first, given, surname in (a, b))
    assert (contradiction(one, two, Agreement()) is not None) is apart, habit
    assert contradiction(one, two, Agreement(slips=frozenset({"forename"}))) is None


def _level(comparison: str, **values: tuple[object, object]) -> str:
    """The level that two records fall into."""
    one = next(one for one in COMPARISONS if one.name == comparison)
    cases = " ".join(f"when {level.sql} then '{level.meaning.replace(chr(39), chr(39) * 2)}'" for level in one.levels)
    columns = ", ".join(f"${name}_{side} as {name}_{side}" for name in values for side in "lr")
    bound = {f"{name}_{side}": value for name, pair in values.items() for side, value in zip("lr", pair, strict=True)}
    [(level,)] = (
        duckdb.connect()
        .execute(f"select case when {one.silent} then 'not known' {cases} else 'different' end from (select {columns})", bound)
        .fetchall()
    )
    return str(level)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("1990-03-09", "1990-09-03", "day and month changed places"),
        ("1990-03-09", "1990-03-08", "one digit of the date of birth differs"),
        ("1990-03-12", "1990-03-21", "neighbouring digits of the date of birth changed places"),
        ("1990-01-01", "1990-07-20", "same year of birth, one date is 1 January"),
        ("1990-03-09", "1962-11-27", "different"),
        ("1990-03-09", None, "not known"),
    ],
)
def test_births(a: str, b: str | None, level: str) -> None:
    year = (int(a[:4]), int(b[:4]) if b else None)
    assert _level("born", born=(a, b), born_year=year, is_born_vague=(a.endswith("01-01"), False)) == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("CV345AB", "CV345AB", "same postcode"),
        ("CV345AB", "CV354AB", "a slip of the pen in the postcode"),
        ("CV345AB", "CV345XY", "same postcode sector"),
        ("CV345AB", "CV341QZ", "same postcode district"),
        ("CV345AB", "B113CD", "different"),  # moved
    ],
)
def test_postcodes(a: str, b: str, level: str) -> None:
    assert _level("address", post=(a, b), sector=(a[:-2], b[:-2]), outward=(a[:-3], b[:-3])) == level


def test_what_nobody_sends_is_silent() -> None:
    nothing = (None, None)
    assert _level("street", street=nothing, house_number=nothing) == "not known"
    assert _level("town", town=nothing) == "not known"
    assert _level("birth_place", birth_place=nothing) == "not known"
    assert _level("occupation", occupation=nothing) == "not known"
    assert _level("sex", sex=("M", None)) == "not known"
