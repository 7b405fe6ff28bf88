"""Encryption is refused with the engine's own reason, never pretended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.run import begin_run
from flows.settings import Settings
from warehouse.encryption import EncryptionUnavailable, why_not


def test_this_engine_cannot_encrypt_and_says_why() -> None:
    assert "read-only crypto module" in str(why_not())


def test_a_night_that_should_encrypt_is_refused_before_it_begins(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", encryption_key_file=tmp_path / "key")
    said = r"asks for an encrypted published database, but this engine, duckdb .*, cannot write one: .*[^.]\. Unset it, and keep HOME on an encrypted disk\."
    with pytest.raises(EncryptionUnavailable, match=said), begin_run("nightly", date(2026, 11, 19), settings):
        pass
    with begin_run("weekly", date(2026, 11, 19), settings):
        pass
