"""The sample of labels, drawn: serious, near misses and none of either, each with the events behind it; of protected reports no more than that they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import duckdb
import polars as pl
import pytest

from models.label_sample import NothingToSample, definition, sample_labels
from warehouse.code_lists import load_code_lists

SUNDAY = date(2026, 3, 1)
TONIGHT = date(2026, 6, 7)
EVENTS = """
pair | day | source       | record | kind            | code | weapon | grave | domestic | protected | gone
A-B  | 28  | incident     | I1     | assault         | 8N   | KNIFE  | yes   | no       | no        | no
A-B  | 29  | incident     | I2     | assault         | 8N   | NONE   | no    | no       | no        | no
C-D  | 3   | incident     | I3     | assault         | 8N   | NONE   | no    | no       | no        | no
C-D  | 4   | intelligence | R1     | reported_threat | -    | NONE   | no    | no       | yes       | no
E-F  | -2  | incident     | I4     | threat          | 3B   | NONE   | no    | no       | no        | no
G-H  | 5   | incident     | I5     | assault         | 5D   | NONE   | yes   | no       | no        | yes
"""


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("known", "features", "pairs", "codes"):
            con.execute(f"create schema {schema}")
        con.execute("create table known.as_of as select $day::date as as_of", {"day": TONIGHT})
        con.execute("create table pairs.offence (code varchar, description varchar)")
        con.execute(
            "insert into pairs.offence values ('8N', 'Assault with injury'), ('3B', 'Threats to kill'), ('5D', 'Assault with intent')"
        )
        load_code_lists(con)
        head, *lines = [[cell.strip() for cell in line.split("|")] for line in EVENTS.strip().splitlines()]
        rows = pl.DataFrame([event(dict(zip(head, line, strict=True))) for line in lines], schema_overrides={"known_to": pl.Datetime("us")})
        con.register("drawn", rows)
        con.execute("create table pairs.event as from drawn")
        con.execute(
            "create table pairs.pair as select distinct pair_id, 'conflict' as lane from pairs.event union all values ('Y-Z', 'conflict')"
        )
        con.execute("create table features.pair_week as select pair_id, $day::date as as_of from pairs.pair", {"day": SUNDAY})
        yield con


def event(said: dict[str, str]) -> dict[str, object]:
    occurred = datetime.combine(SUNDAY, datetime.min.time()) + timedelta(days=int(said["day"]), hours=12)
    return {
        "pair_id": said["pair"], "source": said["source"], "record_id": said["record"], "occurred_at": occurred, "known_at": occurred,
        "known_from": occurred, "known_to": occurred + timedelta(days=9) if said["gone"] == "yes" else None, "kind": said["kind"], "stance": "adverse",
        "direction": "a_to_b", "role_a": "SUSPECT", "role_b": "VICTIM", "offence_code": said["code"], "weapon": said["weapon"],
        "is_grave": said["grave"] == "yes", "is_domestic": said["domestic"] == "yes", "is_protected": said["protected"] == "yes", "grade": "1B",
    }  # fmt: skip


def test_each_label_comes_with_the_events_behind_it(con: duckdb.DuckDBPyConnection) -> None:
    drawn = {row["pair_id"]: row for row in sample_labels(con, 15, 1).to_dicts()}
    assert {pair: row["stratum"] for pair, row in drawn.items()} == {
        "A-B": "serious",
        "C-D": "near miss",
        "E-F": "none",
        "G-H": "none",  # withdrawn since
        "Y-Z": "none",
    }
    assert (drawn["A-B"]["first_day"], drawn["A-B"]["last_day"]) == (date(2026, 3, 2), date(2026, 3, 29))
    assert (
        drawn["A-B"]["in_the_window"] == "2026-03-29 (day 28) incident I1: 8N Assault with injury, weapon KNIFE, SUSPECT / VICTIM [SERIOUS]"
    )
    assert drawn["A-B"]["just_outside"] == "2026-03-30 (day 29) incident I2: 8N Assault with injury, SUSPECT / VICTIM"
    assert drawn["E-F"]["just_outside"].startswith("2026-02-27 (day -2) incident I4")
    assert drawn["G-H"]["in_the_window"].endswith("[SERIOUS, withdrawn or replaced]")
    assert drawn["C-D"]["in_the_window"].splitlines()[1] == "2026-03-05 (day 4) protected intelligence, grade 1B"


def test_the_same_seed_draws_the_same_and_a_third_of_each(con: duckdb.DuckDBPyConnection) -> None:
    first, again = (sample_labels(con, 3, 7) for _ in range(2))
    assert first.equals(again)
    assert first["stratum"].to_list() == ["serious", "near miss", "none"]
    assert len({sample_labels(con, 3, seed)["pair_id"][2] for seed in range(12)}) > 1


def test_weeks_whose_outcome_is_not_known_are_not_drawn(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update features.pair_week set as_of = $day::date", {"day": TONIGHT - timedelta(days=35)})
    with pytest.raises(NothingToSample, match="no pair-week in lane conflict is old enough"):
        sample_labels(con, 3, 1)


def test_the_definition_is_that_of_the_code_lists(con: duckdb.DuckDBPyConnection) -> None:
    said = definition(con, "conflict")
    assert (
        "code is one of 1, 2, 3A, 4.1, 4.2, 5D, 5E; or one of 105A, 105B, 34A, 34B, 3B, 62A, 66, 8N, 8P, 9A, 9B with weapon CORROSIVE, FIREARM, KNIFE"
        in said
    )
    assert "not flagged as domestic" in said
    assert ", flagged as domestic" in definition(con, "domestic")
