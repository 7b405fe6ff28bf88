"""The thresholds of drift and validation, as an installation states them in config/drift.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints


class ThresholdsUnreadable(Exception):
    """The thresholds file has a section, name or value that cannot be used."""


@dataclass(frozen=True)
class Rising:
    """A figure that is 0 without drift: a look from `watch` on, a breach from `breach` on."""

    watch: float = 0.1
    breach: float = 0.25


@dataclass(frozen=True)
class Between:
    """A multiple that is 1 without drift: a breach below `low` or above `high`."""

    low: float = 0.5
    high: float = 2.0


@dataclass(frozen=True)
class Record:
    """How many settled lists are looked at, at most and at least, and the outcomes, foreseen or seen, that a figure needs."""

    weeks: int = 26
    least_weeks: int = 13
    least_outcomes: int = 30


@dataclass(frozen=True)
class Validation:
    """How long a training's validation lasts."""

    days: int = 92


@dataclass(frozen=True)
class Thresholds:
    """All of them; what a file does not name keeps its default."""

    inputs: Rising = Rising()
    scores: Rising = Rising()
    pairs: Between = Between()
    base_rate: Between = field(default=Between(0.4, 2.5))
    calibration: Between = Between()
    record: Record = Record()
    validation: Validation = Validation()


DEFAULTS = Thresholds()


def read_thresholds(path: Path | None) -> Thresholds:
    """The thresholds of a TOML file; the defaults without one. Raises ThresholdsUnreadable, which names section and value."""
    if path is None:
        return DEFAULTS
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ThresholdsUnreadable(f"{path} cannot be read ({type(error).__name__}): mend it, or unset FOREWARN_DRIFT") from None
    kinds = get_type_hints(Thresholds)
    _refuse_unknown(path, "section", said, kinds)
    return Thresholds(**{section: _section(path, section, kinds[section], values) for section, values in said.items()})


def _section(path: Path, section: str, kind: type, values: Any) -> Any:
    if not isinstance(values, dict):
        raise ThresholdsUnreadable(f"{path}: {section} must be a section, as [{section}]")
    wanted = {one.name: get_type_hints(kind)[one.name] for one in fields(kind)}
    _refuse_unknown(path, f"value in [{section}]", values, wanted)
    for name, value in values.items():
        allowed = int if wanted[name] is int else int | float
        if isinstance(value, bool) or not isinstance(value, allowed) or value <= 0:
            raise ThresholdsUnreadable(
                f"{path}: [{section}] {name} is {value!r}: it must be a {'whole ' if allowed is int else ''}number above 0"
            )
    found = kind(**values)
    low, high = (getattr(found, one, 0.0) for one in (("low", "high") if kind is Between else ("watch", "breach")))
    if low > high:
        raise ThresholdsUnreadable(f"{path}: [{section}] the first threshold ({low}) is above the second ({high})")
    return found


def _refuse_unknown(path: Path, what: str, said: Any, known: Any) -> None:
    for name in said:
        if name not in known:
            raise ThresholdsUnreadable(f"{path}: no {what} is called {name!r}: there are {', '.join(known)}")
