"""Why a pair is on the list, in plain English with numbers and dates, most important first; what speaks against it comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from features.catalogue import NEVER_DAYS

MOST_EVENTS_NAMED = 4
LOOK_BACK_DAYS = 365


@dataclass(frozen=True)
class Evidence:
    """One event between the two that counts now: `phrase` is what its kind is called, `offence` the recorded offence."""

    source: str
    kind: str
    stance: str
    phrase: str
    occurred_at: datetime
    points: float
    is_serious: bool
    weapon: str | None
    offence: str | None
    grade: str | None
    is_protected: bool


def long_date(day: date) -> str:
    """3 May 2026."""
    return f"{day.day} {day:%B %Y}"


def _times(count: float, one: str, many: str) -> str:
    return f"{int(count)} {one if count == 1 else many}"


def _often(count: float) -> str:
    return {1: "once", 2: "twice"}.get(int(count), f"{int(count)} times")


def _ago(days: float) -> str:
    return {0: "today", 1: "yesterday"}.get(int(days), f"{int(days)} days ago")


def _name(evidence: Evidence) -> str:
    day = long_date(evidence.occurred_at.date())
    if evidence.is_protected:
        return f"protected intelligence graded {evidence.grade} on {day}"
    if evidence.source == "intelligence":
        return f"{evidence.phrase} mentioned in intelligence graded {evidence.grade} on {day}"
    if evidence.source == "exclusion":
        return f"{evidence.phrase} on {day}"
    armed = f" ({evidence.weapon.lower()})" if evidence.weapon and evidence.weapon != "NONE" else ""
    serious = "serious violence: " if evidence.is_serious else ""
    return f"{serious}{(evidence.offence or evidence.phrase).lower()} on {day}{armed}"


def _tempo(measured: Mapping[str, float]) -> str | None:
    recent, before = measured["events_28d"], measured["events_56d_before"]
    if recent == 0:
        return f"no event in 28 days; {_times(measured['events_365d'], 'event', 'events')} in a year" if measured["events_365d"] else None
    return f"{_times(recent, 'event', 'events')} in 28 days, {int(before)} in the 56 before"


def _reciprocity(measured: Mapping[str, float]) -> str | None:
    least = int(measured["reciprocity_365d"])
    return f"each has acted against the other, at least {_often(least)} in a year" if least else None


def _serious(measured: Mapping[str, float]) -> str | None:
    count, since = measured["serious_365d"], measured["days_since_serious"]
    return f"serious violence {_often(count)} in a year, the last {_ago(since)}" if count and since < NEVER_DAYS else None


def _others(measured: Mapping[str, float]) -> str | None:
    higher = measured["person_events_365d_higher"] - measured["events_365d"]
    return f"one of the two has {_times(higher, 'event', 'events')} with others in a year" if higher >= 3 else None


STANDING: tuple[Callable[[Mapping[str, float]], str | None], ...] = (_serious, _reciprocity, _others)


def _peace(events: Iterable[Evidence], as_of: date) -> list[str]:
    """What speaks against: reports of reconciliation or denial in the last year, the last one named."""
    calm = [e for e in events if e.stance == "peace" and (as_of - e.occurred_at.date()).days <= LOOK_BACK_DAYS]
    return [f"against: {_name(max(calm, key=lambda e: e.occurred_at))}"] if calm else []


def reasons(events: Iterable[Evidence], measured: Mapping[str, float], as_of: date) -> list[str]:
    """The reasons for one pair: its tempo, the events that weigh most, what stands between the two, and what speaks against.

    `points` of each event are its harm points as they count today, so that the order is that of the score's own arithmetic.
    """
    known = list(events)
    recent = [e for e in known if e.stance == "adverse" and (as_of - e.occurred_at.date()).days <= LOOK_BACK_DAYS]
    weightiest = sorted(recent, key=lambda e: (-e.points, e.occurred_at, e.kind))[:MOST_EVENTS_NAMED]
    said = [_tempo(measured), *(_name(e) for e in weightiest), *(rule(measured) for rule in STANDING), *_peace(known, as_of)]
    return list(dict.fromkeys(text for text in said if text))
