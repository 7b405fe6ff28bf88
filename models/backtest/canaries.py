"""Checks that fail when the future has reached a score: figures that look too good are the first sign of a mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from features.pair_week import measure
from models import evaluation
from models.backtest.intervals import Draws
from models.backtest.ranking import average_precision
from models.backtest.replaying import KEYS
from models.gate import DRAWS, SEED
from models.outcome import HORIZON_DAYS, end_of
from models.scorer import Scorer

CLOSE = 1e-6
"""Sums differ in their last digits when they are added in another order."""
JUMP = 1.5
"""A single feature that ranks so many times better than the best rule has seen more than the rules have."""
SURE = 0.999
WEEKS_CHECKED = 4
PLANTED = "planted_next_28d"

Teach = Callable[[pl.DataFrame], Scorer]


class LeakFound(ValueError):
    """Something that was not known then has reached a score, or a check that would notice is broken."""


@dataclass(frozen=True)
class Canary:
    """A check, what it does in a sentence, whether it passed, and what it saw."""

    name: str
    meaning: str
    passed: bool
    saw: str


def known_by(events: pl.DataFrame, day: date) -> pl.DataFrame:
    """The events as they stood at the end of a day, made without the time gate: the rest is gone, and no end that came later is told."""
    end = end_of(day)
    known = events.filter((pl.col("known_from") < end) & (pl.col("occurred_at") < end))
    return known.with_columns(pl.when(pl.col("known_to") < end).then(pl.col("known_to")).alias("known_to"))


def recomputed(features: pl.DataFrame, events: pl.DataFrame, weeks: list[date]) -> tuple[str, ...]:
    """The columns of `features` that do not come out the same from only the events known by then; 'rows' if pairs are missing or too many."""
    differing: set[str] = set()
    for week in weeks:
        seen = features.filter(pl.col("as_of") == week).sort("pair_id")
        known = known_by(events, week)
        alone = measure(known, [week]).sort("pair_id") if known.height else features.clear()
        if seen["pair_id"].to_list() != alone["pair_id"].to_list():
            differing.add("rows")
            seen, alone = (one.join(other, on="pair_id", how="semi").sort("pair_id") for one, other in ((seen, alone), (alone, seen)))
        names = [name for name in features.columns if name not in KEYS]
        differing |= {
            name for name in names if name not in alone.columns or not np.allclose(seen[name], alone[name], rtol=CLOSE, atol=CLOSE)
        }
    return tuple(sorted(differing))


def with_planted(features: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Adds a column that sees the label's window: the pair's events in the 28 days after. No honest measure can make it."""
    ahead = events.select("pair_id", pl.col("occurred_at").dt.date().alias("day")).join(features.select("as_of").unique(), how="cross")
    ahead = ahead.filter((pl.col("day") > pl.col("as_of")) & (pl.col("day") <= pl.col("as_of") + timedelta(days=HORIZON_DAYS)))
    seen = ahead.group_by("pair_id", "as_of").agg(pl.len().cast(pl.Float64).alias(PLANTED))
    return features.join(seen, on=["pair_id", "as_of"], how="left").with_columns(pl.col(PLANTED).fill_null(0.0))


def only_what_was_known(features: pl.DataFrame, events: pl.DataFrame, weeks: list[date]) -> Canary:
    """Every feature as the scorers saw it against the same measured from only the events known by then."""
    chosen = [weeks[n] for n in np.unique(np.linspace(0, len(weeks) - 1, WEEKS_CHECKED).astype(int))]
    checked = features.filter(pl.col("as_of").is_in(chosen))
    leaks = recomputed(checked, events, chosen)
    saw = (
        f"these do not come out the same: {', '.join(leaks)}"
        if leaks
        else f"{checked.height:,} pair-weeks of {len(chosen)} Sundays come out the same"
    )
    return Canary("only what was known", "every feature is measured again from only the events known by then", not leaks, saw)


