"""Recipient profiles: which lanes, columns, sources, codes and ages of a list a recipient may see. Read from config/profiles.toml.

They are applied in one place, alerts.render.seen, to every file of a list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TACTICAL_GROUP = "tactical_group"
LANES = ("conflict", "domestic")
SOURCES = ("incident", "intelligence", "exclusion")
HANDLING = ("P", "C")
AGES = ("all", "under_18")
OF_PAIR = ("rank", "district", "partnership", "status", "first_flagged", "chance", "story", "reasons", "against", "off_list", "feud")
OF_PERSON = ("name", "age", "sex", "under_18", "only_victim", "roles", "help")
OF_EVENT = ("date", "time", "source", "kind", "weapon", "severity", "direction", "event_roles", "summary", "grade", "record")
COLUMNS = (*OF_PAIR, *OF_PERSON, *OF_EVENT)
OF_WHOLE = ("change", "reviews", "left", "watched", "feuds", "scorecard", "warnings", "pair_id")
"""What only the whole list has."""
QUOTING = ("reasons", "against", "off_list")
"""They name records with kind, day, grade and weapon, whatever their source and code."""
NEEDS = {
    **dict.fromkeys(QUOTING, ("date", "kind", "weapon", "grade", "record")),
    "story": ("date", "kind", "direction"),
    "summary": ("name",),
}
"""What a column tells beside itself: a profile may have it only with these."""


class ProfilesUnreadable(Exception):
    """The profiles cannot be used; the message says what to mend in them."""


class ProfileUnknown(Exception):
    """No profile has this name, so no file is written."""


@dataclass(frozen=True)
class Profile:
    """What one recipient may see; `is_whole`: the list as the tactical group has it; `has_database`: their
    exports may also be made of the whole analysts' database (flows/export.py).
    """

    name: str
    recipient: str
    is_whole: bool = False
    lanes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    ages: str = "all"
    partnerships: tuple[str, ...] = ()
    has_database: bool = False

    @property
    def shows(self) -> frozenset[str]:
        """The columns and parts of a list that this recipient's files have."""
        return frozenset((*COLUMNS, *OF_WHOLE)) if self.is_whole else frozenset(self.columns)


WHOLE = Profile(TACTICAL_GROUP, "tactical group", is_whole=True)
"""The list as the tactical group has it where no file of profiles says otherwise."""


def read_profiles(path: Path) -> dict[str, Profile]:
    """The profiles of a TOML file by name. Raises ProfilesUnreadable."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProfilesUnreadable(f"{path}: cannot be read: {error}") from None
    if wrong := [name for name in written if name == "list" or not re.fullmatch(r"[a-z][a-z0-9_]*", name)]:
        raise ProfilesUnreadable(f"{path}: [{wrong[0]}] cannot be a profile's name: use small letters, and not the word list")
    return {name: _profile(path, name, table) for name, table in written.items()}


def profile_named(profiles: dict[str, Profile], name: str) -> Profile:
    """The profile of a name. Raises ProfileUnknown: no profile, no file."""
    if name not in profiles:
        raise ProfileUnknown(f"{name}: no such profile, so nothing was written; the profiles are {', '.join(profiles) or 'none'}")
    return profiles[name]


def _profile(path: Path, name: str, table: Any) -> Profile:
    if not isinstance(table, dict) or not isinstance(table.get("recipient"), str):
        raise ProfilesUnreadable(f'{path}: [{name}] must say who it is for: recipient = "..."')
    if table.get("whole") is True:
        if extra := table.keys() - {"recipient", "whole", "database"}:
            raise ProfilesUnreadable(f"{path}: [{name}] is whole and names {', '.join(sorted(extra))} too: take one of the two away")
        return Profile(name, table["recipient"], is_whole=True, has_database=table.get("database") is True)
    known = {"lanes": LANES, "columns": COLUMNS, "sources": SOURCES, "handling": HANDLING}
    if unknown := table.keys() - {*known, "recipient", "ages", "partnerships", "whole"}:
        raise ProfilesUnreadable(f"{path}: [{name}] has {', '.join(sorted(unknown))}, which no profile has")
    lists = {key: _listed(path, name, table.get(key, []), key, allowed) for key, allowed in known.items()}
    ages = table.get("ages", "all")
    if ages not in AGES:
        raise ProfilesUnreadable(f"{path}: [{name}] ages is {ages!r}: it must be {' or '.join(AGES)}")
    _check_told(path, name, lists, ages)
    return Profile(
        name,
        table["recipient"],
        lanes=lists["lanes"],
        columns=lists["columns"],
        sources=lists["sources"],
        handling=lists["handling"],
        ages=ages,
        partnerships=tuple(table.get("partnerships", ())),
    )


def _check_told(path: Path, name: str, lists: dict[str, tuple[str, ...]], ages: str) -> None:
    """Refuses columns that would tell what others were left out for."""
    columns = lists["columns"]
    sees_all = set(lists["sources"]) == set(SOURCES) and set(lists["handling"]) == set(HANDLING)
    if not sees_all and (told := [one for one in (*QUOTING, "help") if one in columns]):
        raise ProfilesUnreadable(f"{path}: [{name}] may not see {told[0]}, which tells of all sources and of both codes")
    for one in columns:
        if missing := [need for need in NEEDS.get(one, ()) if need not in columns]:
            raise ProfilesUnreadable(f"{path}: [{name}] may not see {one} without {missing[0]}, which it tells too")
    if ages != "all" and (naming := [one for one in ("summary", *QUOTING) if one in columns]):
        raise ProfilesUnreadable(f"{path}: [{name}] may not see {naming[0]} with ages {ages!r}: it can name grown-ups")
    if not {"date"} & set(columns) and (dateless := [one for one in OF_EVENT if one in columns]):
        raise ProfilesUnreadable(f"{path}: [{name}] has {dateless[0]} of events, which are shown only with their date")


def _listed(path: Path, name: str, values: Any, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
    if wrong := [value for value in values if value not in allowed]:
        raise ProfilesUnreadable(f"{path}: [{name}] {key} has {wrong[0]!r}: it may have {', '.join(allowed)}")
    return tuple(values)
