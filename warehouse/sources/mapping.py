"""Agencies' own column names and code values, and the lawful basis of each source: read from one TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.contracts import EXTRACT_BY_NAME, Extract

_KNOWN_KEYS = {"agency", "lawful_basis", "columns", "values"}


class MappingWrong(Exception):
    """The agencies file says something that cannot be followed. The message names the file, the entry and the remedy."""


@dataclass(frozen=True)
class SourceMapping:
    """How one agency writes one extract. `columns`: their name (folded) to ours; `values`: our column to their value (folded) to ours."""

    agency: str | None = None
    lawful_basis: str | None = None
    columns: AbstractMapping[str, str] = field(default_factory=dict)
    values: AbstractMapping[str, AbstractMapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """The mapping of every source. An extract without an entry comes with the contract's own names."""

    sources: AbstractMapping[str, SourceMapping] = field(default_factory=dict)

    def of(self, extract: Extract) -> SourceMapping:
        return self.sources.get(extract.name, SourceMapping())


def fold(name: str) -> str:
    """A name or value as it is compared: capitals and the spaces around and within do not count."""
    return " ".join(name.split()).casefold()


def load_mapping(path: Path | None) -> Mapping:
    """The mapping in a TOML file; without a file, the contract's own names. Raises MappingWrong."""
    if path is None:
        return Mapping()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingWrong(f"{path}: cannot be read ({error.strerror}). Name an existing file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingWrong(f"{path}: is not valid TOML ({error})") from error
    sources = written.pop("sources", {})
    if written or not isinstance(sources, dict):
        raise MappingWrong(f"{path}: only tables [sources.<extract>] are known, not {', '.join(written) or 'sources as a value'}")
    return Mapping({name: _source(path, name, entry) for name, entry in sources.items()})


def _source(path: Path, name: str, entry: dict[str, Any]) -> SourceMapping:
    where = f"{path}: [sources.{name}]"
    if name not in EXTRACT_BY_NAME:
        raise MappingWrong(f"{where} is no extract. The extracts are {', '.join(EXTRACT_BY_NAME)}")
    if strange := set(entry) - _KNOWN_KEYS:
        raise MappingWrong(f"{where} has unknown entries {', '.join(sorted(strange))}. Known are {', '.join(sorted(_KNOWN_KEYS))}")
    if wrong := [str(word) for word in _words_of(entry) if not isinstance(word, str)]:
        raise MappingWrong(f"{where} has values that are not text: {', '.join(wrong)}. Put them in quotation marks")
    extract = EXTRACT_BY_NAME[name]
    return SourceMapping(
        entry.get("agency"),
        entry.get("lawful_basis"),
        _columns(where, extract, entry.get("columns", {})),
        {column: _values(where, extract, column, values) for column, values in entry.get("values", {}).items()},
    )


def _words_of(entry: dict[str, Any]) -> list[Any]:
    return [word for value in entry.values() for word in (_words_of(value) if isinstance(value, dict) else [value])]


def _columns(where: str, extract: Extract, written: dict[str, str]) -> dict[str, str]:
    for theirs, ours in written.items():
        if ours not in extract.column_names:
            raise MappingWrong(
                f"{where} maps '{theirs}' to '{ours}', which is no column. The columns are {', '.join(extract.column_names)}"
            )
    twice = sorted({ours for ours in written.values() if list(written.values()).count(ours) > 1})
    if twice:
        raise MappingWrong(f"{where} maps more than one of their columns to {', '.join(twice)}. Keep one for each")
    return {fold(theirs): ours for theirs, ours in written.items()}


def _values(where: str, extract: Extract, name: str, written: dict[str, str]) -> dict[str, str]:
    if name not in extract.column_names:
        raise MappingWrong(f"{where} maps values of '{name}', which is no column. The columns are {', '.join(extract.column_names)}")
    column = extract.column(name)
    for theirs, ours in written.items():
        if ours != "" and column.codes is not None and ours.upper() not in column.codes.codes():
            raise MappingWrong(f"{where} maps the value '{theirs}' of {name} to '{ours}', which is not in the list of {column.codes.title}")
    return {fold(theirs): ours for theirs, ours in written.items()}
