"""Every feature of a pair and week: its name, its meaning in a sentence, and the expression over the events visible then.

An expression sees one row an event and week, with the columns of pairs.event, `age_days` (from the event to the end of the as-of day)
and `points` (harm points times the weight of the evidence). No expression may look at a time itself: that is the time gate's business.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from features.harm import decayed

AGE, POINTS = pl.col("age_days"), pl.col("points")
ADVERSE, PEACE, ALLY = (pl.col("stance") == s for s in ("adverse", "peace", "ally"))
REPORT = pl.col("source") == "intelligence"
RECORD = ~REPORT
SERIOUS = pl.col("is_grave")
FORWARD, BACKWARD = pl.col("direction") == "a_to_b", pl.col("direction") == "b_to_a"
GRAVE_WEAPONS = ("KNIFE", "FIREARM", "CORROSIVE")
"""As in warehouse/codes/grave_weapons.csv, which a test holds it to: importing reads no file."""
ARMED = pl.col("weapon").is_in(GRAVE_WEAPONS) | (pl.col("kind") == "reported_weapon")

HALF_LIVES = (7, 14, 30, 60, 120)
"""Days; which of them a rule uses is chosen on the county's own history."""
INJURY_POINTS = 4.0
FEW = 0.1
NEVER_DAYS = 730.0
"""Stands for 'not in the two years looked at'."""


@dataclass(frozen=True)
class Feature:
    """A measure of one pair in one week: `name`, what it means, and how it is made from the events visible then.

    `theme` is the reason that it belongs to (features/themes.py): what measures one thing is one reason, whose weight is their sum.
    """

    name: str
    meaning: str
    expression: pl.Expr
    theme: str = "standing"


def _count(mask: pl.Expr) -> pl.Expr:
    return mask.sum().cast(pl.Float64)


def _sum(points: pl.Expr, mask: pl.Expr) -> pl.Expr:
    return pl.when(mask).then(points).otherwise(0.0).sum()


def _since(mask: pl.Expr) -> pl.Expr:
    return pl.when(mask).then(AGE).otherwise(NEVER_DAYS).min()


def _level(half_life_days: float) -> pl.Expr:
    """The mean harm points of a recorded adverse event, the later counting more; towards 0 while there are few."""
    mask = ADVERSE & RECORD
    return _sum(decayed(POINTS, AGE, half_life_days), mask) / (_sum(decayed(pl.lit(1.0), AGE, half_life_days), mask) + FEW)


def _said(name: str, words: str, *kinds: str) -> Feature:
    return Feature(
        f"said_{name}_45d",
        f"Weight by grade of intelligence on {words}, each report counting half after 45 days",
        _sum(decayed(pl.col("evidence"), AGE, 45), pl.col("kind").is_in(kinds)),
        "intelligence",
    )


