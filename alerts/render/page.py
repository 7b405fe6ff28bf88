"""The content laid out as one self-contained page. The same content gives the same bytes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from alerts.english import counted, long_date, sentence, short_day
from alerts.profiles import SOURCES
from alerts.render import network, timeline, wording
from alerts.render.content import EventLine, PairPage
from alerts.render.foretold import how_lists_did, what_to_expect
from alerts.render.seen import Seen
from models import outcome

HORIZON_DAYS = outcome.HORIZON_DAYS
HEADLINE_DAYS = 90
PRINTED_EVENTS = 8  # so that most pairs have one sheet; the serious ones are printed beyond that too
SAMPLES = (
    ("circle", "serious", "serious violence"),
    ("circle", "incident", "police record"),
    ("diamond", "intelligence", "intelligence, an assessment"),
    ("diamond", "protected", "protected intelligence"),
    ("square", "exclusion", "school record"),
    ("circle", "event", "event"),
    ("circle", "aside", "no act against the other"),
)  # the key of the drawing: shape, style, words


def render_page(seen: Seen, revision: int, fingerprint: str) -> str:
    """The page of a list as issued: `revision` counts from 1, `fingerprint` is the sha256 of the content."""
    content = seen.content
    return environment().get_template("weekly_list.html.j2").render(
        content=content,
        shows=seen.shows,
        sources=SOURCES if seen.profile.is_whole else seen.profile.sources,
        knows_protected=seen.profile.is_whole or "C" in seen.profile.handling,
        whole=seen.profile.is_whole,
        recipient=seen.recipient,
        handling=seen.handling,
        revision=revision,
        fingerprint=fingerprint,
        horizon=content.as_of + timedelta(days=HORIZON_DAYS),
    )  # fmt: skip


def by_partnership(pairs: Iterable[PairPage]) -> list[tuple[str, list[PairPage]]]:
    """Pairs under their partnership's name, in alphabetical order, districts that have none last; each in rank order."""
    ordered = sorted(pairs, key=lambda pair: (pair.partnership == pair.district, pair.partnership, pair.rank))
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda pair: pair.partnership)]


def statuses(pairs: Iterable[PairPage]) -> dict[str, int]:
    """How many pairs have each status, in the order of the glossary."""
    found = Counter(pair.status for pair in pairs)
    return {status: found[status] for status in wording.STATUSES}


def minors(pairs: Iterable[PairPage]) -> int:
    """How many different people under 18 are named."""
    return len({person.person_id for pair in pairs for person in (pair.person_a, pair.person_b) if person.is_under_18})


def is_sexual(pair: PairPage) -> bool:
    """A sexual offence is on record between the two, which is for a specialist route."""
    return any("sexual" in event.kinds for event in pair.events)


def letters(events: Iterable[EventLine]) -> list[tuple[str, str]]:
    """The key of a timeline: each letter in it and what it stands for."""
    words: dict[str, list[str]] = {}
    for event in events:
        if not event.kinds:
            continue
        said = wording.kind_words(event.kinds[:1]).lower()
        named = words.setdefault(wording.kind_letter(event.kinds[0]), [])
        if said not in named:
            named.append(said)
    return [(letter, " or ".join(sorted(_longest(named)))) for letter, named in sorted(words.items()) if letter]


def _longest(named: list[str]) -> list[str]:
    """Without those that another begins with: who reads 'assault or fight' needs no 'assault'."""
    return [one for one in named if not any(other != one and other.startswith(one) for other in named)]


def headline(pair: PairPage, as_of: date) -> EventLine | None:
    """The event that says most about a pair in one line: the gravest of the last 90 days, else the last."""
    acts = [event for event in pair.events if event.stance in ("adverse", "") or event.is_protected]
    recent = [event for event in acts if (as_of - event.occurred_on).days < HEADLINE_DAYS]
    return max(recent, key=lambda event: (event.severity or 0.0, event.occurred_on), default=acts[0] if acts else None)


def strip_x(when: date, as_of: date, width: float) -> float:
    """Where a day of the last 12 months stands in a strip of this width."""
    return round(1.5 + (1 - (as_of - when).days / timeline.PAST_DAYS) * (width - 3), 1)


def css_string(text: str) -> str:
    """A text for the inside of a quoted string of a style sheet, whatever signs it has."""
    return "".join(sign if sign.isalnum() or sign in " .,-" else f"\\{ord(sign):x} " for sign in text)


@cache
def environment() -> Environment:
    """The templates, with the words and drawings that they use."""
    environment = Environment(
        loader=PackageLoader("alerts"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    words = (
        "band",
        "band_words",
        "chance",
        "clipped",
        "kind_letter",
        "kind_short",
        "kind_words",
        "odds",
        "percent",
        "roughly",
        "track_words",
    )
    environment.filters.update({name: getattr(wording, name) for name in words})
    environment.tests.update(enough=wording.is_enough)
    environment.filters.update(
        counted=counted, css_string=css_string, long_date=long_date, sentence=sentence, short_day=short_day, style_of=timeline.style
    )
    environment.globals.update(
        PRINTED_EVENTS=PRINTED_EVENTS, SAMPLES=SAMPLES, SOURCES=wording.SOURCES, STATUSES=wording.STATUSES, STATUS_SIGNS=wording.STATUS_SIGNS,
        by_partnership=by_partnership,
        draw=timeline.draw, draw_network=network.draw_network,
        headline=headline, how_lists_did=how_lists_did, what_to_expect=what_to_expect,
        is_sexual=is_sexual, letters=letters, minors=minors, radius=timeline.radius, statuses=statuses,
        strip_x=strip_x,
    )  # fmt: skip
    return environment
