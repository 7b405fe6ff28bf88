"""How much memory this process may have (of the machine, of its control group, and of addresses: ulimit -v), and how much it took."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

LEAST_ADDRESSES = 3_400_000_000
"""In less, the libraries' own code ends the process before it can say why, even on the smallest county."""
GROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


class TooLittleMemory(Exception):
    """The system lets this process have so little memory that it would be ended without a word."""


def refuse_too_little_memory() -> None:
    """Raises TooLittleMemory where the process may address less than any night needs."""
    there = addresses()
    if there is not None and there < LEAST_ADDRESSES:
        raise TooLittleMemory(
            f"the system lets this process address {there / 1e9:.1f} GB of memory (ulimit -v), and a night needs {LEAST_ADDRESSES / 1e9:.1f} GB or "
            "more, though it uses far less. Lift that limit; FOREWARN_MEMORY_LIMIT, or a control group, limits what is used"
        )


def addresses() -> int | None:
    """Bytes that the process may address; None where nothing limits them."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft


def memory_there() -> int:
    """Bytes of memory of this machine, or of the control group that the process is in where that has less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *(limit for file in GROUP_LIMITS if (limit := _number(file)))])


def peak_megabytes() -> int:
    """The most memory that this process has taken so far; Linux tells it in kibibytes, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000


def _number(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):  # not there, or "max"
        return 0
