"""HOME's two databases as a command opens them: the warehouse under the lock of runs, and the published one, of which a session can reach nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.clock import now_in_london
from flows.home import prepare_home
from flows.lock import only_run
from flows.settings import Settings
from warehouse.connection import FILE
from warehouse.generations import LOCKED, published_file

if TYPE_CHECKING:
    import duckdb

WAIT_SECONDS = 10
LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = LOCKED | {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
FIRST = "run `forewarn nightly` first, or name another folder with --home"


class NoWarehouse(Exception):
    """HOME holds no warehouse: no night has been run there."""


class NothingPublished(Exception):
    """HOME holds no published database."""


def refuse_without_warehouse(home: Path) -> None:
    """Raises NoWarehouse; makes nothing."""
    if not (home / FILE).exists():
        raise NoWarehouse(f"{home} has no warehouse yet: {FIRST}")


@contextmanager
def warehouse_open(settings: Settings, command: str, wait_seconds: float | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, with the run lock held: a run at work is waited for, WAIT_SECONDS unless told. Raises RunInProgress, NoWarehouse."""
    from warehouse.connection import open_warehouse

    refuse_without_warehouse(settings.home)
    home = prepare_home(settings.home)
    with only_run(home, command, now_in_london(), WAIT_SECONDS if wait_seconds is None else wait_seconds):
        con = open_warehouse(home, settings.memory_limit)
        try:
            yield con
        finally:
            con.close()


def path_of_published(home: Path) -> Path:
    """The database that analysts open. Raises NothingPublished."""
    file = published_file(home)
    if file is None:
        raise NothingPublished(f"{home} has no published database: {FIRST}")
    return file


def published_open(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The published database, locked down: no file, no network, no extension, no setting can be reached from a query. Raises NothingPublished."""
    import duckdb

    return duckdb.connect(str(path_of_published(settings.home)), read_only=True, config=LOCKED_DOWN)
