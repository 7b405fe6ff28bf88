"""What the lists are worth with links as known then, and what today's links would make of it, as figures and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

import polars as pl

from models.backtest.intervals import Draws, Figure, draw_pairs, figure, ratio, weighted_median
from models.backtest.measures import RATIOS, counts
from models.backtest.replaying import FOREWARN, Eligible, Replay, Tell, ranked
from models.backtest.then_links import LinkedThen, Lists, as_today, lists_then, same_people
from models.backtest.verdict import share
from models.backtest.warned import due_events, with_flags
from models.scorer import Floats

MEASURES = ("precision", "precision_at_20", "recall", "recall_at_20", "onset_precision", "lead_7d", "lead_28d", "new_a_week")
LEAD = "lead_median"


def then_figures(replay: Replay, months: Iterable[LinkedThen], today: pl.DataFrame, eligible: Eligible, tell: Tell) -> dict[str, object]:
    """Forewarn's lists with links as known then beside those with today's; `today` says whose each record is now (source, record_id, person_id)."""
    parts, about = [], []
    for n, month in enumerate(months):
        tell(f"links as of {month.known_by}", n, len(replay.trained))
        same = same_people(month.person_record, today)
        parts.append(as_today(lists_then(replay, month, eligible), same, replay.grave))
        about.append(changes(month.known_by, same))
    then = Lists(pl.concat(part.places for part in parts), pl.concat(part.reached for part in parts))
    now = ranked(replay.scored, FOREWARN, replay.list_size)
    due = due_events(replay.events, replay.grave, replay.weeks[0], replay.settled[-1])
    draws = draw_pairs(pl.concat([now["pair_id"], then.places["pair_id"], then.reached["pair_id"], due["pair_id"]]))
    with_then, with_now = (measured(replay, lists, due, draws) for lists in (then, Lists(now, now)))
    found = {
        name: {"then": figure(value), "today": figure(with_now[name]), "gained": figure(with_now[name] - value)}
        for name, value in with_then.items()
    }
    return {
        "months": about,
        "measures": {name: {which: asdict(one) for which, one in figures.items()} for name, figures in found.items()},
        "listed_alike": asdict(figure(listed_alike(then, now, draws))),
        "sentences": sentences(found),
    }


def measured(replay: Replay, lists: Lists, due: pl.DataFrame, draws: Draws) -> dict[str, Floats]:
    """MEASURES and the median lead, as they are and in each draw."""
    sums = draws.sums(counts(lists.places, due, replay.settled, replay.list_size, lists.reached))
    found = {one.name: ratio(sums[one.top], sums[one.bottom]) for one in RATIOS if one.name in MEASURES}
    warned = with_flags(due, lists.reached).drop_nulls("lead")
    found[LEAD] = weighted_median(warned["lead"].cast(pl.Float64).to_numpy(), draws.weight[:, draws.places(warned["pair_id"])])
    return found


def listed_alike(then: Lists, now: pl.DataFrame, draws: Draws) -> Floats:
    """The share of today's lists that was also on those of then."""
    both = now.join(then.reached, on=["as_of", "pair_id"], how="semi").group_by("pair_id").agg(pl.len().alias("both"))
    sums = draws.sums(now.group_by("pair_id").agg(pl.len().alias("listed")).join(both, on="pair_id", how="left"))
    return ratio(sums["both"], sums["listed"])


def changes(known_by: date, same: pl.DataFrame) -> dict[str, object]:
    """How many people a month began with that have since been joined with another, or parted."""
    joined = same.filter(pl.col("person_then").n_unique().over("person_today") > 1)["person_then"].n_unique()
    parted = same.filter(pl.col("person_today").n_unique().over("person_then") > 1)["person_then"].n_unique()
    return {"known_by": known_by.isoformat(), "people": same["person_then"].n_unique(), "joined": joined, "parted": parted}


def sentences(found: Mapping[str, Mapping[str, Figure]]) -> list[str]:
    """The closing words."""
    lead = {which: figure.value for which, figure in found[LEAD].items()}
    days = (
        ""
        if lead["then"] is None or lead["today"] is None
        else f", median lead {lead['then']:.0f} days (today's links: {lead['today']:.0f})"
    )
    return [
        f"With who is who as it could be known then: precision {share(found['precision']['then'])}, "
        f"recall at least 7 days early {share(found['recall']['then'])}{days}.",
        f"Today's links instead, as in all other figures here: precision {_points(found['precision']['gained'])}, recall {_points(found['recall']['gained'])}.",
    ]


def _points(gained: Figure) -> str:
    if gained.value is None or gained.low is None or gained.high is None:
        return "nothing to measure"
    return f"{100 * gained.value:+.1f} points ({100 * gained.low:+.1f} to {100 * gained.high:+.1f})"
