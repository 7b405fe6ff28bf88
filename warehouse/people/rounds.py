"""Singling out the people whom texts name, round by round: whoever is found in one report is company for those named in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from warehouse.people.rows_of import Numbers, RowsOf, place_of
from warehouse.people.singled_out import Present, Setting, Shares, Weigher
from warehouse.people.texts_read import NOBODY, Texts
from warehouse.people.together import InTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from warehouse.people.judged import JudgedMentions

# likelier than not; who is left is a person of their own, and in review
SINGLED_OUT = 0.5
WORTH_REVIEW = 0.1
REVIEWED_RIVALS = 3
ROUNDS = 2
Pairs = tuple[Numbers, Numbers]
"""(report, person)"""


@dataclass
class Found:
    """Of each mention who it means, -1 for nobody on record, and how likely; `rivals` (share, person) of some; one name for all judged to be one."""

    person: Numbers
    share: NDArray[np.float64]
    rivals: dict[int, list[tuple[float, int]]]
    together: dict[int, str]

    @classmethod
    def nobody(cls, size: int) -> Found:
        """Before anybody was sought."""
        return cls(np.full(size, NOBODY), np.ones(size), {}, {})

    def pairs(self, texts: Texts, mentions: Numbers) -> Pairs:
        """Whom some mentions mean, by report."""
        known = mentions[self.person[mentions] >= 0]
        return texts.mentions.report[known], self.person[known]


@dataclass(frozen=True)
class Rounds:
    """What singles out the people of texts; `judged_name` is the name under which a mention was judged, of some."""

    texts: Texts
    weigher: Weigher
    judged: JudgedMentions
    judged_name: dict[int, str]

    def run(self) -> Found:
        """Who is meant by each mention that is no listed subject's. Twice over, but a report where nothing can be otherwise the second time stands."""
        texts = self.texts
        wanted = texts.unlisted()
        in_texts = InTexts.nobody(texts.people.size)
        found = Found.nobody(texts.subject_row.size)
        before = found.pairs(texts, wanted)
        for number in range(ROUNDS):
            if number:
                before = texts.together(found.pairs(texts, wanted))
                in_texts = InTexts.of(*texts.together(texts.listed, before), *before, texts.people.size)
            again = wanted if not number else self._otherwise(wanted, found, before, in_texts)
            self._round(again, found, before, in_texts)
        return found

    def _otherwise(self, wanted: Numbers, found: Found, before: Pairs, in_texts: InTexts) -> Numbers:
        """The mentions of reports of which something was judged, or where other texts name somebody who may be meant with the people of this one."""
        report = self.texts.mentions.report
        reports = {int(report[mention]) for mention in self.judged_name}
        for wave, company in self._waves(wanted, found):
            for batch in self.weigher.batches(self.texts.mentions, wave):
                setting = self._setting(batch, company, before)
                touched = self.weigher.touched_by_texts(self.texts.mentions, batch, setting, in_texts)
                reports.update(report[batch[touched]].tolist())
        return wanted[np.isin(report[wanted], sorted(reports))]

    def _waves(self, wanted: Numbers, found: Found) -> Iterator[tuple[Numbers, Pairs]]:
        """First the first mention of each report, then the second, and so on; with the people certainly in the reports by then."""
        texts = self.texts
        report = texts.mentions.report[wanted]
        nth = np.arange(wanted.size) - np.searchsorted(report, report)
        concerned = np.isin(texts.listed[0], report)
        company = texts.listed[0][concerned], texts.listed[1][concerned]
        for number in range(int(nth.max(initial=-1)) + 1):
            wave = wanted[nth == number]
            yield wave, company
            company = texts.together(company, found.pairs(texts, wave))

    def _setting(self, batch: Numbers, company: Pairs, before: Pairs, ruled_out: Present | None = None) -> Setting:
        texts = self.texts
        return Setting(
            texts.of_batch(company, batch),
            texts.of_batch(texts.recorded, batch),
            texts.of_batch(before, batch),
            ruled_out or Present.nobody(),
        )

    def _round(self, wanted: Numbers, found: Found, before: Pairs, in_texts: InTexts) -> None:
        report = self.texts.mentions.report
        is_judged = np.isin(report[wanted], [report[mention] for mention in self.judged_name])
        for wave, company in self._waves(wanted[~is_judged], found):
            for batch in self.weigher.batches(self.texts.mentions, wave):
                setting = self._setting(batch, company, before)
                _note(found, batch, self.weigher.weigh(self.texts.mentions, batch, setting, in_texts))
        for mentions in _by_report(wanted[is_judged], report):
            self._judge_report(mentions, found, before, in_texts)

    def _judge_report(self, mentions: Numbers, found: Found, before: Pairs, in_texts: InTexts) -> None:
        """The mentions of a report of which something was judged: whom one means may rest on whom another was found to mean just before."""
        leaders = self.texts.people.leaders
        for batch, company in self._waves(mentions, found):
            [mention] = batch.tolist()
            name = self.judged_name.get(mention)
            not_meant = self._numbers(self.judged.not_meant(name) if name else ())
            setting = self._setting(batch, company, before, Present(np.zeros(not_meant.size, np.int64), not_meant))
            _note(found, batch, self.weigher.weigh(self.texts.mentions, batch, setting, in_texts))
            if name is None:
                continue
            meant = self.judged.meant(name)
            if meant is not None:
                found.person[mention], found.share[mention] = place_of(np.array([meant]), leaders)[0], 1.0
                found.rivals.pop(mention, None)
                found.together.pop(mention, None)
            else:
                found.together[mention] = self.judged.together(name)
            if found.person[mention] >= 0:
                self.judged.found(name, int(leaders[found.person[mention]]))

    def _numbers(self, leaders: Iterable[int]) -> Numbers:
        """People by their leading records, as numbers in order."""
        return place_of(np.array(sorted(leaders), np.int64), self.texts.people.leaders)


def _by_report(mentions: Numbers, report: Numbers) -> Sequence[Numbers]:
    return np.split(mentions, np.flatnonzero(np.diff(report[mentions])) + 1) if mentions.size else []


def _note(found: Found, batch: Numbers, shares: Shares) -> None:
    """Take down who is singled out, and who else may be meant where nobody is."""
    rows = RowsOf.of(shares.place, batch.size).starts
    first, has = rows[:-1], np.diff(rows) > 0
    best = np.where(has, shares.share[np.minimum(first, shares.share.size - 1)], 0.0) if shares.share.size else np.zeros(batch.size)
    is_meant = best >= SINGLED_OUT
    found.person[batch] = NOBODY
    found.share[batch] = 1.0
    found.person[batch[is_meant]] = shares.person[first[is_meant]]
    found.share[batch[is_meant]] = best[is_meant]
    for place, mention in enumerate(batch.tolist()):
        found.rivals.pop(mention, None)
        if has[place] and not is_meant[place] and best[place] >= WORTH_REVIEW:
            some = slice(rows[place], min(rows[place + 1], rows[place] + REVIEWED_RIVALS))
            rivals = zip(shares.share[some].tolist(), shares.person[some].tolist(), strict=True)
            found.rivals[mention] = [rival for rival in rivals if rival[0] >= WORTH_REVIEW]
