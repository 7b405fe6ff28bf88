"""What bench.features times must be one and the same in both ways."""

from __future__ import annotations

from pathlib import Path

from bench.features.events import invent
from bench.features.sides import differing, in_sql, ours


def test_both_ways_give_the_same_pair_weeks(tmp_path: Path) -> None:
    invent(tmp_path, 400, 5)
    in_sql(tmp_path)
    ours(tmp_path)
    rows, differ = differing(tmp_path)
    assert rows > 300
    assert differ == 0
