"""forewarn weekly --replay says whether a list made again from its record is what was issued."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from alerts.weekly_list import write_weekly_list
from flows.cli.replay import NotAsIssued, run_replay
from flows.settings import Settings
from tests.alerts.conftest import County


def test_a_replay_tells_file_by_file_and_is_logged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = write_weekly_list(County().with_only("a").publish(tmp_path), None, datetime(2026, 5, 4)).html
    run_replay(Settings(home=tmp_path), date(2026, 5, 3))
    said = capsys.readouterr().out
    assert "forewarn-list-2026-05-03.html: as issued, byte for byte" in said
    assert said.endswith("It equals what was issued.\n")
    log = "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file() and "alerts" not in path.parts)
    assert "made again from its record" in log
    record = page.with_name("list.json")
    record.write_text(record.read_text().replace(sha256(page.read_bytes()).hexdigest(), sha256(b"of another layout").hexdigest()))
    page.write_text("of another layout")
    with pytest.raises(NotAsIssued, match="lays lists out otherwise"):
        run_replay(Settings(home=tmp_path), date(2026, 5, 3))
    page.write_text("changed")
    with pytest.raises(NotAsIssued, match="the list of 2026-05-03 is not in every file as it was issued"):
        run_replay(Settings(home=tmp_path), date(2026, 5, 3))