def planted_is_caught(features: pl.DataFrame, events: pl.DataFrame, weeks: list[date]) -> Canary:
    """The same check on a column that sees the future must fail: otherwise it would not notice a leak."""
    checked = with_planted(features.filter(pl.col("as_of") == weeks[0]), events)
    caught = PLANTED in recomputed(checked, events, weeks[:1])
    return Canary(
        "a planted leak is caught",
        "a column that sees the 28 days ahead is planted, and the check above must name it",
        caught,
        "it was caught" if caught else "it was not caught: the check is broken",
    )


def no_feature_too_good(rows: pl.DataFrame, best: np.ndarray, draws: Draws) -> Canary:
    """No feature by itself (all columns of `rows` but keys and hit) may rank far better than the best rule, whose average precision in each draw is `best`."""
    suspects = []
    for name in [name for name in rows.columns if name not in (*KEYS, "hit")]:
        for way in (pl.col(name), -pl.col(name)):
            turned = rows.select("pair_id", "hit", way.cast(pl.Float64).alias(name))
            if evaluation.average_precision(turned[name].to_numpy(), turned["hit"].to_numpy()) > JUMP * best[0] and _surely_above(
                average_precision(turned, name, draws), best
            ):
                suspects.append(name)
    saw = f"too good to be true: {', '.join(suspects)}" if suspects else f"none reaches {JUMP:g} times its average precision"
    return Canary("no feature too good", "each feature by itself is held against the best simple rule", not suspects, saw)


def _surely_above(alone: np.ndarray, best: np.ndarray) -> bool:
    return bool(np.nanquantile(alone - JUMP * best, 1 - SURE) > 0)


def permuted_labels(history: pl.DataFrame, judged: pl.DataFrame, teach: Teach, list_size: int) -> Canary:
    """Taught on outcomes dealt out by lot within each week, and judged on such, a scorer must do no better than chance."""
    history, judged = (_dealt(frame) for frame in (history, judged))
    listed = (
        judged.with_columns(pl.Series("raw", teach(history).raw(judged)))
        .filter("is_eligible")
        .sort("raw", "pair_id", descending=[True, False])
        .group_by("as_of", maintain_order=True)
        .head(list_size)
    )
    hits, most = int(listed["hit"].sum()), _most_by_chance(judged, listed)
    share, expected = hits / max(listed.height, 1), float(judged["hit"].mean() or 0.0)  # type: ignore[arg-type]
    saw = f"{share:.2%} of the pairs listed against {expected:.2%} of all: {hits} hits, where chance gives at most {most}"
    return Canary(
        "dealt outcomes score at base rate", "outcomes are dealt out by lot, and a scorer is taught and judged on them", hits <= most, saw
    )


def _dealt(frame: pl.DataFrame) -> pl.DataFrame:
    """The outcomes of each week dealt out among its pairs."""
    lot = np.random.default_rng(SEED).permutation(frame.height)
    in_order = frame.sort("as_of", "pair_id")
    by_lot = in_order.select("as_of", "hit", pl.Series("lot", lot)).sort("as_of", "lot")["hit"]
    return in_order.with_columns(by_lot.alias("hit"))


def _most_by_chance(judged: pl.DataFrame, listed: pl.DataFrame) -> int:
    weeks = judged.group_by("as_of").agg(pl.len().alias("pairs"), pl.col("hit").sum().alias("hits"))
    weeks = weeks.join(listed.group_by("as_of").agg(pl.len().alias("listed")), on="as_of").sort("as_of")
    pairs, hits, places = (weeks[name].to_numpy().astype(np.int64) for name in ("pairs", "hits", "listed"))
    drawn = np.random.default_rng(SEED).hypergeometric(hits, pairs - hits, places, (DRAWS, len(pairs))).sum(axis=1)
    return int(np.quantile(drawn, SURE, method="higher"))


def raise_if_failed(canaries: list[dict[str, Any]], report: str) -> None:
    """Raises LeakFound with every check, as it stands in a report's content, that did not pass."""
    failed = [f"{canary['name']}: {canary['saw']}" for canary in canaries if not canary["passed"]]
    if failed:
        raise LeakFound(
            f"the backtest's figures cannot be trusted ({'; '.join(failed)}). Find how the future got in; the report is {report}"
        )
