"""Who a mention means: the people whose names fit it, weighed by who is named with them, where and how old they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of
from warehouse.people.mentions import surname_alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.people.agreement import Agreement
    from warehouse.people.company import Company
    from warehouse.people.mentions import Mention
    from warehouse.people.names_in_text import WrittenName

# How well parts of a name fit, as shares of how often a person is called so: judgements.
WHOLE, PART_OF_SURNAME, NICKNAME, INITIAL, INITIAL_IN_RECORD, SLIP = 1.0, 0.5, 0.3, 0.5, 0.1, 0.03
STREET_NAME_FITS = 20.0
AGE_FITS, AGE_MISSES, AGE_WITHIN_YEARS = 5.0, 0.05, 2
SCHOOL_FITS, SCHOOL_MISSES, SCHOOL_AGES = 10.0, 0.3, range(4, 20)
# The share of names in texts that are of people with no record of their own.
STRANGERS = 0.1
LEAST_SHARE = 0.02
# Someone with twice the records is mentioned more often, though not twice as often.
PROMINENCE = 0.75


@dataclass(slots=True)
class Known:
    """A person as records know them."""

    person: int
    names: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    given_names: set[str] = field(default_factory=set)
    surname_parts: set[str] = field(default_factory=set)
    street_names: set[str] = field(default_factory=set)
    birth_years: Counter[int] = field(default_factory=Counter)
    contexts: set[str] = field(default_factory=set)
    schools: set[str] = field(default_factory=set)
    records: int = 0

    def main_birth_year(self) -> list[int]:
        """The birth year of most records, if any has one."""
        return [min(self.birth_years, key=lambda year: (-self.birth_years[year], year))] if self.birth_years else []


@dataclass(frozen=True)
class Setting:
    """Where a mention stands: the report, the people certainly in it, the year, and whom it was
    found to mention in an earlier round."""

    report_id: str
    people: frozenset[int]
    year: int
    mentioned: frozenset[int]


class People:
    """All known persons, by how a text may name them."""

    def __init__(self, known: Iterable[Known], agreement: Agreement, company: Company) -> None:
        self.known = {person.person: person for person in known}
        self.agreement = agreement
        self.company = company
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._fits: dict[tuple[str | None, str | None, str | None], dict[int, float]] = {}
        self._bearers: Counter[str] = Counter()
        self._records = sum(person.records for person in self.known.values())
        for person in self.known.values():
            self._bearers.update({f"forename {name}" for name in _forenames(person)} | {f"surname {part}" for part in person.surname_parts})
            self._bearers.update(
                {f"forename {name[0]}." for name in _forenames(person)} | {f"{forename} {surname}" for forename, surname in person.names}
            )
            for key in _index_keys(person):
                self._by_name[key].add(person.person)
            for street_name in person.street_names:
                self._by_name[f"street {street_name}"].add(person.person)

    def stranger(self, name: WrittenName) -> float:
        """The odds of someone without a record bearing this name, in records: by how many people that we know bear its parts, and all of it."""
        people = max(len(self.known), 1)
        if not name.forename or not name.surname:
            share = 1 / people
        else:
            initial = len(name.forename) == 1
            forename = self._bearers[f"forename {name.forename}" + ("." if initial else "")]
            whole = self._bearers[f"{name.forename} {name.surname}"]
            share = (forename / people) * (self._bearers[f"surname {name.surname}"] / people) + 0.5 * (whole + 0.5) / people
        return STRANGERS * self._records * share

    def named(self, name: WrittenName) -> dict[int, float]:
        """The people whom a name may mean, with how well it fits, 0 to 1."""
        key = (name.forename, name.surname, name.street_name)
        fits = self._fits.get(key)
        if fits is None:
            fits = self._fits[key] = self._find(name)
        return fits

    def _find(self, name: WrittenName) -> dict[int, float]:
        if name.surname is None or name.forename is None:
            return dict.fromkeys(self._by_name.get(f"street {name.street_name}", ()), 1.0)
        family = name.surname
        keys = {key for part in {family, *family.split()} for key in _keys(name.forename, part)}
        reached = {person for key in keys for person in self._by_name.get(key, ())}
        fits = {person: self._fit(name.forename, family, self.known[person]) for person in sorted(reached)}
        if name.street_name:
            fits = {p: fit * (STREET_NAME_FITS if name.street_name in self.known[p].street_names else 1.0) for p, fit in fits.items()}
        return {person: fit for person, fit in fits.items() if fit > 0}

    def _fit(self, forename: str, surname: str, person: Known) -> float:
        by_surname = self._surname_fit(surname, person)
        return by_surname and by_surname * max((self._forename_fit(forename, given) for given in _forenames(person)), default=0.0)

    def _surname_fit(self, surname: str, person: Known) -> float:
        if surname in person.surname_parts:
            return WHOLE
        if any(part in person.surname_parts for part in surname.split()):
            return PART_OF_SURNAME
        return SLIP if any(surname_alike(surname, part) for part in person.surname_parts) else 0.0

    def _forename_fit(self, written: str, given: str) -> float:
        if written == given:
            return WHOLE
        if len(written) == 1:
            return INITIAL if given[0] == written else 0.0
        if len(given) == 1:
            return INITIAL_IN_RECORD if given == written[0] else 0.0
        if roots_of(written) & roots_of(given) or self.agreement.is_learned(written, given):
            return NICKNAME
        return SLIP if self.agreement.of_forenames(written, given) else 0.0


def _index_keys(person: Known) -> set[str]:
    return {key for forename in _forenames(person) for part in person.surname_parts for key in _keys(forename, part)}


def _forenames(person: Known) -> set[str]:
    return {forename for forename, _ in person.names if forename} | person.given_names


def _keys(forename: str, surname: str) -> list[str]:
    """What two spellings of one name are likely to share: the surname or its sound with the forename's first letter or a form of it."""
    families = (surname, f"sound {sound(surname.replace(' ', ''))}")
    begins = (forename[0], *(f"root {root}" for root in roots_of(forename)))
    return [f"{family} {begin}" for family in families for begin in begins] + [
        f"begins {forename} {surname[:2]}",
        f"ends {forename} {surname[-3:]}",
    ]


