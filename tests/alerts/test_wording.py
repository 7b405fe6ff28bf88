"""The words of the list: chances, dates, kinds, severity."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import warehouse
from alerts import selection
from alerts.english import counted, short_day
from alerts.render.wording import KINDS, band, chance, clipped, kind_words, percent


@pytest.mark.parametrize(
    ("score", "words", "figure"),
    [
        (0.0004, "less than 1 in 1,000", "0.0%"),
        (0.0049, "about 1 in 200", "0.5%"),
        (0.021, "about 1 in 50", "2.1%"),
        (0.098, "about 1 in 10", "9.8%"),
        (0.171, "about 1 in 6", "17%"),
        (0.34, "about 1 in 3", "34%"),
        (0.41, "about 2 in 5", "41%"),
        (0.52, "about 1 in 2", "52%"),
        (0.68, "about 2 in 3", "68%"),
        (0.93, "about 19 in 20", "93%"),
        (0.99, "more than 19 in 20", "99%"),
    ],
)
def test_a_chance_in_words_and_as_a_figure(score: float, words: str, figure: str) -> None:
    assert (chance(score), percent(score)) == (words, figure)


def test_every_kind_of_event_that_the_warehouse_knows_has_its_letter_and_words() -> None:
    codes = Path(str(warehouse.__file__)).parent / "codes" / "event_kinds.csv"
    with codes.open(encoding="utf-8") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert kinds - set(KINDS) == set()


@pytest.mark.parametrize(
    ("kinds", "words"),
    [(["threat"], "Threat"), (["reported_weapon", "reported_threat"], "A weapon; threats"), (["an_unlisted_one"], "An unlisted one")],
)
def test_kinds_in_words(kinds: list[str], words: str) -> None:
    assert kind_words(kinds) == words


@pytest.mark.parametrize(("weight", "name"), [(0, "none"), (13.5, "low"), (36.1, "medium"), (189.2, "high"), (2034.7, "very high")])
def test_severity_bands(weight: float, name: str) -> None:
    assert band(weight) == name


def test_days_counts_and_long_texts() -> None:
    assert short_day(date(2026, 5, 3)) == "3 May 26"
    assert [counted(number, "event") for number in (0, 1, 2)] == ["no events", "1 event", "2 events"]
    assert clipped("one  two\nthree", 8) == "one two …"


def test_the_page_explains_each_status_by_the_rule_that_sets_it() -> None:
    rule = (selection.NEW_AGAIN_DAYS, selection.CHANGE_DAYS, selection.ESCALATING, selection.COOLING)
    assert rule == (56, 28, 1.25, 0.8), "say the new rule in alerts/templates/reading.html.j2, then here"
