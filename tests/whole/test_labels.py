"""The label of a whole county, recomputed from the typed records in plain Python by the words of the contract, without any of the pipeline's SQL."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import duckdb
import polars as pl
import pytest

from features.pair_week import read_events
from models.outcome import grave_events, label, reporting_delay_days
from models.splits import rolling_origins
from tests.whole.conftest import County, analyst
from warehouse.timegate import visible

ALWAYS = {"1", "2", "3A", "4.1", "4.2", "5D", "5E"}
WITH_WEAPON = {"3B", "8N", "8P", "105A", "105B", "34A", "34B", "66", "62A", "9A", "9B"}
WEAPONS = {"KNIFE", "FIREARM", "CORROSIVE"}
AFFRAY = {"66", "62A"}

Serious = set[tuple[str, str, date]]


@pytest.fixture
def con(county: County, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse as the last night left it."""
    copy = tmp_path / "w.duckdb"
    copy.write_bytes((county.last / "warehouse.duckdb").read_bytes())
    return duckdb.connect(str(copy))


def by_the_contract(con: duckdb.DuckDBPyConnection, *, domestic: bool) -> Serious:
    """Pair, incident and day of every serious event between a suspect and a victim, or two parties of an affray in which nobody is the victim."""
    people = dict(con.execute("select record_id, person_id from people.person_record where source = 'incident_party'").fetchall())
    parties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for incident, record, role in con.execute("select incident_id, record_id, role from known.incident_party where counts").fetchall():
        if record in people:
            parties[incident].append((role, people[record]))
    found: Serious = set()
    for incident, code, weapon, day, at_home in con.execute(
        "select record_id, offence_code, weapon, occurred_from::date, domestic from known.incident where counts"
    ).fetchall():
        if at_home != domestic or not (code in ALWAYS or (code in WITH_WEAPON and weapon in WEAPONS)):
            continue
        victims = any(role == "VICTIM" for role, _ in parties[incident])
        for (role, one), (other_role, other) in combinations(parties[incident], 2):
            fought = code in AFFRAY and not victims and {role, other_role} <= {"SUSPECT", "INVOLVED"}
            if one != other and ({role, other_role} == {"SUSPECT", "VICTIM"} or fought):
                found.add((f"{min(one, other)}-{max(one, other)}", incident, day))
    return found


@pytest.mark.parametrize("lane", ["conflict", "domestic"])
def test_the_serious_events_are_those_of_the_contract(con: duckdb.DuckDBPyConnection, lane: str) -> None:
    grave = grave_events(read_events(con), lane)
    ours = set(grave.select("pair_id", "record_id", pl.col("occurred_at").dt.date()).iter_rows())
    theirs = by_the_contract(con, domestic=lane == "domestic")
    assert len(theirs) > (20 if lane == "conflict" else 0)
    assert ours == theirs


def test_the_label_of_every_pair_week_is_that_of_the_contract(con: duckdb.DuckDBPyConnection) -> None:
    days: dict[str, set[date]] = defaultdict(set)
    for pair, _, day in by_the_contract(con, domestic=False):
        days[pair].add(day)
    weeks = con.sql("select pair_id, as_of from features.pair_week order by all").pl()
    labels = label(weeks, grave_events(read_events(con), "conflict"))
    by_hand = [any(as_of < day <= as_of + timedelta(days=28) for day in days[pair]) for pair, as_of in weeks.iter_rows()]
    assert labels.to_list() == by_hand
    assert 0 < labels.mean() < 0.1  # type: ignore[operator]


@pytest.mark.parametrize(("column", "domestic"), [("serious", False), ("serious_domestic", True)])
def test_what_analysts_see_as_serious_is_the_same(county: County, con: duckdb.DuckDBPyConnection, column: str, *, domestic: bool) -> None:
    with analyst(county.last) as published:
        shown = set(
            published.execute(f"select distinct pair_id, record_id, occurred_at::date from analyst.pair_timeline where {column}").fetchall()
        )
    assert shown == by_the_contract(con, domestic=domestic)


def test_a_training_knows_no_outcome_that_was_recorded_after_its_day(con: duckdb.DuckDBPyConnection) -> None:
    events = read_events(con)
    grave = events.filter("is_grave").select("pair_id", "record_id", occurred="occurred_at", known="known_at")
    slow = grave.filter(pl.col("known").dt.date() > pl.col("occurred").dt.date()).sort(pl.col("occurred") - pl.col("known")).head(20)
    assert slow.height > 5
    for pair, record, occurred, known in slow.iter_rows():
        for day, is_known in ((known.date() - timedelta(days=1), False), (known.date(), True)):
            then = visible(events, [day]).with_columns(pl.lit(None, pl.Datetime("us")).alias("known_to"))
            found = pl.concat([grave_events(then, lane) for lane in ("conflict", "domestic")])
            assert ((pair, record) in set(found.select("pair_id", "record_id").iter_rows())) == is_known, occurred


def test_the_embargo_is_what_reporting_took_in_this_county(con: duckdb.DuckDBPyConnection) -> None:
    grave = grave_events(read_events(con), "conflict")
    took = sorted((known - occurred).days for occurred, known in grave.select("occurred_at", "known_at").iter_rows())
    delay = reporting_delay_days(grave)
    assert sum(days <= delay for days in took) >= 0.9 * len(took) > sum(days < delay for days in took)
    sundays = [date(2024, 1, 7) + timedelta(days=7 * n) for n in range(100)]
    for fold in rolling_origins(sundays, delay):
        assert max(fold.taught) + timedelta(days=28 + delay) <= min(fold.judged)
        assert max(fold.taught) + timedelta(days=28 + delay + 7) > min(fold.judged)
