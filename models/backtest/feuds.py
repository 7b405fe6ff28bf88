"""The warning of feuds, held against what followed: feuds that none of the listed pairs belongs to, and that are as likely as a listed pair all the same."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from features.groups import feuds, ties
from models.backtest.intervals import Sums, draw_pairs, figure, ratio
from models.backtest.replaying import FOREWARN, Replay, ranked
from models.feuds import feud_scores, feud_weeks, followed, is_warned, pairs_within
from models.outcome import HORIZON_DAYS


def warned_feuds(replay: Replay) -> pl.DataFrame:
    """Every feud of every settled week as known then: as_of, feud_id, raw, best, pairs, people, score, hit, next_hit, is_listed, is_warned.

    `is_listed`: a pair of it was on the list. `is_warned`: by the rule of a night (models.feuds.is_warned). Scores are calibrated on weeks that had settled
    by then, as a night would have.
    """
    events = replay.events
    people, _ = feuds(ties(events, list(replay.settled)))
    weeks = feud_weeks(people, replay.scored)
    size = people.group_by("as_of", "feud_id").agg(pl.len().cast(pl.Int32).alias("people"))
    weeks = weeks.join(size, on=["as_of", "feud_id"], maintain_order="left").with_columns(
        followed(weeks, people, replay.grave).alias("hit")
    )
    listed = ranked(replay.scored, FOREWARN, replay.list_size)
    last_place = listed.group_by("as_of").agg(pl.col("score").min().alias("last_place"), pl.len().alias("listed"))
    on_list = (
        pairs_within(people)
        .join(listed.select("as_of", "pair_id"), on=["as_of", "pair_id"], how="semi")
        .select("as_of", "feud_id")
        .unique()
    )
    table = (
        weeks.with_columns(_scores_then(weeks, replay.delay_days))
        .join(last_place, on="as_of", how="left", maintain_order="left")
        .join(on_list.with_columns(pl.lit(True).alias("is_listed")), on=["as_of", "feud_id"], how="left", maintain_order="left")
        .with_columns(pl.col("is_listed").fill_null(False))
    )
    return table.with_columns(is_warned(table).alias("is_warned"))


def _scores_then(weeks: pl.DataFrame, delay_days: int) -> pl.Series:
    parts = []
    for (as_of,), rows in weeks.group_by("as_of", maintain_order=True):
        settled = weeks.filter(pl.col("as_of") + timedelta(days=HORIZON_DAYS + delay_days) <= as_of)
        score, _ = feud_scores(rows["raw"].to_numpy(), settled["raw"].to_numpy(), settled["hit"].to_numpy().astype(bool))
        parts.append(score)
    return pl.Series("score", np.concatenate(parts) if parts else np.zeros(0))


def feud_figures(replay: Replay) -> dict[str, object]:
    """How often serious violence followed within a warned feud, beside all feuds that no listed pair belongs to, and beside the next pairs off the list.

    The next pairs are as many as there were warned feuds that week: what a longer list would have shown instead. Intervals are over feuds, or pairs.
    """
    table = warned_feuds(replay)
    unlisted = table.filter(~pl.col("is_listed"))
    groups = {"all": table, "listed": table.filter("is_listed"), "unlisted": unlisted, "warned": unlisted.filter("is_warned")}
    draws = draw_pairs(table["feud_id"])
    rates = {name: _rate(draws.sums(_counts(rows, "feud_id"))) for name, rows in groups.items()}
    following = _next_pairs(replay, groups["warned"])
    rates["next_pairs"] = _rate(draw_pairs(following["pair_id"]).sums(_counts(following, "pair_id")))
    warned = groups["warned"]
    return {
        "weeks": len(replay.settled),
        "rows": {name: rows.height for name, rows in groups.items()} | {"next_pairs": following.height},
        "hits": {name: int(rows["hit"].sum()) for name, rows in groups.items()} | {"next_pairs": int(following["hit"].sum())},
        "rates": rates,
        "mean_score": {name: _mean(rows, "score") for name, rows in groups.items()},
        "largest_feud": int(table["people"].max() or 0) if table.height else 0,  # type: ignore[arg-type]
        "mean_people_warned": _mean(warned, "people"),
    }


def _counts(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    return rows.select(pl.col(key).alias("pair_id"), "hit", pl.lit(1.0).alias("rows"))


def _rate(sums: Sums) -> dict[str, float | None]:
    found = figure(ratio(sums["hit"], sums["rows"]))
    return {"value": found.value, "low": found.low, "high": found.high}


def _mean(rows: pl.DataFrame, column: str) -> float | None:
    return float(rows[column].mean()) if rows.height else None  # type: ignore[arg-type]


def _next_pairs(replay: Replay, warned: pl.DataFrame) -> pl.DataFrame:
    """As many pairs after the list's last place as there were warned feuds, week by week."""
    count = warned.group_by("as_of").len("warned")
    longer = ranked(replay.scored, FOREWARN, replay.list_size + int(count["warned"].max() or 0))  # type: ignore[arg-type]
    after = longer.join(count, on="as_of")
    return after.filter((pl.col("rank") > replay.list_size) & (pl.col("rank") <= replay.list_size + pl.col("warned")))
