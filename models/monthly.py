"""The monthly training: a lane's scorer as known at the end of a month, with all that its card must tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import polars as pl

from features.catalogue import FEATURES, PERSON_FEATURES
from features.pair_week import measured_in_turn, read_events, week_ends
from models.held_weeks import HeldWeeks, Weeks, hold, joined
from models.outcome import HORIZON_DAYS, closed, grave_events, label, reporting_delay_days
from models.profile import REFERENCE_WEEKS, Profile, profile
from models.provenance import provenance
from models.scorer import Floats
from models.training import Trained, train
from warehouse.timegate import known_by, visible

LANES = ("conflict", "domestic")
TRAINING_WEEKS = 104
COUNTS = ("events_", "reports_", "serious_", "armed_", "reciprocity_", "ally_", "suspended_together_", "person_events_", "opponents_")
WHOLE_NUMBERS = [one.name for one in (*FEATURES, *PERSON_FEATURES) if one.name.startswith(COUNTS)]
"""Features that are counts, which half the digits hold exactly."""
RAW_DIGITS, SCORE_DIGITS = 9, 6
"""Scores are kept to so many digits, so that the order in which a machine adds does not show."""


@dataclass(frozen=True)
class Period:
    """The settled weeks taught from: how many pair-weeks and outcomes they hold, and the days within which nine of ten serious events came to be known.

    Between a week taught and a week judged lie `embargo_days`: the 28 days of the label and that delay.
    """

    first: date | None
    last: date | None
    weeks: int
    pair_weeks: int
    outcomes: int
    delay_days: int
    embargo_days: int


@dataclass(frozen=True)
class Training:
    """A lane's training with what its card tells beside, and what it was made of: the lane's pair-weeks, and all versions of events known then."""

    trained: Trained
    period: Period
    profile: Profile
    origin: dict[str, object]
    pair_weeks: HeldWeeks
    events: pl.DataFrame

    def about(self, list_size: int) -> dict[str, Any]:
        """What the card tells beside the scorer, as plain values."""
        period = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self.period).items()}
        return {"list_size": list_size, "period": period, "profile": self.profile.as_dict(), **self.origin}


def training_day(as_of: date) -> date:
    """The last day of the month before: a month is scored by what had been known when it began, whichever of its nights is asked for."""
    return as_of.replace(day=1) - timedelta(days=1)


def train_lanes(con: duckdb.DuckDBPyConnection, lanes: list[str], as_of: date, list_size: int) -> Iterator[Training]:
    """Trains the scorers of some lanes, one after the other, on the pairs and outcomes as they were known at the end of `as_of`."""
    if not lanes:
        return
    events = read_events(con)
    measured = _measured(con, events, lanes, as_of)
    known_then = visible(events, [as_of]).with_columns(pl.lit(None, pl.Datetime("us")).alias("known_to"))
    origin = provenance(con, as_of)
    for lane in lanes:
        weeks = measured.pop(lane)
        grave = grave_events(known_then, lane)
        trained = train(lane, weeks, grave, as_of, list_size)
        yield Training(
            trained, _period(weeks, grave, as_of), _profile(trained, weeks, grave, as_of), origin, weeks, known_by(events, as_of)
        )


def _measured(con: duckdb.DuckDBPyConnection, events: pl.DataFrame, lanes: list[str], as_of: date) -> dict[str, HeldWeeks]:
    """The pair-weeks of each lane in order of as_of; told apart and packed as they are measured, and without what no scorer looks at."""
    pairs = {lane: con.sql("select pair_id from pairs.pair where lane = $lane", params={"lane": lane}).pl() for lane in lanes}
    found: dict[str, list[HeldWeeks]] = {lane: [] for lane in lanes}
    for rows in measured_in_turn(events, week_ends(as_of, TRAINING_WEEKS)):
        lean = rows.drop("person_a", "person_b", "week").with_columns(pl.col(WHOLE_NUMBERS).cast(pl.Float32))
        for lane in lanes:
            found[lane].append(hold(lean.join(pairs[lane], on="pair_id", how="semi", maintain_order="left")))
    return {lane: joined(parts) for lane, parts in found.items()}


def scores_of(trained: Trained, pair_weeks: Weeks) -> tuple[Floats, Floats]:
    """Raw figure and probability of each row, rounded as they are kept."""
    raw = trained.scorer.raw(pair_weeks)
    return np.round(raw, RAW_DIGITS), np.round(trained.calibration.apply(raw), SCORE_DIGITS)


def _settled(weeks: HeldWeeks, grave: pl.DataFrame, as_of: date) -> pl.DataFrame:
    days = closed(weeks["as_of"].unique().to_list(), as_of, reporting_delay_days(grave))
    rows = weeks.select("pair_id", "as_of").filter(pl.col("as_of").is_in(days))
    return rows.with_columns(label(rows, grave).alias("hit"))


def _period(weeks: HeldWeeks, grave: pl.DataFrame, as_of: date) -> Period:
    settled, delay = _settled(weeks, grave, as_of), reporting_delay_days(grave)
    days = settled["as_of"]
    first, last = (days.min(), days.max()) if len(days) else (None, None)
    counts = days.n_unique(), settled.height, int(settled["hit"].sum()), delay, HORIZON_DAYS + delay
    return Period(first, last, *counts)  # type: ignore[arg-type]


def _profile(trained: Trained, weeks: HeldWeeks, grave: pl.DataFrame, as_of: date) -> Profile:
    """Of the last year, the night of the training aside, which is no Sunday in most months."""
    last_year = as_of - timedelta(weeks=REFERENCE_WEEKS)
    recent = weeks.on_days(day for day in weeks["as_of"].unique() if day > last_year and day.isoweekday() == 7)
    hits = _settled(recent, grave, as_of)["hit"]
    _, score = scores_of(trained, recent)
    return profile(recent, score, float(hits.sum()) / len(hits) if len(hits) else None)
