"""Who a mention means: the people whose names fit it, weighed by who is named with them, where and how old they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.people.cleaning import sound
from warehouse.people.contradictions import forenames_agree
from warehouse.people.forenames import roots_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.people.mentions import Mention
    from warehouse.people.names_in_text import WrittenName

# How much likelier the person meant is to show each sign than a namesake: judgements, deliberately mild where evidence is mild.
NAMED_TOGETHER = 60.0
SAME_DISTRICT, OTHER_DISTRICT = 3.0, 0.4
NEAR_IN_AGE, FAR_IN_AGE = 1.8, 0.5
AGE_FITS, AGE_MISSES = 5.0, 0.05
STRANGER = 1.0
LEAST_SHARE = 0.02


@dataclass(slots=True)
class Known:
    """A person as records know them."""

    person: int
    names: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    given_names: set[str] = field(default_factory=set)
    surname_parts: set[str] = field(default_factory=set)
    street_names: set[str] = field(default_factory=set)
    districts: Counter[str] = field(default_factory=Counter)
    birth_years: Counter[int] = field(default_factory=Counter)
    contexts: set[str] = field(default_factory=set)
    records: int = 0


@dataclass(frozen=True)
class Setting:
    """What the report around a mention says: people certainly in it, its district, its year."""

    people: frozenset[int]
    district: str | None
    birth_year: int | None
    year: int


class People:
    """All known persons, by how a text may name them, and who has been named together with whom."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = {person.person: person for person in known}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._in_context: dict[str, set[int]] = defaultdict(set)
        for person in self.known.values():
            for key in _index_keys(person):
                self._by_name[key].add(person.person)
            for street_name in person.street_names:
                self._by_name[f"street {street_name}"].add(person.person)
            for context in person.contexts:
                self._in_context[context].add(person.person)

    def companions(self, people: Iterable[int]) -> set[int]:
        """Everyone named in one incident or report with any of these people."""
        return {other for person in people for context in self.known[person].contexts for other in self._in_context[context]}

    def named(self, name: WrittenName) -> dict[int, float]:
        """The people whom a name may mean, with how well it fits, 0 to 1."""
        if name.surname is None or name.forename is None:
            return dict.fromkeys(self._by_name.get(f"street {name.street_name}", ()), 1.0)
        family = name.surname
        keys = {key for part in {family, *family.split()} for key in _keys(name.forename, part)}
        reached = {person for key in keys for person in self._by_name.get(key, ())}
        fits = {person: _fit(name.forename, family, self.known[person]) for person in sorted(reached)}
        if name.street_name:
            fits = {p: fit * (20.0 if name.street_name in self.known[p].street_names else 1.0) for p, fit in fits.items()}
        return {person: fit for person, fit in fits.items() if fit > 0}


def _index_keys(person: Known) -> set[str]:
    return {key for forename in _forenames(person) for part in person.surname_parts for key in _keys(forename, part)}


def _keys(forename: str, surname: str) -> list[str]:
    """What two spellings of one name are likely to share: the surname or its sound with the forename's first letter or a form of it."""
    families = (surname, f"sound {sound(surname.replace(' ', ''))}")
    begins = (forename[0], *(f"root {root}" for root in roots_of(forename)))
    return [f"{family} {begin}" for family in families for begin in begins] + [f"near {forename} {surname[:2]}"]


def _fit(forename: str, surname: str, person: Known) -> float:
    return _surname_fit(surname, person) * max((_forename_fit(forename, given) for given in _forenames(person)), default=0.0)


def _forenames(person: Known) -> set[str]:
    return {forename for forename, _ in person.names if forename} | person.given_names


def _surname_fit(surname: str, person: Known) -> float:
    if surname in person.surname_parts:
        return 1.0
    if any(part in person.surname_parts for part in surname.split()):
        return 0.5
    if any(
        sound(surname.replace(" ", "")) == sound(part.replace(" ", "")) or forenames_agree(surname, part) for part in person.surname_parts
    ):
        return 0.03
    return 0.0


def _forename_fit(written: str, given: str) -> float:
    if written == given:
        return 1.0
    if len(written) == 1:
        return 0.5 if given[0] == written else 0.0
    if len(given) == 1:
        return 0.1 if given == written[0] else 0.0
    if roots_of(written) & roots_of(given):
        return 0.3
    return 0.03 if forenames_agree(written, given) else 0.0


def weigh(people: People, mention: Mention, setting: Setting) -> list[tuple[float, int]]:
    """Who the mention may mean, likeliest first, with the share of the odds; what is missing to 1 is a stranger's."""
    fits = people.named(mention.name)
    companions = people.companions(setting.people) if fits else set()
    odds = {}
    for person, fit in fits.items():
        if person not in setting.people:
            odds[person] = fit * people.known[person].records * _signs(people.known[person], mention, setting, person in companions)
    total = STRANGER + sum(odds.values())
    shares = sorted(((value / total, person) for person, value in odds.items()), key=lambda share: (-share[0], share[1]))
    return [share for share in shares if share[0] >= LEAST_SHARE]


def _signs(person: Known, mention: Mention, setting: Setting, together: bool) -> float:
    weight = NAMED_TOGETHER if together else 1.0
    if setting.district and person.districts:
        share = person.districts[setting.district] / person.districts.total()
        weight *= share * SAME_DISTRICT + (1 - share) * OTHER_DISTRICT
    if person.birth_years:
        born = person.birth_years.most_common(1)[0][0]
        if mention.ages:
            weight *= AGE_FITS if min(abs(setting.year - born - age) for age in mention.ages) <= 2 else AGE_MISSES
        elif setting.birth_year:
            weight *= NEAR_IN_AGE if abs(born - setting.birth_year) <= 6 else FAR_IN_AGE
    return weight
