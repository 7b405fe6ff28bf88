"""One experiment on one county: taught twice in the last year, or as often as asked, on what was known then, judged on the weeks after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from bench.warning.county import County
from features.pair_week import measure, week_ends
from models.backtest.replaying import in_lane, sundays, taught_at
from models.monthly import TRAINING_WEEKS
from models.outcome import HORIZON_DAYS, closed, label, reporting_delay_days
from models.scorer import Scorer

JUDGED_WEEKS = 48
PARTS = 2
FEATURE_SOURCES = ("catalogue.py", "pair_week.py", "harm.py", "persons.py")
Teach = Callable[[pl.DataFrame], Scorer]


@dataclass(frozen=True)
class Quarter:
    """`history`: settled pair-weeks with `hit` as known on `taught`; `judged`: those of the weeks after, `hit` true to the simulation."""

    taught: date
    history: pl.DataFrame
    judged: pl.DataFrame


def quarters(county: County, kept: Path, judged_weeks: int = JUDGED_WEEKS, parts_of: int = PARTS) -> list[Quarter]:
    """The parts of the last weeks whose outcomes are over; measured weeks are kept in `kept` until a feature changes."""
    last = county.end - timedelta(days=HORIZON_DAYS)
    weeks = sundays(last - timedelta(days=7 * judged_weeks - 1), last)
    size = -(-len(weeks) // parts_of)
    parts = [weeks[n : n + size] for n in range(0, len(weeks), size)]
    origins = [part[0] - timedelta(days=1) for part in parts]
    training = {day for origin in origins for day in week_ends(origin, TRAINING_WEEKS) if day.weekday() == 6}
    features = measured(county, sorted(training | set(weeks)), kept)
    return [_quarter(county, features, origin, part) for origin, part in zip(origins, parts, strict=True)]


def measured(county: County, days: list[date], kept: Path) -> pl.DataFrame:
    """`features.pair_week.measure`, kept on disk under the features' source text."""
    import features

    room = Path(features.__file__).parent
    text = "".join((room / name).read_text(encoding="utf-8") for name in FEATURE_SOURCES) + str(days) + str(county.events.shape)
    file = kept / f"measured-{county.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.parquet"
    if file.exists():
        return pl.read_parquet(file)
    table = measure(county.events, days)
    table.write_parquet(file)
    return table


def _quarter(county: County, features: pl.DataFrame, origin: date, weeks: list[date]) -> Quarter:
    taught, grave = taught_at(features, county.events, origin)
    settled = closed(taught["as_of"].unique().to_list(), origin, reporting_delay_days(grave))
    history = taught.filter(pl.col("as_of").is_in(settled))
    judged = in_lane(features.filter(pl.col("as_of").is_in(weeks)), county.events, weeks).sort("as_of", "pair_id")
    truth = county.serious.select("pair_id", pl.col("day").cast(pl.Datetime("us")).alias("occurred_at"))
    return Quarter(origin, history.with_columns(label(history, grave).alias("hit")), judged.with_columns(label(judged, truth).alias("hit")))


def scored(parts: list[Quarter], teachers: Mapping[str, Teach]) -> pl.DataFrame:
    """pair_id, as_of, hit, is_onset and a raw figure of each scorer."""
    tables = []
    for part in parts:
        raws = [pl.Series(name, teach(part.history).raw(part.judged)) for name, teach in teachers.items()]
        tables.append(part.judged.select("pair_id", "as_of", "hit", (pl.col("serious_365d") == 0).alias("is_onset")).with_columns(raws))
    return pl.concat(tables)
