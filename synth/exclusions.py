"""Suspensions and permanent exclusions: some for what pupils did to each other, most for everything else."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from synth.chance import Ints, Moments, Rng, Strings, Texts, after, later, many, pick, pick_index, strings, text
from synth.events import Events, between
from synth.nearby import pupils_by_school
from synth.people import People, pupil_number_for
from synth.setting import Setting

EXCLUDED_FOR = np.array([0.05, 0.18, 0.42, 0.55, 0.7, 0.8])  # by severity of what happened between two pupils
REASONS = (
    ("DB", "VA", "PP", "VP", "PA", "DA", "DM", "TH", "BU", "RA", "OW", "SM", "MT", "LG"),
    (0.50, 0.165, 0.09, 0.045, 0.05, 0.045, 0.025, 0.012, 0.012, 0.014, 0.012, 0.010, 0.015, 0.005),
)
NEW_REASONS = (("CB", "LD", "VR", "MP", "TB", "DR", "MB"), (0.35, 0.25, 0.15, 0.1, 0.06, 0.05, 0.04))
NEW_CODES_FROM = date(2026, 9, 1)
BETWEEN_PUPILS = {
    0: (("TB", "VP", "BU"), (0.0, 0.6, 0.4)),
    1: (("VP", "BU"), (0.75, 0.25)),
    2: (("PP",), (1.0,)),
    3: (("PP",), (1.0,)),
    4: (("OW", "PP"), (0.8, 0.2)),
    5: (("OW", "PP"), (0.8, 0.2)),
}
TERMS = ((1, 6, 2, 13), (2, 21, 4, 1), (4, 16, 5, 24), (6, 3, 7, 21), (9, 4, 10, 23), (11, 2, 12, 18))  # first and last days, month and day
SPAN = (4.8, 16.4)
ONCE_PUPILS = 2.6  # draws for each that falls on a day when the pupil is of school age


def make_exclusions(setting: Setting, events: Events) -> pl.DataFrame:
    """One row per exclusion: person, event (-1 for none), the extract's columns that are not about the person, restated_at, withdrawn_at, first_sessions."""
    rng, people, period = setting.rng("exclusions"), setting.people, setting.period
    frame = pl.concat([_between_pupils(rng, events), _others(rng, setting)])
    start = school_days(frame["day"].to_numpy())
    age = people.age_on(start, frame["person"].to_numpy())
    keep = (age > SPAN[0]) & (age < SPAN[1]) & (start >= np.datetime64(period.start, "D")) & (people.upn[frame["person"].to_numpy()] != "")
    frame = frame.with_columns(pl.Series("start_date", start.astype("datetime64[D]"))).filter(pl.Series(keep))
    return _columns(rng, frame.unique(["person", "start_date"], keep="first", maintain_order=True).sort("start_date", "person"), people)


def _between_pupils(rng: Rng, events: Events) -> pl.DataFrame:
    """One pupil, or both, for what passed between them."""
    at = between(events).filter(pl.col("school") >= 0)
    at = at.filter(pl.Series(rng.random(at.height) < EXCLUDED_FOR[at["severity"].to_numpy()]))
    both = np.where(at["is_mutual"].to_numpy(), 0.7, 0.12)
    other = at.filter(pl.Series(rng.random(at.height) < both)).select(pl.col("b").alias("person"), "event", "severity", "time")
    frame = pl.concat([at.select(pl.col("a").alias("person"), "event", "severity", "time"), other])
    severity = frame["severity"].to_numpy()
    reason = np.full(severity.size, "", dtype=object)
    for level, (codes, weights) in BETWEEN_PUPILS.items():
        rows = np.flatnonzero(severity == level)
        reason[rows] = pick(rng, codes, rows.size, weights)
    day = frame["time"].to_numpy().astype("datetime64[D]") + (rng.random(frame.height) < 0.4).astype("timedelta64[D]")
    return frame.select("person", "event").with_columns(pl.Series("day", day), pl.Series("reason_1", reason.tolist(), dtype=pl.String))


