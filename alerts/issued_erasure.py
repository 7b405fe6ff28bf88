"""Lists as issued, where they show a pair or a person that was erased, or are older than lists are kept: the files go, and a note without names stays."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

NOTE = "erased.json"


def forget_lists(home: Path, pairs: Collection[str], persons: Collection[str], oldest_kept: date, now: datetime) -> list[str]:
    """Removes the files of every list that shows one of the pairs or persons, or is of a day before `oldest_kept`; returns the days of those lists."""
    forgotten = []
    for folder in sorted((home / "alerts").glob("????-??-??")):
        records = sorted(folder.glob("list*.json"))
        shown = set().union(*map(_shown_on, records)) if records else set()
        if records and (folder.name < oldest_kept.isoformat() or shown & {*pairs, *persons}):
            for file in folder.iterdir():
                file.unlink()
            (folder / NOTE).write_text(json.dumps({"erased_at": f"{now:%Y-%m-%dT%H:%M:%S}", "lists": len(records)}), encoding="utf-8")
            forgotten.append(folder.name)
    return forgotten


def pairs_shown(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every pair that a list shows: listed, gone from it, or on watch."""
    return [*content["pairs"], *content["left"], *content.get("watched", ())]


def shown_people(content: dict[str, Any]) -> set[str]:
    """The ids of everyone whom a list names: in a pair of any of these, or in a feud alone."""
    in_pairs = {person for pair in pairs_shown(content) for person in pair["pair_id"].split("-")}
    sides = [side for feud in content.get("feuds", ()) for side in feud["sides"]]
    in_feuds = {person.get("person_id", "") for side in sides for person in side["people"]}
    return in_pairs | (in_feuds - {""})


def _shown_on(record: Path) -> set[str]:
    content: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))["content"]
    return {pair["pair_id"] for pair in pairs_shown(content)} | shown_people(content)
