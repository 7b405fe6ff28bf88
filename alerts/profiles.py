"""Recipient profiles: which lanes, columns, sources, codes and ages of a list a recipient may see. Read from config/profiles.toml.

`seen_by` is the one way from a list as issued to what a recipient gets: what a profile does not name is not in what it returns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Plain = dict[str, Any]
TACTICAL_GROUP = "tactical_group"
LANES = ("conflict", "domestic")
SOURCES = ("incident", "intelligence", "exclusion")
HANDLING = ("P", "C")
AGES = ("all", "under_18")
OF_PAIR = ("rank", "district", "partnership", "status", "first_flagged", "chance", "reasons", "against", "off_list", "feud")
OF_PERSON = ("name", "age", "sex", "under_18", "only_victim", "roles")
OF_EVENT = ("date", "time", "kind", "weapon", "severity", "direction", "event_roles", "summary", "grade", "record")
COLUMNS = (*OF_PAIR, *OF_PERSON, *OF_EVENT)
REST_ON_ALL = ("reasons", "against", "off_list")
SOMEBODY = "another person"


class ProfilesUnreadable(Exception):
    """The profiles cannot be used; the message says what to mend in them."""


class ProfileUnknown(Exception):
    """No profile has this name, so no file is written."""


@dataclass(frozen=True)
class Profile:
    """What one recipient may see; `is_whole`: the list as the tactical group has it."""

    name: str
    recipient: str
    is_whole: bool = False
    lanes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    ages: str = "all"
    partnerships: tuple[str, ...] = ()


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
        if extra := table.keys() - {"recipient", "whole"}:
            raise ProfilesUnreadable(f"{path}: [{name}] is whole and names {', '.join(sorted(extra))} too: take one of the two away")
        return Profile(name, table["recipient"], is_whole=True)
    known = {"lanes": LANES, "columns": COLUMNS, "sources": SOURCES, "handling": HANDLING}
    if unknown := table.keys() - {*known, "recipient", "ages", "partnerships", "whole"}:
        raise ProfilesUnreadable(f"{path}: [{name}] has {', '.join(sorted(unknown))}, which no profile has")
    lists = {key: _listed(path, name, table.get(key, []), key, allowed) for key, allowed in known.items()}
    ages = table.get("ages", "all")
    if ages not in AGES:
        raise ProfilesUnreadable(f"{path}: [{name}] ages is {ages!r}: it must be {' or '.join(AGES)}")
    sees_all = set(lists["sources"]) == set(SOURCES) and set(lists["handling"]) == set(HANDLING)
    if not sees_all and (told := [one for one in REST_ON_ALL if one in lists["columns"]]):
        raise ProfilesUnreadable(f"{path}: [{name}] may not see {told[0]}, which tells of all sources and of both codes")
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


def _listed(path: Path, name: str, values: Any, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
    if wrong := [value for value in values if value not in allowed]:
        raise ProfilesUnreadable(f"{path}: [{name}] {key} has {wrong[0]!r}: it may have {', '.join(allowed)}")
    return tuple(values)


def seen_by(profile: Profile, content: Plain) -> Plain:
    """What a recipient may see of a list as issued: pairs, each with `columns`, `people` and `events`, and nothing else."""
    pairs = [pair for pair in content["pairs"] if _is_theirs(profile, pair)]
    return {
        "as_of": content["as_of"],
        "run_id": content["run_id"],
        "profile": profile.name,
        "recipient": profile.recipient,
        "pairs": [_pair(profile, pair) for pair in pairs],
    }


def ids_seen(profile: Profile, content: Plain) -> set[str]:
    """The ids of pairs, people and records that a rendering shows: for the disclosure log, not for the recipient."""
    pairs = [pair for pair in content["pairs"] if _is_theirs(profile, pair)]
    people = {person["person_id"] for pair in pairs for person in (pair["person_a"], pair["person_b"]) if _is_named(profile, person)}
    records = {event["record"] for pair in pairs for event in _events(profile, pair) if event["record"] and not event["is_protected"]}
    return {pair["pair_id"] for pair in pairs} | people | records


def _is_theirs(profile: Profile, pair: Plain) -> bool:
    has_child = any(person["is_under_18"] for person in (pair["person_a"], pair["person_b"]))
    is_here = not profile.partnerships or pair["partnership"] in profile.partnerships
    return pair["lane"] in profile.lanes and is_here and (profile.ages == "all" or has_child)


def _is_named(profile: Profile, person: Plain) -> bool:
    return "name" in profile.columns and (profile.ages == "all" or person["is_under_18"])


def _pair(profile: Profile, pair: Plain) -> Plain:
    said = {**pair, "chance": pair["score"], "reasons": [one["text"] for one in pair["reasons"]]}
    return {
        "lane": pair["lane"],
        "columns": {name: said[name] for name in OF_PAIR if name in profile.columns},
        "people": [_person(profile, pair[side]) for side in ("person_a", "person_b")],
        "events": [_event(profile, event) for event in _events(profile, pair)],
    }


def _person(profile: Profile, person: Plain) -> Plain:
    if profile.ages == "under_18" and not person["is_under_18"]:
        return {"name": SOMEBODY} if "name" in profile.columns else {}
    roles = [person["roles_recorded"], person["roles_reported"] if "intelligence" in profile.sources else ""]
    said = {**person, "under_18": person["is_under_18"], "roles": ", ".join(one for one in roles if one)}
    return {name: said[name] for name in OF_PERSON if name in profile.columns}


def _events(profile: Profile, pair: Plain) -> list[Plain]:
    if not any(name in profile.columns for name in OF_EVENT):
        return []
    return [
        event
        for event in pair["events"]
        if event["source"] in profile.sources and ("C" if event["is_protected"] else "P") in profile.handling
    ]


def _event(profile: Profile, event: Plain) -> Plain:
    said = {
        **event,
        "date": event["occurred_on"],
        "kind": list(event["kinds"]),
        "direction": list(event["sides"]),
        "event_roles": [event["role_a"], event["role_b"]],
    }
    shown = ("date", "severity", "grade") if event["is_protected"] else OF_EVENT
    return {"is_protected": event["is_protected"], **{name: said[name] for name in shown if name in profile.columns}}
