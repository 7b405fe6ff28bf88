"""How far the order of a list rests on the severity weights, on intelligence, on exclusions and on age: the same scorer on other figures.

Nothing is taught anew: what a source is worth to a model taught without it stands in a backtest. Here the question is whose place would be
another if the weights were, or if a source had said nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from features.pair_week import measure, week_ends
from models.backtest.replaying import FOREWARN, Eligible, ranked
from models.monthly import RAW_DIGITS, Training
from models.scorer import Scorer
from warehouse.timegate import visible

WEEKS, EVERY = 26, 4
"""Every fourth Sunday of half a year: neighbouring lists are nearly the same."""
TOP = 20
CHILD_YEARS = 18
LEAST = 10
"""As in the fairness report: no share of fewer people."""

Events = pl.DataFrame
_WEIGHTED = (pl.col("stance") == "adverse") & (pl.col("severity") > 0)


@dataclass(frozen=True)
class Variation:
    """One way in which the figures could have been others, and what is done to the events."""

    name: str
    meaning: str
    of: Callable[[Events], Events]


def _spread(factor: float) -> Callable[[Events], Events]:
    """Each weight's distance from the middle one, in doublings, times a factor; 0 makes all weights equal."""

    def change(events: Events) -> Events:
        middle = events.filter(_WEIGHTED)["severity"].log(2).mean()
        weight = (pl.lit(middle) + factor * (pl.col("severity").log(2) - pl.lit(middle))) * math.log(2)
        return events.with_columns(pl.when(_WEIGHTED).then(weight.exp()).otherwise("severity").alias("severity"))

    return change


def _serious_alike(events: Events) -> Events:
    """One weight for all serious violence: the middle of those recorded."""
    grave = _WEIGHTED & pl.col("is_grave")
    middle = events.filter(grave)["severity"].median()
    return events.with_columns(pl.when(grave).then(pl.lit(middle)).otherwise("severity").cast(pl.Float64).alias("severity"))


def _without(left_out: pl.Expr) -> Callable[[Events], Events]:
    return lambda events: events.filter(~left_out.fill_null(value=False))


VARIATIONS = (
    Variation("serious_alike", "one severity weight for all serious violence", _serious_alike),
    Variation("spread_halved", "severity weights half as far apart", _spread(0.5)),
    Variation("spread_doubled", "severity weights twice as far apart", _spread(2.0)),
    Variation("all_alike", "one severity weight for everything", _spread(0.0)),
    Variation("without_intelligence", "without intelligence", _without(pl.col("source") == "intelligence")),
    Variation("without_exclusions", "without exclusions from school", _without(pl.col("source") == "exclusion")),
    Variation("without_age", "without anybody's age", _without(pl.col("kind") == "born")),
)


def sensitivity(training: Training, list_size: int, eligible: Eligible, people: pl.DataFrame) -> list[dict[str, object]]:
    """A row a variation: of the first 20 and of the whole list the mean and greatest share that is replaced over some weeks, how alike the order of
    the listed stays, and the share of the listed who are under 18. First the row 'as it is'. Empty where nothing was measured.

    `people`: person_id and date_of_birth.
    """
    scorer, days = training.trained.scorer, _days(training)
    lane = training.pair_weeks.select("pair_id").unique()
    if not days or not lane.height:
        return []

    def lists(events: Events) -> pl.DataFrame:
        return _ordered(scorer, measure(events, days, lane["pair_id"]), events, eligible)

    as_is = lists(training.events)
    rows: list[dict[str, object]] = [
        {"name": "as_it_is", "meaning": "as it is", "weeks": len(days), **_young(as_is, list_size, people)},
    ]
    for one in VARIATIONS:
        varied = lists(one.of(training.events))
        sizes = {f"replaced_{name}": _replaced(as_is, varied, size) for name, size in (("top", TOP), ("list", list_size))}
        alike = {"order": _order_kept(as_is, varied, list_size)}
        rows.append({"name": one.name, "meaning": one.meaning, **sizes, **alike, **_young(varied, list_size, people)})
    return rows


def _days(training: Training) -> list[date]:
    as_of = training.trained.as_of
    sundays = [day for day in week_ends(as_of, WEEKS) if day.weekday() == 6]
    measured = set(training.pair_weeks["as_of"].to_list())
    return [day for day in sundays[::-1][::EVERY] if day in measured and day > as_of - timedelta(weeks=WEEKS)][::-1]


