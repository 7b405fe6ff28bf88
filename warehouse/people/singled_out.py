"""Who a mention means: the people whose names fit it, weighed by who is named with them, where and how old they are, and when they were heard of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.people.mentions import YOUNGEST
from warehouse.people.signs import Candidate

if TYPE_CHECKING:
    from warehouse.people.mentions import Mention, NamedRecord
    from warehouse.people.named_people import Known, People
    from warehouse.people.signs import Case, NameFit

AGE_WITHIN_YEARS = 2
SCHOOL_AGES = range(4, 20)
LEAST_SHARE = 0.02
MOST_CASES = 8000


@dataclass(frozen=True)
class Setting:
    """Where a mention stands: the report and its day (proleptic ordinal), the people certainly in it, the year, and whom it was
    found to mention in an earlier round."""

    report_id: str
    people: frozenset[int]
    year: int
    mentioned: frozenset[int]
    day: int


def weigh(people: People, mention: Mention, setting: Setting, ruled_out: frozenset[int] = frozenset()) -> list[tuple[float, int]]:
    """Who the mention may mean, likeliest first, with how likely; what is missing to 1 is a stranger's."""
    able = {one: fit for one, fit in _others(people, mention, setting).items() if one not in ruled_out}
    candidates = [_seen(people, people.known[one], fit, mention, setting) for one, fit in able.items()]
    shares = people.weights.shares(candidates, people.stranger(mention.name))
    found = sorted(zip(shares, able, strict=True), key=lambda share: (-share[0], share[1]))
    return [share for share in found if share[0] >= LEAST_SHARE]


def case_of(people: People, mention: Mention, own: NamedRecord, person: int, setting: Setting) -> Case:
    """A listed subject's naming as a case to learn from: who could have been meant, had the report not listed them, and which of them it was."""
    rest = people.known[person].without(own)
    fit = people.fit(mention.name, rest) if rest.records else None
    candidates = [] if fit is None else [_seen(people, rest, fit, mention, setting, is_own=True)]
    candidates += [
        _seen(people, people.known[one], fits, mention, setting) for one, fits in _others(people, mention, setting).items() if one != person
    ]
    return candidates, people.stranger(mention.name), None if fit is None else 0


def _others(people: People, mention: Mention, setting: Setting) -> dict[int, NameFit]:
    """Everybody whom the name may mean who is not in the report anyway."""
    return {
        one: fit
        for one, fit in people.named(mention.name).items()
        if one not in setting.people and setting.report_id not in people.known[one].contexts
    }


def _seen(people: People, known: Known, fit: NameFit, mention: Mention, setting: Setting, *, is_own: bool = False) -> Candidate:
    """The candidate with all that records and the rest of the report tell of them. `is_own`: the report itself is among their records."""
    told = people.company.told(sorted(setting.people), known.person, is_met_here=is_own or known.person in setting.mentioned)
    area = told.get("area")
    return Candidate(
        fit,
        records=known.records,
        reports=known.reports,
        days_30=_heard_of(known, setting.day, 30) - is_own,
        days_180=_heard_of(known, setting.day, 180) - is_own,
        is_in_company=bool(setting.people),
        times_together=told.get("together", 0),
        days_since_together=_days_since(people, known, setting),
        is_same_area=None if area is None else bool(area),
        age_level=told.get("age"),
        is_said_age=_is_said_age(known, mention, setting.year),
        school=_said_school(known, mention, setting.year),
    )


def _heard_of(known: Known, day: int, within: int) -> int:
    return bisect_right(known.days, day + within) - bisect_left(known.days, day - within)


def _days_since(people: People, known: Known, setting: Setting) -> int | None:
    """How far in days the nearest record lies that names the person with any of the report's people."""
    met = (known.contexts.keys() & people.known[other].contexts.keys() for other in setting.people)
    return min(
        (abs(known.contexts[context] - setting.day) for shared in met for context in shared if context != setting.report_id), default=None
    )


def _is_said_age(person: Known, mention: Mention, year: int) -> bool | None:
    born = person.main_birth_year()
    births = [birth for birth in mention.births if year - birth >= YOUNGEST]  # a later date beside a name is that of an event
    if born and births:
        return born[0] in births
    return min(abs(year - born[0] - age) for age in mention.ages) <= AGE_WITHIN_YEARS if mention.ages and born else None


def _said_school(person: Known, mention: Mention, year: int) -> str | None:
    if not mention.schools:
        return None
    if person.schools:
        return "the same" if person.schools.intersection(mention.schools) else "another"
    return "too old" if any(year - born not in SCHOOL_AGES for born in person.main_birth_year()) else None
