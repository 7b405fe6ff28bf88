"""On generated deliveries: order and repetition change nothing, the future cannot change the past, and every row is accounted for.

The oracle is the contract read again in plain Python: a record's rows in the order of extract date, file and line; the first known from
its recorded_at, each later one from its extract date, none before the first; what is known at a moment is the last of those known by then.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Landing, as_csv, full_rows
from warehouse.connection import open_warehouse
from warehouse.contracts import INCIDENTS, INTELLIGENCE, INTELLIGENCE_SUBJECTS, Extract
from warehouse.sources.delivery import Intake

CUTS = tuple(date(2026, 1, 4) + timedelta(weeks=n) for n in range(4))
DAYS = st.dates(date(2025, 12, 25), date(2026, 2, 1))


@dataclass(frozen=True)
class Row:
    """One row of a delivery: which record, in which extract, what it says, and when it was recorded."""

    extract: Extract
    cut: date
    number: int
    says: str
    recorded: date

    @property
    def file(self) -> str:
        return f"{self.extract.name}_{self.cut}.csv"

    @property
    def record_id(self) -> str:
        return f"K{self.number}/1" if self.extract is INTELLIGENCE_SUBJECTS else f"K{self.number}"

    def written(self) -> dict[str, str]:
        key = {self.extract.key[0]: f"K{self.number}"}
        if self.extract is INTELLIGENCE_SUBJECTS:
            return key | {"alias": self.says}
        return key | {"recorded_at": f"{self.recorded}T12:00:00", ("summary" if self.extract is INCIDENTS else "text"): self.says}


ROWS = st.builds(
    Row,
    st.sampled_from((INCIDENTS, INTELLIGENCE, INTELLIGENCE_SUBJECTS)),
    st.sampled_from(CUTS),
    st.integers(1, 2),
    st.sampled_from("xyz"),
    DAYS,
)
DELIVERIES = st.lists(ROWS, min_size=1, max_size=8)
SOME = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

KNOWN = " union all ".join(
    f"select '{extract.name}', record_id, {said}, known_from, known_to, is_current from known.{extract.record}"
    for extract, said in ((INCIDENTS, "summary"), (INTELLIGENCE, "text"), (INTELLIGENCE_SUBJECTS, "alias"))
)
Known = set[tuple[str, str, str, datetime, datetime | None, bool]]


def in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.cut, row.file))


def take_in_all(rows: Iterable[Row], as_of: date, *, backwards: bool = False) -> tuple[Known, Intake, str]:
    """What is known as of a date, the sum of what was taken in, and core; `backwards`: file by file, the newest first, and all again."""
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder) / "landing", open_warehouse(Path(folder) / "home"))
        landing.folder.mkdir()
        intake = Intake()
        by_file: dict[str, list[Row]] = {}
        for row in in_order(rows):
            by_file.setdefault(row.file, []).append(row)
        for file, inside in sorted(by_file.items(), reverse=backwards):
            landing.put(file, as_csv(full_rows(inside[0].extract, [row.written() for row in inside])))
            intake = landing.take_in() if backwards else intake
        landing.settle(as_of)
        known = set(landing.con.execute(KNOWN).fetchall())
        core = "\n".join(
            landing.drawn(f"select * from core.{extract.record} order by all")
            for extract in (INCIDENTS, INTELLIGENCE, INTELLIGENCE_SUBJECTS)
        )
        landing.con.close()
    return known, intake, core


def first_recorded(rows: list[Row], row: Row) -> datetime | None:
    """When the first row of a record was recorded; of a subject, the first row of its report."""
    extract = INTELLIGENCE if row.extract is INTELLIGENCE_SUBJECTS else row.extract
    same = [other for other in in_order(rows) if other.extract is extract and other.number == row.number]
    return datetime.combine(same[0].recorded, datetime.min.time()).replace(hour=12) if same else None


def known_from(rows: list[Row], row: Row) -> datetime | None:
    first = next(other for other in in_order(rows) if (other.extract, other.number) == (row.extract, row.number))
    recorded = first_recorded(rows, row)
    return recorded if recorded is None or row is first else max(recorded, datetime.combine(row.cut, datetime.min.time()))


def known_by_the_contract(rows: list[Row], as_of: date) -> set[tuple[str, str, str]]:
    """What each record says by the end of a day."""
    end = datetime.combine(as_of, datetime.min.time()) + timedelta(days=1)
    last_said: dict[tuple[str, str], str] = {}
    for row in in_order(rows):
        since = known_from(rows, row)
        if since is not None and since < end:
            last_said[row.extract.name, row.record_id] = row.says
    return {(*record, says) for record, says in last_said.items()}


@SOME
@given(DELIVERIES, DAYS)
def test_what_is_known_is_what_the_contract_says(rows: list[Row], as_of: date) -> None:
    known, _, _ = take_in_all(rows, as_of)
    assert {row[:3] for row in known if row[-1]} == known_by_the_contract(rows, as_of)


@SOME
@given(DELIVERIES, DAYS)
def test_files_in_any_order_and_twice_give_the_same(rows: list[Row], as_of: date) -> None:
    known, _, core = take_in_all(rows, as_of)
    known_backwards, last, core_backwards = take_in_all(rows, as_of, backwards=True)
    assert (known_backwards, core_backwards) == (known, core)
    assert last.files_new == 1


@SOME
@given(DELIVERIES, DAYS)
def test_the_future_cannot_change_the_past(rows: list[Row], as_of: date) -> None:
    end = datetime.combine(as_of, datetime.min.time()) + timedelta(days=1)
    past = [row for row in rows if (since := known_from(rows, row)) is not None and since < end]
    known, _, _ = take_in_all(rows, as_of)
    assert known == (take_in_all(past, as_of)[0] if past else set())


@SOME
@given(st.lists(st.text(alphabet='K1,"\nx ', max_size=30), max_size=6))
def test_every_row_is_accepted_or_rejected(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder) / "landing", open_warehouse(Path(folder) / "home"))
        landing.folder.mkdir()
        good = as_csv(full_rows(INCIDENTS, [{}])).splitlines()
        landing.put("incidents_2026-01-04.csv", "\n".join([*good, *lines, good[1]]))
        intake = landing.take_in()
        held = landing.drawn("select (select count(*) from landing.incidents), count(*), count(distinct line) from ops.reject")
        landing.con.close()
    assert intake.rows_read == intake.rows_accepted + intake.rows_rejected
    assert held == f"{intake.rows_accepted} | {intake.rows_rejected} | {intake.rows_rejected}"
