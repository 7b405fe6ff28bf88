"""The reasons that a score can have: features that measure one thing belong to one theme, and each theme names the events behind it.

A theme's `evidence` sees the events of the pair as known tonight, with `age_days`, `points` and the columns of pairs.event; it says which of them the
reason rests on. Themes of other people's events rest on what the two had with anyone else.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.catalogue import ADVERSE, AGE, ALLY, ARMED, FEATURES, PEACE, PERSON_FEATURES, POINTS, RECORD, REPORT, SERIOUS

YEAR, SEASON = 365, 84
_THIS_YEAR = ADVERSE & (AGE <= YEAR)
WORST = _THIS_YEAR & (pl.when(_THIS_YEAR).then(POINTS).max().over("pair_id") == POINTS)
PAIR, OTHERS, FEUD = "pair", "others", "feud"


@dataclass(frozen=True)
class Theme:
    """A reason: `raises` and `lowers` are how it is worded by what it does to the score, `evidence` the events behind it.

    `whose`: the events are the pair's own, those that either of the two had with others, or those of their feud's other pairs. `tells_content`: its
    wording tells what a report says, so that it may not be said of protected reports. `both_ways`: it says that each acted, so that it may be said only
    where what may be shown has either of them act.
    """

    name: str
    raises: str
    lowers: str
    evidence: pl.Expr
    whose: str = PAIR
    tells_content: bool = True
    both_ways: bool = False


THEMES: tuple[Theme, ...] = (
    Theme("serious", "serious violence between the two", "serious violence lies back", SERIOUS & (AGE <= YEAR)),
    Theme("records", "harm on record", "what is on record counts less than usual", ADVERSE & RECORD & (AGE <= YEAR)),
    Theme(
        "intelligence",
        "intelligence of conflict",
        "intelligence of conflict counts less than usual",
        ADVERSE & REPORT & (AGE <= YEAR),
        tells_content=False,
    ),
    Theme(
        "tempo",
        "how often and how lately",
        "little of it is recent",
        ADVERSE & (AGE <= SEASON),
        tells_content=False,
    ),
    Theme("trend", "it is getting faster or worse", "it is not getting faster or worse", _THIS_YEAR, tells_content=False),
    Theme("worst", "the worst in a year", "the worst in a year is not grave", WORST, tells_content=False),
    Theme("weapon", "a weapon", "a weapon was named, which counts less than usual", ADVERSE & ARMED & (AGE <= YEAR)),
    Theme(
        "reciprocity",
        "each has acted against the other",
        "each has acted against the other, which counts less than usual",
        _THIS_YEAR & (pl.col("direction") != "mutual"),
        both_ways=True,
    ),
    Theme(
        "standing",
        "a standing conflict",
        "a long-standing conflict, which counts less than usual",
        _THIS_YEAR,
        tells_content=False,
    ),
    Theme("peace", "peace was reported, and yet", "peace or denial", PEACE & (AGE <= YEAR)),
    Theme("allied", "they know each other from one side", "they were on one side", ALLY & (AGE <= YEAR)),
    Theme("others", "their conflicts with others", "few conflicts with others", _THIS_YEAR, whose=OTHERS, tells_content=False),
    Theme(
        "friends",
        "conflict among their friends",
        "no conflict among their friends",
        _THIS_YEAR,
        whose=FEUD,
        tells_content=False,
    ),
    Theme("feud", "the feud around them", "the feud around them is cold", _THIS_YEAR, whose=FEUD, tells_content=False),
    Theme("school", "suspensions from school", "suspensions from school", (pl.col("source") == "exclusion") & (AGE <= YEAR)),
    Theme("age", "their ages", "their ages", pl.lit(False)),
    Theme("resolved", "matters withdrawn or resolved", "matters withdrawn or resolved", pl.lit(False)),
)
"""In the order in which equals are named."""


class ThemeUnknown(LookupError):
    """A feature names a reason that is not declared."""


def features_by_theme() -> dict[str, tuple[str, ...]]:
    """The features of each theme that has any. Raises ThemeUnknown."""
    declared = {theme.name: [] for theme in THEMES}  # type: dict[str, list[str]]
    for feature in (*FEATURES, *PERSON_FEATURES):
        if feature.theme not in declared:
            raise ThemeUnknown(
                f"feature {feature.name} belongs to {feature.theme}, which features/themes.py does not declare: add it there"
            )
        declared[feature.theme].append(feature.name)
    return {name: tuple(features) for name, features in declared.items() if features}
