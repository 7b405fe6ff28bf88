"""Who is named in the reports' texts: every report read, its subjects located, everyone else singled out or left as a person of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from warehouse.people.lexicon import fetch_lexicon, find_later_names
from warehouse.people.mentions import Mention, NamedRecord, Reader, school_name
from warehouse.people.named_people import Known, People
from warehouse.people.readings import Text, read_texts
from warehouse.people.singled_out import MOST_CASES, Setting, case_of, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from warehouse.people.company import Company
    from warehouse.people.judged import JudgedMentions
    from warehouse.people.report_list import Report
    from warehouse.people.signs import Case, Weights

# likelier than not; who is left is a person of their own, and in review
SINGLED_OUT = 0.5
WORTH_REVIEW = 0.1
REVIEWED_RIVALS = 3
ROUNDS = 2


@dataclass(frozen=True)
class Named:
    """A mention and who it means: a person's leading record, or None; `rivals` are the people it may mean, with their share.

    Mentions of people without records that were judged to be one person have one `together`.
    """

    mention: Mention
    person: int | None
    share: float
    rivals: tuple[tuple[float, int], ...]
    together: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """What is known before the texts are read: records, each one's person (its leading record), company, and what signs weigh."""

    records: pl.DataFrame
    persons: list[int]
    company: Company
    weights: Weights


def learn_weights(con: duckdb.DuckDBPyConnection, reports: list[Report], known: Knowledge) -> Weights:
    """The weights that the reports' listed subjects teach; all texts are read, and linkage.reading has what was read."""
    people, names = _named_people(known)
    read = _read(con, reports, people, names, known.persons, is_new_model=True)
    people.weights.learn(_certain(people, reports, read, names, known.persons))
    return people.weights


def read_reports(
    con: duckdb.DuckDBPyConnection, reports: list[Report], known: Knowledge, judged: JudgedMentions, *, is_new_model: bool
) -> list[Named]:
    """Everyone named in the reports' texts; what was read on earlier nights is not read again.

    People are singled out twice over: who was in one report is company for those named in another.
    """
    if not reports:
        find_later_names(con)
        read_texts(con, [], lambda: Reader(fetch_lexicon(con), known.company.agreement), is_new_model=is_new_model)
        return []
    persons, company = known.persons, known.company
    people, names = _named_people(known)
    read = _read(con, reports, people, names, persons, is_new_model=is_new_model)
    for person, street_name in _said_street_names(reports, read, names, persons):
        people.learn_street_name(person, street_name)
    found: list[list[Named]] = [[] for _ in reports]
    for number in range(ROUNDS):
        found = [
            before
            if number and _stands(people, before, _listed(report, persons), report, judged)
            else _single_out(
                people,
                [(mention, _judged_name(judged, report, mention)) for mention in mentions],
                Setting(report.report_id, _listed(report, persons), report.year, _mentioned(before), report.day),
                judged,
            )
            for report, mentions, before in zip(reports, read, found, strict=True)
        ]
        listed = (_listed(report, persons) for report in reports)
        company.add_texts(zip(listed, map(_mentioned, found), strict=True))
    return [*_name_subjects(reports, read, names, persons), *(one for some in found for one in some)]


def _judged_name(judged: JudgedMentions, report: Report, mention: Mention) -> str | None:
    return judged.name_of(mention.record_id, report.text[slice(*mention.spans[0])])


def _stands(people: People, found: list[Named], listed: frozenset[int], report: Report, judged: JudgedMentions) -> bool:
    """Whether the round before would find the same now: nobody who may be meant was met in other texts with the people of this one."""
    met, mentioned = listed, _mentioned(found)
    for one in found:
        if _judged_name(judged, report, one.mention) is not None:
            return False
        for person in people.named(one.mention.name).keys() - met:
            if people.company.times_in_texts(person, met) != (len(met) if person in mentioned else 0):
                return False
        if one.person is not None:
            met |= {one.person}
    return True


def _named_people(known: Knowledge) -> tuple[People, list[NamedRecord]]:
    """Everybody on record, and every record's name by its row."""
    columns = ("record_id", "forename", "given_names", "surname_clean", "surname_parts", "street_name")
    names = [NamedRecord(*row) for row in known.records.select(columns).iter_rows()]
    return People(_known(known.records, known.persons), known.company, known.weights), names


def _read(
    con: duckdb.DuckDBPyConnection,
    reports: list[Report],
    people: People,
    names: list[NamedRecord],
    persons: list[int],
    *,
    is_new_model: bool,
) -> list[list[Mention]]:
    """The mentions of each report's text."""
    find_later_names(con)
    texts = [
        Text(report.report_id, report.text, tuple(_with_other_names(names[row], people.known[persons[row]]) for row in report.subjects))
        for report in reports
    ]
    return read_texts(con, texts, lambda: Reader(fetch_lexicon(con), people.company.agreement), is_new_model=is_new_model)


