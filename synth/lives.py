"""What cannot have happened: children too young for it, and the dead."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth.events import AGGRESSOR, OFFICER, STAFF, VICTIM, Events
from synth.people import People
from synth.setting import Setting

YOUNGEST = {
    "night": 16.0,
    "domestic": 15.0,
    "neighbour": 18.0,
    "robbery": 11.0,
}  # by kind; 10 otherwise, the age of criminal responsibility
MURDEROUS = 5
FATAL_SHARE = 0.05  # of the worst events


def possible(setting: Setting, events: Events) -> Events:
    """The events without those of people too young for them, and without the dead, who die of some of the worst."""
    grown = _old_enough(setting.people, events)
    fatal = grown.happened.filter(pl.col("severity") == MURDEROUS)
    fatal = fatal.filter(pl.Series(setting.rng("deaths").random(fatal.height) < FATAL_SHARE)).select("event", "time")
    victims = grown.parts.filter(pl.col("part") == VICTIM).join(fatal, on="event")
    dead = victims.group_by("person").agg(pl.col("time").min().alias("died"), pl.col("event").min().alias("of"))
    marked = grown.happened.with_columns(pl.col("event").is_in(dead["of"].implode()).alias("is_fatal"))
    when = grown.parts.join(marked.select("event", "time"), on="event", maintain_order="left").join(
        dead, on="person", how="left", maintain_order="left"
    )
    alive = when.filter(pl.col("died").is_null() | (pl.col("time") <= pl.col("died"))).select(grown.parts.columns)
    return _with_two_sides(Events(marked, alive), grown)


def _old_enough(people: People, events: Events) -> Events:
    """Takes out everyone who is too young, and events without anyone left to strike."""
    at = events.parts.join(events.happened.select("event", "time", "kind"), on="event", maintain_order="left")
    age = people.age_on(at["time"].to_numpy(), at["person"].to_numpy())
    youngest = at["kind"].replace_strict(YOUNGEST, default=10.0, return_dtype=pl.Float64).to_numpy()
    return _with_two_sides(Events(events.happened, events.parts.filter(pl.Series(np.asarray(age >= youngest)))), events)


def _with_two_sides(events: Events, before: Events) -> Events:
    """Only events that still have an aggressor, and someone to suffer it if they had one before."""
    hurt = pl.col("part").is_in([VICTIM, STAFF, OFFICER])

    def of(frame: pl.DataFrame, which: pl.Expr) -> pl.Series:
        return frame.filter(which)["event"].unique().implode()

    whole = pl.col("event").is_in(of(events.parts, pl.col("part") == AGGRESSOR)) & (
        pl.col("event").is_in(of(events.parts, hurt)) | ~pl.col("event").is_in(of(before.parts, hurt))
    )
    happened = events.happened.filter(whole)
    return Events(happened, events.parts.filter(pl.col("event").is_in(happened["event"].implode())))
