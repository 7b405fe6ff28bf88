"""A warehouse of any earlier shape is brought forward on opening and a copy kept; one of a later shape is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from alerts.selection import _create_history
from warehouse import connection, upgrading
from warehouse.connection import open_warehouse
from warehouse.people.people_tables import create_tables
from warehouse.upgrading import WarehouseTooNew, newest_version

VERSION_1 = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")
COLUMNS = """select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()
    where database_name = 'warehouse' and schema_name || '.' || table_name in (select unnest($tables)) order by all"""
NAMED = "select distinct schema_name || '.' || table_name from duckdb_columns() where database_name = 'warehouse' order by all"


def make_version_1(home: Path) -> None:
    """A warehouse as the first version left it: the tables that it kept from night to night, a row in some."""
    home.mkdir(exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"attach '{home / 'warehouse.duckdb'}' as warehouse (storage_version 'v1.5.0')")
        con.execute("use warehouse")
        con.execute(VERSION_1)
        con.execute(
            "insert into ops.load (load_id, file, source, status, rows_read) values (1, 'incidents_2026-01-04.csv', 'incidents', 'loaded', 7)"
        )
        con.execute("insert into alerts.flag (as_of, lane, rank, pair_id) values ('2026-01-04', 'conflict', 1, 'Pa-Pb')")


def columns_of(con: duckdb.DuckDBPyConnection, tables: list[str]) -> list[tuple[str, str, str]]:
    return con.execute(COLUMNS, {"tables": tables}).fetchall()


def test_the_first_version_is_brought_to_the_shape_that_a_new_one_has(tmp_path: Path) -> None:
    make_version_1(tmp_path / "old")
    with open_warehouse(tmp_path / "old") as old:
        tables = [name for (name,) in old.execute(NAMED).fetchall()]
        migrated = columns_of(old, tables)
        assert old.execute("select file, rows_read from ops.load").fetchall() == [("incidents_2026-01-04.csv", 7)]
        assert old.execute("select pair_id from alerts.flag").fetchall() == [("Pa-Pb",)]
        assert upgrading.version_of(old) == newest_version()
    with open_warehouse(tmp_path / "new") as new:
        create_tables(new)
        _create_history(new)
        assert columns_of(new, tables) == migrated
        assert upgrading.version_of(new) == newest_version()


@pytest.fixture
def a_second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code whose newest version is one more than it is: a step that adds a column."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in upgrading.migrations().values():
        (folder / file.name).write_bytes(file.read_bytes())
    step = folder / f"{newest_version() + 1:04}_remark.sql"
    step.write_text("alter table if exists ops.load add column if not exists remark varchar;", encoding="utf-8")
    later = upgrading.migrations(folder)
    monkeypatch.setattr(upgrading, "migrations", lambda _folder=None: later)


@pytest.mark.usefixtures("a_second_version")
def test_a_copy_from_before_is_kept_and_only_of_the_last_upgrade(tmp_path: Path) -> None:
    make_version_1(tmp_path)
    kept = tmp_path / "before_upgrade"
    kept.mkdir()
    (kept / "warehouse-v0.duckdb").touch()
    with open_warehouse(tmp_path) as con:
        assert con.execute("select remark from ops.load").fetchall() == [(None,)]
    assert [path.name for path in kept.iterdir()] == ["warehouse-v1.duckdb"]
    assert (kept / "warehouse-v1.duckdb").stat().st_mode & 0o777 == 0o600
    with duckdb.connect(str(kept / "warehouse-v1.duckdb"), read_only=True) as copy, pytest.raises(duckdb.BinderException, match="remark"):
        copy.execute("select remark from ops.load")
    before = (kept / "warehouse-v1.duckdb").stat().st_mtime_ns
    open_warehouse(tmp_path).close()
    assert (kept / "warehouse-v1.duckdb").stat().st_mtime_ns == before, "what is in the newest shape is not copied again"


@pytest.mark.usefixtures("a_second_version")
def test_an_upgrade_that_stops_half_way_goes_on_at_the_next_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_version_1(tmp_path)

    def stopped(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "migrate", stopped)
        with pytest.raises(OSError, match="No space"):
            open_warehouse(tmp_path)
    with open_warehouse(tmp_path) as con:
        assert upgrading.version_of(con) == newest_version()
        assert con.execute("select rows_read, remark from ops.load").fetchall() == [(7, None)]


def test_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as con:
        con.execute("insert into ops.schema_version values (99)")
    before = (tmp_path / "warehouse.duckdb").read_bytes()
    with pytest.raises(
        WarehouseTooNew,
        match=rf"has schema version 99, and this Forewarn knows versions up to {newest_version()}: it was made by a later one",
    ):
        open_warehouse(tmp_path)
    assert (tmp_path / "warehouse.duckdb").read_bytes() == before


def test_steps_are_numbered_without_a_gap() -> None:
    assert list(upgrading.migrations()) == list(range(2, newest_version() + 1))