def _ordered(scorer: Scorer, rows: pl.DataFrame, events: Events, eligible: Eligible) -> pl.DataFrame:
    """All pairs that may be listed, week by week, with their rank."""
    may = eligible(visible(events, rows["as_of"].unique())).select("pair_id", "as_of", pl.lit(True).alias("is_eligible"))
    none = {"hit": False, "is_onset": False, "score": 0.0}
    scored = (
        rows.select("pair_id", "as_of", pl.Series(FOREWARN, np.round(scorer.raw(rows), RAW_DIGITS)))
        .join(may, on=["pair_id", "as_of"], how="left")
        .with_columns(pl.col("is_eligible").fill_null(False), *(pl.lit(value).alias(name) for name, value in none.items()))
    )
    return ranked(scored, FOREWARN, scored.height).select("as_of", "pair_id", "rank")


def _replaced(as_is: pl.DataFrame, varied: pl.DataFrame, size: int) -> dict[str, float]:
    """Of the first `size` as it is, the share that is not among the first `size` otherwise: mean of the weeks, and the greatest."""
    first = as_is.filter(pl.col("rank") <= size)
    there = varied.filter(pl.col("rank") <= size).select("as_of", "pair_id", pl.lit(True).alias("stays"))
    by_week = (
        first.join(there, on=["as_of", "pair_id"], how="left")
        .group_by("as_of")
        .agg(pl.col("stays").is_null().mean().alias("replaced"))["replaced"]
    )
    return {"mean": float(by_week.mean() or 0.0), "most": float(by_week.max() or 0.0)} if len(by_week) else {"mean": 0.0, "most": 0.0}  # type: ignore[arg-type]


def _order_kept(as_is: pl.DataFrame, varied: pl.DataFrame, size: int) -> float | None:
    """Spearman's correlation of the ranks of the listed pairs that are ranked at all otherwise, over all weeks; None with fewer than ten of them."""
    both = as_is.filter(pl.col("rank") <= size).join(varied, on=["as_of", "pair_id"], suffix="_varied")
    if both.height < LEAST:
        return None
    within = both.with_columns(pl.col(name).rank().over("as_of") for name in ("rank", "rank_varied"))
    found = within.select(pl.corr("rank", "rank_varied")).item()
    return None if found is None or math.isnan(found) else float(found)


def _young(lists: pl.DataFrame, size: int, people: pl.DataFrame) -> dict[str, float | None]:
    """Of the people listed whose age is known, the share under 18 on the day."""
    listed = (
        lists.filter(pl.col("rank") <= size)
        .with_columns(pl.col("pair_id").str.split("-").alias("person_id"))
        .explode("person_id")
        .unique(["as_of", "person_id"])
        .join(people.select("person_id", "date_of_birth"), on="person_id", how="left")
        .filter(pl.col("date_of_birth").is_not_null())
    )
    if listed["person_id"].n_unique() < LEAST:
        return {"under_18": None}
    is_child = (pl.col("as_of") - pl.col("date_of_birth")).dt.total_days() / 365.25 < CHILD_YEARS
    return {"under_18": float(listed.select(is_child.mean()).item())}


def as_markdown(rows: list[dict[str, object]], list_size: int) -> str:
    """A passage for the fairness report."""
    if not rows:
        return "\n## What the order rests on\n\nNothing was measured to say it by.\n"
    size = f"the {list_size} listed"
    return "\n".join(
        [
            "",
            "## What the order rests on",
            "",
            f"The same scorer with other weights, or as if a source had said nothing, on {rows[0]['weeks']} Sundays of the last half-year: how many of the "
            f"first {TOP} and of {size} would be others (mean of the weeks, and the most in one), how alike the order of those listed stays "
            "(1: the same; 0: by lot), and how many of the people listed are under 18. The severity weights are a choice of policy: a list that "
            "changes much with them rests on that choice.",
            "",
            f"| | of the first {TOP} others | of {size} others | order of the listed | under 18 |",
            "| --- | --- | --- | --- | --- |",
            *(
                f"| {row['meaning']} | {_shares(row.get('replaced_top'))} | {_shares(row.get('replaced_list'))} | {_figure(row.get('order'))} "
                f"| {_percent(row.get('under_18'))} |"
                for row in rows
            ),
            "",
        ]
    )


def _shares(found: object) -> str:
    return f"{found['mean']:.0%} (most {found['most']:.0%})" if isinstance(found, dict) else "–"


def _figure(found: object) -> str:
    return f"{found:.2f}" if isinstance(found, float) else "–"


def _percent(found: object) -> str:
    return f"{found:.0%}" if isinstance(found, float) else "–"
