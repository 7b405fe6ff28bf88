"""The forewarn command in this process."""

from __future__ import annotations

import sys

import pytest

from flows.cli import main as command


def forewarn(*words: object) -> int:
    """Runs the command; its exit status."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["forewarn", *map(str, words)])
        command.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code
