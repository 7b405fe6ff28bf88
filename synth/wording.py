"""Puts stories into words: which sentence, which names in it, and how each name is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from synth import names, slips
from synth.chance import Floats, Ints, Rng, Strings
from synth.people import People
from synth.places import HAUNTS, SITES, STREETS

SLOTS = ("a", "b", "c")
FORMS = ("full", "reversed", "nickname", "initial", "lower", "alias")
FORM_SHARES = (0.43, 0.30, 0.12, 0.05, 0.06, 0.04)
MISSPELT = 0.03
WITH_TAIL, WITH_MORE = 0.30, 0.14
HE = {"M": {"he": "he", "him": "him", "his": "his"}, "F": {"he": "she", "him": "her", "his": "her"}}


@dataclass(frozen=True)
class Named:
    """One person named in a text."""

    slot: str
    person: int
    form: str
    written: str


@cache
def phrases() -> dict[str, list[str]]:
    """The sentences by theme, and lists of what they can be about."""
    return tomllib.loads((files("synth") / "phrases.toml").read_text(encoding="utf-8"))


def one_of(values: list[str] | tuple[str, ...], draw: float) -> str:
    """The value that a number between 0 and 1 points at."""
    return values[min(int(draw * len(values)), len(values) - 1)]


class Writer:
    """Writes the report of one story after another. All random numbers are drawn beforehand, a row of them for each story."""

    def __init__(self, rng: Rng, people: People, stories: pl.DataFrame) -> None:
        size = stories.height
        self.people = people
        self.draws: Floats = rng.random((size, 12))
        self.name_draws: Floats = rng.random((size, len(SLOTS)))
        self.forms = np.searchsorted(np.cumsum(FORM_SHARES), rng.random((size, len(SLOTS))) * sum(FORM_SHARES)).clip(0, len(FORMS) - 1)
        when = stories["time"].to_numpy()
        self.last_names = {slot: self._surnames(rng, stories[slot].to_numpy(), when) for slot in SLOTS}
        self.schools = people.schools.name.tolist()

    def _surnames(self, rng: Rng, person: Ints, when: np.ndarray) -> Strings:
        """Surnames as known to a system that has no Polish letters, a few of them misspelt."""
        last = self.people.surname_on(np.maximum(person, 0), when)
        last = slips.with_typos(rng, last, MISSPELT)
        return slips.each(last, slips.latin_1)

    def text(self, row: int, theme: str, who: dict[str, int]) -> tuple[str, list[Named]]:
        """The text of a report, and everyone named in it in that order."""
        draw, present = self.draws[row], {slot: person for slot, person in who.items() if person >= 0}
        options = [p for p in phrases()[theme] if all(slot in present for slot in SLOTS if "{" + slot + "}" in p)]
        template = one_of(options, draw[7])
        slots = sorted((slot for slot in present if "{" + slot + "}" in template), key=lambda slot: template.index("{" + slot + "}"))
        named = [Named(slot, present[slot], *self.name(row, slot, present[slot])) for slot in slots]
        text = template.format(
            **self.fillings(row), **self.pronouns(present), **{n.slot: _in_words(n, self.people.sex[n.person]) for n in named}
        )
        if named and named[0].form == "lower" and text.startswith(named[0].written):
            return text + self.more(row, present, slots), named
        return text[0].upper() + text[1:] + self.more(row, present, slots), named

    def more(self, row: int, present: dict[str, int], slots: list[str]) -> str:
        """Some reports end with a word on the source, some with one on the first person."""
        draw = float(self.draws[row, 8])
        if draw < WITH_TAIL:
            return " " + one_of(phrases()["tail"], draw / WITH_TAIL).format(**self.fillings(row))
        if draw > 1 - WITH_MORE and "a" in slots:
            sentence = one_of(phrases()["about_a"], (draw - 1 + WITH_MORE) / WITH_MORE).format(
                **self.fillings(row), **self.pronouns(present)
            )
            return ("\n" if draw > 0.985 else " ") + sentence[0].upper() + sentence[1:]
        return ""

    def fillings(self, row: int) -> dict[str, str]:
        """Places, times, vehicles and causes."""
        draw, told = self.draws[row], phrases()
        fill = {
            "haunt": one_of(HAUNTS, draw[0]),
            "street": one_of(STREETS, draw[1]),
            "site": one_of(SITES, draw[2]),
            "when": one_of(told["when"], draw[3]),
            "car": one_of(told["car"], draw[4]),
            "school": one_of(self.schools, draw[5]),
        }
        return fill | {"cause": one_of(told["cause"], draw[6]).format(**fill)}

    def pronouns(self, present: dict[str, int]) -> dict[str, str]:
        """he_a, him_a, his_a and the same for others."""
        return {f"{word}_{slot}": right for slot, person in present.items() for word, right in HE[self.people.sex[person]].items()}

    def name(self, row: int, slot: str, person: int) -> tuple[str, str]:
        """(form, as written) of a person's name."""
        place = SLOTS.index(slot)
        form, draw = FORMS[self.forms[row, place]], float(self.name_draws[row, place])
        first, last, alias = slips.latin_1(self.people.forename[person]), self.last_names[slot][row], self.people.alias[person]
        short = names.nicknames(self.people.forename[person])
        if form == "alias" and alias:
            return form, alias
        if form == "nickname" and short:
            return form, f"{one_of(short, draw)} {last.upper() if draw < 0.3 else last}"
        if form == "initial":
            return form, f"{first[0]}. {last}" if draw < 0.6 else f"{first[0]} {last.upper()}"
        if form == "lower":
            return form, f"{first} {last}".lower()
        if form == "reversed":
            return form, f"{last.upper()}, {first}" if draw < 0.4 else f"{last.upper()} {first}"
        return "full", f"{first} {last.upper()}" if draw < 0.5 else f"{first} {last}"


def _in_words(named: Named, sex: str) -> str:
    """A street name is introduced as such."""
    if named.form != "alias":
        return named.written
    return f'a {"male" if sex == "M" else "female"} known as "{named.written}"'
