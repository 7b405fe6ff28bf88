"""Which of the machine's faults made a run fail: a full disk, too little memory, a damaged or a held file; each with how to mend it.

Libraries say so in many ways and kinds of error; what they say beside it may quote a value, and is not repeated.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import Enum


class Cause(Enum):
    """A fault by name: how it is told, and whether a further try can help."""

    full = ("the disk is full, or a quota or a limit on files is reached: make room where HOME is, then run it again", True)
    read_only = ("the disk is read-only: see what the system says of it (dmesg), then run it again", False)
    memory = (
        "memory ran out: raise FOREWARN_MEMORY_LIMIT if it is small, else end what else uses this machine's memory (forewarn doctor shows both)",
        True,
    )
    held = ("another program has the database open: close it, then run it again", True)
    damaged = (
        "the database is damaged (what it says of itself does not hold): restore the last backup with forewarn restore, and have the disk looked at",
        False,
    )

    @property
    def said(self) -> str:
        return self.value[0]

    @property
    def may_pass(self) -> bool:
        return self.value[1]


ERRNOS = {
    errno.ENOSPC: Cause.full,
    errno.EDQUOT: Cause.full,
    errno.EFBIG: Cause.full,
    errno.EROFS: Cause.read_only,
    errno.ENOMEM: Cause.memory,
}
TYPES = {
    "OutOfMemoryException": Cause.memory,
    "MemoryError": Cause.memory,
    "_ArrayMemoryError": Cause.memory,
    "ArrowMemoryError": Cause.memory,
}
PHRASES = {
    "no space left on device": Cause.full,
    "file too large": Cause.full,
    "quota exceeded": Cause.full,
    "read-only file system": Cause.read_only,
    "could not set lock on file": Cause.held,
    "does not match stored checksum": Cause.damaged,
    "corrupt database file": Cause.damaged,
    "not a valid duckdb database file": Cause.damaged,
    "could not read enough bytes from file": Cause.damaged,
    "cannot allocate memory": Cause.memory,
    "out of memory": Cause.memory,
    "bad_alloc": Cause.memory,
    "bad allocation": Cause.memory,
    "failed to allocate": Cause.memory,
    "could not allocate": Cause.memory,
    "memory allocation": Cause.memory,
    "can't start new thread": Cause.memory,
    "could not spawn threads": Cause.memory,
    "resource temporarily unavailable": Cause.memory,
    "failed to map segment": Cause.memory,
}


def cause_of(error: BaseException) -> Cause | None:
    """The machine's fault behind an error, or behind what led to it."""
    return next((found for one in _chain(error) if (found := _of_one(one)) is not None), None)


def _of_one(error: BaseException) -> Cause | None:
    if isinstance(error, OSError) and error.errno in ERRNOS:
        return ERRNOS[error.errno]
    if (found := TYPES.get(type(error).__name__)) is not None:
        return found
    said = str(error).lower()
    return next((cause for phrase, cause in PHRASES.items() if phrase in said), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