FEATURES: tuple[Feature, ...] = (
    Feature("events_28d", "Adverse events in the last 28 days, whatever the source", _count(ADVERSE & (AGE <= 28)), "tempo"),
    Feature("events_56d_before", "Adverse events in the 56 days before the last 28", _count(ADVERSE & (AGE > 28) & (AGE <= 84)), "tempo"),
    Feature("events_365d", "Adverse events in the last 365 days", _count(ADVERSE & (AGE <= 365)), "standing"),
    Feature(
        "reports_28d",
        "Intelligence reports of conflict between the two in the last 28 days",
        _count(ADVERSE & REPORT & (AGE <= 28)),
        "intelligence",
    ),
    *(
        Feature(
            f"record_harm_{days}d",
            f"Harm points of recorded adverse events, each counting half after {days} days",
            _sum(decayed(POINTS, AGE, days), ADVERSE & RECORD),
            "records",
        )
        for days in HALF_LIVES
    ),
    *(
        Feature(
            f"report_harm_{days}d",
            f"Harm points of intelligence on conflict, weighed by grade, each counting half after {days} days",
            _sum(decayed(POINTS, AGE, days), ADVERSE & REPORT),
            "intelligence",
        )
        for days in HALF_LIVES
    ),
    Feature("serious_365d", "Events of serious violence in the last 365 days", _count(SERIOUS & (AGE <= 365)), "serious"),
    Feature("days_since_serious", "Days since the last event of serious violence (730 if none in two years)", _since(SERIOUS), "serious"),
    Feature("days_since_event", "Days since the last adverse event (730 if none in two years)", _since(ADVERSE), "tempo"),
    Feature(
        "days_since_record", "Days since the last recorded adverse incident (730 if none in two years)", _since(ADVERSE & RECORD), "records"
    ),
    Feature(
        "worst_harm_365d",
        "Harm points of the worst adverse event in the last 365 days",
        pl.when(ADVERSE & (AGE <= 365)).then(POINTS).otherwise(0.0).max(),
        "worst",
    ),
    Feature(
        "armed_90d",
        "Events or reports with a knife, firearm or corrosive in the last 90 days",
        _count(ADVERSE & ARMED & (AGE <= 90)),
        "weapon",
    ),
    Feature(
        "reciprocity_365d",
        "Adverse events that the less active side did to the other in the last 365 days",
        pl.min_horizontal(_count(ADVERSE & FORWARD & (AGE <= 365)), _count(ADVERSE & BACKWARD & (AGE <= 365))),
        "reciprocity",
    ),
    Feature(
        "peace_30d",
        "Weight of intelligence on reconciliation or denial, each report counting half after 30 days",
        _sum(decayed(pl.col("evidence"), AGE, 30), PEACE),
        "peace",
    ),
    Feature("ally_365d", "Times the two were on one side in the last 365 days", _count(ALLY & (AGE <= 365)), "allied"),
    *(
        Feature(
            f"days_since_{word}",
            f"Days since the {word} last adverse event: how short the gaps have become (730 if there are not so many in two years)",
            pl.when(ADVERSE).then(AGE).otherwise(NEVER_DAYS).sort().slice(place - 1, 1).first().fill_null(NEVER_DAYS),
            "trend",
        )
        for place, word in ((2, "second"), (3, "third"))
    ),
    Feature(
        "days_since_injury",
        "Days since the last record of an adverse event as bad as an assault with injury (730 if none in two years)",
        _since(ADVERSE & RECORD & (POINTS >= INJURY_POINTS)),
        "records",
    ),
    Feature(
        "harm_rise",
        "Harm points by which the recorded adverse events of late (half-life 30 days) are worse than those before (240 days), on average",
        (_level(30) - _level(240)).clip(lower_bound=0.0),
        "trend",
    ),
    Feature(
        "standing_days",
        "Days between the first and the last adverse event of the last two years",
        pl.when(ADVERSE).then(AGE).max() - pl.when(ADVERSE).then(AGE).min(),
        "standing",
    ),
    _said("weapon", "a weapon", "reported_weapon"),
    _said("threat", "threats, revenge or an arranged fight", "reported_threat", "looking_for", "arranged_fight"),
    _said("attack", "an assault or damage", "reported_assault", "reported_damage"),
    _said("online", "insults online", "online_insult"),
    _said("dispute", "a dispute", "dispute"),
    _said("fear", "fear of the other", "fear"),
    Feature(
        "suspended_together_365d",
        "Times that both were suspended at one school within a day for assault or threats, in the last 365 days",
        _count(ADVERSE & (pl.col("source") == "exclusion") & (AGE <= 365)),
        "school",
    ),
)


def feature_names() -> tuple[str, ...]:
    """The names of all features that a pair and week has, the two people's own included."""
    return tuple(f.name for f in (*FEATURES, *PERSON_FEATURES))


def _both(name: str, meaning: str, column: str, theme: str = "others") -> tuple[Feature, ...]:
    """A person's measure (features/persons.py) taken for the two of a pair, so that swapping them changes nothing."""
    a, b = pl.col(f"{column}_a"), pl.col(f"{column}_b")
    return (
        Feature(f"{name}_higher", f"{meaning}: the higher of the two", pl.max_horizontal(a, b), theme),
        Feature(f"{name}_lower", f"{meaning}: the lower of the two", pl.min_horizontal(a, b), theme),
    )


PERSON_FEATURES: tuple[Feature, ...] = (
    *_both("others_harm_60d", "Harm points of a person's adverse events with anyone else, each counting half after 60 days", "others_harm"),
    *_both("person_events_365d", "A person's adverse events with anyone in the last 365 days", "person_events"),
    *_both("struck_others_180d", "Harm points of what a person did to anyone else, each counting half after 180 days", "struck_others"),
    *_both("hurt_by_others_180d", "Harm points of what anyone else did to a person, each counting half after 180 days", "hurt_by_others"),
    *_both(
        "opponents_365d",
        "People other than the other of the pair with whom a person had an adverse event in the last 365 days",
        "opponents",
    ),
    Feature(
        "friends_harm_60d",
        "Harm points between one of the two and people on the other's side in two years, each counting half after 60 days",
        pl.col("friends_harm"),
        "friends",
    ),
    Feature(
        "sides_harm_60d",
        "Harm points between people on the one's side and people on the other's, each counting half after 60 days",
        pl.col("sides_harm"),
        "friends",
    ),
    *_both(
        "suspended_violence_180d",
        "A person's suspensions and exclusions from school for assault, threats or bullying, each counting half after 180 days",
        "suspended_violence",
        "school",
    ),
    *_both(
        "suspended_weapon_180d",
        "A person's suspensions and exclusions from school over a weapon, each counting half after 180 days",
        "suspended_weapon",
        "school",
    ),
    *_both("years_under_26", "Years that a person lacks to the age of 26 (0 if older or not known)", "years_under_26", "age"),
    Feature(
        "near_in_age",
        "Nearness in age: 10 less the years between the two (0 from ten years on, or if one age is not known)",
        pl.col("near_in_age"),
        "age",
    ),
)
