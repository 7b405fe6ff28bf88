"""What stands on everything that is handed out, and what keeps a text from being taken for a formula."""

from __future__ import annotations

MARKING = "OFFICIAL-SENSITIVE"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula, with a quote before it."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
