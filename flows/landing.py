"""Watching the landing folder before a night reads it: what is still being written waits for the next one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.sources.delivery import prints

if TYPE_CHECKING:
    from warehouse.sources.wholeness import Print


def still_files(landing: Path, seconds: int) -> dict[str, Print | None]:
    """The files that stand still. If one has changed within the last seconds (or, by its clock, will), all are watched for so long."""
    before = prints(landing)
    since = (time.time() - seconds) * 1e9
    if not any(seen is not None and seen[1] > since for seen in before.values()):
        return before
    time.sleep(seconds)
    after = prints(landing)
    return {name: seen for name, seen in before.items() if after.get(name) == seen}
