"""What the chances of a list lead to expect, and how earlier lists did, in sentences: the same on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Set

from alerts.english import counted, long_date
from alerts.render.content import ListContent
from alerts.render.wording import roughly
from models.outcome import HORIZON_DAYS

NOT_SAFE = " That makes nobody on it safe."


def what_to_expect(content: ListContent) -> str:
    """In how many pairs serious violence follows if the chances hold; nothing where nobody is listed or the chances may not be known."""
    if content.lane_expected is None or not content.pairs:
        return ""
    if content.lane_expected < 1:
        few = "Nearly none of these pairs is expected to come to serious violence: the chances of the whole list together come to less than one such pair."
        return few + (NOT_SAFE if content.only_lane == "domestic" else "")
    here = sum(pair.score or 0.0 for pair in content.pairs)
    return (
        f"If the chances hold, serious violence follows in {roughly(here)} of these {counted(len(content.pairs), 'pair')}. "
        "Nobody can say in which, and in most of them none is to be expected."
    )


def how_lists_did(content: ListContent, shows: Set[str]) -> tuple[str, str]:
    """A head, and what followed earlier lists: of the domestic lane over the year, for one list holds too few outcomes to tell; of conflicts by the
    newest that can be judged. Nothing where the recipient may not know."""
    if ("chance" if content.only_lane == "domestic" else "scorecard") not in shows:
        return "", ""
    if content.only_lane == "domestic":
        return "How earlier lists did", _year(content) or _too_early(content)
    return "How an earlier list did", _newest(content) or _too_early(content)


def _year(content: ListContent) -> str:
    places = sum(band.entries for band in content.track)
    if not places:
        return ""
    followed, expected = sum(band.followed for band in content.track), sum(band.expected for band in content.track)
    return (
        f"Of {counted(places, 'place')} on domestic lists of the past year (the last list of each week, so that a pair can have many), recorded serious "
        f"violence between the two, flagged as domestic, followed within {HORIZON_DAYS} days in {followed or 'none'}; "
        f"the chances had led to expect {roughly(expected)}."
    )


def _newest(content: ListContent) -> str:
    card = content.scorecard
    if card is None:
        return ""
    return (
        f"The newest list that can be judged is of {long_date(card.as_of)}: of its {counted(card.pairs, 'pair')} in conflict, recorded serious violence "
        f"followed within {HORIZON_DAYS} days in {card.followed or 'none'}; its chances had led to expect {roughly(card.expected)}."
    )


def _too_early(content: ListContent) -> str:
    return (
        f"None is old enough to be judged: that takes {content.judged_after_days} days, "
        f"so that what happened in the {HORIZON_DAYS} days after it has come to be recorded."
    )
