"""Scores every pair and week with the model in use, watches it for drift, and says whether its validation still stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from features.pair_week import read_events
from models.drift import RECENT_WEEKS, SETTLED_WEEKS, as_table, breaches, drift
from models.explaining import contributions, theme_weights
from models.kept_scores import lane_weeks, score_weeks
from models.monthly import LANES, Training, train_lanes, training_day
from models.outcome import closed, grave_events, reporting_delay_days
from models.outlook import outlook
from models.provenance import is_outgrown
from models.record import list_record, settled_lists, why_expired
from models.registry import newest, read_card, save
from models.standing import Promotion, Standing, stand
from models.thresholds import DEFAULTS, Thresholds
from models.training import Trained

EXPLAINED_LISTS = 4
WATCH = "watch.json"
Audit = Callable[[Training], Mapping[str, str]]
"""The texts that stand beside a training's card, by their file's name: how its lists fell on groups of people."""


@dataclass(frozen=True)
class Policy:
    """How models come into use, and when drift and age are said: an installation's own choice."""

    promotion: Promotion = Promotion.automatic
    thresholds: Thresholds = DEFAULTS


@dataclass(frozen=True)
class Scored:
    """What scoring did: pair-weeks scored, models trained tonight, and what an operator and the readers of the list must know."""

    pair_weeks: int
    trained: int
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Watched:
    """A lane's model tonight: the figures of drift, what must be said, and why no list may be issued, if so."""

    standing: Standing
    drift: pl.DataFrame
    notices: tuple[str, ...]
    valid_until: date
    expired: str | None


def score(
    con: duckdb.DuckDBPyConnection,
    list_size: int,
    models: Path,
    now: datetime,
    *,
    policy: Policy | None = None,
    audit: Audit = lambda _: {},
) -> Scored:
    """Writes scores.pair_week, what makes the scores and what they rest on; trains, audits and registers a month's models when there are none.

    Raises LedgerBroken, when nobody can say which model is in use.
    """
    policy = policy or Policy()
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    standings, trained = _stand(con, list_size, models, now, policy=policy, day=training_day(as_of), audit=audit)
    events = read_events(con)
    pair_weeks = score_weeks(con, standings)
    watched = [_watch(con, standing, events, as_of, list_size=list_size, limits=policy.thresholds) for standing in standings]
    in_use = [standing.trained for standing in standings]
    tables = {
        "scorer": pl.concat(map(_notes, in_use)),
        "model": pl.DataFrame([_model(one) for one in watched], schema=MODEL),
        "drift": pl.concat([one.drift for one in watched]).with_columns(pl.lit(as_of).alias("as_of")),
        **_explain(con, in_use, events, as_of=as_of, pairs=EXPLAINED_LISTS * list_size),
    }
    for name, frame in tables.items():
        con.register("scored", frame)
        con.execute(f"create or replace table scores.{name} as select * from scored")
        con.unregister("scored")
    for one in watched:
        _keep_watch(models, one, as_of)
    return Scored(pair_weeks, trained, tuple(notice for one in watched for notice in one.notices))


def _stand(
    con: duckdb.DuckDBPyConnection, list_size: int, models: Path, now: datetime, *, policy: Policy, day: date, audit: Audit
) -> tuple[list[Standing], int]:
    """The model of each lane, and how many trainings it took. Lanes that lack one are trained together: measuring is most of the work."""
    registered: dict[str, str] = {}

    def train_missing(lane: str) -> str:
        if lane not in registered:
            missing = [one for one in LANES if one == lane or _is_missing(con, models, one, day)]
            for training in train_lanes(con, missing, day, list_size):
                folder = save(models, training.trained, training.about(list_size), audit(training))
                registered[training.trained.lane] = folder.name
        return registered[lane]

    standings = [
        stand(
            models,
            lane,
            day,
            promotion=policy.promotion,
            train=partial(train_missing, lane),
            now=now,
            is_outgrown=partial(is_outgrown, con),
        )
        for lane in LANES
    ]
    return standings, len(registered)


def _is_missing(con: duckdb.DuckDBPyConnection, models: Path, lane: str, day: date) -> bool:
    name = newest(models, lane, day)
    return name is None or is_outgrown(con, read_card(models, name))


def _watch(
    con: duckdb.DuckDBPyConnection, standing: Standing, events: pl.DataFrame, as_of: date, *, list_size: int, limits: Thresholds
) -> Watched:
    lane = standing.trained.lane
    days = _days(con, lane)
    recent = _scored_weeks(con, lane, days[-RECENT_WEEKS:])
    grave = grave_events(events, lane)
    delay = reporting_delay_days(grave)
    lists = settled_lists(con, lane, as_of, grave=grave, delay_days=delay, weeks=limits.record.weeks, since=standing.since)
    settled = closed(days, as_of, delay)
    weeks = _looked_at(con, standing.trained, sorted({*settled[-SETTLED_WEEKS:], *(lists["as_of"].unique().to_list())}))
    found = drift(standing, weeks, recent, lists=lists, settled=settled, grave=grave, limits=limits)
    trained_as_of = standing.trained.as_of
    expired = why_expired(list_record(lists, weeks, grave, standing, list_size), trained_as_of, as_of, limits)
    said = [f"{lane} lane: {note}" for note in standing.notes]
    if standing.trained.calibration.note.startswith("not calibrated"):
        said.append(f"{lane} lane: {standing.trained.calibration.note}")
    if expired:
        said.append(
            f"{lane} lane: the validation of {standing.model_id} has expired, and no weekly list is issued: {expired}. Run `forewarn train`"
        )
    table = as_table(found, lane, standing.model_id)
    until = trained_as_of + timedelta(days=limits.validation.days)
    return Watched(standing, table, (*said, *breaches(found, lane)), until, expired)


