"""Listed subjects as their reports' texts name them: who they are is certain, and so what signs weigh can be learned from them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.rows_of import Numbers
from warehouse.people.signs import FORENAME_FITS, Cases, Fits, Strangers, Told
from warehouse.people.singled_out import Candidates, Mentions, Present, Setting, Weigher
from warehouse.people.together import InTexts

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from warehouse.people.name_fits import Name, NameFitter
    from warehouse.people.named_people import Named
    from warehouse.people.texts_read import Texts

MOST_CASES = 8000


def certain_namings(texts: Texts) -> Numbers:
    """Namings of listed subjects whose birth year is known, evenly chosen."""
    told = np.flatnonzero(texts.subject_row >= 0)
    told = told[texts.people.born_year[texts.people.of_record[texts.subject_row[told]]] >= 0]
    return told[:: 1 + told.size // MOST_CASES]


def certain_cases(texts: Texts, batch: Numbers, records: pl.DataFrame, weigher: Weigher, fits: NameFitter) -> Cases:
    """Each naming as a case to learn from: who could have been meant, had the report not listed its subject, and was it them."""
    people, own, named = texts.people, texts.subject_row, weigher.named
    person = people.of_record[own[batch]]
    found = [_own_fit(texts, records, fits, mention) for mention in batch.tolist()]
    is_able = np.array([one is not None for one in found], np.bool_)
    places = np.flatnonzero(is_able)
    themselves = Present(places, person[places])
    company = texts.of_batch(texts.listed, batch)
    others = company.person != person[company.place]
    company = Present(company.place[others], company.person[others])
    setting = Setting(company, texts.of_batch(texts.recorded, batch), themselves, Present(np.arange(batch.size), person))
    candidates = _with_own(weigher.candidates(texts.mentions, batch, setting), themselves)
    is_own = candidates.row < 0
    told_of = weigher.told(texts.mentions, batch, setting, InTexts.nobody(people.size), candidates)
    return Cases(
        candidates.place,
        _fits(named, candidates, [one for one in found if one is not None]),
        _less_own(told_of, is_own),
        is_own,
        _strangers_of(named, texts.mentions, batch),
        ~is_able,
    )


def _with_own(candidates: Candidates, own: Present) -> Candidates:
    place, person = np.concatenate([candidates.place, own.place]), np.concatenate([candidates.person, own.person])
    order = np.lexsort((person, place))
    row = np.concatenate([candidates.row, np.full(own.place.size, -1)])
    return Candidates(place[order], person[order], row[order])


OwnFit = tuple[int, int, float, bool, int, int]
"""As a row of Fits."""


def _own_fit(texts: Texts, records: pl.DataFrame, fits: NameFitter, mention: int) -> OwnFit | None:
    """How a mention's name fits its subject by their other records; None if it does not, or they have none."""
    people = texts.people
    row = int(texts.subject_row[mention])
    person = int(people.of_record[row])
    own_given, own_parts, own_street = records.select("given_names", "surname_parts", "street_name").row(row)
    rest = int(people.records[person]) - 1
    if not rest:
        return None
    name: Name = texts.names[texts.mentions.name[mention]]
    given = _less(people.given.of_person(person), own_given)
    streets = _less(people.streets.of_person(person), [own_street] if own_street else [])
    fit = fits.fit(name, given, _less(people.parts.of_person(person), own_parts), streets)
    if fit is None:
        return None
    forename, surname, street_name = name
    is_full = forename is not None and surname is not None
    is_whole = is_full and fit[1] == FORENAME_FITS.index("whole") and len(forename or "") > 1
    usual = min(given[forename or ""] / rest, 1.0) if is_whole else 1.0
    return (*fit, usual, is_full and bool(street_name) and street_name in streets, rest, int(people.reports[person]) - 1)


def _less(counted: dict[str, int], own: list[str]) -> dict[str, int]:
    names = {*own}
    return {name: times - (name in names) for name, times in counted.items() if times > (name in names)}


def _fits(named: Named, candidates: Candidates, own: list[OwnFit]) -> Fits:
    """The candidates' fits; those of the subjects themselves stand in the order of the cases."""
    columns = list(zip(*own, strict=True)) or [()] * len(fields(Fits))
    is_own = candidates.row < 0
    told = []
    for field, values in zip(fields(Fits), columns, strict=True):
        column = getattr(named.fits, field.name)
        of_all = np.zeros(is_own.size, column.dtype)
        of_all[~is_own] = column[candidates.row[~is_own]]
        of_all[is_own] = values
        told.append(of_all)
    return Fits(*told)


def _less_own(told: Told, is_own: NDArray[np.bool_]) -> Told:
    """The report itself says nothing of its subject."""
    columns = {field.name: getattr(told, field.name) for field in fields(Told)}
    return Told(**columns | {name: columns[name] - is_own for name in ("days_30", "days_180")})


def _strangers_of(named: Named, mentions: Mentions, batch: Numbers) -> Strangers:
    name = mentions.name[batch]
    return Strangers(named.strangers.bearers[name], named.strangers.is_street_name[name])
