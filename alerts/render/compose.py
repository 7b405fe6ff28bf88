"""From the published rows and the last list to the content of this one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from alerts.english import sentence
from alerts.reasons import AGAINST, OFF
from alerts.render.changes import PreviousList, change_of, left_pairs
from alerts.render.content import EventLine, FeudBlock, ListContent, PairPage, PersonLine, ReasonLine
from alerts.render.feuds import feud_blocks
from alerts.render.help import help_for, help_for_both
from alerts.render.partnerships import District, district_of
from alerts.render.published import Flag, FlaggedPerson, PairEvent, PairNow, Published
from alerts.render.reviewed import mark_of, review_lines, taken_off, watched_pairs
from alerts.render.story import story_of
from alerts.render.track_record import TrackRecord
from alerts.render.wording import SEXES, WEAPONS, chance, clipped, gravity, is_child
from alerts.reviews.decision import Pathway

SHOWN_DAYS = 365  # the timeline and the table of a pair cover the last 12 months
LATE_DAYS = 7  # an event that became known later than this says so
REPORTED_ROLES = ("said to", "named")  # roles that a report gives, as against those on a record
DIRECTIONS = {"a_to_b": ("a", "b"), "b_to_a": ("b", "a")}


class PublishedContradictionError(Exception):
    """The published tables do not fit together; the message says which pair and what is missing."""


@dataclass(frozen=True)
class Surroundings:
    """What a list is composed with beside the published rows: districts by code, the last list, where the pairs of it stand that are not on this one
    (`now`), how earlier scores of each lane did, and the pathways that exist."""

    districts: dict[str, District]
    previous: PreviousList | None
    now: dict[str, PairNow]
    tracks: Mapping[str, TrackRecord]
    pathways: tuple[Pathway, ...]

    @property
    def pathway_names(self) -> dict[str, str]:
        """The pathways' names by code."""
        return {one.code: one.name for one in self.pathways}


def compose(published: Published, around: Surroundings) -> ListContent:
    """The list's content."""
    run = published.run
    people = {(person.lane, person.pair_id, person.side): person for person in published.people}
    events: dict[str, list[PairEvent]] = defaultdict(list)
    for event in published.events:
        events[event.pair_id].append(event)
    feuds, previous = feud_blocks(published, around.districts), around.previous
    names = around.pathway_names
    conflict, domestic = around.tracks["conflict"], around.tracks["domestic"]
    return ListContent(
        as_of=run.as_of,
        previous_as_of=previous.as_of if previous else None,
        run_id=run.run_id,
        scorer=run.scorer or "",
        scorer_note=run.scorer_note or "",
        calibration_note=run.calibration_note or "",
        list_size=run.list_size,
        warnings=run.warnings,
        pairs=tuple(_pair(flag, published, around, people=people, events=events[flag.pair_id], feuds=feuds) for flag in published.flags),
        left=left_pairs(previous, published.flags, around.now, taken_off(published.reviews, names)),
        feuds=feuds,
        watched=watched_pairs(published.watched, {flag.pair_id: flag.rank for flag in published.flags}, around.districts),
        has_pathways=bool(around.pathways),
        track=conflict.bands,
        scorecard=conflict.scorecard,
        judged_after_days=conflict.judged_after_days,
        domestic_track=domestic.bands,
        domestic_judged_after_days=domestic.judged_after_days,
    )


def _pair(
    flag: Flag, published: Published, around: Surroundings, *, people: dict[tuple[str, str, str], FlaggedPerson], events: list[PairEvent],
    feuds: tuple[FeudBlock, ...],
) -> PairPage:  # fmt: skip
    as_of = published.run.as_of
    without = {one.reason: one.score_without for one in published.reasons if (one.lane, one.pair_id) == (flag.lane, flag.pair_id)}
    why = [reason for reason in flag.reasons if not reason.startswith((AGAINST, OFF))]
    person_a, person_b = (_person(flag, side, people, around.pathways) for side in "ab")
    district = district_of(flag.district, around.districts)
    only_victims = {person.side for person in (person_a, person_b) if person.only_victim}
    recent = [event for event in events if event.occurred_at.date() > as_of - timedelta(days=SHOWN_DAYS)]
    shown = [event for event in recent if not _is_mere_contact(event)]
    acts = [event for event in events if event.stance == "adverse" or event.is_protected]
    page = PairPage(
        lane=flag.lane,
        rank=flag.rank,
        pair_id=flag.pair_id,
        person_a=person_a,
        person_b=person_b,
        story=(),
        score=flag.score,
        status=flag.status,
        district=district.name,
        partnership=district.partnership,
        first_flagged=flag.first_flagged,
        first_contact=flag.first_contact,
        reasons=tuple(ReasonLine(sentence(reason), _told(flag.score, without.get(reason))) for reason in why),
        against=tuple(sentence(reason.removeprefix(AGAINST)) for reason in flag.reasons if reason.startswith(AGAINST)),
        off_list=tuple(sentence(reason.removeprefix(OFF)) for reason in flag.reasons if reason.startswith(OFF)),
        help_for_both=help_for_both(
            [(f"{one.roles_recorded}, {one.roles_reported}", one.age, one.only_victim) for one in (person_a, person_b)],
            flag.lane,
            around.pathways,
            is_sexual=any(event.kind == "sexual" for event in events),
        ),
        reviews=review_lines(flag.pair_id, published.reviews, around.pathway_names),
        mark=mark_of(flag.pair_id, published.reviews, around.pathway_names, as_of),
        watched_until=next((row["until"] for row in published.watched if row["pair_id"] == flag.pair_id), None),
        track=around.tracks[flag.lane].of(flag.score),
        feud=next((feud.rank for feud in feuds if flag.lane == "conflict" and flag.rank in feud.listed), None),
        change=change_of(flag, [record[0] for record in by_record(events)], around.previous),
        began=next(iter(list(event_lines(acts, only_victims))[-1:]), None),
        events=tuple(event_lines(shown, only_victims)),
        earlier_events=_count(events) - _count(recent),
        mere_contacts=_count(recent) - _count(shown),
    )
    return replace(page, story=story_of(page, as_of))