MODEL = {
    "lane": pl.String, "model_id": pl.String, "scorer": pl.String, "trained_as_of": pl.Date, "promoted_by": pl.String,
    "promoted_because": pl.String, "valid_until": pl.Date, "expired_because": pl.String,
}  # fmt: skip


def _model(one: Watched) -> dict[str, object]:
    standing = one.standing
    return {
        "lane": standing.trained.lane,
        "model_id": standing.model_id,
        "scorer": standing.trained.scorer.name,
        "trained_as_of": standing.trained.as_of,
        "promoted_by": standing.by,
        "promoted_because": standing.why,
        "valid_until": one.valid_until,
        "expired_because": one.expired,
    }


def _keep_watch(models: Path, one: Watched, as_of: date) -> None:
    """Notes beside the card what was said of the model on this night; the same night again replaces its note."""
    file = models / one.standing.model_id / WATCH
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept[as_of.isoformat()] = {
        "said": one.notices,
        "expired": one.expired,
        "states": dict(one.drift["state"].value_counts(sort=True).iter_rows()),
    }
    fresh = file.with_suffix(".fresh")
    fresh.write_text(json.dumps(dict(sorted(kept.items())), indent=1), encoding="utf-8")
    fresh.replace(file)


def _days(con: duckdb.DuckDBPyConnection, lane: str) -> list[date]:
    """The as-of days of which the lane has pair-weeks."""
    of_lane = "select distinct as_of from features.pair_week join pairs.pair using (pair_id) where lane = $lane order by as_of"
    return [day for (day,) in con.execute(of_lane, {"lane": lane}).fetchall()]


def _looked_at(con: duckdb.DuckDBPyConnection, trained: Trained, days: list[date]) -> pl.DataFrame:
    """The lane's pair-weeks of some days, with what the simple rule looks at."""
    looked_at = [] if trained.simple is None else trained.simple[0].expression.meta.root_names()
    columns = dict.fromkeys(["pair_id", "week", "as_of", *looked_at])
    return lane_weeks(con, trained.lane, days, columns=", ".join(f'week."{name}"' for name in columns))


def _scored_weeks(con: duckdb.DuckDBPyConnection, lane: str, days: list[date]) -> pl.DataFrame:
    """The lane's pair-weeks of some days, with every feature and their scores."""
    scores = con.sql(
        "select pair_id, as_of, raw, score from scores.pair_week where as_of in (select unnest($days::date[]))", params={"days": days}
    ).pl()
    return lane_weeks(con, lane, days).join(scores, on=["pair_id", "as_of"], maintain_order="left")


def _explain(
    con: duckdb.DuckDBPyConnection, in_use: list[Trained], events: pl.DataFrame, *, as_of: date, pairs: int
) -> dict[str, pl.DataFrame]:
    """What makes the scores of each lane's first pairs tonight, and what they would come to: enough of them to hold every pair that can be listed."""
    found: dict[str, list[pl.DataFrame]] = {"contribution": [], "theme": [], "outlook": []}
    for trained in in_use:
        weeks = _scored_weeks(con, trained.lane, [as_of])
        first = weeks.sort("raw", "pair_id", descending=[True, False]).head(pairs)
        found["contribution"].append(contributions(trained, first).with_columns(pl.lit(trained.lane).alias("lane")))
        found["theme"].append(theme_weights(trained, first).with_columns(pl.lit(trained.lane).alias("lane")))
        found["outlook"].append(outlook(trained, events, first, as_of).with_columns(pl.lit(trained.lane).alias("lane")))
    return {name: pl.concat(frames, how="vertical_relaxed") for name, frames in found.items()}


def _notes(trained: Trained) -> pl.DataFrame:
    """Every scorer compared in the training, and which one makes the scores."""
    return trained.figures.select(
        pl.lit(trained.lane).alias("lane"),
        "scorer",
        "meaning",
        pl.col("average_precision", "precision_at_list").cast(pl.Float64),
        pl.col("weeks", "outcomes").cast(pl.Int32),
        (pl.col("scorer") == trained.scorer.name).alias("is_chosen"),
        pl.lit(trained.note).alias("note"),
        pl.lit(trained.calibration.note).alias("calibration"),
        pl.lit(trained.as_of).alias("trained_as_of"),
    )
