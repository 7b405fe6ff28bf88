"""Who is named with whom, in records and in texts, in columns: what singling out the people of many texts at once asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.rows_of import Numbers, RowsOf

if TYPE_CHECKING:
    from warehouse.people.known_people import KnownPeople


@dataclass(frozen=True)
class Together:
    """For each person a row for each other and record in which they were named with them: the other, what it was (a number), on what day.

    A person who has two records in one incident or report counts once with each record of another.
    """

    rows: RowsOf
    other: Numbers
    context: Numbers
    day: Numbers

    @classmethod
    def of(cls, people: KnownPeople, context: Numbers) -> Together:
        """By the context that each record is named in, as a number; -1 for none."""
        told = np.flatnonzero(context >= 0)
        own = people.of_record[told]
        key = context[told] * people.size + own
        known, place = np.unique(key, return_inverse=True)
        last = np.zeros(known.size, np.int64)
        np.maximum.at(last, place, told)  # of two records of a person in one context the later one's day counts
        others, day = known % people.size, people.day_of_record[last]
        in_context = RowsOf.of(known // people.size, int(context.max(initial=-1)) + 1)
        which, row = in_context.spread(context[told])
        apart = own[which] != others[row]
        which, row = which[apart], row[apart]
        order = np.argsort(own[which], kind="stable")
        which, row = which[order], row[order]
        return cls(RowsOf.of(own[which], people.size), others[row], context[told][which], day[row])


@dataclass(frozen=True)
class InTexts:
    """For each person the others whom texts name together with them, one of the two at least as no listed subject, and in how many texts."""

    rows: RowsOf
    other: Numbers
    times: Numbers

    @classmethod
    def of(cls, named_in: Numbers, named: Numbers, mentioned_in: Numbers, mentioned: Numbers, people: int) -> InTexts:
        """By the people named in reports (report, person) in the order of reports, and those of them who are mentioned and not listed."""
        reports = int(max(named_in.max(initial=-1), mentioned_in.max(initial=-1))) + 1
        everyone = RowsOf.of(named_in, reports)
        which, row = everyone.spread(mentioned_in)
        one, other, report = mentioned[which], named[row], mentioned_in[which]
        apart = one != other
        one, other, report = one[apart], other[apart], report[apart]
        listed = ~np.isin(report * people + other, mentioned_in * people + mentioned)  # both mentioned: there from either's side already
        key = np.concatenate([one * people + other, (other * people + one)[listed]])
        pairs, times = np.unique(key, return_counts=True)
        return cls(RowsOf.of(pairs // people, people), pairs % people, times)

    @classmethod
    def nobody(cls, people: int) -> InTexts:
        """No text has been read."""
        none = np.empty(0, np.int64)
        return cls(RowsOf.of(none, people), none, none)
