"""The replayed lists with people linked as could be known then, judged beside those that today's links give.

Frames only. Who is who differs between the two by merges and splits; what followed is told by today's people, whom the records of a listed pair lead to,
so that a merge that came later is not held against a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from features.pair_week import measure
from models.backtest.replaying import FOREWARN, Eligible, Replay, in_lane, ranked, scored_by, with_outcomes
from models.monthly import training_day
from models.outcome import label

RECORD = ("source", "record_id")


@dataclass(frozen=True)
class LinkedThen:
    """The Sundays scored by the training of `known_by`: events between people as held when their month began (`held_links`), and whose each record was."""

    known_by: date
    events: pl.DataFrame
    person_record: pl.DataFrame


@dataclass(frozen=True)
class Lists:
    """Forewarn's lists: `places`, a row a place on a list, under the pair that it mostly is today; `reached`, every pair of today that a place leads to."""

    places: pl.DataFrame
    reached: pl.DataFrame


def held_links(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """`after` (source, record_id, person_id, ...) with each record that `before` knew given the person that it was then.

    What has come since is with whom it was put: ids are handed on, so that nobody is joined or parted but by what was known before.
    """
    was = before.select(*RECORD, pl.col("person_id").alias("was"))
    held = after.join(was, on=RECORD, how="left", maintain_order="left")
    return held.with_columns(pl.coalesce("was", "person_id").alias("person_id")).drop("was")


def same_people(then: pl.DataFrame, today: pl.DataFrame) -> pl.DataFrame:
    """Which person of then is which of today, by the records that they share: person_then, person_today, records."""
    shared = then.select(*RECORD, pl.col("person_id").alias("person_then")).join(
        today.select(*RECORD, pl.col("person_id").alias("person_today")), on=RECORD
    )
    return shared.group_by("person_then", "person_today").agg(pl.len().alias("records")).sort("person_then", "person_today")


def as_today(flags: pl.DataFrame, same: pl.DataFrame, grave: pl.DataFrame) -> Lists:
    """Lists of then (as `ranked` gives them, with person_a and person_b) among today's people. A place hits if any pair that it leads to did.

    Two who are one person today lead to no pair: such a place keeps its name, and cannot hit.
    """
    sides = [
        same.select(
            pl.col("person_then").alias(f"person_{side}"),
            pl.col("person_today").alias(f"today_{side}"),
            pl.col("records").alias(f"records_{side}"),
        )
        for side in "ab"
    ]
    led = flags.join(sides[0], on="person_a").join(sides[1], on="person_b").filter(pl.col("today_a") != pl.col("today_b"))
    one, two = pl.min_horizontal("today_a", "today_b"), pl.max_horizontal("today_a", "today_b")
    led = led.with_columns((one + "-" + two).alias("today"), (pl.col("records_a") * pl.col("records_b")).alias("records"))
    led = led.with_columns(label(led.select(pl.col("today").alias("pair_id"), "as_of"), grave).alias("hit"))
    place = (
        led.sort("as_of", "rank", "records", "today", descending=[False, False, True, False])
        .group_by("as_of", "rank", maintain_order=True)
        .agg(pl.col("today").first(), pl.col("hit").any())
    )
    places = (
        flags.drop("hit")
        .join(place, on=["as_of", "rank"], how="left", maintain_order="left")
        .with_columns(pl.coalesce("today", "pair_id").alias("pair_id"), pl.col("hit").fill_null(False))
        .select("as_of", "pair_id", "rank", "hit", "is_onset", "score")
    )
    reached = led.group_by("as_of", pl.col("today").alias("pair_id")).agg(pl.col("rank").min()).sort("as_of", "pair_id")
    return Lists(places, reached)


def lists_then(replay: Replay, month: LinkedThen, eligible: Eligible) -> pl.DataFrame:
    """Forewarn's lists of one month's Sundays: measured on events between people as held, ranked by the scorer of that month."""
    weeks = [week for week in replay.weeks if training_day(week) == month.known_by]
    [trained] = [one for one in replay.trained if one.as_of == month.known_by]
    features = measure(month.events, weeks)
    rows = with_outcomes(in_lane(scored_by(features, trained), month.events, weeks), month.events, replay.grave, eligible)
    flags = ranked(rows, FOREWARN, replay.list_size)
    return flags.join(features.select("pair_id", "as_of", "person_a", "person_b"), on=["pair_id", "as_of"], maintain_order="left")
