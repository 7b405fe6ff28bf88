"""HOME: who can read it, the warehouse's version, kept generations, who is at work, what was left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from flows.backup import REPLACED
from flows.causes import Cause, cause_of
from flows.doctor.finding import Finding, Patient, fail, ok, warn
from flows.home import is_open_to_others
from flows.lock import RunInProgress, only_run
from flows.serve import PAGE
from flows.stop_switch import stopped
from warehouse.connection import FILE
from warehouse.generations import LOCKED, PUBLISHED, generations
from warehouse.upgrading import COPIES, FIRST, newest_version


def check_home(patient: Patient) -> Iterator[Finding]:
    """HOME is there, writable, and nobody else's to read."""
    home = patient.home
    if not home.exists():
        yield fail("home", f"{home} is not there", "name the right one with --home or FOREWARN_HOME; the first night makes it")
        return
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield fail("home", f"{home} cannot be written to by this user", "run as the service user, or chown it")
        return
    open_files = sum(1 for path in _inside(home) if path.stat().st_mode & 0o077)
    if is_open_to_others(home) or (open_files and home.stat().st_mode & 0o011):
        yield fail("home", f"{home} can be entered by other users of this machine", f"chmod 700 {home}")
    elif open_files:
        yield warn(
            "home",
            f"{open_files} files or folders in {home} have modes open to others (HOME itself keeps them out)",
            f"chmod -R go= {home}",
        )
    else:
        yield ok("home", f"{home}, for its owner alone")


def _inside(home: Path) -> Iterator[Path]:
    page = home / PAGE  # Prefect copies it with the modes of its package
    return (path for path in home.rglob("*") if not path.is_symlink() and path.exists() and page not in path.parents)


def check_warehouse(patient: Patient) -> Iterator[Finding]:
    """The warehouse opens, and its version is one that this code knows. While a run is at work it is not touched."""
    file, newest = patient.home / FILE, newest_version()
    if not file.exists():
        return
    try:
        with only_run(patient.home, "doctor", patient.now):
            found = _version(file)
    except RunInProgress as busy:
        yield ok("warehouse", f"in use. {str(busy).split('. Wait')[0]}")
        return
    except (duckdb.Error, OSError) as error:
        if cause_of(error) is Cause.held:
            yield warn("warehouse", f"{file} is held by a program that is no run", "close it: no night can begin until then")
            return
        yield fail("warehouse", f"{file} cannot be opened ({type(error).__name__})", "forewarn restore the last backup")
        return
    if found > newest:
        yield fail(
            "warehouse",
            f"schema version {found}, and this code knows versions up to {newest}",
            "install the later Forewarn again, or restore a backup",
        )
    elif found < newest:
        yield warn("warehouse", f"schema version {found}; the next night brings it to {newest} and keeps a copy", "make a backup first")
    else:
        yield ok("warehouse", f"schema version {found}")


def _version(file: Path) -> int:
    with duckdb.connect(str(file), read_only=True, config=LOCKED) as con:
        there = con.execute(
            "select 1 from information_schema.tables where table_schema = 'ops' and table_name = 'schema_version'"
        ).fetchall()
        [(found,)] = con.execute("select max(version) from ops.schema_version").fetchall() if there else [(FIRST,)]
        return int(found or FIRST)


def check_generations(patient: Patient) -> Iterator[Finding]:
    """The published name leads to a database that opens, and there is one to go back to."""
    home = patient.home
    if not home.exists() or not (home / PUBLISHED).is_symlink():
        return
    kept = generations(home)
    current = [one for one in kept if one.is_published]
    if not current:
        yield fail("published", f"{home / PUBLISHED} leads to no database that opens", "forewarn rollback, or run a night")
    elif len(kept) == 1:
        yield warn(
            "published", f"run {current[0].run_id}; no earlier one is kept to go back to", "none is needed: the next nights keep three"
        )
    else:
        yield ok("published", f"run {current[0].run_id}; {len(kept) - 1} earlier kept")


def check_stop_switch(patient: Patient) -> Iterator[Finding]:
    """Whether somebody has stopped nights, trainings and lists."""
    stop = stopped(patient.home)
    if stop is not None:
        yield warn("stopped", str(stop), "forewarn go --by NAME --why REASON, once it is decided")


def check_leftovers(patient: Patient) -> Iterator[Finding]:
    """Copies of everything received that no run erases."""
    left = (
        [path for path in patient.home.glob("*") if path.name == COPIES or path.name.startswith(REPLACED)] if patient.home.exists() else []
    )
    if left:
        names = ", ".join(sorted(path.name for path in left))
        yield warn(
            "copies", f"kept aside in HOME, with everything received then: {names}", "delete them once the nights are as they should be"
        )
