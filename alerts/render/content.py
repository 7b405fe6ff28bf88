"""The content of an issued list: everything the page says, before it is laid out. What is not here cannot be on the page."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PersonLine:
    """One person of a pair, as worded on the page; `is_withheld`: who it is may not be told, and nothing but `name` says anything."""

    side: str
    person_id: str
    name: str
    age: int | None
    sex: str
    is_under_18: bool
    only_victim: bool
    roles_recorded: str
    roles_reported: str
    help: tuple[str, ...]
    is_withheld: bool = False


@dataclass(frozen=True)
class EventLine:
    """One event of a pair: what one record says of the two in one direction, its gravest kind first.

    `sides` is ('a', 'b'), ('b', 'a') or () when no direction can be told or none may be shown.
    """

    occurred_on: date
    time: str
    known_late_on: date | None
    source: str
    kinds: tuple[str, ...]
    stance: str
    weapon: str
    summary: str
    sides: tuple[str, ...]
    role_a: str
    role_b: str
    severity: float | None
    is_serious: bool
    grade: str
    record: str
    is_protected: bool


@dataclass(frozen=True)
class Change:
    """How a pair moved since the last list: 'first' (there was none), 'new', 'up', 'down' or 'level', by its score."""

    movement: str
    previous_rank: int | None
    previous_score: float | None
    new_events: int


@dataclass(frozen=True)
class ReasonLine:
    """A reason as worded on the page, and the score that the pair would have without it, where that can be said."""

    text: str
    score_without: float | None


@dataclass(frozen=True)
class ReviewLine:
    """What somebody decided about a pair, in words; `back_because` says why a dismissed pair is on the list again."""

    decision: str
    made_by: str
    made_on: date
    why: str
    until: date | None
    back_because: str


@dataclass(frozen=True)
class TrackBand:
    """Settled lists of the last year: their entries whose score was from `low` up to `high`, those that serious violence followed, and how many of them
    the scores had led to expect."""

    low: float
    high: float
    entries: int
    followed: int
    expected: float


@dataclass(frozen=True)
class PairPage:
    """A pair on the list. `story` is the conflict in up to three sentences (alerts.render.story), `began` the first event of it that is known, however
    long ago, `events` those of the last 12 months, newest first."""

    lane: str
    rank: int
    pair_id: str
    person_a: PersonLine
    person_b: PersonLine
    story: tuple[str, ...]
    score: float | None
    status: str
    district: str
    partnership: str
    first_flagged: date | None
    first_contact: date | None
    reasons: tuple[ReasonLine, ...]
    against: tuple[str, ...]
    off_list: tuple[str, ...]
    help_for_both: tuple[str, ...]
    reviews: tuple[ReviewLine, ...]
    mark: str
    watched_until: date | None
    track: TrackBand | None
    feud: int | None
    change: Change
    began: EventLine | None
    events: tuple[EventLine, ...]
    earlier_events: int
    mere_contacts: int


@dataclass(frozen=True)
class FeudPerson:
    """Someone named in a feud; `pair` is the rank of a listed pair that they are in."""

    name: str
    age: int | None
    is_under_18: bool
    only_victim: bool
    pair: int | None
    person_id: str = ""


@dataclass(frozen=True)
class FeudSide:
    """One side of a feud: who is named, and how many others there are. `name` is how the side is called on the page."""

    name: str
    people: tuple[FeudPerson, ...]
    others: int


@dataclass(frozen=True)
class FeudNode:
    """Somebody of a feud as drawn: side 'a', 'b' or '' (neither), a name where they are named; `pair` as for FeudPerson."""

    side: str
    name: str
    only_victim: bool
    pair: int | None


@dataclass(frozen=True)
class FeudLink:
    """A live conflict between two of a feud's nodes, by their places; `rank` is its place on the list, if it has one."""

    one: int
    other: int
    is_across: bool
    rank: int | None


@dataclass(frozen=True)
class FeudBlock:
    """A feud on the list: one to warn of, all of its people named, or one that several listed pairs belong to, only their people named."""

    rank: int
    feud_id: str
    score: float
    is_warning: bool
    district: str
    partnership: str
    founded_on: date | None
    people: int
    pairs: int
    reasons: tuple[str, ...]
    track_record: str
    listed: tuple[int, ...]
    sides: tuple[FeudSide, ...]
    nodes: tuple[FeudNode, ...]
    links: tuple[FeudLink, ...]


@dataclass(frozen=True)
class WatchedPerson:
    """One of two people on watch."""

    name: str
    age: int | None
    is_under_18: bool
    only_victim: bool


@dataclass(frozen=True)
class WatchedPair:
    """A pair that somebody put on watch, whatever its score; `rank` is its place where it is on this list too."""

    lane: str
    pair_id: str
    people: tuple[WatchedPerson, WatchedPerson]
    district: str
    partnership: str
    score: float | None
    rank: int | None
    why: str
    made_by: str
    made_on: date
    until: date


@dataclass(frozen=True)
class Scorecard:
    """The newest issued list that can be judged: its pairs in conflict, how many its chances led to expect, how many serious violence followed."""

    as_of: date
    pairs: int
    expected: float
    followed: int


@dataclass(frozen=True)
class LeftPair:
    """A pair of the last list that is not on this one. Without names when no standing record joins the two any more."""

    lane: str
    pair_id: str
    names: str
    partnership: str
    previous_rank: int
    previous_score: float
    why: str


@dataclass(frozen=True)
class ListContent:
    """The whole list."""

    as_of: date
    previous_as_of: date | None
    run_id: str
    scorer: str
    scorer_note: str
    calibration_note: str
    list_size: int | None
    warnings: tuple[str, ...]
    pairs: tuple[PairPage, ...]
    left: tuple[LeftPair, ...]
    feuds: tuple[FeudBlock, ...]
    watched: tuple[WatchedPair, ...]
    has_pathways: bool
    track: tuple[TrackBand, ...]
    scorecard: Scorecard | None
    judged_after_days: int
    domestic_track: tuple[TrackBand, ...] = ()  # in the record; the domestic part has it as its `track`
    domestic_judged_after_days: int = 0
    partnership: str = ""  # whose part of the list this is; none: the county's whole
    only_lane: str = ""  # the one lane that this part shows; none: both, as in the record
    domestic_apart: int = 0  # pairs that are in the domestic part instead
    lane_expected: float | None = None  # the chances of the lane's whole list added up, whatever part this is; none: may not be known

    def lane(self, lane: str) -> list[PairPage]:
        """The pairs of one lane in rank order."""
        return [pair for pair in self.pairs if pair.lane == lane]


def as_json(content: ListContent) -> dict[str, Any]:
    """The content as plain values, dates in ISO form."""
    return json.loads(json.dumps(asdict(content), default=date.isoformat))  # type: ignore[no-any-return]


def content_sha256(plain: dict[str, Any]) -> str:
    """The fingerprint of a content: the same words and figures give the same one."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
