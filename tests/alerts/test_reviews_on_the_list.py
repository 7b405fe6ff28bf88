"""Reviews, watched pairs, prompts of help and the record of earlier scores, as the list shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alerts.render.content import TrackBand
from alerts.render.help import help_for, help_for_both
from alerts.render.issued import last_issued_before
from alerts.render.wording import track_words
from alerts.reviews.decision import Pathway, read_pathways
from alerts.weekly_list import write_weekly_list
from tests.alerts.test_page import read

if TYPE_CHECKING:
    from tests.alerts.conftest import County

PATHWAYS = Path(__file__).parents[2] / "config" / "pathways.toml"
REVIEWS = "pair | decision | by | on | reason | pathway | note | until | off | back"
WATCHED = "pair | by | on | note | until | score"


def content_of(home: Path) -> dict[str, Any]:
    write_weekly_list(home, None, datetime(2026, 5, 4), pathways=PATHWAYS)
    content = last_issued_before(home, date(2027, 1, 1))
    assert content is not None
    return content


def page_of(home: Path, pathways: Path | None = PATHWAYS) -> str:
    return "\n".join(read(write_weekly_list(home, None, datetime(2026, 5, 4), pathways=pathways).html.read_text()).lines())


@pytest.mark.parametrize(
    ("review", "mark", "said"),
    [
        ("a | agree | Insp. Shah | 2026-04-29 | | | | | no | ", "Agreed with", "Agreed with by Insp. Shah on 29 April 2026."),
        ("a | managed | Insp. Shah | 2026-04-29 | | | early help | 2026-06-01 | no | ", "Already managed",
         "Already managed by Insp. Shah on 29 April 2026: early help (until 1 June 2026)."),
        ("a | refer | Insp. Shah | 2026-04-29 | | mentoring | | | no | ", "Referred: Mentoring",
         "Referred by Insp. Shah on 29 April 2026: Mentoring."),
        ("a | dismiss | Insp. Shah | 2026-04-29 | resolved | | | | no | serious violence has become known since", "Back after dismissal",
         "Dismissed by Insp. Shah on 29 April 2026: the conflict is over. "
         "Back on the list because serious violence has become known since."),
        ("a | agree | Insp. Shah | 2026-03-29 | | | | 2026-04-30 | no | ", "", "Agreed with by Insp. Shah on 29 March 2026 (until 30 April 2026)."),
    ],
)  # fmt: skip
def test_a_listed_pair_says_who_reviewed_it_and_what_stands(
    county: County, publish: Callable[[County], Path], review: str, mark: str, said: str
) -> None:
    home = publish(replace(county.with_only("a", "b"), reviews=f"{REVIEWS}\n{review}"))
    one, other = content_of(home)["pairs"]
    assert (one["mark"], other["mark"], other["reviews"]) == (mark, "", [])
    text = page_of(home)
    assert said in text
    assert text.count("Nobody has reviewed this pair yet.") == 1


def test_a_pair_that_a_review_took_off_is_told_among_those_that_left(county: County, publish: Callable[[County], Path]) -> None:
    before = publish(replace(county.with_only("a", "b"), as_of=date(2026, 4, 26)))
    write_weekly_list(before, None, datetime(2026, 4, 27))
    off = f"{REVIEWS}\nb | dismiss | Insp. Shah | 2026-04-29 | one_off | | | | yes | "
    content = content_of(publish(replace(county.with_only("a"), reviews=off, still_scored="pair | score\nb | 0.15")))
    assert [left["why"] for left in content["left"]] == [
        "A review took it off: dismissed by Insp. Shah on 29 April 2026 (a single event that will not go on)."
    ]


def test_watched_pairs_have_a_section_whatever_their_score(county: County, publish: Callable[[County], Path]) -> None:
    watched = f"{WATCHED}\nd | Sgt Cole | 2026-04-20 | heard in the yard | 2026-06-01 | 0.001\na | Sgt Cole | 2026-04-20 | ask again | 2026-05-20 | 0.171"
    home = publish(replace(county.with_only("a", "b"), watched=watched))
    pairs = content_of(home)["watched"]
    assert [(one["rank"], one["why"], one["until"]) for one in pairs] == [
        (1, "ask again", "2026-05-20"),
        (None, "heard in the yard", "2026-06-01"),
    ]
    text = page_of(home)
    assert "– not on this list | Tyrone Blake, 17 Under 18 and Marcus Webb, 16 Under 18 | less than" not in text
    assert (
        "Tyrone Blake, 17 Under 18 and Marcus Webb, 16 Under 18 | about 1 in 1,000 0.1% | heard in the yard Sgt Cole, 20 April 2026" in text
    )
    assert "On watch until 20 May 2026" in text


MADE = (
    Pathway("call_in", "Call-in", (18, 99), ("aggressor",)),
    Pathway("justice", "Youth justice", (10, 17), ("aggressor",)),
    Pathway("mediation", "Mediation", (14, 99), ("aggressor", "victim"), joint=True),
    Pathway("mentoring", "Mentoring", (10, 25), ("aggressor", "victim")),
    Pathway("victims", "Victim support", (0, 99), ("victim",)),
    Pathway("safeguarding", "Safeguarding", (0, 17), ("aggressor", "victim")),
)


@pytest.mark.parametrize(
    ("roles", "age", "lane", "only_victim", "expected"),
    [
        ("suspect 3", 22, "conflict", False, ("Call-in", "Mentoring")),
        ("victim 2, said to act 1", 16, "conflict", False, ("Safeguarding", "Youth justice", "Mentoring", "Victim support")),
        ("victim 2", 30, "conflict", True, ("Victim support",)),
        ("victim 2, suspect 1", 30, "conflict", True, ("Victim support",)),
        ("involved 1, named 2", 22, "conflict", False, ("Mentoring",)),
        ("suspect 1", None, "conflict", False, ("Mentoring",)),
        ("suspect 1", 40, "domestic", False, ()),
        ("suspect 1", 16, "domestic", False, ("Safeguarding", "Youth justice")),
    ],
)
def test_help_is_prompted_by_age_and_part(roles: str, age: int | None, lane: str, only_victim: bool, expected: tuple[str, ...]) -> None:
    assert help_for(roles, age, lane, MADE, only_victim=only_victim) == expected


def test_what_brings_the_two_together_is_prompted_only_where_it_is_safe() -> None:
    two = [("suspect 1", 20, False), ("suspect 1, victim 1", 17, False)]
    assert help_for_both(two, "conflict", MADE, is_sexual=False) == ("Mediation",)
    assert help_for_both(two, "domestic", MADE, is_sexual=False) == ()
    assert help_for_both(two, "conflict", MADE, is_sexual=True) == ()
    assert help_for_both([two[0], ("victim 1", 17, True)], "conflict", MADE, is_sexual=False) == ()
    assert help_for_both([two[0], ("suspect 1", 12, False)], "conflict", MADE, is_sexual=False) == ()


def test_no_victim_is_prompted_to_what_is_for_aggressors(county: County, publish: Callable[[County], Path]) -> None:
    aggressors_only = {one.name for one in read_pathways(PATHWAYS) if "victim" not in one.roles}
    people = [pair[side] for pair in content_of(publish(county))["pairs"] for side in ("person_a", "person_b")]
    assert not any(aggressors_only & set(person["help"]) for person in people if person["only_victim"])
    assert all(person["help"][0].startswith("Safeguarding") for person in people if person["is_under_18"])


def test_without_a_pathways_file_no_help_is_named(county: County, publish: Callable[[County], Path]) -> None:
    assert "Help that exists" not in page_of(publish(county), None)


HISTORY = "as_of | pair | score\n2026-03-08 | a | 0.30\n2026-03-15 | a | 0.25\n2026-03-15 | g | 0.15\n2026-04-19 | a | 0.25"
SERIOUS = "a | 2026-03-30 21:00 | 2026-03-31 | incident | INC0009999 | serious_assault | a_to_b | 2000 | yes | | | no | SUSPECT/VICTIM | "


def test_the_last_settled_list_has_its_scorecard_and_the_scores_their_record(county: County, publish: Callable[[County], Path]) -> None:
    """The event of 30 March followed both lists of March within 28 days; the list of 19 April is not old enough."""
    events = f"{county.with_only('a', 'g').events}\n{SERIOUS}"
    earlier = publish(replace(county.with_only("a", "g"), as_of=date(2026, 3, 15), events=events))
    write_weekly_list(earlier, None, datetime(2026, 3, 16))
    home = publish(replace(county.with_only("a", "g"), events=events, history=HISTORY))
    content = content_of(home)
    assert content["scorecard"] == {"as_of": "2026-03-15", "pairs": 2, "expected": 0.4, "followed": 1}
    assert [(b["low"], b["entries"], b["followed"]) for b in content["track"] if b["entries"]] == [(0.1, 1, 0), (0.2, 2, 2)]
    text = page_of(home)
    assert "The newest list that can be judged is of 15 March 2026: of its 2 pairs in conflict, recorded serious violence followed" in text
    assert "too little to tell yet (1 entry of settled lists had a chance of 10% to 20%)." in text


def test_without_a_settled_list_the_page_says_what_it_waits_for(county: County, publish: Callable[[County], Path]) -> None:
    assert "None is old enough to be judged: that takes 42 days" in page_of(publish(county))


def test_a_band_with_enough_entries_says_how_its_scores_did() -> None:
    said = "of 120 entries of settled lists with a chance of 5% to 10%, serious violence followed 9 (7.5%)."
    assert track_words(TrackBand(0.05, 0.1, 120, 9, 8.0)) == said
