"""Where each mark of a pair's timeline is drawn: pure geometry, in the units of the drawing's viewBox."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.english import long_date
from alerts.render.content import EventLine
from alerts.render.wording import band, kind_letter, kind_words

WIDTH = 720.0
LEFT, RIGHT = 10.0, 720.0
LABEL_HEIGHT, LANE_PADDING = 17.0, 5.0
PAST_DAYS, AHEAD_DAYS = 365, 28
SHAPES = {"incident": "circle", "intelligence": "diamond", "exclusion": "square"}
LANES = (("a", "b"), ("b", "a"), ())


@dataclass(frozen=True)
class Mark:
    """An event in the drawing. Its style is 'protected', 'serious', 'aside' (no act against the other), its source, or 'event' where that is not told."""

    x: float
    y: float
    radius: float
    shape: str
    style: str
    letter: str
    title: str


@dataclass(frozen=True)
class Lane:
    """A band of the drawing for one direction; `events` is how many are drawn in it."""

    sides: tuple[str, ...]
    y: float
    height: float
    events: int


@dataclass(frozen=True)
class Tick:
    """The first of a month on the axis."""

    x: float
    label: str
    is_year: bool


@dataclass(frozen=True)
class Drawing:
    """A whole timeline: a lane from a to b, one from b to a, one without direction; and the 28 days ahead."""

    height: float
    axis_y: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    now_x: float
    end_x: float


def draw(events: Sequence[EventLine], as_of: date, *, is_directed: bool = True) -> Drawing:
    """Lay out the last 12 months, in one lane where it may not be known who acted.

    Marks of a lane that would touch are moved apart up and down, and the lane grows to hold them.
    """
    y, lanes, marks = 0.0, [], []
    for sides in LANES if is_directed else LANES[-1:]:
        here = sorted(
            (event for event in events if event.sides == sides), key=lambda event: (event.occurred_on, event.kinds, event.severity or 0.0)
        )
        placed = _apart([_mark(event, as_of) for event in here])
        above = max([mark.radius - mark.y for mark in placed], default=0.0)
        below = max([mark.radius + mark.y for mark in placed], default=0.0)
        height = LABEL_HEIGHT + above + below + 2 * LANE_PADDING
        middle = y + LABEL_HEIGHT + LANE_PADDING + above
        marks += [_moved(mark, middle) for mark in placed]
        lanes.append(Lane(sides, round(y, 1), round(height, 1), len(here)))
        y += height
    return Drawing(
        height=round(y + 20, 1),
        axis_y=round(y, 1),
        lanes=tuple(lanes),
        marks=tuple(marks),
        ticks=tuple(_ticks(as_of)),
        now_x=_x(as_of, as_of),
        end_x=_x(as_of + timedelta(days=AHEAD_DAYS), as_of),
    )


def radius(severity: float | None) -> float:
    """Grows with the logarithm of the ONS weight: a push 7, an assault with injury 10, a stabbing 13; all alike where the weight may not be known."""
    return round(5 + 2.4 * math.log10(max(severity or 0.0, 5.0)), 1)


def style(event: EventLine) -> str:
    """How a mark is filled: what matters most about the event."""
    if event.is_protected:
        return "protected"
    if event.is_serious:
        return "serious"
    return (event.source or "event") if event.stance in ("adverse", "") else "aside"


def _mark(event: EventLine, as_of: date) -> Mark:
    serious = ", serious violence" if event.is_serious else ""
    what = [kind_words(event.kinds), f"{band(event.severity)} severity" if event.severity is not None else ""]
    title = f"{long_date(event.occurred_on)}: {', '.join(filter(None, what)) or 'an event'}{serious}"
    shape = SHAPES.get(event.source, "circle")
    return Mark(
        _x(event.occurred_on, as_of),
        0.0,
        radius(event.severity),
        shape,
        style(event),
        kind_letter(event.kinds[0]) if event.kinds else "",
        title,
    )


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    placed: list[Mark] = []
    for mark in marks:
        tries = (_moved(mark, step * sign) for step in range(0, 90, 3) for sign in (1, -1))
        placed.append(next((tried for tried in tries if not any(_touch(tried, other) for other in placed)), mark))
    return placed


def _touch(one: Mark, other: Mark) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius + 0.5


def _moved(mark: Mark, y: float) -> Mark:
    return Mark(mark.x, round(mark.y + y, 1), mark.radius, mark.shape, mark.style, mark.letter, mark.title)


def _x(when: date, as_of: date) -> float:
    share = ((when - as_of).days + PAST_DAYS) / (PAST_DAYS + AHEAD_DAYS)
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _ticks(as_of: date) -> Iterable[Tick]:
    first = as_of - timedelta(days=PAST_DAYS)
    months = [date(first.year + (first.month + n) // 12, (first.month + n) % 12 + 1, 1) for n in range(12)]
    for number, month in enumerate(months):
        is_year = number == 0 or month.month == 1
        if (as_of - month).days < 16:
            continue  # its name would run into the 28 days ahead
        yield Tick(_x(month, as_of), f"{month:%b %Y}" if is_year else f"{month:%b}", is_year)
