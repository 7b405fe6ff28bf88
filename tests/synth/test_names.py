"""How people are called and how they are written down."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from synth.chance import stream, strings
from synth.errors import POLICE, observe
from synth.exclusions import school_days
from synth.names import as_a_woman_bears_it, nicknames, pools
from synth.people import make_people
from synth.period import Period
from synth.recording import NOBODY
from synth.slips import half, latin_1, respelt, with_typos, without_accents


@pytest.mark.parametrize(
    ("as_a_man", "as_a_woman"),
    [("Kowalski", "Kowalska"), ("Nowicki", "Nowicka"), ("Zawadzki", "Zawadzka"), ("Nowak", "Nowak"), ("Smith", "Smith")],
)
def test_polish_surnames_for_women(as_a_man: str, as_a_woman: str) -> None:
    assert as_a_woman_bears_it(as_a_man) == as_a_woman


@pytest.mark.parametrize(
    ("name", "plain", "western"),
    [("Ciarán", "Ciaran", "Ciarán"), ("Łukasz", "Lukasz", "Lukasz"), ("Kamiński", "Kaminski", "Kaminski"), ("Jones", "Jones", "Jones")],
)
def test_letters_that_a_system_does_not_have(name: str, plain: str, western: str) -> None:
    assert (without_accents(name), latin_1(name)) == (plain, western)


def test_slips_of_the_keyboard_leave_the_first_letter() -> None:
    names = strings(["Robinson", "Kaur", "O'Brien", "Li"] * 50)
    changed = with_typos(stream(1, "typos"), names, share=1.0)
    assert all(new[0] == old[0] for new, old in zip(changed, names, strict=True))
    assert 150 > sum(new != old for new, old in zip(changed, names, strict=True)) > 100


@pytest.mark.parametrize(
    ("name", "others"), [("Mohammed", {"Muhammad", "Mohammad", "Mohamed", "Muhammed", "Mohamad"}), ("Zbigniew", {"Zbigniew"})]
)
def test_other_spellings(name: str, others: set[str]) -> None:
    rng = stream(1, "spellings")
    assert {respelt(rng)(name) for _ in range(100)} == others


def test_half_of_a_double_name() -> None:
    rng = stream(1, "halves")
    assert {half(rng)("Lane-Barnes") for _ in range(20)} == {"Lane", "Barnes"}


def test_every_community_has_names_for_all() -> None:
    for pool in pools().values():
        assert min(len(names) for names in (*pool.men, *pool.women, pool.surnames)) >= 15
        assert all(name == name.strip() and name for names in (*pool.men, *pool.women, pool.surnames) for name in names)
    assert "Tommy" in nicknames("Thomas") and nicknames("Zzz") == ()


def test_families() -> None:
    people = make_people(2, 4000, Period(date(2026, 9, 27), 1))
    twins = np.flatnonzero(people.is_twin)
    assert twins.size > 3
    assert (people.born[twins] == people.born[twins - 1]).all() and (people.forename[twins] != people.forename[twins - 1]).all()
    sons = people.is_child & (people.sex == "M")
    first = {int(h): i for i, h in reversed(list(enumerate(people.household)))}
    named_after = [i for i in np.flatnonzero(sons) if people.forename[i] == people.forename[first[int(people.household[i])]]]
    assert named_after
    pupils = people.upn[people.upn != ""]
    assert len(set(pupils)) == pupils.size > 400


def test_unknown_people_are_noted_as_such_and_others_by_what_is_on_file() -> None:
    people = make_people(2, 400, Period(date(2026, 9, 27), 1))
    person = np.array([NOBODY] * 20 + [7] * 200)
    noted = observe(stream(1, "notes"), people, person, np.full(220, np.datetime64("2026-01-01", "us")), POLICE)
    assert set(noted["surname"][:20]) <= {"", "UNKNOWN", "UNKNOWN MALE", "N/K"}
    assert set(noted["nominal_ref"][:20]) == {""}
    numbers = noted["nominal_ref"][20:].value_counts(sort=True)
    assert "" in numbers["nominal_ref"].head(3) and numbers.height >= 3  # none, the right one, a duplicate
    assert noted["surname"][20:].str.to_lowercase().mode()[0] == people.surname[7].lower()


def test_exclusions_begin_on_school_days() -> None:
    days = ["2025-08-05", "2025-12-25", "2026-03-14", "2026-03-17"]
    assert school_days(np.array(days, dtype="datetime64[D]")).astype(str).tolist() == [
        "2025-09-04",
        "2026-01-06",
        "2026-03-16",
        "2026-03-17",
    ]