def _others(rng: Rng, setting: Setting) -> pl.DataFrame:
    """Everything else: mostly disruption, mostly the same pupils again and again."""
    people, period = setting.people, setting.period
    schools = pupils_by_school(people, period)
    rows = np.concatenate(schools) if schools else np.zeros(0, dtype=np.int64)
    count = many(rng, setting.world.volumes.exclusions * ONCE_PUPILS * setting.scale) if rows.size else 0
    person = rows[pick_index(rng, rows.size, count, people.volatility[rows] + 0.12)] if count else rows[:0]
    day = np.datetime64(period.first, "D") + rng.integers(0, period.days, count).astype("timedelta64[D]")
    new = (day >= np.datetime64(NEW_CODES_FROM)) & (rng.random(count) < 0.25)
    reason = np.where(new, pick(rng, NEW_REASONS[0], count, NEW_REASONS[1]), pick(rng, REASONS[0], count, REASONS[1]))
    return pl.DataFrame(
        {"person": person, "event": np.full(count, -1), "day": day, "reason_1": reason.tolist()},
        schema={"person": pl.Int64, "event": pl.Int64, "day": pl.Date, "reason_1": pl.String},
    )


def school_days(day: Moments) -> Moments:
    """Each day, moved on to the next school day."""
    days = day.astype("datetime64[D]")
    if not days.size:
        return days
    first, last = days.min(), days.max() + np.timedelta64(60, "D")
    span = np.arange(first, last + np.timedelta64(1, "D"))
    month_day = (span.astype("datetime64[M]").astype(np.int64) % 12 + 1) * 100 + (span - span.astype("datetime64[M]")).astype(np.int64) + 1
    in_term = np.any([(month_day >= m1 * 100 + d1) & (month_day <= m2 * 100 + d2) for m1, d1, m2, d2 in TERMS], axis=0) & (
        (span.astype(np.int64) + 3) % 7 < 5
    )
    following = span[in_term][np.minimum(np.searchsorted(span[in_term], span), in_term.sum() - 1)]
    return np.asarray(following[(days - first).astype(np.int64)])


def _columns(rng: Rng, frame: pl.DataFrame, people: People) -> pl.DataFrame:
    size, person = frame.height, frame["person"].to_numpy()
    start = frame["start_date"].to_numpy().astype("datetime64[D]")
    category = np.where(rng.random(size) < np.where(np.isin(frame["reason_1"].to_numpy(), ["OW", "PA"]), 0.05, 0.012), "PERM", "SUSP")
    sessions = np.minimum(1 + rng.geometric(0.28, size), 45)
    recorded_at = after(rng, start, 1.7, at_least=15 * 60)
    second = np.where(rng.random(size) < 0.22, pick(rng, REASONS[0], size, REASONS[1]), "")
    second = np.where(second == frame["reason_1"].to_numpy(), "", second)
    third = np.where((second != "") & (rng.random(size) < 0.2), "DB", "")
    school = np.where(rng.random(size) < 0.015, rng.integers(0, people.schools.urn.size, size), people.school[person])
    changed = (category == "SUSP") & (rng.random(size) < 0.02)
    return (
        frame.select("person", "event", "start_date", "reason_1")
        .with_columns(
            text("upn", _numbers(rng, people, person)),
            text("school_urn", people.schools.urn[school]),
            text("school_name", people.schools.name[school]),
            text("category", category),
            text("reason_2", second),
            text("reason_3", np.where((third == "DB") & ((second == "DB") | (frame["reason_1"].to_numpy() == "DB")), "", third)),
            text("sessions", np.where(category == "PERM", "", sessions.astype(str))),
            text("first_sessions", np.where(changed, (sessions + 2).astype(str), np.where(category == "PERM", "", sessions.astype(str)))),
            text("year_group", _years(people, person, start)),
            pl.Series("recorded_at", recorded_at.astype("datetime64[us]")),
            pl.Series("restated_at", later(rng, recorded_at, changed.astype(float), 12).astype("datetime64[us]")),
            pl.Series("withdrawn_at", later(rng, recorded_at, 0.008, 20).astype("datetime64[us]")),
        )
        .sort("recorded_at", "upn", "start_date")
    )


def _numbers(rng: Rng, people: People, person: Ints) -> Strings:
    """One pupil in eighty has a second number, given by a school that did not know the first, and used now and then."""
    out = people.upn[person].copy()
    rows = np.flatnonzero((person % 80 == 7) & (rng.random(person.size) < 0.5))
    out[rows] = [pupil_number_for(int(p), int(people.upn[p][8:10]), schools_from=5000) for p in person[rows]]
    return strings(out.tolist())


def _years(people: People, person: Ints, start: Moments) -> Texts:
    """National curriculum year: the school year runs from September."""
    first_september = (start - np.timedelta64(243, "D")).astype("datetime64[Y]")
    born = (people.born[person] - np.timedelta64(243, "D")).astype("datetime64[Y]")
    return np.asarray((first_september - born).astype(np.int64) - 5).astype(str)
