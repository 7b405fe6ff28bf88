"""HOME, where the pipeline keeps its state: private to the user who runs it."""

from __future__ import annotations

import os
from pathlib import Path

OURS = ("run.lock", "warehouse.duckdb")
DEMONSTRATION = "this-is-a-demonstration"
"""The file that marks the home of a demonstration, in which its county and landing folder lie beside the state."""
DEMONSTRATED = ("county", "landing")


class HomeUnusable(Exception):
    """HOME cannot be made, or this user cannot write there."""


def prepare_home(home: Path) -> Path:
    """Makes HOME private (0700), and all files made from now on; returns its absolute path. Raises HomeUnusable."""
    os.umask(0o077)
    try:
        home.mkdir(parents=True, exist_ok=True)
        if is_ours(home):
            home.chmod(0o700)
    except OSError as error:
        raise HomeUnusable(
            f"{home} cannot be used to keep the pipeline's state: {error.strerror}. Choose a folder of yours with --home."
        ) from None
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise HomeUnusable(f"{home} is not writable for this user. Choose a folder of yours with --home.")
    return home.resolve()


def is_ours(home: Path) -> bool:
    """Whether a folder is empty or holds a pipeline's state: any other (a /tmp named by mistake) keeps its mode."""
    return any((home / name).exists() for name in OURS) or not any(home.iterdir())


def not_of_the_state(home: Path, landing: Path | None) -> tuple[str, ...]:
    """What lies in HOME and is no part of the state: a landing folder that was put there, the county and landing folder of a demonstration."""
    lies_within = landing is not None and home.resolve() in landing.resolve().parents
    inside = (landing.resolve().relative_to(home.resolve()).as_posix(),) if landing is not None and lies_within else ()
    return (*inside, *DEMONSTRATED) if (home / DEMONSTRATION).exists() else inside


def is_open_to_others(home: Path) -> bool:
    """Whether anyone but the owner may enter HOME."""
    return bool(home.stat().st_mode & 0o077)
