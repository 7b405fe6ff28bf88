"""What the agencies could know to have passed between two people, linked by the truth: what a perfect linkage would have to work with."""

from __future__ import annotations

import polars as pl

from synth.events import Events
from synth.intelligence import Intelligence
from synth.offences import SERIOUS_SEVERITY
from synth.recording import Recorded
from synth.truth import PAIR, ids, in_order

ADVERSE = ("dispute", "threat", "looking_for", "fear", "online", "weapon", "assault")
ALLIED = ("association", "together")
COLUMNS = (*PAIR, "occurred_at", "known_at", "kind", "severity", "serious", "record", "withdrawn_at", "a_struck")


def contacts(events: Events, recorded: Recorded, intelligence: Intelligence, excluded: pl.DataFrame) -> pl.DataFrame:
    """One row per pair and record: incident, domestic, property, staff, ally, intel, peace or exclusion."""
    frame = pl.concat([_from_incidents(recorded), _from_reports(intelligence), _from_exclusions(events, excluded)])
    return frame.with_columns(ids(frame, "person_a"), ids(frame, "person_b")).sort("known_at", "record", *PAIR)


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    return in_order(frame.filter(pl.col("a") != pl.col("b"))).unique([*PAIR, "record"], keep="first", maintain_order=True).select(COLUMNS)


def _from_incidents(recorded: Recorded) -> pl.DataFrame:
    named = recorded.parties.filter(~pl.col("is_unnamed")).select(
        "incident_id", pl.col("person").alias("a"), "role", "recorded_at", pl.col("withdrawn_at").alias("gone")
    )
    about = recorded.incidents.select(
        "incident_id", pl.col("occurred_from").alias("occurred_at"), pl.col("kind").alias("what"), "severity", "is_mutual", "withdrawn_at"
    )
    other = named.rename({"a": "b"})
    both = (
        named.filter(pl.col("role").is_in(["SUSPECT", "INVOLVED"]))
        .join(other, on="incident_id", suffix="_b", maintain_order="left_right")
        .filter(pl.col("a") != pl.col("b"))
    )
    both = both.join(about, on="incident_id", maintain_order="left").filter(~pl.col("role_b").is_in(["WITNESS"]))
    allied = pl.col("role_b").is_in(["SUSPECT", "INVOLVED"]) & ~pl.col("is_mutual")
    kind = (
        pl.when(pl.col("role_b").is_in(["STAFF", "EMERGENCY_WORKER"]))
        .then(pl.lit("staff"))
        .when(allied)
        .then(pl.lit("ally"))
        .when(pl.col("what") == "domestic")
        .then(pl.lit("domestic"))
        .when(pl.col("what") == "theft")
        .then(pl.lit("property"))
        .otherwise(pl.lit("incident"))
    )
    both = both.with_columns(kind.alias("kind"))
    adverse = pl.col("kind").is_in(["incident", "domestic"])
    return _finished(
        both.with_columns(
            pl.max_horizontal("recorded_at", "recorded_at_b").alias("known_at"),
            (adverse & (pl.col("severity") >= SERIOUS_SEVERITY)).alias("serious"),
            pl.when(pl.col("kind").is_in(["ally", "property"])).then(0).otherwise("severity").alias("severity"),
            pl.col("incident_id").alias("record"),
            pl.min_horizontal("withdrawn_at", "gone", "gone_b").alias("withdrawn_at"),
        )
    )


def _from_reports(intelligence: Intelligence) -> pl.DataFrame:
    told = intelligence.reports.filter(
        (pl.col("b") >= 0) & pl.col("theme").is_in([*ADVERSE, *ALLIED, "peace"]) & (pl.col("intelligence_assessment") != "E")
    )
    kind = (
        pl.when(pl.col("theme").is_in(ALLIED))
        .then(pl.lit("ally"))
        .when(pl.col("theme") == "peace")
        .then(pl.lit("peace"))
        .otherwise(pl.lit("intel"))
    )
    return _finished(
        told.with_columns(
            pl.coalesce(pl.col("event_date").cast(pl.Datetime("us")), pl.col("recorded_at")).alias("occurred_at"),
            pl.col("recorded_at").alias("known_at"),
            kind.alias("kind"),
            pl.when(pl.col("theme") == "weapon").then(2).otherwise(0).cast(pl.Int64).alias("severity"),
            pl.lit(False).alias("serious"),
            pl.col("report_id").alias("record"),
        )
    )


def _from_exclusions(events: Events, excluded: pl.DataFrame) -> pl.DataFrame:
    """Two pupils excluded for one event."""
    one = excluded.filter(pl.col("event") >= 0).select(
        "event", pl.col("person").alias("a"), "recorded_at", pl.col("withdrawn_at").alias("gone")
    )
    both = (
        one.join(one.rename({"a": "b"}), on="event", suffix="_b")
        .filter(pl.col("a") < pl.col("b"))
        .join(events.happened.select("event", "time", "severity"), on="event")
    )
    return _finished(
        both.with_columns(
            pl.col("time").alias("occurred_at"),
            pl.max_horizontal("recorded_at", "recorded_at_b").alias("known_at"),
            pl.lit("exclusion").alias("kind"),
            pl.lit(False).alias("serious"),
            pl.format("X{}", "event").alias("record"),
            pl.min_horizontal("gone", "gone_b").alias("withdrawn_at"),
        )
    )
