"""Days, numbers and sentences as the list and its pages write them."""

from __future__ import annotations

from datetime import date


def long_date(day: date) -> str:
    """3 May 2026."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """3 May 26."""
    return f"{day.day} {day:%b %y}"


def counted(number: float, one: str, many: str = "") -> str:
    """1 event, 3 events, no events; `many` where the plural has no s."""
    return f"{int(number) or 'no'} {one if number == 1 else many or f'{one}s'}"


def times(number: int) -> str:
    """once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def sentence(text: str) -> str:
    """A text that begins like a sentence."""
    return text[:1].upper() + text[1:]
