"""Whom a name written in a text may mean: people whose names, other forms of them, slips, initials or street names fit."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl
import pytest

from warehouse.people.agreement import Agreement
from warehouse.people.kept_fits import Fitted, fit_names, keyed
from warehouse.people.known_people import KnownPeople
from warehouse.people.name_fits import Name, fitter, sets_of_names
from warehouse.people.named_people import Named, named_people
from warehouse.people.signs import FORENAME_FITS, SURNAME_FITS

RECORDS = """
    person | given        | parts           | street
    anna   | anna maria   | kowalska        |
    anna   | anna         | kowalska        | tank
    ania   | ania         | kowalska        |
    adam   | a            | kowalski        |
    bob    | robert       | smith           | lil ghost
    rob    | robert bob   | cox smith, cox, smith |
    jan    | jan          | kovalska        | ghosty
    zed    | zed          |                 | ghost
    none   |              | smith           |
"""


def _drawn() -> tuple[list[str], KnownPeople]:
    rows = [[cell.strip() for cell in line.split("|")] for line in RECORDS.strip().splitlines()[1:]]
    people = list(dict.fromkeys(row[0] for row in rows))
    records = pl.DataFrame(
        {
            "source": ["incident_party"] * len(rows),
            "given_names": [row[1].split() for row in rows],
            "surname_parts": [[part.strip() for part in row[2].split(",") if part.strip()] for row in rows],
            "street_name": [row[3] or None for row in rows],
            "forename": [row[1] or None for row in rows],
            "surname_clean": [row[2].split(",")[0] or None for row in rows],
            "known_from": [datetime(2026, 1, 1)] * len(rows),
        }
    ).with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in ("district", "sex", "born")), pl.lit(None, pl.Int32).alias("born_year")
    )
    leaders = [[row[0] for row in rows].index(row[0]) for row in rows]
    return people, KnownPeople(records, leaders)


def _named(*names: Name) -> tuple[list[str], Named]:
    people, known = _drawn()
    sets, asked = sets_of_names(known), range(len(names))
    fitted, _ = fit_names(keyed(names, asked), sets, fitter(known, Agreement()), Fitted.nothing())
    return people, named_people(names, asked, known, sets, fitted)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        (("anna", "kowalska", None), {"anna": "whole, whole", "ania": "whole, nickname", "adam": "slip, initial in record"}),
        (("a", "kowalska", None), {"anna": "whole, whole", "ania": "whole, whole", "adam": "slip, whole"}),
        (("maria", "kowalskaa", None), {"anna": "slip to nobody's, whole"}),
        (("bob", "smith", None), {"bob": "whole, nickname", "rob": "whole, whole"}),
        (("robert", "smith jones", None), {"bob": "part, whole", "rob": "part, whole"}),
        (("jan", "kowalska", None), {"jan": "slip, whole"}),
        (("zed", "zed", None), {}),
        ((None, None, "ghost"), {"bob": "whole, street name alike", "jan": "whole, street name alike", "zed": "whole, whole"}),
        ((None, None, "spud"), {}),
    ],
)
def test_who_may_be_meant(name: Name, meant: dict[str, str]) -> None:
    people, named = _named(name)
    found = zip(named.person.tolist(), named.fits.surname.tolist(), named.fits.forename.tolist(), strict=True)
    assert {people[person]: f"{SURNAME_FITS[family]}, {FORENAME_FITS[first]}" for person, family, first in found} == meant


def test_how_usual_a_forename_is_and_whether_the_street_name_is_theirs() -> None:
    people, named = _named(("maria", "kowalska", None), ("anna", "kowalska", "tank"), ("bob", "smith", "tank"))
    told = zip(named.name.tolist(), named.person.tolist(), named.fits.usual.tolist(), named.fits.is_street_name_too.tolist(), strict=True)
    whole = {(name, people[person]): (usual, is_theirs) for name, person, usual, is_theirs in told}
    assert whole[0, "anna"] == (0.5, False)
    assert whole[1, "anna"] == (1.0, True)
    assert whole[2, "bob"] == (1.0, False)


def test_a_stranger_is_as_likely_as_people_bear_the_parts_of_the_name() -> None:
    _, named = _named(("robert", "smith", None), ("r", "smith", None), ("qadir", "zzyzx", None), (None, None, "tank"))
    # robert: 2 of 8 people, smith: 3; one record under the whole name
    assert named.strangers.bearers.tolist() == pytest.approx([2 * 3 / 8 + 0.75, 2 * 3 / 8 + 0.25, 0.25, 1.5])
    assert named.strangers.is_street_name.tolist() == [False, False, False, True]
    assert np.array_equal(named.find(np.array([0, 2]), np.array([3, 3])) >= 0, [True, False])


def test_what_was_held_against_one_another_is_not_again() -> None:
    _, known = _drawn()
    names: list[Name] = [("anna", "kowalska", None), ("bob", "smith", None), ("maria", "kowalskaa", None)]
    sets, fits, asked = sets_of_names(known), fitter(known, Agreement()), keyed(names, range(3))
    anew, _ = fit_names(asked, sets, fits, Fitted.nothing())
    new_name, new_set = asked["name_key"][2], sets.key[0]
    stood = anew.filter((pl.col("name_key") != new_name) & (pl.col("set_key") != new_set))
    before = Fitted(asked["name_key"][:2], sets.key[1:], stood)
    all_of_it, found = fit_names(asked, sets, fits, before)
    assert all_of_it.sort(pl.all()).equals(anew.sort(pl.all()))
    assert found.filter((pl.col("name_key") != new_name) & (pl.col("set_key") != new_set)).is_empty()
    assert fit_names(asked[:2], sets.among(np.arange(0)), fits, before)[1].is_empty()
