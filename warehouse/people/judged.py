"""The judgements that hold on a night, brought to that night's records and mentions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.people.decided import Decided
from warehouse.people.judgements import standing
from warehouse.people.settled import Judgement, Settled, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

MENTION = "intelligence_mention:"


@dataclass(frozen=True)
class Judged:
    """What holds tonight, by names of records (`source:record_id`); `written` are the words of judged mentions, by name."""

    settled: Settled
    written: Mapping[str, str]

    def decided(self, row_of: Mapping[str, int]) -> Decided:
        """The decisions on tonight's records, by their rows; a record that is not there is left out, and a chain through it still holds."""
        same = []
        for names in self.settled.people():
            rows = self._rows(names, row_of)
            same += [(rows[0], row) for row in rows[1:]]
        sides = [(self._side(a, row_of), self._side(b, row_of)) for a, b in self.settled.apart()]
        return Decided(tuple(sorted(same)), tuple((a, b) for a, b in sides if a and b))

    def names(self) -> frozenset[str]:
        """Every name that something was judged of."""
        judgements = (*self.settled.taken, *self.settled.set_aside)
        return frozenset(name for one in judgements for name in (*one.side_a, *one.side_b))

    def unsure(self) -> list[Judgement]:
        """The judgements that it cannot be told."""
        return [one for one in self.settled.taken if one.judgement == "unsure"]

    def _side(self, names: Iterable[str], row_of: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(self._rows({other for name in names for other in self.settled.one_with(name)}, row_of))

    @staticmethod
    def _rows(names: Iterable[str], row_of: Mapping[str, int]) -> list[int]:
        return sorted(row_of[name] for name in names if name in row_of)


def read_judged(con: duckdb.DuckDBPyConnection) -> Judged:
    """The judgements that hold, by what the time gate lets through."""
    written = con.execute(
        "select source || ':' || record_id, written from people.judged_record where written is not null order by judgement_id"
    ).fetchall()
    return Judged(settle(standing(con)), dict(written))


class JudgedMentions:
    """What was judged of people named only in texts, as the texts are read: whom a mention means, and whom it does not."""

    def __init__(self, judged: Judged, row_of: Mapping[str, int], persons: list[int]) -> None:
        self._settled = judged.settled
        self._written = {name: words for name, words in judged.written.items() if name.startswith(MENTION)}
        self._of_report: dict[str, list[str]] = defaultdict(list)
        for name in self._written:
            self._of_report[name.removeprefix(MENTION).rpartition("/")[0]].append(name)
        self._person_of = {name: persons[row] for name, row in row_of.items()} if self._written else {}
        self._opposite: dict[str, set[str]] = defaultdict(set)
        for a, b in judged.settled.apart() if self._written else ():
            for one, other in ((a, b), (b, a)):
                for name in one:
                    self._opposite[name].update(other)
        self._found: dict[str, int] = {}

    def reports(self) -> frozenset[str]:
        """The reports of which a mention was judged."""
        return frozenset(self._of_report)

    def name_of(self, record_id: str, written: str) -> str | None:
        """The name under which a mention was judged: its own number with the same words, else the only one of its report with these words."""
        name = f"{MENTION}{record_id}"
        if self._written.get(name) == written:
            return name
        same_words = [other for other in self._of_report.get(record_id.rpartition("/")[0], ()) if self._written[other] == written]
        return same_words[0] if len(same_words) == 1 else None

    def together(self, name: str) -> str:
        """One name for all that were judged to be one person with it."""
        return min(self._settled.one_with(name))

    def meant(self, name: str) -> int | None:
        """The person with records whom a mention was judged to mean, or whom another mention judged to be the same was found to mean."""
        together = self._settled.one_with(name)
        known = {found[other] for found in (self._person_of, self._found) for other in together if other in found}
        judged = {self._person_of[other] for other in together if other in self._person_of}
        return min(judged or known, default=None)

    def not_meant(self, name: str) -> frozenset[int]:
        """The people whom it was judged not to mean, by themselves or through another mention found to mean them."""
        opposite = {other for one in self._settled.one_with(name) for other in self._opposite.get(one, ())}
        names = {one for other in opposite for one in self._settled.one_with(other)}
        return frozenset(person for one in names for person in (self._person_of.get(one), self._found.get(one)) if person is not None)

    def found(self, name: str, person: int) -> None:
        """A judged mention was found to mean a person."""
        self._found[name] = person
