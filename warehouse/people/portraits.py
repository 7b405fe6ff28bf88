"""What many groups of records say, in columns, and which of them cannot be one person: `contradictions` for millions of pairs at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from warehouse.people.contradictions import births_agree
from warehouse.people.forenames import roots_of
from warehouse.people.roll import iso
from warehouse.people.rows_of import Numbers, RowsOf, place_of

if TYPE_CHECKING:
    from warehouse.people.agreement import Agreement
    from warehouse.people.roll import Column, Roll, Words

Marks = NDArray[np.bool_]
Rule = Callable[[Numbers, Numbers], Marks]
AT_ONCE = 100_000
# Components that say more different things than this are looked at join by join.
MANY = 30


@dataclass(frozen=True)
class Values:
    """What the records of owners 0..n-1 say of one thing: each value once, in order, with how many of the owner's records say it."""

    owner: Numbers
    value: Numbers
    times: Numbers
    rows: RowsOf

    @classmethod
    def of(cls, owner: Numbers, value: Column, owners: int) -> Values:
        """By the owner of each record, and what it says, -1 for nothing."""
        told, width = value >= 0, int(value.max(initial=0)) + 1
        key, times = np.unique(owner[told].astype(np.int64) * width + value[told], return_counts=True)
        return cls(key // width, key % width, times, RowsOf.of(key // width, owners))

    @property
    def owners(self) -> int:
        """How many owners there are."""
        return self.rows.starts.size - 1

    def are_told(self) -> Marks:
        """Marks the owners of whom anything is said."""
        return np.asarray(np.diff(self.rows.starts) > 0)

    def most(self) -> Values:
        """The value of most records of each owner; all that are tied."""
        top = np.zeros(self.owners, np.int64)
        np.maximum.at(top, self.owner, self.times)
        kept = self.times == top[self.owner]
        return Values(self.owner[kept], self.value[kept], self.times[kept], RowsOf.of(self.owner[kept], self.owners))

    def first(self) -> Numbers:
        """The least value of each owner, -1 for none."""
        found = np.full(self.owners, -1)
        told = self.are_told()
        found[told] = self.value[self.rows.starts[:-1][told]]
        return found

    def with_each(self, one: Numbers, others: Values, two: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Every value of the one owner with every value of the other's: which of the pairs of owners it is, and the two values."""
        which, mine = self.rows.spread(one)
        again, theirs = others.rows.spread(two[which])
        return which[again], self.value[mine[again]], others.value[theirs]

    def meet(self, one: Numbers, two: Numbers) -> Marks:
        """Whether two owners of each pair share a value."""
        turn = self.rows.counts(one) > self.rows.counts(two)
        fewer, more = np.where(turn, two, one), np.where(turn, one, two)
        which, place = self.rows.spread(fewer)
        width = int(self.value.max(initial=0)) + 1
        shared = place_of(more[which] * width + self.value[place], self.owner * width + self.value) >= 0
        return marked(which[shared], one.size)


def marked(which: Numbers, size: int) -> Marks:
    """A mark for each of 0..size-1 that is there."""
    found = np.zeros(size, bool)
    found[which] = True
    return found


def main_of(owner: Numbers, word: Column, owners: int, words: Words) -> Numbers:
    """The word that most of each owner's rows have, of several the first in the alphabet; -1 for none."""
    rank, in_order = words.ranked(word)
    return np.append(in_order, -1)[Values.of(owner, rank, owners).most().first()]


class Portraits:
    """What the records of owners 0..n-1 say together; `owner` has the owner of each of `rows`, which have been fetched."""

    def __init__(self, roll: Roll, rows: Numbers, owner: Numbers, owners: int) -> None:
        self._roll, self._rows, self._owner, self.owners = roll, rows, owner, owners

    def _values(self, column: Column) -> Values:
        return Values.of(self._owner, column[self._rows], self.owners)

    @cached_property
    def contexts(self) -> Values:
        """The incidents and reports that they are named in."""
        return self._values(self._roll.context)

    @cached_property
    def pupil_numbers(self) -> Values:
        """Their pupil numbers, as places among all that there are."""
        told = np.flatnonzero(self._roll.upn[self._rows] >= 0)
        _, number = np.unique(self._roll.upn[self._rows][told], return_inverse=True)
        return Values.of(self._owner[told], number, self.owners)

    @cached_property
    def births(self) -> Values:
        """Their dates of birth."""
        return self._values(self._roll.said["born"])

    @cached_property
    def first_names(self) -> Values:
        """Their forenames."""
        return self._values(self._roll.said["first_name"])

    @cached_property
    def main_births(self) -> Values:
        """The date of birth of most records of each."""
        return self.births.most()

    @cached_property
    def main_first_names(self) -> Values:
        """The forename of most records of each."""
        return self.first_names.most()

    @cached_property
    def given_names(self) -> Values:
        """All given names of each record, as one word."""
        return self._values(self._roll.said["given_names"])

    @cached_property
    def main_surnames(self) -> Values:
        """The surname of most records of each."""
        return self._values(self._roll.said["surname"]).most()

    @cached_property
    def main_district(self) -> Numbers:
        """The district of most records of each, of several the first in the alphabet; -1 for none."""
        return main_of(self._owner, self._roll.said["district"][self._rows], self.owners, self._roll.words)

    @cached_property
    def main_birth_year(self) -> Numbers:
        """The year of birth of most records of each; -1 for none."""
        first = self.main_births.first()
        return np.where(first >= 0, first // 10000, -1)

    def contradictions(self, one: Numbers, two: Numbers, agreement: Agreement) -> NDArray[np.int8]:
        """Why the two owners of each pair cannot be one person, as a place in REASONS (0: nothing says so)."""
        found = [
            self._contradictions(one[start : start + AT_ONCE], two[start : start + AT_ONCE], agreement)
            for start in range(0, one.size, AT_ONCE)
        ]
        return np.concatenate([*found, np.empty(0, np.int8)])

    def _contradictions(self, one: Numbers, two: Numbers, agreement: Agreement) -> NDArray[np.int8]:
        why = np.zeros(one.size, np.int8)
        for reason, apart in enumerate((self._in_one_context, self._pupils, self._births_apart, self._names_apart), start=1):
            left = np.flatnonzero(why == 0)
            why[left[apart(one[left], two[left], agreement)]] = reason
        return why

    def _in_one_context(self, one: Numbers, two: Numbers, _: Agreement) -> Marks:
        return self.contexts.meet(one, two)

    def _pupils(self, one: Numbers, two: Numbers, _: Agreement) -> Marks:
        numbers = self.pupil_numbers
        return both_told(numbers, one, numbers, two) & ~numbers.meet(one, two)

    def _births_apart(self, one: Numbers, two: Numbers, agreement: Agreement) -> Marks:
        if "birth" in agreement.slips:
            return np.zeros(one.size, bool)
        births = self.main_births
        return both_told(births, one, births, two) & ~_some_agree(births, one, births, two, are_births_agreed)

    def _names_apart(self, one: Numbers, two: Numbers, agreement: Agreement) -> Marks:
        if "forename" in agreement.slips:
            return np.zeros(one.size, bool)
        firsts, words = self.main_first_names, Judge(self._roll.words.words, agreement)
        apart = both_told(firsts, one, firsts, two)
        # borne before the name that a man is called by, and often left out
        mohammed = marked(firsts.owner[words.marks(firsts.value, lambda name: "mohammed" in roots_of(name))], self.owners)
        apart &= ~(mohammed[one] | mohammed[two])
        for names, others, rule in (
            (firsts, firsts, words.agree),
            (firsts, self.given_names, words.is_given),
            (self.given_names, firsts, lambda given, name: words.is_given(name, given)),
        ):
            left = np.flatnonzero(apart)
            apart[left[_some_agree(names, one[left], others, two[left], rule)]] = False
        left = np.flatnonzero(apart & both_told(self.main_surnames, one, self.main_surnames, two))
        for names, others in ((firsts, self.main_surnames), (self.main_surnames, firsts)):
            left = left[_some_agree(names, one[left], others, two[left], words.agree_in_full)]
        apart[left] = False
        return apart

    def harmless(self, agreement: Agreement) -> Marks:
        """Marks the owners none of whose records, however they are put together, contradict others."""
        found = ~marked(self.contexts.owner[self.contexts.times > 1], self.owners)
        found &= np.diff(self.pupil_numbers.rows.starts) <= 1
        for slip, values, rule in (
            ("birth", self.births, are_births_agreed),
            ("forename", self.first_names, Judge(self._roll.words.words, agreement).agree),
        ):
            if slip not in agreement.slips:
                counts = np.diff(values.rows.starts)
                found &= counts <= MANY
                several = np.flatnonzero(found & (counts > 1))
                which, x, y = values.with_each(several, values, several)
                found[several[which[~rule(x, y)]]] = False
        return found


def both_told(mine: Values, one: Numbers, theirs: Values, two: Numbers) -> Marks:
    """Marks the pairs of owners of both of whom something is said."""
    return mine.are_told()[one] & theirs.are_told()[two]


def _some_agree(mine: Values, one: Numbers, theirs: Values, two: Numbers, rule: Rule) -> Marks:
    """Marks the pairs of owners of whom a value of the one and a value of the other agree."""
    which, x, y = mine.with_each(one, theirs, two)
    return marked(which[rule(x, y)], one.size)


def are_births_agreed(x: Numbers, y: Numbers) -> Marks:
    """births_agree for dates as yyyymmdd: they share the year at least, or month and day."""
    agree: Marks = x == y
    near = np.flatnonzero(~agree & ((x // 10000 == y // 10000) | (x % 10000 == y % 10000)))
    agree[near] = _once(x[near], y[near], lambda a, b: births_agree(iso(a), iso(b)))
    return agree


class Judge:
    """Rules on words, by their numbers; each two words are asked about once."""

    def __init__(self, words: list[str], agreement: Agreement) -> None:
        self._words, self._agreement = words, agreement

    def marks(self, x: Numbers, rule: Callable[[str], bool]) -> Marks:
        """What a rule says of each word."""
        return _once(x, x, lambda a, _: rule(self._words[a]))

    def agree(self, x: Numbers, y: Numbers) -> Marks:
        """Whether they can be one person's forename."""
        agree: Marks = x == y
        unlike = np.flatnonzero(~agree)
        agree[unlike] = _once(x[unlike], y[unlike], lambda a, b: self._agreement.of_forenames(self._words[a], self._words[b]))
        return agree

    def agree_in_full(self, x: Numbers, y: Numbers) -> Marks:
        """The same, but that initials say nothing."""
        is_full = np.fromiter((len(word) > 1 for word in self._words), np.bool_, len(self._words))
        agree = is_full[x] & is_full[y]
        agree[agree] = self.agree(x[agree], y[agree])
        return agree

    def is_given(self, x: Numbers, y: Numbers) -> Marks:
        """Whether the forename x is among the given names y."""
        return _once(x, y, lambda a, b: self._words[a] in self._words[b].split())


def _once(x: Numbers, y: Numbers, rule: Callable[[int, int], bool]) -> Marks:
    """What a rule says of each two numbers, asked once of those that come again."""
    width = int(y.max(initial=0)) + 1
    pairs, place = np.unique(x.astype(np.int64) * width + y, return_inverse=True)
    found: Marks = np.fromiter((rule(*divmod(pair, width)) for pair in pairs.tolist()), np.bool_, pairs.size)[place]
    return found