def weigh(people: People, mention: Mention, setting: Setting, ruled_out: frozenset[int] = frozenset()) -> list[tuple[float, int]]:
    """Who the mention may mean, likeliest first, with the share of the odds; what is missing to 1 is a stranger's."""
    companions = sorted(setting.people)
    odds = {}
    for person, fit in people.named(mention.name).items():
        known = people.known[person]
        if person not in ruled_out and person not in setting.people and setting.report_id not in known.contexts:
            told = people.company.told(companions, person, is_met_here=person in setting.mentioned)
            said = _age_says(known, mention, setting.year) * _school_says(known, mention, setting.year)
            odds[person] = fit * known.records**PROMINENCE * people.company.weight(told, is_reported=True) * said
    total = people.stranger(mention.name) + sum(odds.values())
    shares = sorted(((value / total, person) for person, value in odds.items()), key=lambda share: (-share[0], share[1]))
    return [share for share in shares if share[0] >= LEAST_SHARE]


def _age_says(person: Known, mention: Mention, year: int) -> float:
    if not mention.ages:
        return 1.0
    fits = [min(abs(year - born - age) for age in mention.ages) <= AGE_WITHIN_YEARS for born in person.main_birth_year()]
    return (AGE_FITS if fits[0] else AGE_MISSES) if fits else 1.0


def _school_says(person: Known, mention: Mention, year: int) -> float:
    if not mention.schools:
        return 1.0
    if person.schools:
        return SCHOOL_FITS if person.schools.intersection(mention.schools) else SCHOOL_MISSES
    return AGE_MISSES if any(year - born not in SCHOOL_AGES for born in person.main_birth_year()) else 1.0
