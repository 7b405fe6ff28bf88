"""How two people are in conflict, in three sentences: who did what to whom and since when, how it has changed lately, what makes violence likely now.

Made of what a page shows and of nothing else, so that it tells a recipient no more than their page does. It says what was recorded or reported, never
that it was so, and nobody who is known only as a victim is told of as the one who acts: the events have no direction that would say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from alerts.english import counted, long_date, times
from alerts.render.content import EventLine, PairPage
from alerts.render.wording import chance, gravity, kind_noun, percent
from models.outcome import HORIZON_DAYS

LATELY, BEFORE, PEACE_DAYS = 28, 84, 91
"""Days: what counts as lately, what it is held against, and for how long a report of peace is told."""
SHOWN = "among what this page may show"
NAMED = 3
"""Reasons told in a sentence; the page has all."""
DIRECTED: Mapping[tuple[str, ...], str] = {
    ("fear",): "{other} being in fear of {one}",
    ("looking_for",): "{one} looking for {other}, or wanting revenge",
}
SAYING_BOTH = {("looking_for",), ("both_involved",), ("school_assault",), ("school_threat",)}
"""Kinds whose words say by themselves that it was between the two."""


def story_of(pair: PairPage, as_of: date, *, is_all: bool = True) -> tuple[str, ...]:
    """Up to three sentences; where a page shows no event, or no reason, there is nothing to tell of it.

    `is_all`: the page shows all that is known; otherwise what it does not show may be there all the same, and is not said to be unknown.
    """
    known = "known" if is_all else SHOWN
    told = [_began(pair, known), _lately(pair, as_of, known), _likely(pair, as_of)]
    return tuple(sentence for sentence in told if sentence)


def _acts(pair: PairPage) -> list[EventLine]:
    """What one did to the other, and protected reports, newest first."""
    return [event for event in pair.events if event.stance == "adverse" or event.is_protected]


def _began(pair: PairPage, known: str) -> str:
    acts = _acts(pair)
    first = pair.began or (acts[-1] if acts else None)
    if first is None:
        return ""
    begin = f"Known since {long_date(first.occurred_on)}, when {_clause(first, pair)}"
    if not acts:
        return f"{begin}; no act of the last 12 months is {known}."
    if acts == [first]:
        return f"{begin}; no other act is {known}."
    return f"{begin}; {_tally(acts, pair)}."


def _tally(acts: Sequence[EventLine], pair: PairPage) -> str:
    """Who acted towards whom in the 12 months that the page shows; that somebody is feared is no act of theirs."""
    a, b = pair.person_a.name, pair.person_b.name
    by_a, by_b = (sum(event.sides == sides and event.kinds[:1] != ("fear",) for event in acts) for sides in (("a", "b"), ("b", "a")))
    if not by_a and not by_b:
        return f"in the last 12 months there were {counted(len(acts), 'event')}, and none tells who acted towards whom"
    if by_a and by_b:
        (one, n), (other, m) = ((a, by_a), (b, by_b)) if by_a >= by_b else ((b, by_b), (a, by_a))
        return (
            f"in the last 12 months records and reports have {one} acting towards {other} {times(n)}, and {other} towards {one} {times(m)}"
        )
    (one, other, n) = (a, b, by_a) if by_a else (b, a, by_b)
    return f"in the last 12 months records and reports have {one} acting towards {other} {times(n)}, and never the other way round"


def _lately(pair: PairPage, as_of: date, known: str) -> str:
    acts = _acts(pair)
    if not acts:
        return ""
    recent = [event for event in acts if (as_of - event.occurred_on).days < LATELY]
    before = [event for event in acts if LATELY <= (as_of - event.occurred_on).days < LATELY + BEFORE]
    if not recent and not before:
        return f"Nothing from the last 28 days or the 12 weeks before is {known}; the last was on {long_date(acts[0].occurred_on)}{_peace(pair, as_of)}."
    if not recent:
        return (
            f"Nothing from the last 28 days is {known}, after {counted(len(before), 'event')} in the 12 weeks before{_peace(pair, as_of)}."
        )
    worst = min(
        recent, key=lambda event: (-(event.severity or 0.0), gravity(event.kinds[0]) if event.kinds else 0, -event.occurred_on.toordinal())
    )
    graver = bool(before) and (worst.severity or 0.0) > max(event.severity or 0.0 for event in before)
    were = f"There {'was' if len(recent) == 1 else 'were'} {counted(len(recent), 'event')} in the last 28 days and {len(before) or 'none'} in the 12 weeks before"
    grave = (
        "" if worst == pair.began else f"; {'the gravest' if len(recent) > 1 else 'it'} is of {_day(worst, as_of)}: {_clause(worst, pair)}"
    )
    return f"{were}{', so it has become graver' if graver else ''}{grave}{_peace(pair, as_of)}."


def _peace(pair: PairPage, as_of: date) -> str:
    peace = next((event for event in pair.events if event.stance == "peace" and (as_of - event.occurred_on).days < PEACE_DAYS), None)
    return f"; intelligence of {_day(peace, as_of)} says: {kind_noun(peace.kinds)}" if peace else ""


def _likely(pair: PairPage, as_of: date) -> str:
    if not pair.reasons:
        return ""
    why = "; ".join(_head(reason.text) for reason in pair.reasons[:NAMED])
    but = f"; what speaks against it: {_head(pair.against[0])}" if pair.against else ""
    if pair.score is None:
        return f"It is listed mainly because of: {why}{but}."
    until = long_date(as_of + timedelta(days=HORIZON_DAYS))
    return f"Serious violence by {until} is put at {chance(pair.score)} ({percent(pair.score)}), mainly because of: {why}{but}."


def _head(reason: str) -> str:
    """A reason without its records: what stands before the first colon or semicolon, else before its first day."""
    head = re.split(r"[:;(]| on \d", reason)[0].strip()
    return head[:1].lower() + head[1:]


def _clause(event: EventLine, pair: PairPage) -> str:
    """What an event was, in words for the middle of a sentence: who recorded or reported it, what it was, who to whom."""
    grade = f" graded {event.grade}" if event.grade else ""
    if event.is_protected:
        return f"protected intelligence{grade} came in, of which no more may be told"
    what = _what(event, {"a": pair.person_a.name, "b": pair.person_b.name})
    if event.source == "intelligence":
        return f"intelligence{grade} told of {what}"
    if event.source == "exclusion":
        return f"a school recorded {what}"
    return f"the police recorded {what}" if event.source else what


def _what(event: EventLine, name: Mapping[str, str]) -> str:
    """What kind of event, with which weapon, and who to whom."""
    noun = kind_noun(event.kinds) + (f" ({event.weapon})" if event.weapon else "")
    if not event.sides:
        return noun if event.kinds[:1] in SAYING_BOTH else f"{noun} between the two"
    one, other = event.sides
    if event.kinds[:1] in DIRECTED:
        return DIRECTED[event.kinds[:1]].format(one=name[one], other=name[other])
    role = {"a": event.role_a, "b": event.role_b}
    if role[one] and role[other]:
        return f"{noun}, with {name[one]} as {role[one]} and {name[other]} as {role[other]}"
    return f"{noun} from {name[one]} towards {name[other]}"


def _day(event: EventLine, as_of: date) -> str:
    return long_date(event.occurred_on).removesuffix(f" {as_of.year}")
