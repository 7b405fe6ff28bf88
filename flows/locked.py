"""What is installed held against a lock: python -m flows.locked requirements-dev.lock, in `make check`. Needs no network.

Whether a locked version has a known weakness is another question, which only a database outside can answer: `make audit`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+) *(;?)[^\n]*\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", re.MULTILINE)
OURSELVES = {"forewarn", "pip", "setuptools"}
"""This project, and what the environment is made with."""


def differing(lock: str) -> Iterator[str]:
    """Each package that is not installed as it is locked, and each pin without a hash that would tell another file of that version."""
    there = _installed()
    for name, pinned, marker, hashes in _PIN.findall(lock):
        installed = there.get(_plain(name))
        if not hashes:
            yield f"{name} is locked without a hash"
        if installed is None and not marker:  # with one, it may be for another system
            yield f"{name} is missing (locked {pinned})"
        elif installed not in (None, pinned):
            yield f"{name} {installed} (locked {pinned})"


def strays(lock: str) -> list[str]:
    """What is installed and not in the lock: nobody has looked at its version or its hash."""
    locked = {_plain(name) for name, _, _, _ in _PIN.findall(lock)}
    return sorted(f"{name} {version}" for name, version in _installed().items() if name not in locked | OURSELVES)


def _installed() -> dict[str, str]:
    return {_plain(one.name): one.version for one in distributions()}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Exit status 1 when what is installed is not what is locked."""
    lock = Path(sys.argv[1]).read_text(encoding="utf-8")
    wrong = [*differing(lock), *(f"{one} is installed and not locked" for one in strays(lock))]
    if wrong:
        sys.exit(f"not as in {sys.argv[1]}: {'; '.join(wrong)}. Run make setup, or make lock if that is what is wanted")
    sys.stdout.write(f"Installed as in {sys.argv[1]}, every package with its hash.\n")


if __name__ == "__main__":
    main()
