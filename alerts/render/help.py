"""Which help exists for each of two people, by age and part: prompts for the group, never decisions."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.reviews.decision import Pathway

ACTING = ("suspect", "said to act")
SUFFERING = ("victim", "said to be target")
SAFEGUARDING = "safeguarding"
CHILD = 17  # the last year of age in which someone is a child


def help_for(roles: str, age: int | None, lane: str, pathways: Sequence[Pathway], *, only_victim: bool) -> tuple[str, ...]:
    """The names of the pathways for one person: a child's safeguarding first, then in the order of the file.

    In lane domestic the specialist route chooses, so only what is for children alone is named. A pathway for two together is not here (help_for_both).
    """
    meant = [one for one in pathways if not one.joint and _fits(one, age) and _is_for(one, roles, only_victim=only_victim)]
    if lane == "domestic":
        meant = [one for one in meant if one.ages[1] <= CHILD]
    if age is not None and age <= CHILD:
        meant.sort(key=lambda one: one.code != SAFEGUARDING)
    return tuple(one.name for one in meant)


def help_for_both(
    people: Sequence[tuple[str, int | None, bool]], lane: str, pathways: Sequence[Pathway], *, is_sexual: bool
) -> tuple[str, ...]:
    """The pathways that bring the two together; `people` are each one's roles, age and whether known only as a victim.

    None in lane domestic, after a sexual offence, or where one of the two is known only as a victim.
    """
    if lane == "domestic" or is_sexual or any(only_victim for _, _, only_victim in people):
        return ()
    joint = [one for one in pathways if one.joint]
    return tuple(one.name for one in joint if all(_fits(one, age) and _is_for(one, roles, only_victim=False) for roles, age, _ in people))


def _fits(pathway: Pathway, age: int | None) -> bool:
    """Whether the age is within the pathway's; an age not known must suit a child and an adult alike."""
    first, last = pathway.ages
    return first <= age <= last if age is not None else first <= CHILD < last


def _is_for(pathway: Pathway, roles: str, *, only_victim: bool) -> bool:
    """Whoever is known only as a victim gets what is for victims; somebody whose part nobody tells, only what is for either."""
    parts = {"victim"} if only_victim else _parts(roles)
    return bool(parts & set(pathway.roles)) if parts else {"aggressor", "victim"} <= set(pathway.roles)


def _parts(roles: str) -> set[str]:
    said = roles.replace("\N{NO-BREAK SPACE}", " ").lower()
    return {part for part, words in (("aggressor", ACTING), ("victim", SUFFERING)) if any(word in said for word in words)}
