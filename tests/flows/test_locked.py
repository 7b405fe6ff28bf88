"""What is installed is what is locked; what is not, is said by name."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from flows import locked

ROOT = Path(__file__).parents[2]
HASH = " \\\n    --hash=sha256:" + "0" * 64 + "\n"


def test_this_environment_is_as_locked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["locked", str(ROOT / "requirements-dev.lock")])
    locked.main()
    assert capsys.readouterr().out.startswith("Installed as in ")
    assert list(locked.differing((ROOT / "requirements.lock").read_text(encoding="utf-8"))) == []


def test_another_version_a_missing_one_one_without_hash_and_a_stray_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = f"duckdb=={version('duckdb')}\npolars==0.1{HASH}none.such==1{HASH}for_windows==1 ; sys_platform == 'win32'{HASH}"
    assert list(locked.differing(lock)) == [
        "duckdb is locked without a hash",
        f"polars {version('polars')} (locked 0.1)",
        "none.such is missing (locked 1)",
    ]
    assert f"pyarrow {version('pyarrow')}" in locked.strays(lock)
    assert not [one for one in locked.strays(lock) if one.startswith(("duckdb ", "forewarn ", "pip "))]
    (tmp_path / "lock").write_text(lock)
    monkeypatch.setattr(sys, "argv", ["locked", str(tmp_path / "lock")])
    with pytest.raises(SystemExit, match=r"not as in .*/lock: duckdb is locked without a hash; .* is installed and not locked.*make setup"):
        locked.main()
