"""The full-screen editor for `forewarn sql`: harlequin, where it is installed, on the published database, read-only and locked down."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from flows.auditing import log
from flows.databases import LOCKED_DOWN, path_of_published
from flows.settings import Settings
from flows.sql_session import NO_REASON
from warehouse.audit.entry import Kind

EDITOR = "harlequin"


class EditorMissing(Exception):
    """The full-screen editor is not installed."""


def open_editor(settings: Settings, *, by: str | None, why: str | None) -> int:
    """Opens the editor, once it is logged, and waits for its end; returns its exit status. Raises EditorMissing, NothingPublished.

    What the editor remembers (queries, buffers) is kept in a folder that goes with it: a query can name people.
    """
    file = path_of_published(settings.home)
    program = shutil.which(EDITOR)
    if program is None:
        raise EditorMissing(
            f"{EDITOR} is not installed. It needs an environment of its own (its pins and Prefect's contradict): `pipx install {EDITOR}` or "
            f"`uv tool install {EDITOR}`, then again. `forewarn sql` without --editor needs nothing more"
        )
    what = f"the whole of run {file.stem.removeprefix('forewarn-')} opened in {EDITOR}; its queries are not logged one by one"
    log(settings, Kind.consultation, what, who=by, why=why or NO_REASON)
    with tempfile.TemporaryDirectory(prefix="forewarn-editor-") as folder:
        lock = Path(folder) / "lock.sql"
        lock.write_text(locking(), encoding="utf-8")
        kept = dict.fromkeys(("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), folder)
        words = [program, "--adapter", "duckdb", "--read-only", "--no-write-history", "--init-path", str(lock), str(file)]
        return subprocess.run(words, env=os.environ | kept, check=False).returncode  # noqa: S603 - the program found on the path, with our own words


def locking() -> str:
    """The statements that lock a session down, the lock itself last."""
    order = sorted((name for name in LOCKED_DOWN if not name.startswith("python_")), key=lambda name: name == "lock_configuration")
    return "".join(f"set {name} = {LOCKED_DOWN[name]};\n" for name in order) + "use analyst;\n"
