"""Why a pair is on the list, in plain English: what raises its score and what lowers it, each with the dated records behind it and a query for them.

The weights are the scorer's own (models.explaining); the words only say what they rest on. No sentence says who did what to whom: roles are on the page
of the pair, and someone known only as a victim is never worded as the one who acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from alerts.english import counted, long_date, times
from alerts.evidence import Evidence
from features.catalogue import NEVER_DAYS
from features.themes import OTHERS, THEMES, Theme

RAISES, LOWERS, OFF_LIST = "raises", "lowers", "off_list"
AGAINST, OFF = "against: ", "off the list: "
"""How a reason begins that lowers the score, and one that says what would take the pair off the list."""
NAMED = 3
"""Most records named in one sentence; the rest is counted."""
LEAST_SHARE, MOST_REASONS, MOST_AGAINST = 0.04, 6, 3
"""What does less than this to the score is in flag_reasons and not on the page."""
PROTECTED = "protected"


@dataclass(frozen=True)
class Weight:
    """What one theme does to a pair's score: as models.explaining.theme_weights gives it."""

    theme: str
    weight: float
    score_without: float
    is_exact: bool
    features: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One reason: what it does, how much of all that moves the score it is, and the records behind it; `text` has no capital letter."""

    theme: str
    text: str
    direction: str
    weight: float | None
    share: float | None
    score_without: float | None
    is_exact: bool
    features: tuple[str, ...]
    records: tuple[Evidence, ...]


def _ago(days: float) -> str:
    return {0: "today", 1: "yesterday"}.get(int(days), f"{int(days)} days ago")


def named(record: Evidence) -> str:
    """What a record says, its day and its number; of a protected report its day and grade, of a suspension no number (it holds the pupil's own)."""
    day = long_date(record.occurred_at.date())
    if record.is_protected:
        return f"protected intelligence graded {record.grade} on {day}"
    if record.source == "intelligence":
        return f"{record.phrase} mentioned in intelligence graded {record.grade} on {day} ({record.record_id})"
    if record.source == "exclusion":
        return f"{record.phrase} on {day}"
    armed = f"{record.weapon.lower()}, " if record.weapon and record.weapon != "NONE" else ""
    return f"{(record.offence or record.phrase).lower()} on {day} ({armed}{record.record_id})"


class Telling:
    """Names records once in full, and by their day after that."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def __call__(self, records: Iterable[Evidence], most: int = NAMED) -> str:
        """The first `most` records in words; the rest is counted."""
        listed = list(records)
        said = list(dict.fromkeys(self._one(record) for record in listed[:most]))
        more = len(listed) - most
        return ", ".join(said) + (f" and {more} more" if more > 0 else "")

    def _one(self, record: Evidence) -> str:
        key = (record.source, record.record_id)
        if key in self._told and not record.is_protected:
            return f"that of {long_date(record.occurred_at.date())}"
        self._told.add(key)
        return named(record)


def _tempo(records: list[Evidence], measured: Mapping[str, float], tell: Telling) -> str:
    recent, before = measured["events_28d"], measured["events_56d_before"]
    latest = max(records, key=lambda record: record.occurred_at)
    if recent == 0:
        return f"{counted(before, 'event')} between 4 and 12 weeks ago, none since; the last {tell([latest])}"
    return f"{counted(recent, 'event')} in 28 days, {int(before)} in the 56 before; the last {tell([latest])}"


def _standing(records: list[Evidence], measured: Mapping[str, float], tell: Telling) -> str:
    first = min(records, key=lambda record: record.occurred_at)
    return f"a standing conflict: {counted(measured['events_365d'], 'event')} in a year, the first on {long_date(first.occurred_at.date())}"


def _serious(records: list[Evidence], measured: Mapping[str, float], tell: Telling) -> str:
    since = measured["days_since_serious"]
    last = f", the last {_ago(since)}" if since < NEVER_DAYS else ""
    return f"serious violence {times(len(records))} in a year{last}: {tell(records)}"


def _others(records: list[Evidence], measured: Mapping[str, float], tell: Telling) -> str:
    people = len(frozenset().union(*(record.with_whom for record in records)))
    events, others = counted(len(records), "event"), counted(people, "other person", "other people")
    return f"conflicts with others: {events} between one of the two and {others} in a year"


SAID: Mapping[str, Callable[[list[Evidence], Mapping[str, float], Telling], str]] = {
    "tempo": _tempo,
    "standing": _standing,
    "serious": _serious,
    "others": _others,
}
"""Themes whose numbers are worth more than a list of events."""


def reasons(weights: Iterable[Weight], behind: Mapping[str, list[Evidence]], measured: Mapping[str, float]) -> list[Reason]:
    """The reasons of one pair, what raises its score first, the weightiest first; `behind` are the records of each theme, weightiest first.

    Themes that rest on protected reports alone are one reason, which says that there is such intelligence, when and how graded, and no more. That each has
    acted against the other is said only where open records have both act: a report of which nothing may be shown makes nobody one who acts.
    """
    known = [w for w in weights if w.weight and not (_theme(w.theme).both_ways and not behind.get(w.theme))]
    total = sum(abs(w.weight) for w in known)
    in_order = [theme.name for theme in THEMES]
    by_weight = sorted(known, key=lambda w: (-abs(w.weight), in_order.index(w.theme)))
    tell = Telling()
    open_ones = [w for w in by_weight if not _is_hidden(w.theme, behind)]
    hidden = [w for w in by_weight if _is_hidden(w.theme, behind)]
    parts = [_reason(w, behind.get(w.theme, []), measured, total, tell) for w in open_ones]
    if hidden:
        parts.append(_of_protected(hidden, behind, total))
    return sorted(parts, key=lambda reason: (reason.direction != RAISES, -abs(reason.weight or 0.0)))


def _is_hidden(theme: str, behind: Mapping[str, list[Evidence]]) -> bool:
    """Whether a theme, whose words tell what a report says, rests on protected reports alone."""
    records = behind.get(theme, [])
    return _theme(theme).tells_content and bool(records) and all(record.is_protected for record in records)


def _theme(name: str) -> Theme:
    return next(theme for theme in THEMES if theme.name == name)


def _reason(w: Weight, records: list[Evidence], measured: Mapping[str, float], total: float, tell: Telling) -> Reason:
    theme = _theme(w.theme)
    shown = [record for record in records if not (theme.tells_content and record.is_protected)]
    direction = RAISES if w.weight > 0 else LOWERS
    return Reason(
        w.theme,
        _text(theme, direction, shown, measured, tell),
        direction,
        w.weight,
        abs(w.weight) / total,
        w.score_without,
        w.is_exact,
        w.features,
        tuple(shown),
    )


def _text(theme: Theme, direction: str, records: list[Evidence], measured: Mapping[str, float], tell: Telling) -> str:
    words = theme.raises if direction == RAISES else theme.lowers
    if not records:
        return words
    if theme.whose == OTHERS or (direction == RAISES and theme.name in SAID):
        said = SAID.get(theme.name, _others)(records, measured, tell)
        return said if direction == RAISES else f"{words} ({said})"
    return f"{words}: {tell(records)}"


def _of_protected(hidden: list[Weight], behind: Mapping[str, list[Evidence]], total: float) -> Reason:
    records = {(r.source, r.record_id): r for w in hidden for r in behind[w.theme]}
    latest = sorted(records.values(), key=lambda record: record.occurred_at, reverse=True)
    weight = sum(w.weight for w in hidden)
    features = tuple(name for w in hidden for name in w.features)
    return Reason(
        PROTECTED,
        Telling()(latest),
        RAISES if weight > 0 else LOWERS,
        weight,
        abs(weight) / total,
        hidden[0].score_without if len(hidden) == 1 else None,
        all(w.is_exact for w in hidden),
        features,
        tuple(latest),
    )


def on_the_page(found: Iterable[Reason]) -> list[str]:
    """What the list says of a pair: what raises its score, then what speaks against, then what would take it off, each marked by how it begins."""
    listed = list(found)
    raising = [r for r in listed if r.direction == RAISES]
    lowering = [r for r in listed if r.direction == LOWERS]
    worth = [r for r in raising if (r.share or 0.0) >= LEAST_SHARE] or raising[:1]
    against = [r for r in lowering if (r.share or 0.0) >= LEAST_SHARE]
    return [
        *(r.text for r in worth[:MOST_REASONS]),
        *(AGAINST + r.text for r in against[:MOST_AGAINST]),
        *(OFF + r.text for r in listed if r.direction == OFF_LIST),
    ]
