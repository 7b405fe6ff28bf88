"""Analysts ask without pause while a database is published again and again: no query fails, and no session sees two nights."""

from __future__ import annotations

from pathlib import Path

from bench.readers.measure import measure
from flows.dictionary import published_on_nothing

SESSIONS, PUBLISHES = 3, 8


def test_no_query_fails_and_no_session_sees_two_nights(tmp_path: Path) -> None:
    published_on_nothing(tmp_path)
    found = measure(tmp_path, SESSIONS, PUBLISHES)
    assert (found["failed"], found["mixed"], found["failures"]) == (0, 0, [])
    assert found["queries"] > SESSIONS
    assert found["runs_seen"] > 1
