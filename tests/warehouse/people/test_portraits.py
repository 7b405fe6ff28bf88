"""What many groups say, in columns: the same as one group after the other, and who of them contradict each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from warehouse.people.agreement import Agreement
from warehouse.people.contradictions import REASONS, contradiction
from warehouse.people.groups import portray
from warehouse.people.link_list import Links
from warehouse.people.portraits import Portraits, are_births_agreed
from warehouse.people.roll import Traits, roll_of

NOBODY = Traits(None, None, (), None, None, None, None, None, False, False)
GROUPS = 4
words = some.sampled_from(["adam", "ad", "a", "oliver", "muhammad", "ali", "lee", "leigh", "li"])
births = some.sampled_from(["2001-02-03", "2001-03-02", "2001-01-01", "2010-02-03", "1970-06-09", "2001-02-13"])
record = some.builds(
    lambda context, names, surname, born, upn, district: replace(
        NOBODY,
        context=context,
        first_name=names[0] if names else None,
        given_names=names,
        surname=surname,
        born=born,
        upn=upn,
        district=district,
    ),
    some.none() | some.sampled_from(["I1", "I2", "I3", "I4", "I5", "I6"]),
    some.lists(words, max_size=2).map(tuple),
    some.none() | words,
    some.none() | births,
    some.none() | some.none() | some.sampled_from(["U1", "U2"]),
    some.none() | some.sampled_from(["E3", "E1", "E2"]),
)
grouped = some.lists(some.tuples(some.integers(0, GROUPS - 1), record), min_size=1, max_size=12)
agreements = some.sampled_from([Agreement(), Agreement(frozenset({("adam", "oliver")})), Agreement(slips=frozenset({"birth"}))])


def _portraits(records: list[tuple[int, Traits]]) -> Portraits:
    roll = roll_of([one for _, one in records], Links.of([]))
    roll.fetch(np.ones(roll.size, bool))
    return Portraits(roll, np.arange(roll.size), np.array([owner for owner, _ in records]), GROUPS)


@given(grouped, agreements)
def test_in_columns_groups_contradict_as_one_by_one(records: list[tuple[int, Traits]], agreement: Agreement) -> None:
    one_by_one = [portray([one for owner, one in records if owner == group]) for group in range(GROUPS)]
    one, two = (ends.ravel() for ends in np.meshgrid(np.arange(GROUPS), np.arange(GROUPS)))
    found = _portraits(records).contradictions(one, two, agreement)
    pairs = zip(one.tolist(), two.tolist(), strict=True)
    assert [REASONS[why] for why in found.tolist()] == [contradiction(one_by_one[a], one_by_one[b], agreement) for a, b in pairs]


@given(grouped, agreements)
def test_of_who_is_harmless_no_records_contradict_however_they_are_put_together(
    records: list[tuple[int, Traits]], agreement: Agreement
) -> None:
    for group in np.flatnonzero(_portraits(records).harmless(agreement)).tolist():
        theirs = [one for owner, one in records if owner == group]
        for first in range(1, len(theirs)):
            assert contradiction(portray(theirs[:first]), portray(theirs[first:]), agreement) is None
            assert contradiction(portray(theirs[:first]), portray(theirs[first : first + 1]), agreement) is None


@pytest.mark.parametrize(
    ("districts", "births", "district", "year"),
    [
        ([], [], None, -1),
        (["E2", "E2", "E1"], ["2001-02-03"], "E2", 2001),
        (["E2", "E1", None], ["2002-02-03", "2001-12-31"], "E1", 2001),
    ],
    ids=["nothing said", "most say so", "of equally many the first"],
)
def test_where_and_when_most_records_place_somebody(
    districts: list[str | None], births: list[str], district: str | None, year: int
) -> None:
    said = [replace(NOBODY, district=one) for one in districts] + [replace(NOBODY, born=one) for one in births]
    found = _portraits([(1, one) for one in said] + [(0, replace(NOBODY, district="E9"))])
    words = [*found._roll.words.words, None]
    assert (words[found.main_district[1]], found.main_birth_year[1]) == (district, year)


@given(some.lists(some.dates(), min_size=2, max_size=2))
def test_births_agree_by_number_as_they_do_as_written(dates: list[object]) -> None:
    records = [(0, replace(NOBODY, born=str(dates[0]))), (1, replace(NOBODY, born=str(dates[1])))]
    x, y = (np.array([int(str(one).replace("-", ""))]) for one in dates)
    apart = contradiction(portray([records[0][1]]), portray([records[1][1]]), Agreement())
    assert are_births_agreed(x, y).tolist() == [apart is None]
