"""Whom mentions mean: the people whose names fit, weighed by who is named with them, where and how old they are, and when they were heard of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.known_people import SEXES, main_of
from warehouse.people.rows_of import Numbers, RowsOf, place_of
from warehouse.people.said_in_text import YOUNGEST
from warehouse.people.signs import NOT_TOLD, SCHOOLS, Told, shares_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from warehouse.people.known_people import KnownPeople
    from warehouse.people.named_people import Named
    from warehouse.people.said_in_text import Said
    from warehouse.people.signs import Weights
    from warehouse.people.together import InTexts, Together

AGE_WITHIN_YEARS = 2
SCHOOL_AGES = (4, 19)
LEAST_SHARE = 0.02
AT_ONCE = 500_000
FAR = 2**40


@dataclass(frozen=True)
class Mentions:
    """Mentions 0..n-1: the name (a number) and the report of each, its year, day and number as a context; what is said beside the name, of some."""

    name: Numbers
    report: Numbers
    year: Numbers
    day: Numbers
    context: Numbers
    said: Mapping[int, Said]


@dataclass(frozen=True)
class Present:
    """People who have to do with mentions, as (mention's place in a batch, person) in the order of places."""

    place: Numbers
    person: Numbers

    @classmethod
    def of(cls, place: Numbers, person: Numbers) -> Present:
        """In whatever order they come."""
        order = np.lexsort((person, place))
        return cls(place[order], person[order])

    @classmethod
    def nobody(cls) -> Present:
        """Nobody at all."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True)
class Setting:
    """Where the mentions of a batch stand, beside the batch itself: `company` are the people certainly in the report, `recorded` those who have
    a record in it, `found` those whom it was found to mention in an earlier round, `ruled_out` those whom a mention was judged not to mean."""

    company: Present
    recorded: Present
    found: Present
    ruled_out: Present


@dataclass(frozen=True)
class Candidates:
    """Who may be meant: for each the place of the mention in its batch, the person, and the row of name and person (-1: weighed apart), in order."""

    place: Numbers
    person: Numbers
    row: Numbers


@dataclass(frozen=True)
class Shares:
    """Who is likely meant, likeliest first: the mention's place in its batch, the person, how likely; what is missing to 1 is a stranger's."""

    place: Numbers
    person: Numbers
    share: NDArray[np.float64]


class Weigher:
    """Weighs whom mentions may mean, many at once."""

    def __init__(self, people: KnownPeople, named: Named, together: Together, weights: Weights) -> None:
        self._people = people
        self.named = named
        self._together = together
        self._weights = weights
        self._of_people = weights.of_people(named.fits)
        self._strangers = weights.of_strangers(named.strangers)

    def batches(self, mentions: Mentions, wanted: Numbers) -> Iterator[Numbers]:
        """The mentions in parts that have about as many candidates as are weighed at once."""
        if wanted.size:
            counted = np.cumsum(self.named.rows.counts(mentions.name[wanted])) // AT_ONCE
            yield from np.split(wanted, np.flatnonzero(np.diff(counted)) + 1)

    def weigh(self, mentions: Mentions, batch: Numbers, setting: Setting, in_texts: InTexts) -> Shares:
        """Whom the mentions of a batch may mean."""
        candidates = self.candidates(mentions, batch, setting)
        told = self.told(mentions, batch, setting, in_texts, candidates)
        scores = self._weights.with_report(self._of_people[candidates.row], told)
        share = shares_of(scores, candidates.place, self._strangers[mentions.name[batch]])
        likely = np.flatnonzero(share >= LEAST_SHARE)
        order = likely[np.lexsort((candidates.person[likely], -share[likely], candidates.place[likely]))]
        return Shares(candidates.place[order], candidates.person[order], share[order])

    def candidates(self, mentions: Mentions, batch: Numbers, setting: Setting) -> Candidates:
        """Everybody whom the names may mean who is not in the report anyway, nor ruled out."""
        place, row = self.named.rows.spread(mentions.name[batch])
        person = self.named.person[row]
        able = np.ones(place.size, np.bool_)
        for others in (setting.company, setting.recorded, setting.ruled_out):
            found = self._find(others, place, person)
            able[found[found >= 0]] = False
        return Candidates(place[able], person[able], row[able])

    def _find(self, wanted: Present, place: Numbers, person: Numbers) -> Numbers:
        return place_of(wanted.place * self._people.size + wanted.person, place * self._people.size + person)

    def touched_by_texts(self, mentions: Mentions, batch: Numbers, setting: Setting, in_texts: InTexts) -> NDArray[np.bool_]:
        """Which mentions may mean somebody whom other texts name together with the people of this one."""
        place, row = self.named.rows.spread(mentions.name[batch])
        times = self._times_in_texts(batch, setting, in_texts, Candidates(place, self.named.person[row], row))
        touched = np.zeros(batch.size, np.bool_)
        touched[place[times != 0]] = True
        return touched

    def told(self, mentions: Mentions, batch: Numbers, setting: Setting, in_texts: InTexts, candidates: Candidates) -> Told:
        """What is known of the candidates that has to do with the report."""
        people, place, person = self._people, candidates.place, candidates.person
        company = RowsOf.of(setting.company.place, batch.size)
        times, since = self._times(mentions, batch, setting, candidates)
        times += self._times_in_texts(batch, setting, in_texts, candidates)
        days_30, days_180 = self._heard_of(person, mentions.day[batch][place])
        area = main_of(setting.company.place, people.district[setting.company.person], batch.size)[place]
        theirs = people.district[person]
        is_said_age, is_said_sex, school = self._said(mentions, batch, candidates)
        return Told(
            days_30,
            days_180,
            company.counts(place) > 0,
            np.clip(times, 0, 2),
            np.where(since < FAR, since, NOT_TOLD),
            np.where((area >= 0) & (theirs >= 0), area == theirs, NOT_TOLD).astype(np.int8),
            self._age_level(setting.company, batch.size, candidates),
            is_said_age,
            is_said_sex,
            school,
        )

    def _times(self, mentions: Mentions, batch: Numbers, setting: Setting, candidates: Candidates) -> tuple[Numbers, Numbers]:
        """How often records name each candidate together with the others of the report, and how far in days the nearest of these lies."""
        together = self._together
        which, row = together.rows.spread(setting.company.person)
        place = setting.company.place[which]
        at = self._find(Present(place, together.other[row]), candidates.place, candidates.person)
        met = np.flatnonzero(at >= 0)
        at, place, row = at[met], place[met], row[met]
        times = np.bincount(at, minlength=candidates.place.size)
        elsewhere = together.context[row] != mentions.context[batch][place]
        since = np.full(candidates.place.size, FAR)
        days = np.abs(together.day[row] - mentions.day[batch][place])
        np.minimum.at(since, at[elsewhere], days[elsewhere])
        return times, since

    def _times_in_texts(self, batch: Numbers, setting: Setting, in_texts: InTexts, candidates: Candidates) -> Numbers:
        """How often other texts do."""
        company = setting.company
        which, row = in_texts.rows.spread(company.person)
        at = self._find(Present(company.place[which], in_texts.other[row]), candidates.place, candidates.person)
        met = at >= 0
        times = np.bincount(at[met], in_texts.times[row][met], minlength=candidates.place.size).astype(np.int64)
        here = self._find(setting.found, candidates.place, candidates.person)
        here = here[here >= 0]
        times[here] -= RowsOf.of(company.place, batch.size).counts(candidates.place[here])
        return times

    def _heard_of(self, person: Numbers, day: Numbers) -> tuple[Numbers, Numbers]:
        """How many of each person's records became known within 30 and 180 days of a day."""
        within_30, within_180 = np.zeros(person.size, np.int64), np.zeros(person.size, np.int64)
        at, last = self._people.days_of.starts[person], self._people.days_of.starts[person + 1]
        rows = np.arange(person.size)
        while rows.size:
            apart = np.abs(self._people.days[at[rows]] - day[rows])
            within_30[rows] += apart <= 30
            within_180[rows] += apart <= 180
            at[rows] += 1
            rows = rows[at[rows] < last[rows]]
        return within_30, within_180

    def _age_level(self, company: Present, size: int, candidates: Candidates) -> NDArray[np.int8]:
        """2 within five years of the age of one of the others, 1 within ten, 0 of another age."""
        year = self._people.year
        told = year[company.person] >= 0
        others = RowsOf.of(company.place[told], size)
        years = year[company.person[told]]
        at, last = others.starts[candidates.place], others.starts[candidates.place + 1]
        rows = np.flatnonzero((year[candidates.person] >= 0) & (at < last))
        gap = np.full(candidates.place.size, FAR)
        level = np.full(candidates.place.size, NOT_TOLD, np.int8)
        known = rows
        while rows.size:
            gap[rows] = np.minimum(gap[rows], np.abs(year[candidates.person[rows]] - years[at[rows]]))
            at[rows] += 1
            rows = rows[at[rows] < last[rows]]
        level[known] = (gap[known] <= 10).astype(np.int8) + (gap[known] <= 5)
        return level

    def _said(
        self, mentions: Mentions, batch: Numbers, candidates: Candidates
    ) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int8]]:
        """Whether candidates are of the age, of the sex, and of the school, that the text says."""
        is_said_age = np.full(candidates.place.size, NOT_TOLD, np.int8)
        is_said_sex = is_said_age.copy()
        school = np.zeros(candidates.place.size, np.int8)
        rows = RowsOf.of(candidates.place, batch.size).starts
        for place, mention in enumerate(batch.tolist()):
            said = mentions.said.get(mention)
            if said is None or rows[place] == rows[place + 1]:
                continue
            of = slice(rows[place], rows[place + 1])
            person, year = candidates.person[of], int(mentions.year[mention])
            is_said_age[of] = _is_said_age(self._people.born_year[person], said, year)
            if len(said.sexes) == 1:
                sex = self._people.sex[person]
                is_said_sex[of] = np.where(sex >= 0, sex == SEXES[said.sexes[0]], NOT_TOLD)
            if said.schools:
                school[of] = self._school(person, said, year)
        return is_said_age, is_said_sex, school

    def _school(self, person: Numbers, said: Said, year: int) -> list[int]:
        found = []
        for one, born in zip(person.tolist(), self._people.born_year[person].tolist(), strict=True):
            schools = self._people.schools.get(one)
            if schools:
                found.append(SCHOOLS.index("another" if schools.isdisjoint(said.schools) else "the same"))
            else:
                is_too_old = born >= 0 and not SCHOOL_AGES[0] <= year - born <= SCHOOL_AGES[1]
                found.append(SCHOOLS.index("too old" if is_too_old else "not said"))
        return found


def _is_said_age(born: Numbers, said: Said, year: int) -> NDArray[np.int8]:
    births = [birth for birth in said.births if year - birth >= YOUNGEST]  # a later date beside a name is that of an event
    if births:
        fits = np.isin(born, births)
    elif said.ages:
        fits = np.abs((year - born)[:, None] - np.array(said.ages)).min(axis=1) <= AGE_WITHIN_YEARS
    else:
        return np.full(born.size, NOT_TOLD, np.int8)
    return np.where(born >= 0, fits, NOT_TOLD).astype(np.int8)
