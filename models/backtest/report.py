"""The report of a backtest as one plain dictionary, from which both report.json and the page are made. It counts pairs and names none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
import polars as pl

from features.catalogue import feature_names
from models.backtest import canaries
from models.backtest.ablations import ABLATIONS, Ablation, flags_without, settled_history
from models.backtest.baselines import DECAYED_HARM, NAIVE, SAID
from models.backtest.canaries import Canary
from models.backtest.intervals import Draws, Sums, draw_pairs, figure, ratio, weighted_median
from models.backtest.measures import RATIOS, counts, spells
from models.backtest.ranking import SIZES, average_precision, curve
from models.backtest.reliability import all_reliability, list_reliability
from models.backtest.replaying import FOREWARN, KEYS, LANE, SCORERS, Eligible, Replay, Tell, ranked
from models.backtest.verdict import judge
from models.backtest.warned import LOOK_BACK_DAYS, due_events, with_flags
from models.gate import CONFIDENCE, DRAWS
from models.learned import Learned
from models.scorer import Floats
from models.training import TEACHERS

BEFORE = ("known_before", "known_7d_before")
BASE_RATE = "base_rate"
SPREAD_DAYS, LAST_SPREAD = 7, 7


@dataclass(frozen=True)
class Lists:
    """The lists of every scorer and ablation, the events that could be warned of, the settled pair-weeks, and the draws for all intervals."""

    flags: Mapping[str, pl.DataFrame]
    due: pl.DataFrame
    judged: pl.DataFrame
    draws: Draws


def report(replay: Replay, eligible: Eligible, tell: Tell, *, deep: bool = True) -> dict[str, object]:
    """Measures the replay and, unless not `deep`, replays it without each source and checks it for leaks, for which scorers are taught anew."""
    ablations = ABLATIONS if deep else ()
    lists = _lists(replay, eligible, tell, ablations)
    tell("drawing pairs again", 0, 1)
    sums = {name: lists.draws.sums(counts(flags, lists.due, replay.settled, replay.list_size)) for name, flags in lists.flags.items()}
    measured = {name: _measures(replay, lists, name, sums[name]) for name in SCORERS}
    figures = {name: {measure: figure(values) for measure, values in found.items()} for name, found in measured.items()}
    base = lists.draws.sums(lists.judged.filter("is_eligible").select("pair_id", "hit", pl.lit(1.0).alias("rows")))
    base_rate = ratio(base["hit"], base["rows"])
    own = measured[FOREWARN]["precision"]
    gains = {BASE_RATE: figure(own - base_rate)} | {name: figure(own - measured[name]["precision"]) for name in (*NAIVE, DECAYED_HARM)}
    tell("looking for leaks", 0, 1)
    checks = check(replay, lists, measured) if deep else ()
    ranking = {name: found["average_precision"] for name, found in measured.items()}
    best = max(NAIVE, key=lambda name: float(ranking[name][0]))
    verdict = judge(
        figures[FOREWARN],
        gains,
        figure(base_rate),
        figure(ranking[FOREWARN] - ranking[best]),
        events=lists.due.height,
        list_size=replay.list_size,
    )
    return {
        "about": _about(replay, lists),
        "verdict": asdict(verdict),
        "canaries": [asdict(canary) for canary in checks],
        "measures": {name: {measure: asdict(value) for measure, value in found.items()} for name, found in figures.items()},
        "gains": {name: asdict(gain) for name, gain in gains.items()},
        "base_rate": asdict(figure(base_rate)),
        "coverage": {
            name: asdict(figure(ratio(sums[FOREWARN][column], sums[FOREWARN]["due"])))
            for name, column in zip(BEFORE, ("due_known", "due_known_7d"), strict=True)
        },
        "ablations": [_ablation(sums, one.name, one.meaning) for one in ablations],
        "curves": {name: curve(lists.flags[name], with_flags(lists.due, lists.flags[name]), replay.settled) for name in SCORERS},
        "months": _months(replay, lists),
        "lead_days": _leads(replay, lists),
        "calibration": {
            "list": list_reliability(_judged_flags(replay, lists), lists.draws).as_dict(),
            "all": all_reliability(lists.judged, lists.draws).as_dict(),
        },
        "scorers": [_trained(one.as_of, one.scorer.name, one.scorer.meaning, one.note, one.calibration.note) for one in replay.trained],
    }


def _lists(replay: Replay, eligible: Eligible, tell: Tell, ablations: tuple[Ablation, ...]) -> Lists:
    longest = max(*SIZES, replay.list_size)
    flags = {name: ranked(replay.scored, name, longest) for name in SCORERS}
    flags |= {one.name: flags_without(replay, one, replay.list_size, eligible, tell) for one in ablations}
    due = due_events(replay.events, replay.grave, replay.weeks[0], replay.settled[-1])
    judged = _comparable(replay.scored.filter(pl.col("as_of").is_in(replay.settled)))
    listed = [flagged.filter(pl.col("rank") <= replay.list_size)["pair_id"] for flagged in flags.values()]
    return Lists(flags, due, judged, draw_pairs(pl.concat([*listed, due["pair_id"], judged.filter("hit")["pair_id"]])))


def _comparable(rows: pl.DataFrame) -> pl.DataFrame:
    """Forewarn's figures in the order of their probability: the raw figures of one month's scorer mean nothing beside those of another's."""
    order = pl.struct("score", FOREWARN).rle_id().cast(pl.Float64)
    return rows.sort("score", FOREWARN).with_columns(order.alias(FOREWARN)).sort("as_of", "pair_id")


