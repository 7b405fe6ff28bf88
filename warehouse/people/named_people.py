"""Everybody on record, by how a text may name them: names as records write them, other forms of them, slips, initials, street names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warehouse.people.cleaning import sound
from warehouse.people.forenames import roots_of
from warehouse.people.mentions import surname_alike
from warehouse.people.signs import NameFit, Stranger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.people.company import Company
    from warehouse.people.mentions import NamedRecord
    from warehouse.people.signs import Weights
    from warehouse.people.written_names import WrittenName

BEFORE_STREET_NAME = frozenset(("lil", "little", "big", "young", "yung", "yg", "the"))
FORENAME_FITS = ("whole", "nickname", "initial in record", "slip")


@dataclass(slots=True)
class Known:
    """A person as records know them; `days` are those on which they became known, sorted."""

    person: int
    names: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    given_names: Counter[str] = field(default_factory=Counter)
    surname_parts: Counter[str] = field(default_factory=Counter)
    street_names: Counter[str] = field(default_factory=Counter)
    birth_years: Counter[int] = field(default_factory=Counter)
    contexts: dict[str, int] = field(default_factory=dict)
    schools: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    records: int = 0
    reports: int = 0

    def main_birth_year(self) -> list[int]:
        """The birth year of most records, if any has one."""
        return [min(self.birth_years, key=lambda year: (-self.birth_years[year], year))] if self.birth_years else []

    def without(self, record: NamedRecord) -> Known:
        """The person as known without one record, their own in the report that is read."""
        names = Counter(self.names)
        names[record.forename, record.surname] -= 1
        return replace(
            self,
            names=+names,
            given_names=self.given_names - Counter(set(record.given_names)),
            surname_parts=self.surname_parts - Counter({part for part in record.surname_parts if part}),
            street_names=self.street_names - Counter([record.street_name] if record.street_name else []),
            records=self.records - 1,
            reports=self.reports - 1,
        )


class People:
    """All known persons, by how a text may name them."""

    def __init__(self, known: Iterable[Known], company: Company, weights: Weights) -> None:
        self.known = {person.person: person for person in known}
        self.company = company
        self.weights = weights
        self._agreement = company.agreement
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._fits: dict[tuple[str | None, str | None, str | None], dict[int, NameFit]] = {}
        self._forename_pairs: dict[tuple[str, str], str | None] = {}
        self._bearers: Counter[str] = Counter()
        for person in self.known.values():
            self._bearers.update({f"forename {name}" for name in person.given_names} | {f"surname {part}" for part in person.surname_parts})
            self._bearers.update(
                {f"forename {name[0]}." for name in person.given_names} | {f"{forename} {surname}" for forename, surname in person.names}
            )
            for key in _index_keys(person):
                self._by_name[key].add(person.person)
            for street_name in person.street_names:
                self._add_street_name(person.person, street_name)

    def learn_street_name(self, person: int, street_name: str) -> None:
        """A text gives a person's name and street name together: from now on the street name may mean them."""
        if street_name not in self.known[person].street_names:
            self.known[person].street_names[street_name] += 1
            self._add_street_name(person, street_name)
            self._fits.clear()

    def _add_street_name(self, person: int, street_name: str) -> None:
        self._bearers[f"street {street_name}"] += 1
        for key in _street_keys(street_name):
            self._by_name[key].add(person)

    def stranger(self, name: WrittenName) -> Stranger:
        """How many people without a record may bear this name: by how many people that we know bear its parts, and all of it."""
        people = max(len(self.known), 1)
        if not name.forename or not name.surname:
            return Stranger(self._bearers[f"street {name.street_name}"] + 0.5, is_street_name=True)
        initial = len(name.forename) == 1
        forename = self._bearers[f"forename {name.forename}" + ("." if initial else "")]
        whole = self._bearers[f"{name.forename} {name.surname}"]
        return Stranger(forename * self._bearers[f"surname {name.surname}"] / people + 0.5 * (whole + 0.5))

    def named(self, name: WrittenName) -> dict[int, NameFit]:
        """The people whom a name may mean, with how it fits each."""
        key = (name.forename, name.surname, name.street_name)
        fits = self._fits.get(key)
        if fits is None:
            found = {person: self.fit(name, self.known[person]) for person in sorted(self._reached(name))}
            fits = self._fits[key] = {person: fit for person, fit in found.items() if fit}
        return fits

    def _reached(self, name: WrittenName) -> set[int]:
        if name.surname is None or name.forename is None:
            keys = _street_keys(name.street_name or "")
        else:
            keys = [key for part in {name.surname, *name.surname.split()} for key in _keys(name.forename, part)]
        return {person for key in keys for person in self._by_name.get(key, ())}

    def fit(self, name: WrittenName, person: Known) -> NameFit | None:
        """How a name fits a person; None if it does not."""
        is_theirs = name.street_name in person.street_names
        if name.surname is None or name.forename is None:
            return NameFit(forename="whole" if is_theirs else "street name alike") if person.street_names else None
        surname = self._surname_fit(name.surname, person)
        forename = self._forename_fit(name.forename, person) if surname else None
        if not surname or not forename:
            return None
        usual = person.given_names[name.forename] / max(person.records, 1) if forename == "whole" and len(name.forename) > 1 else 1.0
        return NameFit(surname, forename, min(usual, 1.0), bool(name.street_name) and is_theirs)

    def _surname_fit(self, surname: str, person: Known) -> str | None:
        if surname in person.surname_parts:
            return "whole"
        if any(part in person.surname_parts for part in surname.split()):
            return "part"
        if any(surname_alike(surname, part) for part in person.surname_parts):
            return "slip" if self._bearers[f"surname {surname}"] else "slip to nobody's"
        return None

    def _forename_fit(self, written: str, person: Known) -> str | None:
        fits = {self._forenames_fit_once(written, given) for given in person.given_names}
        return next((fit for fit in FORENAME_FITS if fit in fits), None)

    def _forenames_fit_once(self, written: str, given: str) -> str | None:
        pair = (written, given)
        if pair not in self._forename_pairs:
            self._forename_pairs[pair] = self._forenames_fit(written, given)
        return self._forename_pairs[pair]

    def _forenames_fit(self, written: str, given: str) -> str | None:
        if written == given or (len(written) == 1 and given[0] == written):
            return "whole"
        if len(given) == 1:
            return "initial in record" if given == written[0] else None
        if len(written) == 1:
            return None
        if roots_of(written) & roots_of(given) or self._agreement.is_learned(written, given):
            return "nickname"
        return "slip" if self._agreement.of_forenames(written, given) else None


def _index_keys(person: Known) -> set[str]:
    return {key for forename in person.given_names for part in person.surname_parts for key in _keys(forename, part)}


def _keys(forename: str, surname: str) -> list[str]:
    """What two spellings of one name are likely to share: the surname or its sound with the forename's first letter or a form of it."""
    families = (surname, f"sound {sound(surname.replace(' ', ''))}")
    begins = (forename[0], *(f"root {root}" for root in roots_of(forename)))
    return [f"{family} {begin}" for family in families for begin in begins] + [
        f"begins {forename} {surname[:2]}",
        f"ends {forename} {surname[-3:]}",
    ]


def _street_keys(street_name: str) -> list[str]:
    """A street name as it is, and by its sound without what often stands before it: Lil Ghost, Ghost and Ghosty are alike."""
    words = [word for word in street_name.split() if word not in BEFORE_STREET_NAME] or street_name.split()
    return [f"street {street_name}", f"street sound {sound(''.join(words)[:1] + re.sub('(?:ie|y|s|z)$', '', ''.join(words)[1:]))}"]
