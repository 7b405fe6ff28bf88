"""One partnership's part of a list: its own pairs, with the places that they have county-wide, and of feuds what its pairs show anyway."""

from __future__ import annotations

import re
from dataclasses import replace

from alerts.render.content import FeudBlock, FeudPerson, FeudSide, ListContent


def partnerships_of(content: ListContent) -> tuple[str, ...]:
    """The partnerships that pairs of the list or on watch belong to; a district without one has no part of its own."""
    listed = {(pair.partnership, pair.district) for pair in content.pairs} | {(pair.partnership, pair.district) for pair in content.watched}
    named = {partnership for partnership, district in listed if partnership != district}
    return tuple(sorted(named))


def part_of(content: ListContent, partnership: str) -> ListContent:
    """The list with nobody on it but who belongs to this partnership."""
    pairs = tuple(pair for pair in content.pairs if pair.partnership == partnership)
    ranks = {pair.rank for pair in pairs if pair.lane == "conflict"}
    feuds = tuple(part for feud in content.feuds if (part := _feud(feud, partnership, ranks)))
    there = {feud.rank for feud in feuds}
    return replace(
        content,
        partnership=partnership,
        pairs=tuple(pair if pair.feud in there else replace(pair, feud=None) for pair in pairs),
        left=tuple(pair for pair in content.left if pair.partnership == partnership),
        watched=tuple(pair for pair in content.watched if pair.partnership == partnership),
        feuds=feuds,
    )


def slug(partnership: str) -> str:
    """The partnership's name as part of a file name: 'rugby-community-safety-partnership'."""
    return re.sub(r"[^a-z0-9]+", "-", partnership.lower()).strip("-") or "partnership"


def _feud(feud: FeudBlock, partnership: str, ranks: set[int]) -> FeudBlock | None:
    """A feud to warn of goes to the partnership that answers for it; another to those whose listed pairs are in it, with their people only."""
    if feud.is_warning:
        return feud if feud.partnership == partnership else None
    if not ranks & set(feud.listed):
        return None
    return replace(
        feud,
        listed=tuple(sorted(ranks & set(feud.listed))),
        sides=tuple(_side(side, ranks) for side in feud.sides),
        nodes=tuple(node if node.pair in ranks else replace(node, name="", pair=None) for node in feud.nodes),
        links=tuple(link if link.rank in ranks else replace(link, rank=None) for link in feud.links),
    )


def _side(side: FeudSide, ranks: set[int]) -> FeudSide:
    named: tuple[FeudPerson, ...] = tuple(person for person in side.people if person.pair in ranks)
    return replace(side, people=named, others=side.others + len(side.people) - len(named))
