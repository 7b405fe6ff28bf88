"""The feuds of the list: who stands on which side, and who of them may be named."""

from __future__ import annotations

from collections.abc import Mapping

from alerts.english import sentence
from alerts.render.content import FeudBlock, FeudLink, FeudNode, FeudPerson, FeudSide
from alerts.render.partnerships import District, district_of
from alerts.render.published import Feud, FeudMember, FeudPair, Published
from alerts.render.wording import is_child

SIDES: Mapping[str | None, str] = {"a": "One side", "b": "The other side", None: "On neither side"}


def feud_blocks(published: Published, districts: dict[str, District]) -> tuple[FeudBlock, ...]:
    """The feuds to warn of first, then those that several listed pairs belong to, each by rank.

    In a feud to warn of everyone is named, since somebody must look at all of them; in another only the people of its listed pairs, who are named on their
    own page anyway.
    """
    ordered = sorted(published.feuds, key=lambda feud: (not feud.is_warning, feud.rank))
    return tuple(
        _block(
            feud,
            [one for one in published.feud_members if one.feud_id == feud.feud_id],
            [one for one in published.feud_pairs if one.feud_id == feud.feud_id],
            districts,
        )
        for feud in ordered
    )


def _block(feud: Feud, members: list[FeudMember], pairs: list[FeudPair], districts: dict[str, District]) -> FeudBlock:
    places = {member.person_id: place for place, member in enumerate(members)}
    district = district_of(feud.district, districts)
    return FeudBlock(
        rank=feud.rank,
        feud_id=feud.feud_id,
        score=feud.score,
        is_warning=feud.is_warning,
        district=district.name,
        partnership=district.partnership,
        founded_on=feud.founded_on,
        people=feud.people,
        pairs=feud.pairs,
        reasons=tuple(sentence(reason) for reason in feud.reasons),
        track_record=feud.track_record if feud.is_warning else "",
        listed=tuple(sorted({rank for member in members for rank in member.listed})),
        sides=tuple(side for name in SIDES if (side := _side(name, members, all_named=feud.is_warning))),
        nodes=tuple(_node(member, all_named=feud.is_warning) for member in members),
        links=tuple(
            FeudLink(places[pair.person_a], places[pair.person_b], pair.is_across, pair.rank)
            for pair in pairs
            if pair.person_a in places and pair.person_b in places
        ),
    )


def _node(member: FeudMember, *, all_named: bool) -> FeudNode:
    is_named = member.display_name and (all_named or member.listed)
    return FeudNode(
        member.side or "", member.display_name or "" if is_named else "", member.only_victim, member.listed[0] if member.listed else None
    )


def _side(name: str | None, members: list[FeudMember], *, all_named: bool) -> FeudSide | None:
    there = [member for member in members if member.side == name]
    named = [member for member in there if member.display_name and (all_named or member.listed)]
    return FeudSide(SIDES[name], tuple(map(_person, named)), len(there) - len(named)) if there else None


def _person(member: FeudMember) -> FeudPerson:
    return FeudPerson(
        member.display_name or "",
        member.age,
        is_child(member.age),
        member.only_victim,
        member.listed[0] if member.listed else None,
        member.person_id,
    )
