"""No list rather than a stale one: whether what was delivered is fresh enough for a list to be made of it."""

from pathlib import Path

import duckdb

from alerts.render.published import open_published

_THERE = "select 1 from information_schema.tables where table_schema = 'analyst' and table_name = 'deliveries'"
_STOPPING = "select unnest(said) from analyst.deliveries where stops_list order by source"


class DeliveriesMissing(Exception):
    """What the list rests on has not been delivered for too long: a list would show calm where nothing is known."""


def refuse_without_deliveries(home: Path) -> None:
    """Raises DeliveriesMissing, with what is missing, when an extract is older than a list may rest on (config/deliveries.toml)."""
    with open_published(home) as con:
        missing = _missing(con)
    if missing:
        raise DeliveriesMissing(
            f"no list was written, because it would show calm where nothing is known. {' '.join(missing)} "
            "Have it delivered, run `forewarn nightly`, then ask again; how old an extract may be is in config/deliveries.toml (no_list_after_days)"
        )


def _missing(con: duckdb.DuckDBPyConnection) -> list[str]:
    if not con.execute(_THERE).fetchall():
        return []  # published by a version that did not watch deliveries
    return [str(said) for (said,) in con.execute(_STOPPING).fetchall()]
