"""What a recipient sees of a list: the one place where a profile is applied. Every file of a list is laid out of a `Seen`, and of nothing else.

What a profile does not name is not in the content that comes out of here, so that no template, workbook or PDF can show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from alerts.profiles import TACTICAL_GROUP, Profile
from alerts.render.content import Change, EventLine, ListContent, PairPage, PersonLine
from alerts.render.story import story_of

SOMEBODY, A_PERSON = "another person", "a person"
NO_CHANGE = Change("", None, None, 0)


@dataclass(frozen=True)
class Seen:
    """A list as one recipient may see it; `shows` are the columns and parts that it has (alerts.profiles)."""

    content: ListContent
    profile: Profile
    shows: frozenset[str]

    @property
    def recipient(self) -> str:
        """For whom this is, without an article: of the tactical group's list, the domestic part is for the specialist route alone."""
        return (
            "domestic-abuse lead"
            if self.is_of_group and self.content.only_lane == "domestic"
            else self.profile.recipient.removeprefix("the ")
        )

    @property
    def handling(self) -> str:
        """Who may have a file, and what they may not do with it."""
        whose = "For" if not self.is_of_group or self.content.only_lane == "domestic" else "Named members of"
        return f"{whose} the {self.recipient} only. Do not copy, forward or photograph."

    @property
    def is_of_group(self) -> bool:
        """Whether this is the tactical group's own list."""
        return self.profile.name == TACTICAL_GROUP


def seen_by(profile: Profile, content: ListContent) -> Seen:
    """A list, or a part of it, for a recipient. Where they may not know the rank, pairs stand in the order of names."""
    if profile.is_whole:
        return Seen(content, profile, profile.shows)
    pairs = [_pair(profile, pair, content) for pair in content.pairs if _is_theirs(profile, pair)]
    bare = replace(
        content,
        pairs=tuple(pairs if "rank" in profile.shows else _numbered_by_name(pairs)),
        previous_as_of=None,
        list_size=None,
        warnings=(),
        left=(),
        feuds=(),
        watched=(),
        track=content.track if "chance" in profile.shows else (),
        scorecard=None,
        lane_expected=content.lane_expected if "chance" in profile.shows else None,
        domestic_apart=0,
    )
    return Seen(bare, profile, profile.shows)


def ids_seen(profile: Profile, content: ListContent) -> set[str]:
    """The ids of pairs, people and records that a recipient's files show: for the disclosure log, not for the recipient."""
    pairs = [pair for pair in content.pairs if _is_theirs(profile, pair)]
    people = {person.person_id for pair in pairs for person in (pair.person_a, pair.person_b) if _is_named(profile, person)}
    records = {event.record for pair in pairs for event in pair.events if _is_shown(profile, event) and event.record}
    return {pair.pair_id for pair in pairs} | people | records


def _is_theirs(profile: Profile, pair: PairPage) -> bool:
    has_child = any(person.is_under_18 for person in (pair.person_a, pair.person_b))
    is_here = not profile.partnerships or pair.partnership in profile.partnerships
    return pair.lane in profile.lanes and is_here and (profile.ages == "all" or has_child)


def _is_named(profile: Profile, person: PersonLine) -> bool:
    return "name" in profile.shows and (profile.ages == "all" or person.is_under_18)


def _is_shown(profile: Profile, event: EventLine) -> bool:
    return "date" in profile.shows and event.source in profile.sources and ("C" if event.is_protected else "P") in profile.handling


def _numbered_by_name(pairs: Iterable[PairPage]) -> list[PairPage]:
    so_far: Counter[str] = Counter()
    numbered = []
    for pair in sorted(pairs, key=lambda one: (one.person_a.name, one.person_b.name, [event.occurred_on for event in one.events])):
        so_far[pair.lane] += 1
        numbered.append(replace(pair, rank=so_far[pair.lane]))
    return numbered


def _pair(profile: Profile, pair: PairPage, content: ListContent) -> PairPage:
    shows = profile.shows
    seen = replace(
        pair,
        pair_id="",
        person_a=_person(profile, pair.person_a),
        person_b=_person(profile, pair.person_b),
        story=(),
        score=pair.score if "chance" in shows else None,
        status=pair.status if "status" in shows else "",
        district=pair.district if "district" in shows else "",
        partnership=pair.partnership if "partnership" in shows else "",
        first_flagged=pair.first_flagged if "first_flagged" in shows else None,
        first_contact=None,
        reasons=tuple(one if "chance" in shows else replace(one, score_without=None) for one in pair.reasons) if "reasons" in shows else (),
        against=pair.against if "against" in shows else (),
        off_list=pair.off_list if "off_list" in shows else (),
        help_for_both=pair.help_for_both if "help" in shows else (),
        reviews=(),
        mark="",
        watched_until=None,
        track=pair.track if "chance" in shows else None,
        feud=pair.feud if "feud" in shows else None,
        change=NO_CHANGE,
        began=_event(profile, pair.began) if pair.began and _is_shown(profile, pair.began) else None,
        events=tuple(_event(profile, event) for event in pair.events if _is_shown(profile, event)),
        earlier_events=0,
        mere_contacts=0,
    )
    return replace(seen, story=story_of(seen, content.as_of, is_all=False)) if "story" in shows else seen


def _person(profile: Profile, person: PersonLine) -> PersonLine:
    shows = profile.shows
    if profile.ages != "all" and not person.is_under_18:
        return PersonLine(person.side, "", SOMEBODY, None, "", False, False, "", "", (), is_withheld=True)
    return PersonLine(
        side=person.side,
        person_id="",
        name=person.name if "name" in shows else A_PERSON,
        age=person.age if "age" in shows else None,
        sex=person.sex if "sex" in shows else "",
        is_under_18=person.is_under_18 and "under_18" in shows,
        only_victim=person.only_victim and "only_victim" in shows,
        roles_recorded=person.roles_recorded if "roles" in shows else "",
        roles_reported=person.roles_reported if "roles" in shows and "intelligence" in profile.sources else "",
        help=person.help if "help" in shows else (),
    )


def _event(profile: Profile, event: EventLine) -> EventLine:
    shows = profile.shows
    bare = replace(
        event,
        time="",
        known_late_on=None,
        source="",
        kinds=(),
        stance="",
        weapon="",
        summary="",
        sides=(),
        role_a="",
        role_b="",
        severity=event.severity if "severity" in shows else None,
        is_serious=event.is_serious and "severity" in shows,
        grade=event.grade if "grade" in shows else "",
        record="",
    )
    if event.is_protected:
        return bare
    return replace(
        bare,
        time=event.time if "time" in shows else "",
        source=event.source if "source" in shows else "",
        kinds=event.kinds if "kind" in shows else (),
        stance=event.stance if "kind" in shows else "",
        weapon=event.weapon if "weapon" in shows else "",
        summary=event.summary if "summary" in shows else "",
        sides=event.sides if "direction" in shows else (),
        role_a=event.role_a if "event_roles" in shows else "",
        role_b=event.role_b if "event_roles" in shows else "",
        record=event.record if "record" in shows else "",
    )
