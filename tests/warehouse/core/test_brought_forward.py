"""Versions brought forward load by load are those of settling everything anew, whatever came, in whatever order, and whenever a night was cut off."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Landing, as_csv, full_rows
from tests.warehouse.core.test_properties import SOME
from warehouse import versions
from warehouse.build import layer_tables
from warehouse.connection import open_warehouse
from warehouse.contracts import EXCLUSIONS, INCIDENT_PARTIES, INCIDENTS, INTELLIGENCE, INTELLIGENCE_SUBJECTS, Extract

CUTS = tuple(date(2026, 1, 4 + 7 * n) for n in range(4))
EXTRACTS = {
    INCIDENTS: ("incident_id", "weapon", ("KNIFE", "BLUNT")),
    INCIDENT_PARTIES: ("incident_id", "ethnicity", ("W1", "B1", "")),
    INTELLIGENCE: ("report_id", "withdrawn_at", ("", "2026-01-09")),
    INTELLIGENCE_SUBJECTS: ("report_id", "alias", ("Ash", "Elm")),
    EXCLUSIONS: ("upn", "sessions", ("1", "2", "many")),
}
Row = tuple[Extract, date, str, str, str]


@st.composite
def rows(draw: st.DrawFn) -> Row:
    extract = draw(st.sampled_from(list(EXTRACTS)))
    says = draw(st.sampled_from(EXTRACTS[extract][2]))
    return extract, draw(st.sampled_from(CUTS)), draw(st.sampled_from("KL")), says, draw(st.sampled_from(("2026-01-02", "2026-01-10")))


def written(row: Row) -> dict[str, str]:
    extract, _, key, says, recorded = row
    key_column, said_in, _ = EXTRACTS[extract]
    told = {key_column: key, said_in: says}
    return told if extract is INTELLIGENCE_SUBJECTS else told | {"recorded_at": f"{recorded} 09:00"}


@pytest.fixture
def always_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "NEW_AT_MOST", 100.0)


def core(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of core."""
    return {table.name: con.execute(f"from {table.name} order by all").fetchall() for table in layer_tables("core")}


def is_anew(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether settling versions makes everything anew: a mark on a row then goes."""
    con.execute("update core.version set load_id = -load_id")
    versions.settle_versions(con)
    return not con.execute("select 1 from core.version where load_id < 0 limit 1").fetchall()


@settings(SOME, max_examples=8)
@given(st.lists(rows(), min_size=1, max_size=10), st.randoms())
def test_forward_is_anew(drawn: list[Row], chance: object) -> None:
    by_file = [(file, list(inside)) for file, inside in groupby(sorted(drawn, key=_file), key=_file)]
    chance.shuffle(by_file)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(versions, "NEW_AT_MOST", 100.0)
        for landing in _landings(Path(folder)):
            for file, inside in by_file:
                landing.put(file, as_csv(full_rows(inside[0][0], [written(row) for row in inside])))
                landing.settle()
            found = core(landing.con)
            versions.settle_anew(landing.con)
            assert found == core(landing.con)


def _file(row: Row) -> str:
    return f"{row[0].name}_{row[1]}.csv"


def _landings(folder: Path) -> Iterator[Landing]:
    landing = Landing(folder / "landing", open_warehouse(folder / "home"))
    landing.folder.mkdir()
    yield landing
    landing.con.close()


@pytest.fixture
def settled(landing: Landing, always_forward: None) -> Landing:
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1\nI2\nI3")
    landing.settle()
    return landing


def test_a_night_with_nothing_new_settles_nothing(settled: Landing) -> None:
    assert not is_anew(settled.con)


def test_a_load_settles_the_records_it_touches_and_no_other(settled: Landing) -> None:
    settled.con.execute("update core.incident set summary = 'as it was'")
    settled.draw("incidents_2026-01-11.csv", "incident_id | weapon\nI2 | KNIFE")
    settled.settle()
    assert settled.drawn("select record_id, weapon, summary from core.incident order by record_id, known_from") == (
        "I1 | - | as it was\n"
        "I2 | - | -\n"
        "I2 | KNIFE | -\n"
        "I3 | - | as it was"
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("drop table core.settled_load", id="a night was cut off while it settled everything"),
        pytest.param("update core.settled_load set definition = 'older'", id="other code settled them"),
        pytest.param("delete from core.settled_load", id="a load is there that nobody noted"),
        pytest.param("drop table core.ethnicity", id="a table is missing"),
        pytest.param("delete from landing.incidents where incident_id = 'I1'", id="rows have gone from landing"),
    ],
)
def test_what_was_not_settled_as_this_code_would_is_settled_anew(settled: Landing, change: str) -> None:
    settled.con.execute(change)
    assert is_anew(settled.con)
    assert not is_anew(settled.con)


def test_a_night_that_brings_much_settles_everything_anew(settled: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "NEW_AT_MOST", 0.25)
    settled.draw("incidents_2026-01-11.csv", "incident_id\nI1\nI2\nI3")
    settled.take_in()
    assert is_anew(settled.con)


def test_a_night_cut_off_in_the_middle_leaves_core_as_it_was(settled: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    before = core(settled.con)
    settled.draw("incidents_2026-01-11.csv", "incident_id | weapon\nI2 | KNIFE")
    with monkeypatch.context() as patched:
        patched.setattr(versions, "_is_touched", lambda _table: "no_such_column")
        with pytest.raises(duckdb.Error, match="no_such_column"):
            settled.settle()
    assert core(settled.con) == before
    settled.settle()
    assert settled.drawn("select count(*) from core.incident") == "4"
