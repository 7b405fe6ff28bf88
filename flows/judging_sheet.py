"""Links in doubt as a sheet that an analyst fills in, and such a sheet taken in: every row accounted for, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows.judging import find_sides, judge, moment
from flows.settings import Settings
from flows.sheets import Row, read_sheet, write_sheet
from warehouse.people.judgements import WORDS, JudgementContradicts, JudgementIncomplete
from warehouse.people.sides import PERSON, PersonUnknown, RecordAmbiguous, RecordUnknown, successor

if TYPE_CHECKING:
    import duckdb

TO_FILL = ("judgement", "by", "why")
NEEDED = ("person_a", "person_b", *TO_FILL)
DOUBTS = """
    select
        review.person_a, a.display_name as name_a, a.date_of_birth as born_a, a.sex as sex_a, a.district as district_a, a.records as records_a,
        review.person_b, b.display_name as name_b, b.date_of_birth as born_b, b.sex as sex_b, b.district as district_b, b.records as records_b,
        round(review.match_probability, 4) as match_probability, review.why as why_in_doubt, review.judgement as judged_before
    from analyst.link_review as review
    left join analyst.people as a on a.person_id = review.person_a
    left join analyst.people as b on b.person_id = review.person_b
    where $with_unsure or review.judgement is null
    order by review.match_probability desc nulls last, review.person_a, review.person_b"""
REFUSED = (PersonUnknown, RecordUnknown, RecordAmbiguous, JudgementContradicts, JudgementIncomplete)


@dataclass
class Account:
    """What became of the rows of a sheet."""

    rows: int = 0
    empty: int = 0
    already: int = 0
    judged: list[int] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def doubts(published: duckdb.DuckDBPyConnection, *, with_unsure: bool) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and rows of the links in doubt, likeliest first, with what the two people are called and when they were born."""
    found = published.execute(DOUBTS, {"with_unsure": with_unsure})
    return [column[0] for column in found.description], found.fetchall()


def write_doubts(file: Path, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    """Writes the links in doubt with columns to fill in."""
    empty = ("",) * len(TO_FILL)
    write_sheet(
        file, [*columns, *TO_FILL], [[*("" if value is None else value for value in row), *empty] for row in rows], {"judgement": WORDS}
    )


def take_in_sheet(settings: Settings, con: duckdb.DuckDBPyConnection, file: Path, as_of: date | None) -> Account:
    """Notes every filled-in row; a wrong one is left out and told with its line. Raises SheetUnreadable, DateRefused, LogBroken."""
    account = Account()
    for row in read_sheet(file, NEEDED):
        account.rows += 1
        if row.wrong is None and not row.values["judgement"]:
            account.empty += 1
            continue
        try:
            _take_in(settings, con, row, as_of, account)
        except REFUSED as error:
            account.wrong.append(f"line {row.line}: {error}")
    return account


def _take_in(settings: Settings, con: duckdb.DuckDBPyConnection, row: Row, as_of: date | None, account: Account) -> None:
    word = row.values.get("judgement", "").lower()
    if row.wrong is not None:
        raise JudgementIncomplete(row.wrong)
    if word not in WORDS:
        raise JudgementIncomplete(f"the judgement is {word!r}: write {', '.join(WORDS[:-1])} or {WORDS[-1]}, or leave it empty")
    said = replace(moment(con, as_of), judged_by=row.values["by"], why=row.values["why"])
    a, b = (_now(con, row.values[column]) for column in ("person_a", "person_b"))
    if a == b and word == "same" and row.values["person_a"] != row.values["person_b"]:
        account.already += 1  # they have become one person since the sheet was written
        return
    judged = judge(settings, con, word, find_sides(con, a, b), said)
    if judged.noted.is_new:
        account.judged.append(judged.noted.judgement_id)
    else:
        account.already += 1
    account.replaced += judged.noted.replaced
    account.warnings += [f"line {row.line}: {warning}" for warning in judged.warnings]


def _now(con: duckdb.DuckDBPyConnection, said: str) -> str:
    """The id that a person has now, since a sheet may be older than the last night; a record's key as it is."""
    return successor(con, said) if PERSON.fullmatch(said) else said
