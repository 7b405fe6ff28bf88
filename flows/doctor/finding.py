"""What one check found: well, to be looked at, or broken; in a sentence, with how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flows.settings import Settings


class Level(StrEnum):
    """ok: as it should be. warn: works, but look at it. fail: mend it."""

    ok = "ok"
    warn = "warn"
    fail = "fail"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's. `topic` is fixed, so that a finding can be told by it."""

    topic: str
    level: Level
    said: str
    mend: str = ""


@dataclass(frozen=True)
class Patient:
    """What is looked at: the settings in force, the moment, and what the newest published database says of itself (empty when there is none)."""

    settings: Settings
    now: datetime
    api: str | None
    published: dict[str, Any]

    @property
    def home(self) -> Path:
        return self.settings.home


def ok(topic: str, said: str) -> Finding:
    """All is well."""
    return Finding(topic, Level.ok, said)


def warn(topic: str, said: str, mend: str) -> Finding:
    """It works, but should be looked at."""
    return Finding(topic, Level.warn, said, mend)


def fail(topic: str, said: str, mend: str) -> Finding:
    """It is broken."""
    return Finding(topic, Level.fail, said, mend)
