"""Incidents as the police record them: when, as what, where; reclassified or added to later."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth import offences
from synth.chance import Moments, Rng, after, later, pick, text, us
from synth.people import People
from synth.places import DISTRICTS, postcodes

SOON_DAYS, LATER_DAYS, MUCH_LATER_DAYS = 0.08, 3.0, 30.0
UPDATES = (
    "Statement obtained.",
    "CCTV requested.",
    "Aggrieved does not support.",
    "Suspect interviewed and bailed.",
    "No further lines of enquiry.",
)


def recorded_after(rng: Rng, time: Moments) -> Moments:
    """When it is recorded: mostly within hours, for some after days, for a few after a month or more."""
    which = rng.random(time.size)
    mean = np.where(which < 0.70, SOON_DAYS, np.where(which < 0.92, LATER_DAYS, MUCH_LATER_DAYS))
    return after(rng, time, mean, at_least=4)


def make_incidents(rng: Rng, happened: pl.DataFrame, people: People) -> pl.DataFrame:
    """One row per reported event (with its offence_code and weapon), numbered in order of recording: the extract's columns as they end up,
    `first_code`, `first_weapon` and `first_summary` as they were at first, `restated_at` and `withdrawn_at`."""
    start = happened["time"].to_numpy().astype("datetime64[m]")
    recorded_at = recorded_after(rng, start)
    frame = pl.concat(
        [happened, _where(rng, happened, people), _when(rng, start, recorded_at), _versions(rng, happened, recorded_at)], how="horizontal"
    )
    domestic = pl.when(pl.col("kind") == "domestic").then(pl.lit("Y")).otherwise(pl.lit("N")).alias("domestic")
    frame = (
        frame.drop("district", "school", "place", "time")
        .rename({"at_district": "district"})
        .with_columns(domestic)
        .sort("recorded_at", "event")
    )
    serial = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(7)
    return frame.with_columns(pl.format("ZC{}", serial).alias("incident_id"))


def _where(rng: Rng, happened: pl.DataFrame, people: People) -> pl.DataFrame:
    """District, kind of place, postcode and school; each but the district missing now and then."""
    size, school, district = happened.height, happened["school"].to_numpy(), happened["district"].to_numpy()
    stolen_from = pl.col("offence_code").replace_strict(
        offences.tables()["place_of_theft"], default=pl.col("place"), return_dtype=pl.String
    )
    place = happened.select(pl.when(pl.col("kind") == "theft").then(stolen_from).otherwise("place")).to_series().to_numpy()
    no_postcode = (rng.random(size) < 0.12) | (place == "ONLINE")
    columns = {
        "at_district": np.array(DISTRICTS)[district],
        "location_type": np.where(rng.random(size) < 0.04, "", place),
        "postcode": np.where(no_postcode, "", postcodes(rng, district)),
        "school_urn": np.where((school >= 0) & (rng.random(size) < 0.8), people.schools.urn[np.maximum(school, 0)], ""),
    }
    return pl.DataFrame([text(name, values) for name, values in columns.items()])


def _when(rng: Rng, start: Moments, recorded_at: Moments) -> pl.DataFrame:
    until = np.minimum(after(rng, start, 0.02), recorded_at)
    known = np.where(rng.random(start.size) < 0.7, until, np.datetime64("NaT")).astype("datetime64[m]")
    return pl.DataFrame({"occurred_from": us(start), "occurred_to": us(known), "recorded_at": us(recorded_at)})


def _versions(rng: Rng, happened: pl.DataFrame, recorded_at: Moments) -> pl.DataFrame:
    """Some are classified too low at first, for some the weapon is found out later, many summaries are added to."""
    size = happened.height
    low = pl.col("offence_code").replace(offences.tables()["downgraded"])
    reclassified, found_later, added = (pl.Series(rng.random(size) < share) for share in (0.06, 0.07, 0.09))
    summary = offences.summaries(rng, happened["offence_code"].to_numpy())
    more = np.where(added.to_numpy(), summary + " " + pick(rng, UPDATES, size), summary)
    frame = happened.select(
        pl.when(reclassified).then(low).otherwise("offence_code").alias("first_code"),
        pl.when(found_later & (pl.col("weapon") != "NONE")).then(pl.lit("")).otherwise("weapon").alias("first_weapon"),
        text("first_summary", summary),
        text("summary", more),
        changed=(reclassified & (low != pl.col("offence_code"))) | (found_later & (pl.col("weapon") != "NONE")) | added,
    )
    restated_at = later(rng, recorded_at, frame["changed"].to_numpy().astype(float), 18)
    withdrawn_at = later(rng, recorded_at, 0.009, 24)
    return frame.drop("changed").with_columns(pl.Series("restated_at", us(restated_at)), pl.Series("withdrawn_at", us(withdrawn_at)))
