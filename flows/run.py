"""One run's particulars, handed from stage to stage, and its connection to the warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.clock import new_run_id, now_in_london
from flows.home import is_open_to_others, prepare_home
from flows.lock import only_run
from flows.memory import refuse_too_little_memory
from flows.settings import Settings
from flows.stop_switch import SWITCHED, refuse_if_stopped

if TYPE_CHECKING:
    import duckdb

HEAVY = ("nightly", "train")
Progress = Callable[[str, int, int], None]


@dataclass(eq=False)
class Run:
    """A nightly or weekly run: where, as of when, with which settings. `notices` collects what an operator should read afterwards;
    `profile` names the recipient of a weekly list."""

    name: str
    home: Path
    as_of: date
    settings: Settings
    now: datetime
    run_id: str
    landing: Path | None = None
    progress: Progress | None = None
    notices: list[str] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    profile: str = "tactical_group"
    _connection: duckdb.DuckDBPyConnection | None = None

    @property
    def published(self) -> Path:
        """The analysts' database, a link to the newest one published."""
        return self.home / "forewarn.duckdb"

    @property
    def tell(self) -> Progress:
        """Says how far a stage is, to whoever watches."""
        return self.progress or _nobody_watches

    def warehouse(self) -> duckdb.DuckDBPyConnection:
        """The connection to HOME/warehouse.duckdb, opened when first asked for."""
        if self._connection is None:
            from warehouse.connection import open_warehouse

            self._connection = open_warehouse(self.home, self.settings.memory_limit)
        return self._connection

    def close(self) -> None:
        """Lets the warehouse go; a failed stage's next try opens it anew."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()


def _nobody_watches(_what: str, _done: int, _total: int) -> None: ...


@contextmanager
def begin_run(name: str, as_of: date, settings: Settings) -> Iterator[Run]:
    """Prepares HOME, holds the run's lock while it lasts and closes the warehouse at its end. Raises HomeUnusable, RunInProgress, Stopped, TooLittleMemory."""
    if name == "nightly" and settings.encryption_key_file is not None:
        from warehouse.encryption import refuse_encryption

        refuse_encryption()
    if name in HEAVY:
        refuse_too_little_memory()
    home = prepare_home(settings.home)
    if name in SWITCHED:
        refuse_if_stopped(home)
    now = now_in_london()
    with only_run(home, name, now):
        run = Run(name, home, as_of, settings, now, new_run_id(), settings.landing and settings.landing.resolve())
        if is_open_to_others(home):
            run.notices.append(f"{home} is open to other users of this machine: chmod 700 {home}")
        try:
            yield run
        finally:
            run.close()
