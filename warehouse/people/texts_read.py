"""The texts of a night as they were read, in columns, with all that is known of whom they may name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.named_people import named_people
from warehouse.people.rows_of import RowsOf, place_of
from warehouse.people.said_in_text import Said
from warehouse.people.singled_out import Mentions, Present, Weigher
from warehouse.people.together import Together

if TYPE_CHECKING:
    from warehouse.people.known_people import KnownPeople
    from warehouse.people.name_fits import Sets
    from warehouse.people.report_list import Reports
    from warehouse.people.rows_of import Numbers
    from warehouse.people.signs import Weights

NAME = ("forename", "surname", "street_name")
NOBODY = -1


class Texts:
    """Reports, what was `read` in them (a row a mention, in the order of reports and texts), and the people on record.

    `names`: the names of all mentions, once each. `listed` and `recorded`: a report's subjects, and all who have a record in it, as (report, person).
    `subject_row`: of a mention of a listed subject the row of their record, -1 for others.
    """

    def __init__(self, reports: Reports, read: pl.DataFrame, people: KnownPeople, records: pl.DataFrame) -> None:
        self.reports, self.people, self.read = reports, people, read
        names = read.select(NAME).unique(maintain_order=True).with_row_index("name")
        name = read.select(NAME).join(names, on=NAME, how="left", nulls_equal=True, maintain_order="left")["name"]
        self.names = names.select(NAME).rows()
        self._context, of_report = _contexts(records, reports)
        report = read["report"].to_numpy()
        self.mentions = Mentions(
            name.cast(pl.Int64).to_numpy(), report, reports.year[report], reports.day[report], of_report[report], _said(read)
        )
        self.listed = _distinct(reports.subject_of, people.of_record[reports.subject], people.size)
        self.recorded = _distinct(reports.named_in, people.of_record[reports.named], people.size)
        self.subject_row = _subject_rows(reports, read, records)

    def asked(self, wanted: Numbers) -> list[int]:
        """The names of these mentions, by their places among all."""
        found: list[int] = np.unique(self.mentions.name[wanted]).tolist()
        return found

    def weigher(self, wanted: Numbers, sets: Sets, fitted: pl.DataFrame, weights: Weights) -> Weigher:
        """What weighs whom these mentions of the texts may mean, by the sets of names that theirs fit."""
        named = named_people(self.names, self.asked(wanted), self.people, sets, fitted)
        return Weigher(self.people, named, Together.of(self.people, self._context), weights)

    def unlisted(self) -> Numbers:
        """The mentions that are no listed subject's."""
        return np.flatnonzero(self.subject_row < 0)

    def of_batch(self, among: tuple[Numbers, Numbers], batch: Numbers) -> Present:
        """Those of (report, person), in the order of reports, who are in the reports of a batch."""
        which, row = RowsOf.of(among[0], self.reports.size).spread(self.mentions.report[batch])
        return Present(which, among[1][row])

    def together(self, *told: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
        """Several of (report, person) as one, each once and in order."""
        return _distinct(np.concatenate([one for one, _ in told]), np.concatenate([one for _, one in told]), self.people.size)


def _said(read: pl.DataFrame) -> dict[int, Said]:
    columns = [field.name for field in fields(Said)]
    told = read.select(columns).with_row_index("mention")
    told = told.filter(pl.any_horizontal(pl.col(columns).list.len() > 0))
    return {mention: Said(*(tuple(values) for values in said)) for mention, *said in told.iter_rows()}


def _contexts(records: pl.DataFrame, reports: Reports) -> tuple[Numbers, Numbers]:
    """What each record is named in, as a number, -1 for nothing; and the reports by the same numbers, -1 for those that no record is named in."""
    told = records["context_id"].replace("", None)
    hashed = told.hash(0).to_numpy()
    numbers = np.unique(hashed[told.is_not_null().to_numpy()])
    number = np.where(told.is_null().to_numpy(), NOBODY, np.searchsorted(numbers, hashed))
    return number.astype(np.int64), place_of(reports.report_id.hash(0).to_numpy(), numbers)


def _distinct(report: Numbers, person: Numbers, people: int) -> tuple[Numbers, Numbers]:
    key = np.unique(report * max(people, 1) + person)
    return key // max(people, 1), key % max(people, 1)


def _subject_rows(reports: Reports, read: pl.DataFrame, records: pl.DataFrame) -> Numbers:
    rows = pl.DataFrame({"report": reports.subject_of, "row": reports.subject, "subject": records["record_id"].gather(reports.subject)})
    told = read.select("report", "subject").join(rows, on=("report", "subject"), how="left", maintain_order="left")
    return told["row"].fill_null(NOBODY).to_numpy()
