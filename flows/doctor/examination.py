"""The checks in the order in which their findings are shown; one that breaks down is itself a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.doctor.finding import Finding, Patient, fail
from flows.doctor.house import check_generations, check_home, check_leftovers, check_stop_switch, check_warehouse
from flows.doctor.machine import check_clock, check_disk, check_memory, check_versions
from flows.doctor.nights import check_configuration, check_deliveries, check_last_night, check_scorers
from flows.doctor.schedule import check_prefect
from flows.failure import tell
from flows.settings import Settings
from warehouse.generations import LOCKED, PUBLISHED

CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    check_versions,
    check_configuration,
    check_home,
    check_stop_switch,
    check_disk,
    check_memory,
    check_clock,
    check_warehouse,
    check_generations,
    check_last_night,
    check_deliveries,
    check_scorers,
    check_leftovers,
    check_prefect,
)


def examine(settings: Settings, now: datetime, api: str | None) -> list[Finding]:
    """Every check's findings."""
    patient = Patient(settings, now, api, _published(settings.home / PUBLISHED))
    return [finding for check in CHECKS for finding in _carried_out(check, patient)]


def _carried_out(check: Callable[[Patient], Iterator[Finding]], patient: Patient) -> list[Finding]:
    try:
        return list(check(patient))
    except Exception as error:
        return [
            fail(check.__name__.removeprefix("check_").replace("_", " "), f"could not be checked: {tell(error)}", "tell the maintainers")
        ]


def _published(file: Path) -> dict[str, Any]:
    try:
        with duckdb.connect(str(file), read_only=True, config=LOCKED) as con:
            [(as_of, published_at)] = con.execute("select as_of, published_at from analyst.run").fetchall()
            return {"as_of": as_of, "published_at": published_at}
    except (duckdb.Error, ValueError):
        return {}
