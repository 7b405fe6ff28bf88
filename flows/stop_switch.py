"""The stop switch: a file in HOME with who stopped and why. While it is there no night, training or weekly list begins, and none ends in a publication."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.auditing import log
from flows.clock import now_in_london
from flows.home import prepare_home
from flows.settings import Settings
from warehouse.audit.entry import Kind
from warehouse.private_files import write_privately

FILE = "stopped.json"
SWITCHED = ("nightly", "weekly", "train")
"""Retention, subject access, the log and analysts' sessions on what is published go on: the law asks for them whether or not lists are made."""


class Stopped(Exception):
    """The switch is on: nothing is begun, and what is published stays as it is."""


class NotStopped(Exception):
    """There is nothing to go on from."""


@dataclass(frozen=True)
class Stop:
    """Who stopped, when (in ISO form) and why."""

    by: str
    at: str
    why: str

    def __str__(self) -> str:
        return f"stopped by {self.by} on {self.at[:16].replace('T', ' ')}: {self.why}"


def stopped(home: Path) -> Stop | None:
    """The stop that stands. A file that cannot be read stops too."""
    file = home / FILE
    if not file.exists():
        return None
    try:
        return Stop(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return Stop("somebody", "", f"{file} cannot be read")


def refuse_if_stopped(home: Path) -> None:
    """Raises Stopped while the switch is on."""
    stop = stopped(home)
    if stop is not None:
        raise Stopped(f"{stop}. Nothing was begun and what is published stays as it is; `forewarn go` lets runs begin again")


def stop(settings: Settings, by: str, why: str) -> Stop:
    """Puts the switch on, on disk before it is logged, so that it holds whatever becomes of the log. A further stop replaces the earlier one."""
    home = prepare_home(settings.home)
    one = Stop(by, now_in_london().isoformat(timespec="seconds"), why)
    write_privately(home / FILE, json.dumps(asdict(one)))
    log(settings, Kind.alteration, "the stop switch was put on: no nights, trainings or lists", who=by, why=why)
    return one


def go(settings: Settings, by: str, why: str) -> None:
    """Takes the switch off, once that is logged. Raises NotStopped."""
    if stopped(settings.home) is None:
        raise NotStopped(f"{settings.home} is not stopped: nothing to do")
    log(settings, Kind.alteration, "the stop switch was taken off", who=by, why=why)
    (settings.home / FILE).unlink()
