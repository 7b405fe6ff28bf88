"""What is expected from whom and when: read from one TOML file, config/deliveries.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from warehouse.contracts import EXTRACT_BY_NAME


class ExpectationsWrong(Exception):
    """The deliveries file says something that cannot be followed. The message names the file, the entry and the remedy."""


@dataclass(frozen=True)
class Expectation:
    """What is expected of one extract; config/deliveries.toml says what each means. Only `every_days` must be said."""

    every_days: int
    tolerance_days: int = 0
    fewest: float = 0.0
    most: float | None = None
    stale_after_days: int | None = None
    most_rejected: float | None = None
    no_list_after_days: int | None = None

    @property
    def late_after_days(self) -> int:
        return self.every_days + self.tolerance_days


_WHOLE = {"every_days": 1, "tolerance_days": 0, "stale_after_days": 1, "no_list_after_days": 1}


def load_expectations(path: Path | None) -> dict[str, Expectation]:
    """What is expected of each extract named in the file; without a file, nothing. Raises ExpectationsWrong."""
    if path is None:
        return {}
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExpectationsWrong(f"{path}: cannot be read ({error.strerror}). Name an existing file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExpectationsWrong(f"{path}: is not valid TOML ({error})") from error
    return {name: _expectation(f"{path}: [{name}]", name, entry) for name, entry in written.items()}


def _expectation(where: str, name: str, entry: Any) -> Expectation:
    if name not in EXTRACT_BY_NAME or not isinstance(entry, Mapping):
        raise ExpectationsWrong(f"{where} is no extract. The extracts are {', '.join(EXTRACT_BY_NAME)}")
    known = [field.name for field in fields(Expectation)]
    if strange := sorted(set(entry) - set(known)):
        raise ExpectationsWrong(f"{where} has unknown entries {', '.join(strange)}. Known are {', '.join(known)}")
    if "every_days" not in entry:
        raise ExpectationsWrong(f"{where} does not say every_days: how often one is cut")
    for key, value in entry.items():
        _check(where, key, value)
    return Expectation(**entry)


def _check(where: str, key: str, value: Any) -> None:
    if key in _WHOLE:
        if type(value) is not int or value < _WHOLE[key]:
            raise ExpectationsWrong(f"{where} {key} must be a whole number from {_WHOLE[key]}")
    elif type(value) not in (int, float) or value < 0:
        raise ExpectationsWrong(f"{where} {key} must be a number from 0")