def _person(flag: Flag, side: str, people: dict[tuple[str, str, str], FlaggedPerson], pathways: tuple[Pathway, ...]) -> PersonLine:
    person = people.get((flag.lane, flag.pair_id, side))
    if person is None:
        what = f"pair {flag.pair_id} is on the list, but analyst.flagged_people has no row for its side {side}"
        raise PublishedContradictionError(f"{what}: publish again with `forewarn nightly`")
    roles = [re.sub(r" (\d+)$", "\N{NO-BREAK SPACE}\\1", role) for role in (person.roles or "").split(", ")]
    return PersonLine(
        side=side,
        person_id=person.person_id,
        name=person.display_name or "Name not known",
        age=person.age,
        sex=SEXES.get(person.sex or "", ""),
        is_under_18=bool(person.is_under_18) or is_child(person.age),
        only_victim=person.only_victim,
        roles_recorded=", ".join(role for role in roles if not role.startswith(REPORTED_ROLES)),
        roles_reported=", ".join(role for role in roles if role.startswith(REPORTED_ROLES)),
        help=help_for(person.roles or "", person.age, flag.lane, pathways, only_victim=person.only_victim),
    )


def event_lines(events: list[PairEvent], only_victims: set[str]) -> Iterable[EventLine]:
    """One line a record and direction, newest first."""
    return reversed([_line(record, only_victims) for record in by_record(events)])


def by_record(events: list[PairEvent]) -> Iterable[list[PairEvent]]:
    """What one record says in one direction belongs together, its gravest first; protected reports stay apart."""
    numbered = sorted(enumerate(events), key=lambda found: _record_key(*found))
    for _, together in groupby(numbered, key=lambda found: _record_key(*found)):
        yield sorted((event for _, event in together), key=lambda event: (-event.severity, gravity(event.kind), event.kind))


def _count(events: list[PairEvent]) -> int:
    return sum(1 for _ in by_record(events))


def _is_mere_contact(event: PairEvent) -> bool:
    """Named together with nothing said or done between the two."""
    return event.stance == "contact" and event.severity == 0


def _record_key(number: int, event: PairEvent) -> tuple[str, str, str, str, int]:
    return (
        event.occurred_at.isoformat(), event.source, event.record_id or "", event.direction or "",
        number if event.record_id is None else 0,
    )  # fmt: skip


def _line(record: list[PairEvent], only_victims: set[str]) -> EventLine:
    event = record[0]
    sides = DIRECTIONS.get(event.direction or "", ())
    if sides and sides[0] in only_victims:  # whoever is known only as a victim is never drawn or worded as the one who acts
        sides = ()
    known_on = (event.known_at or event.occurred_at).date()
    return EventLine(
        occurred_on=event.occurred_at.date(),
        time=f"{event.occurred_at:%H:%M}" if event.source == "incident" and event.occurred_at.time().isoformat() != "00:00:00" else "",
        known_late_on=known_on if (known_on - event.occurred_at.date()).days > LATE_DAYS else None,
        source=event.source,
        kinds=tuple(dict.fromkeys(said.kind for said in record)),
        stance=event.stance or "",
        weapon=WEAPONS.get(event.weapon or "", ""),
        summary=clipped(event.summary or "") if event.source == "incident" else "",
        sides=sides,
        role_a=_role(event.role_a, event.source),
        role_b=_role(event.role_b, event.source),
        severity=round(event.severity, 1),
        is_serious=any(said.serious for said in record),
        grade=event.grade or "",
        record=_record(event),
        is_protected=event.is_protected,
    )


def _told(score: float, without: float | None) -> float | None:
    """The score without a reason, if it reads otherwise than the score itself."""
    return without if without is not None and chance(without) != chance(score) else None


def _role(role: str | None, source: str) -> str:
    """The role on a record; what a report says is told by its direction and kind."""
    if source == "intelligence":
        return ""
    return re.sub(r"[_\s]+", " ", role or "").strip().lower()


def _record(event: PairEvent) -> str:
    """The record's number, except a protected report's, and an exclusion's, which contains the pupil's UPN."""
    return "" if event.is_protected or event.source == "exclusion" else event.record_id or ""
