"""The working warehouse keeps what was written, is made with its schemas, and says so when it cannot be opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.connection import SCHEMAS, WarehouseUnavailable, open_warehouse


def test_it_is_made_with_its_schemas_and_keeps_what_was_written(tmp_path: Path) -> None:
    con = open_warehouse(tmp_path / "deep" / "o'home")
    con.execute("create table people.probe as select 1 as n")
    con.close()
    con = open_warehouse(tmp_path / "deep" / "o'home", memory_limit="512MB")
    assert con.execute("select n from people.probe").fetchall() == [(1,)]
    named = con.execute("select schema_name from information_schema.schemata where catalog_name = 'warehouse'").fetchall()
    assert set(SCHEMAS) <= {name for (name,) in named}
    assert con.execute("select current_setting('memory_limit')").fetchall() == [("488.2 MiB",)]
    con.close()


def test_a_warehouse_that_another_run_holds_is_said_so(tmp_path: Path) -> None:
    open_warehouse(tmp_path).close()
    held = f"from pathlib import Path; from warehouse.connection import open_warehouse; c = open_warehouse(Path({str(tmp_path)!r})); print(1, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        with pytest.raises(
            WarehouseUnavailable, match=r"warehouse\.duckdb: cannot be opened: another program has it open\. Close that, or wait"
        ):
            open_warehouse(tmp_path)
        other.communicate("\n")


def test_what_a_killed_run_left_of_its_overflow_is_removed_by_whoever_holds_the_warehouse(tmp_path: Path) -> None:
    (tmp_path / "spill").mkdir()
    (tmp_path / "spill" / "duckdb_temp_storage_DEFAULT-0.tmp").write_text("somebody")
    (tmp_path / "warehouse.duckdb").write_text("not a database")
    with pytest.raises(WarehouseUnavailable):
        open_warehouse(tmp_path)
    assert len(list((tmp_path / "spill").iterdir())) == 1, "it may be of a run that holds the warehouse"
    (tmp_path / "warehouse.duckdb").unlink()
    open_warehouse(tmp_path).close()
    assert list(tmp_path.glob("spill/*")) == []


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_text("not a database")
    with pytest.raises(WarehouseUnavailable, match=r"cannot be opened: it is damaged\. Restore the last backup with `forewarn restore`"):
        open_warehouse(tmp_path)
