"""Files that only their owner may read, each written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

WRITING = ".writing-"
"""How the name of a file begins that is being written; a process that is killed can leave one behind."""


def write_privately(path: Path, content: str | bytes) -> None:
    """Writes a file and puts it in the place of what was there, once it is on disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
