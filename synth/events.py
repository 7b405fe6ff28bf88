"""What really happened: events, and who took part in them, whether or not anyone told an agency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from synth.chance import Bools, Ints, Moments, Strings

Schema = dict[str, pl.DataType | type[pl.DataType]]
AGGRESSOR, VICTIM, BYSTANDER, STAFF, OFFICER = "AGGRESSOR", "VICTIM", "BYSTANDER", "STAFF", "OFFICER"
NO_FEUD = -1
Part = tuple[str, Ints, Bools | None]  # a role, a person for each event, and which events have it (None: all)
EVENT_SCHEMA: Schema = {
    "event": pl.Int64,
    "time": pl.Datetime("us"),
    "kind": pl.String,
    "severity": pl.Int64,
    "feud": pl.Int64,
    "place": pl.String,
    "district": pl.Int64,
    "school": pl.Int64,
    "is_mutual": pl.Boolean,
}
PART_SCHEMA: Schema = {"event": pl.Int64, "person": pl.Int64, "part": pl.String}


@dataclass(frozen=True)
class Events:
    """`happened`: one row per event. `parts`: one row per person in an event."""

    happened: pl.DataFrame
    parts: pl.DataFrame


def make_events(
    kind: str,
    time: Moments,
    parts: list[Part],
    *,
    severity: Ints,
    place: Strings,
    district: Ints,
    feud: Ints | None = None,
    school: Ints | None = None,
    is_mutual: Bools | None = None,
) -> Events:
    """Events of one kind."""
    count = time.size
    event = np.arange(count)
    happened = pl.DataFrame(
        {
            "event": event,
            "time": time.astype("datetime64[us]"),
            "kind": [kind] * count,
            "severity": severity,
            "feud": np.full(count, NO_FEUD) if feud is None else feud,
            "place": place,
            "district": district,
            "school": np.full(count, -1) if school is None else school,
            "is_mutual": np.zeros(count, dtype=bool) if is_mutual is None else is_mutual,
        },
        schema=EVENT_SCHEMA,
    )
    frames = [
        pl.DataFrame(
            {"event": event if has is None else event[has], "person": person if has is None else person[has]},
            schema={"event": pl.Int64, "person": pl.Int64},
        ).with_columns(pl.lit(part).alias("part"))
        for part, person, has in parts
    ]
    return Events(happened, pl.concat([pl.DataFrame(schema=PART_SCHEMA), *frames]))


def combine(groups: list[Events]) -> Events:
    """All events in order of time, numbered anew; a person takes one part in an event."""
    happened, parts, offset = [], [], 0
    for group in groups:
        happened.append(group.happened.with_columns(pl.col("event") + offset))
        parts.append(group.parts.with_columns(pl.col("event") + offset))
        offset += group.happened.height
    ordered = pl.concat(happened).sort("time", "event").with_row_index("number").with_columns(pl.col("number").cast(pl.Int64))
    renumber = ordered.select("event", "number")
    every = (
        pl.concat(parts)
        .join(renumber, on="event", how="inner", maintain_order="left")
        .with_columns(pl.col("number").alias("event"))
        .drop("number")
    )
    return Events(
        ordered.with_columns(pl.col("number").alias("event")).drop("number"),
        every.unique(["event", "person"], keep="first", maintain_order=True).sort("event", maintain_order=True),
    )


def between(events: Events) -> pl.DataFrame:
    """One row per aggressor and victim of an event: event, a (who struck), b, and the event's columns."""
    struck = events.parts.filter(pl.col("part") == AGGRESSOR).select("event", pl.col("person").alias("a"))
    hurt = events.parts.filter(pl.col("part").is_in([VICTIM, STAFF, OFFICER])).select("event", pl.col("person").alias("b"), "part")
    return (
        struck.join(hurt, on="event", maintain_order="left_right")
        .filter(pl.col("a") != pl.col("b"))
        .join(events.happened, on="event", maintain_order="left")
    )
