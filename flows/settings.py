"""What an operator can set, read once from the environment: FOREWARN_<NAME> for each field of Settings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NoReturn

from flows.stage_minutes import StageMinutes, read_stage_minutes

PREFIX = "FOREWARN_"
CONFIG = Path(__file__).parents[1] / "config"
SHIPPED = {
    "mapping": CONFIG / "agencies.toml",
    "partnerships": CONFIG / "partnerships.toml",
    "deliveries": CONFIG / "deliveries.toml",
    "pathways": CONFIG / "pathways.toml",
    "retention": CONFIG / "retention.toml",
    "profiles": CONFIG / "profiles.toml",
    "drift": CONFIG / "drift.toml",
}
FORMATS = ("html", "pdf", "xlsx")
CADENCES = ("weekly", "fortnightly")
PROMOTIONS = ("automatic", "by_hand")
PROJECT = "FOREWARN_PROJECT"  # read by prefect.yaml alone: the folder that a worker runs in


class SettingUnreadable(Exception):
    """A FOREWARN_ variable has a value that cannot be used, or a name that no setting has."""


@dataclass(frozen=True)
class Settings:
    """The pipeline's settings; each is documented in docs/operator.md."""

    home: Path = Path("var")
    landing: Path | None = None
    memory_limit: str = "4GB"
    list_size: int = 50
    cadence: str = "weekly"
    formats: tuple[str, ...] = FORMATS
    history_weeks: int = 53
    mapping: Path | None = None
    partnerships: Path | None = None
    deliveries: Path | None = None
    pathways: Path | None = None
    retention: Path | None = None
    profiles: Path | None = None
    severity_weights: Path | None = None
    retries: int = 2
    still_seconds: int = 2
    relink: bool = False
    stage_minutes: StageMinutes = field(default_factory=StageMinutes)
    promotion: str = "automatic"
    drift: Path | None = None
    audit_key_file: Path | None = None
    notify_command: str | None = None
    notify_webhook: str | None = field(default=None, repr=False)  # its address is often its only secret
    notify_webhook_file: Path | None = None
    notify_token: str | None = field(default=None, repr=False)
    notify_token_file: Path | None = None
    late_after_hours: int = 30
    log: str = "console"
    encryption_key_file: Path | None = None
    engine: str = "one_machine"
    spark_master: str = "local[*]"
    spark_folder: Path | None = None


def _memory(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d*(\.\d+)?\s?[KMGT]i?B", text):
        raise ValueError("an amount of memory such as 4GB")
    return text


def _count(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"a whole number from {least}")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(" or ".join(words))
        return text

    return read


def _formats(text: str) -> tuple[str, ...]:
    named = [one.strip() for one in text.split(",")]
    if "html" not in named or set(named) - set(FORMATS):
        raise ValueError("html, with pdf or xlsx or both beside it, such as html,xlsx")
    return tuple(one for one in FORMATS if one in named)


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("yes or no")
    return text.lower() == "yes"


READERS: dict[str, Callable[[str], Any]] = {
    "home": Path,
    "landing": Path,
    "memory_limit": _memory,
    "list_size": _count(1),
    "cadence": _one_of(*CADENCES),
    "formats": _formats,
    "history_weeks": _count(1),
    "mapping": Path,
    "partnerships": Path,
    "deliveries": Path,
    "pathways": Path,
    "retention": Path,
    "profiles": Path,
    "severity_weights": Path,
    "retries": _count(0),
    "still_seconds": _count(0),
    "relink": _yes_or_no,
    "stage_minutes": read_stage_minutes,
    "promotion": _one_of(*PROMOTIONS),
    "drift": Path,
    "audit_key_file": Path,
    "notify_command": str,
    "notify_webhook": str,
    "notify_webhook_file": Path,
    "notify_token": str,
    "notify_token_file": Path,
    "late_after_hours": _count(1),
    "log": _one_of("console", "json"),
    "encryption_key_file": Path,
    "engine": _one_of("one_machine", "spark"),
    "spark_master": str,
    "spark_folder": Path,
}


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; an empty variable counts as unset, config/ is the default. Raises SettingUnreadable."""
    known = {PREFIX + field.name.upper(): field.name for field in fields(Settings)}
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX) and name != PROJECT and text}
    for variable in given.keys() - known.keys():
        _refuse(variable, sorted(known))
    shipped = {name: path for name, path in SHIPPED.items() if path.exists()}
    values = {known[variable]: _read(variable, known[variable], text) for variable, text in given.items()}
    return Settings(**(shipped | values))


def read_settings_of(environment: Mapping[str, str], home: Path | None) -> Settings:
    """The settings of an environment, with the HOME that a command was given, if any. Raises SettingUnreadable."""
    settings = read_settings(environment)
    return replace(settings, home=home or settings.home)


def _read(variable: str, name: str, text: str) -> Any:
    try:
        return READERS[name](text)
    except ValueError as error:
        raise SettingUnreadable(f"{variable} is {text!r}: it must be {error}") from None


def _refuse(variable: str, known: list[str]) -> NoReturn:
    near = difflib.get_close_matches(variable, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"
    raise SettingUnreadable(f"{variable} is set, but no setting has that name: {hint}")
