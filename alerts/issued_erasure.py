"""Lists as issued, where they show what was erased, or are older than lists are kept: the files go, and a note without names stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

NOTE = "erased.json"


def forget_lists(home: Path, ids: Collection[str], needles: list[str], oldest_kept: date, now: datetime) -> list[str]:
    """Removes the files of every list that shows one of `ids` (pairs and persons), says one of `needles` (a reason cites records of other pairs too),
    or is of a day before `oldest_kept`; returns the days of those lists.
    """
    forgotten = []
    for folder in sorted((home / "alerts").glob("????-??-??")):
        records = sorted(folder.glob("list*.json"))
        contents = [json.loads(record.read_text(encoding="utf-8"))["content"] for record in records]
        if records and (folder.name < oldest_kept.isoformat() or any(_shows(content, ids, needles) for content in contents)):
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


def _shows(content: dict[str, Any], ids: Collection[str], needles: list[str]) -> bool:
    shown = {pair["pair_id"] for pair in pairs_shown(content)} | shown_people(content)
    return not shown.isdisjoint(ids) or _says(content, needles)


def _says(content: dict[str, Any], needles: list[str]) -> bool:
    # every command logs what it shows through this module, and must not load these for its help
    import polars as pl

    from warehouse.retention.proof import holds_any

    return holds_any(pl.Series(list(_texts(content)), dtype=pl.String), needles)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _texts(part)
