"""The machine: Python, packages against the lock, disk, memory, clock."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.doctor.finding import Finding, Patient, fail, ok, warn
from flows.locked import differing
from flows.memory import LEAST_ADDRESSES, addresses, memory_there

LOCK = Path(__file__).parents[2] / "requirements.lock"
LEAST_FREE = 2_000_000_000
TIMES = 3
"""A night needs room for the warehouse, a new published file and the engine's overflow at once."""
_UNITS = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}


def check_versions(_patient: Patient) -> Iterator[Finding]:
    """Python, and every installed package of the lock."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield ok("python", f"Python {python}, forewarn {version('forewarn')}, duckdb {version('duckdb')}, prefect {version('prefect')}")
    if not LOCK.exists():
        yield warn(
            "packages", "there is no requirements.lock beside the code, so versions were not compared", "run from the project's folder"
        )
        return
    wrong = list(differing(LOCK.read_text(encoding="utf-8")))
    if wrong:
        yield warn("packages", f"{len(wrong)} differ from requirements.lock: {', '.join(wrong[:5])}", "make setup")
    else:
        yield ok("packages", "as in requirements.lock")


def check_disk(patient: Patient) -> Iterator[Finding]:
    """Room on the disk of HOME for another night."""
    if not patient.home.exists():
        return
    free = shutil.disk_usage(patient.home).free
    used = sum(path.stat().st_size for path in patient.home.glob("*.duckdb") if path.is_file())
    need = max(LEAST_FREE, TIMES * used)
    said = f"{free / 1e9:,.1f} GB free where HOME is; a night may need {need / 1e9:,.1f} GB"
    if free < need / 2:
        yield fail("disk", said, "make room, or move HOME to a larger disk (forewarn backup, then restore)")
    elif free < need:
        yield warn("disk", said, "make room soon")
    else:
        yield ok("disk", said)


def check_memory(patient: Patient) -> Iterator[Finding]:
    """Whether the engine's memory limit fits this machine, or the control group that the doctor is in."""
    there, limited = memory_there(), addresses()
    limit = patient.settings.memory_limit
    match = re.fullmatch(r"([\d.]+)\s?([KMGT])i?B", limit)
    asked = float(match[1]) * _UNITS[match[2]] if match else 0.0
    said = f"the engine may use {limit} of this machine's {there / 1e9:,.1f} GB"
    if asked > 0.8 * there:
        yield warn("memory", said, "set FOREWARN_MEMORY_LIMIT to at most three quarters of it")
    else:
        yield ok("memory", said)
    if limited is not None and limited < LEAST_ADDRESSES + asked:
        yield warn(
            "memory",
            f"a process may address {limited / 1e9:,.1f} GB of memory (ulimit -v), and a night may need {(LEAST_ADDRESSES + asked) / 1e9:,.1f} GB",
            "lift that limit: FOREWARN_MEMORY_LIMIT, or a control group, limits what is used",
        )


def check_clock(patient: Patient) -> Iterator[Finding]:
    """Whether London's time is known, and the clock does not run behind what has been published."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        yield fail("clock", "the time zone Europe/London is not known here", "install the system's package tzdata")
        return
    published_at = patient.published.get("published_at")
    if published_at is not None and published_at > patient.now:
        said = f"it is {patient.now:%Y-%m-%d %H:%M} in London by this machine's clock, before the last night was published ({published_at:%Y-%m-%d %H:%M})"
        yield fail("clock", said, "set the clock (timedatectl), or wait out the hour that clocks went back")
    else:
        yield ok("clock", f"{patient.now:%Y-%m-%d %H:%M} in London")
