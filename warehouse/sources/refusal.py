"""The error for a file that cannot be taken in."""

from __future__ import annotations


class FileRefused(Exception):
    """A whole file is refused. The message says what is wrong and how to mend it, and repeats no value of any row."""