def _measures(replay: Replay, lists: Lists, name: str, sums: Sums) -> dict[str, Floats]:
    """Every measure of one scorer, as it is and in each draw."""
    found = {one.name: ratio(sums[one.top], sums[one.bottom]) for one in RATIOS}
    found["average_precision"] = average_precision(lists.judged, name, lists.draws)
    found["onset_average_precision"] = average_precision(lists.judged.filter("is_onset"), name, lists.draws)
    listed = lists.flags[name].filter(pl.col("rank") <= replay.list_size)
    warned = with_flags(lists.due, listed).drop_nulls("lead")
    found["lead_median"] = _median(warned, "lead", lists.draws)
    found["spell_weeks_median"] = _median(spells(listed), "weeks", lists.draws)
    return found


def _median(rows: pl.DataFrame, column: str, draws: Draws) -> Floats:
    return weighted_median(rows[column].to_numpy().astype(np.float64), draws.weight[:, draws.places(rows["pair_id"])])


def _judged_flags(replay: Replay, lists: Lists) -> pl.DataFrame:
    return lists.flags[FOREWARN].filter((pl.col("rank") <= replay.list_size) & pl.col("as_of").is_in(replay.settled))


def _months(replay: Replay, lists: Lists) -> list[dict[str, object]]:
    """Precision of the lists of each month."""
    rows = []
    for (month,), part in (
        _judged_flags(replay, lists)
        .with_columns(pl.col("as_of").dt.truncate("1mo").alias("month"))
        .sort("month")
        .group_by("month", maintain_order=True)
    ):
        sums = lists.draws.sums(part.select("pair_id", "hit", pl.lit(1.0).alias("listed")))
        rows.append({"month": str(month), "listed": part.height, "precision": asdict(figure(ratio(sums["hit"], sums["listed"])))})
    return rows


def _leads(replay: Replay, lists: Lists) -> dict[str, int]:
    """How many events were first flagged so many weeks before; 'never' for those that were not in the 56 days before."""
    lead = with_flags(lists.due, lists.flags[FOREWARN].filter(pl.col("rank") <= replay.list_size))["lead"]
    weeks = (lead.drop_nulls() // SPREAD_DAYS).clip(upper_bound=LAST_SPREAD)
    ends = [*range(SPREAD_DAYS - 1, SPREAD_DAYS * (LAST_SPREAD + 1) - 1, SPREAD_DAYS), LOOK_BACK_DAYS]
    spread = {f"{max(n * SPREAD_DAYS, 1)}–{end}": int((weeks == n).sum()) for n, end in enumerate(ends)}
    return spread | {"never": int(lead.null_count())}


def _ablation(sums: Mapping[str, Sums], name: str, meaning: str) -> dict[str, object]:
    """Precision and recall without a source, and what the source adds to each."""
    said: dict[str, object] = {"name": name, "meaning": meaning}
    for measure, top, bottom in (
        ("precision", "hits", "listed"),
        ("recall", "timely", "due"),
        ("onset_precision", "onset_hits", "onset_listed"),
    ):
        full, without = (ratio(one[top], one[bottom]) for one in (sums[FOREWARN], sums[name]))
        said[measure] = asdict(figure(without))
        said[f"{measure}_gained"] = asdict(figure(full - without))
    return said


def check(replay: Replay, lists: Lists, measured: Mapping[str, Mapping[str, Floats]]) -> tuple[Canary, ...]:
    """All checks for leaks, on what the scorers saw."""
    weeks = list(replay.settled)
    seen = replay.features.filter(pl.col("as_of").is_in(weeks))
    rows = lists.judged.select("pair_id", "as_of", "hit", "is_eligible").join(replay.features, on=["pair_id", "as_of"])
    best = max((measured[name]["average_precision"] for name in (*NAIVE, DECAYED_HARM)), key=lambda draws: float(draws[0]))
    first = replay.trained[0]
    teach = TEACHERS[first.scorer.name if isinstance(first.scorer, Learned) else "glass_box"]
    found = [
        canaries.only_what_was_known(seen, replay.events, weeks),
        canaries.planted_is_caught(seen, replay.events, weeks),
        canaries.no_feature_too_good(rows.drop("is_eligible"), best, lists.draws),
    ]
    history = settled_history(replay, replay.features, first)
    if history["hit"].any() and not history["hit"].all():
        found.append(canaries.permuted_labels(history, rows, teach, replay.list_size))
    return tuple(found)


def _about(replay: Replay, lists: Lists) -> dict[str, object]:
    return {
        "kind": "backtest",
        "lane": LANE,
        "first": replay.weeks[0].isoformat(),
        "last": replay.weeks[-1].isoformat(),
        "weeks": len(replay.weeks),
        "settled_weeks": len(replay.settled),
        "last_settled": replay.settled[-1].isoformat(),
        "delay_days": replay.delay_days,
        "list_size": replay.list_size,
        "pairs_a_week": round(lists.judged.height / len(replay.settled)),
        "serious_events": lists.due.height,
        "onset_events": int(lists.due["is_onset"].sum()),
        "features": len(feature_names()),
        "columns_seen": [name for name in replay.features.columns if name not in KEYS],
        "confidence": CONFIDENCE,
        "draws": DRAWS,
        "said": SAID,
        "meanings": {one.name: one.meaning for one in RATIOS},
    }


def _trained(as_of: date, scorer: str, meaning: str, note: str, calibration: str) -> dict[str, str]:
    return {"as_of": as_of.isoformat(), "scorer": scorer, "meaning": meaning, "note": note, "calibration": calibration}
