"""How deliveries stand, read from the published database and the landing folder: nothing is opened that a run could need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse.generations import LOCKED, PUBLISHED
from warehouse.sources.delivery import file_names

_STOOD = """select source, as_of, states, said, last_extract_on, days_since, every_days, rows_read, usual_rows, stops_list
    from analyst.deliveries order by source"""
_READ = "select file, max(loaded_at) from analyst.loads where status <> 'postponed' group by file"


@dataclass(frozen=True)
class Standing:
    """How deliveries stood at the last night: a row for each extract, the as-of date; and files that no published night has read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    as_of: date | None = None
    unread: tuple[str, ...] = ()


def standing(home: Path, landing: Path | None) -> Standing:
    """How deliveries stand; without a published database that watches them, only what waits."""
    rows, read = _published(home / PUBLISHED)
    unread = tuple(name for name, changed in (file_names(landing) if landing else []) if name not in read or changed > read[name])
    return Standing(rows, rows[0]["as_of"] if rows else None, unread)


def _published(file: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    if not file.exists():
        return [], {}
    with duckdb.connect(str(file), read_only=True, config=LOCKED) as con:
        read = {name: loaded_at for name, loaded_at in con.execute(_READ).fetchall()}  # noqa: C416 - dict() of rows has no type
        try:
            found = con.execute(_STOOD)
        except duckdb.CatalogException:
            return [], read  # published by a version that did not watch deliveries
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()], read
