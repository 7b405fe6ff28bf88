"""Lists as issued, where they show a pair that was erased, or are older than lists are kept: the files go, and a note without names stays."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

NOTE = "erased.json"


def forget_lists(home: Path, pairs: Collection[str], oldest_kept: date, now: datetime) -> list[str]:
    """Removes the files of every list that shows one of the pairs, or is of a day before `oldest_kept`; returns the days of those lists."""
    forgotten = []
    for folder in sorted((home / "alerts").glob("????-??-??")):
        records = sorted(folder.glob("list*.json"))
        shown = set().union(*map(_pairs_on, records)) if records else set()
        if records and (folder.name < oldest_kept.isoformat() or shown & set(pairs)):
            for file in folder.iterdir():
                file.unlink()
            (folder / NOTE).write_text(json.dumps({"erased_at": f"{now:%Y-%m-%dT%H:%M:%S}", "lists": len(records)}), encoding="utf-8")
            forgotten.append(folder.name)
    return forgotten


def _pairs_on(record: Path) -> set[str]:
    content: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))["content"]
    return {pair["pair_id"] for pair in (*content["pairs"], *content["left"], *content.get("watched", ()))}
