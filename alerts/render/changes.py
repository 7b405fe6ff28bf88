"""What changed since the last list: for pairs still on it, and for those that left it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alerts.english import counted, long_date
from alerts.render.content import Change, LeftPair
from alerts.render.published import Flag, PairEvent, PairNow
from alerts.render.wording import chance

NOTABLE = 0.10  # a score within a tenth of what it was is called level


@dataclass(frozen=True)
class PreviousPair:
    """A pair as the last list had it."""

    lane: str
    rank: int
    pair_id: str
    score: float
    names: str
    partnership: str


@dataclass(frozen=True)
class PreviousList:
    """The last list issued before this one."""

    as_of: date
    pairs: tuple[PreviousPair, ...]


def previous_list(content: Mapping[str, Any], merged: Mapping[str, str]) -> PreviousList:
    """The last list from its issued content, with people who have since been found to be one under the id that was kept."""
    pairs = (
        PreviousPair(
            pair["lane"], pair["rank"], renamed(pair["pair_id"], merged), pair["score"],
            f"{pair['person_a']['name']} and {pair['person_b']['name']}", pair["partnership"],
        )
        for pair in content["pairs"]
    )  # fmt: skip
    return PreviousList(date.fromisoformat(content["as_of"]), tuple(pairs))


def change_of(flag: Flag, events: list[PairEvent], previous: PreviousList | None) -> Change:
    """How a pair on the list moved since the last one."""
    if previous is None:
        return Change("first", None, None, 0)
    new_events = sum(_known_on(event) > previous.as_of for event in events)
    before = next((pair for pair in previous.pairs if (pair.lane, pair.pair_id) == (flag.lane, flag.pair_id)), None)
    if before is None:
        return Change("new", None, None, new_events)
    return Change(_movement(before.score, flag.score), before.rank, before.score, new_events)


def left_pairs(
    previous: PreviousList | None, flags: tuple[Flag, ...], now: Mapping[str, PairNow], taken_off: Mapping[str, str]
) -> tuple[LeftPair, ...]:
    """The pairs of the last list that are not on this one in the same lane, each with why; `taken_off` says it of those that a review took off."""
    if previous is None:
        return ()
    here = {(flag.lane, flag.pair_id) for flag in flags}
    gone = [pair for pair in previous.pairs if (pair.lane, pair.pair_id) not in here]
    return tuple(_left(pair, previous.as_of, {flag.pair_id: flag for flag in flags}, now, taken_off) for pair in gone)


def _left(pair: PreviousPair, since: date, flags: Mapping[str, Flag], now: Mapping[str, PairNow], taken_off: Mapping[str, str]) -> LeftPair:
    standing = now.get(pair.pair_id)
    known = standing is not None and standing.is_known
    why = _why_left(pair, since, flags.get(pair.pair_id), standing, taken_off.get(pair.pair_id))
    return LeftPair(pair.lane, pair.pair_id, pair.names if known else "", pair.partnership, pair.rank, pair.score, why)


def _why_left(pair: PreviousPair, since: date, elsewhere: Flag | None, now: PairNow | None, review: str | None) -> str:
    if now is None or not now.is_known:
        return "No standing record joins these two any more: records were withdrawn or corrected, or a person's identity was. Do not act on the earlier entry."
    if elsewhere:
        return f"Moved to the {elsewhere.lane} section of this list."
    if review:
        return review
    return f"{_score_words(pair.score, now.score)}; {_event_words(now, since)}."


def _score_words(before: float, after: float | None) -> str:
    if after is None:
        return "No longer scored"
    if _movement(before, after) == "down" and chance(before) == chance(after):
        return f"Score fell, and is still {chance(after)}"
    if _movement(before, after) == "down":
        return f"Score fell from {chance(before)} to {chance(after)}"
    return f"Score still {chance(after)}, and other pairs now rank higher"


def _event_words(now: PairNow, since: date) -> str:
    if now.new_events:
        return f"{counted(now.new_events, 'new event')} known since {long_date(since)}"
    return f"no new event since {long_date(now.last_event)}" if now.last_event else "no new event"


def _movement(before: float, after: float) -> str:
    if after > before * (1 + NOTABLE):
        return "up"
    return "down" if after < before * (1 - NOTABLE) else "level"


def _known_on(event: PairEvent) -> date:
    return (event.known_at or event.occurred_at).date()


def renamed(pair_id: str, merged: Mapping[str, str]) -> str:
    """The pair as its people are called today; `merged` gives for an id that is no more the one that was kept."""
    return "-".join(sorted(_kept(person, merged) for person in pair_id.split("-")))


def _kept(person_id: str, merged: Mapping[str, str]) -> str:
    seen = {person_id}
    while (kept := merged.get(person_id)) and kept not in seen:
        seen.add(kept)
        person_id = kept
    return person_id