def _certain(people: People, reports: list[Report], read: list[list[Mention]], names: list[NamedRecord], persons: list[int]) -> list[Case]:
    """Listed subjects as their reports' texts name them: cases to learn from, evenly chosen."""
    told = [
        (report, mention, row)
        for report, mentions in zip(reports, read, strict=True)
        for mention in mentions
        for row in report.subjects
        if mention.subject == names[row].record_id and people.known[persons[row]].birth_years
    ]
    cases = []
    for report, mention, row in told[:: 1 + len(told) // MOST_CASES]:
        others = _listed(report, persons) - {persons[row]}
        cases.append(
            case_of(people, mention, names[row], persons[row], Setting(report.report_id, others, report.year, frozenset(), report.day))
        )
    return cases


def _said_street_names(
    reports: list[Report], read: list[list[Mention]], names: list[NamedRecord], persons: list[int]
) -> Iterator[tuple[int, str]]:
    """The listed subjects whom a text gives a street name: John Smith aka Ghost."""
    for report, mentions in zip(reports, read, strict=True):
        for mention in mentions:
            if mention.subject is not None and mention.name.street_name and mention.name.surname:
                yield from ((persons[row], mention.name.street_name) for row in report.subjects if names[row].record_id == mention.subject)


def _mentioned(named: Iterable[Named]) -> frozenset[int]:
    return frozenset(one.person for one in named if one.person is not None)


def _with_other_names(name: NamedRecord, known: Known) -> NamedRecord:
    return replace(
        name,
        street_names=tuple(sorted(known.street_names)),
        other_given_names=tuple(sorted(known.given_names)),
        other_surname_parts=tuple(sorted(known.surname_parts)),
    )


def _known(records: pl.DataFrame, persons: list[int]) -> list[Known]:
    known: dict[int, Known] = {}
    columns = (
        "forename",
        "given_names",
        "surname_clean",
        "surname_parts",
        "street_name",
        "born_year",
        "context_id",
        "school",
        "source",
        "known_from",
    )
    for person, row in zip(persons, records.select(columns).iter_rows(), strict=True):
        forename, given_names, surname, parts, street_name, born_year, context, school, source, known_from = row
        day = known_from.toordinal()
        one = known.get(person) or known.setdefault(person, Known(person))
        one.names[forename, surname] += 1
        one.given_names.update(set(given_names))
        one.surname_parts.update({part for part in parts if part})
        one.days.append(day)
        one.records += 1
        one.reports += source == "intelligence_subject"
        if street_name:
            one.street_names[street_name] += 1
        if school:
            one.schools.add(school_name(school))
        if context:
            one.contexts[context] = day
        if born_year:
            one.birth_years[born_year] += 1
    for one in known.values():
        one.days.sort()
    return list(known.values())


def _listed(report: Report, persons: list[int]) -> frozenset[int]:
    return frozenset(persons[row] for row in report.subjects)


def _single_out(people: People, mentions: list[tuple[Mention, str | None]], setting: Setting, judged: JudgedMentions) -> list[Named]:
    """Who each mention means; a listed subject is left to `_name_subjects`. Whoever is singled out is company for those named after.

    A mention that was judged comes with the name under which it was.
    """
    named = []
    for mention, name in mentions:
        if mention.subject is not None:
            continue
        one = _singled_out(people, mention, setting, judged.not_meant(name) if name else frozenset())
        if name is not None:
            one = _as_judged(one, judged.meant(name), judged.together(name))
        if one.person is not None:
            setting = replace(setting, people=setting.people | {one.person})
            if name is not None:
                judged.found(name, one.person)
        named.append(one)
    return named


def _singled_out(people: People, mention: Mention, setting: Setting, ruled_out: frozenset[int]) -> Named:
    shares = weigh(people, mention, setting, ruled_out)
    if shares and shares[0][0] >= SINGLED_OUT:
        return Named(mention, shares[0][1], shares[0][0], ())
    return Named(mention, None, 1.0, tuple(share for share in shares[:REVIEWED_RIVALS] if share[0] >= WORTH_REVIEW))


def _as_judged(one: Named, meant: int | None, together: str) -> Named:
    if meant is not None:
        return Named(one.mention, meant, 1.0, ())
    return replace(one, together=together)


def _name_subjects(reports: list[Report], read: list[list[Mention]], names: list[NamedRecord], persons: list[int]) -> list[Named]:
    named = []
    for report, mentions in zip(reports, read, strict=True):
        listed = {names[row].record_id: persons[row] for row in report.subjects}
        named += [Named(mention, listed[mention.subject], 1.0, ()) for mention in mentions if mention.subject is not None]
    return named
