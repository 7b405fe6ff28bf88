"""From what happened to what the police recorded: what is reported and when, which suspects become known, what is corrected or withdrawn later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from synth import offences
from synth.chance import Bools, Floats, Ints, Moments, Rng, Texts, after
from synth.events import AGGRESSOR, BYSTANDER, OFFICER, STAFF, VICTIM, Events
from synth.people import People
from synth.places import DISTRICTS, postcodes
from synth.setting import Setting

BY_SEVERITY = np.array([0.10, 0.28, 0.44, 0.60, 0.80, 0.97])
TOLD: dict[str, float] = {
    "domestic": 0.85,
    "bullying": 0.35,
    "school_fight": 0.4,
    "neighbour": 1.5,
    "staff": 1.7,
    "officer": 2.4,
    "robbery": 1.3,
    "theft": 10,
    "possession": 10,
}
SUSPECT_KNOWN = {
    "feud": 0.82,
    "night": 0.45,
    "robbery": 0.35,
    "theft": 0.33,
    "blue": 0.62,
    "domestic": 0.98,
    "neighbour": 0.95,
    "bullying": 0.9,
    "school_fight": 0.95,
    "staff": 0.72,
    "officer": 0.98,
    "possession": 1.0,
}
SOON_DAYS, LATER_DAYS, MUCH_LATER_DAYS = 0.08, 3.0, 30.0
NOBODY = -1  # the person of a party row that says only that there was an unknown suspect


@dataclass(frozen=True)
class Recorded:
    """`incidents`: a row per recorded event, with the columns of the extract and event, first_code, first_weapon, restated_at, withdrawn_at.
    `parties`: a row per person in one, with person, observed_at (when the details were taken), recorded_at, restated_at, withdrawn_at."""

    incidents: pl.DataFrame
    parties: pl.DataFrame
    reported: Bools  # for each event


def record(setting: Setting, events: Events) -> Recorded:
    """All incidents that the police come to record within the simulated time."""
    rng, happened = setting.rng("recording"), events.happened
    code, weapon = offences.classify(rng, happened)
    kind, severity = happened["kind"].to_numpy(), happened["severity"].to_numpy()
    factor = np.array([TOLD.get(name, 1.0) for name in kind.tolist()])
    time = happened["time"].to_numpy().astype("datetime64[m]")
    reported = (rng.random(happened.height) < 1 - (1 - BY_SEVERITY[severity]) ** factor) & (
        time >= np.datetime64(setting.period.start, "m")
    )
    rows = np.flatnonzero(reported)
    classified = happened.with_columns(pl.Series("offence_code", code.astype(str)), pl.Series("weapon", weapon.astype(str)))
    incidents = _incidents(rng, classified[rows], recorded_after(rng, time[rows]), setting.people)
    return Recorded(incidents, _parties(rng, incidents, events), reported)


def recorded_after(rng: Rng, time: Moments) -> Moments:
    """When it is recorded: mostly within hours, for some after days, for a few after a month or more."""
    which = rng.random(time.size)
    mean = np.where(which < 0.70, SOON_DAYS, np.where(which < 0.92, LATER_DAYS, MUCH_LATER_DAYS))
    return after(rng, time, mean, at_least=4)


def later(rng: Rng, at: Moments, share: float | Floats, mean_days: float) -> Moments:
    """For a share of rows a moment after `at`; NaT for the rest."""
    moment = after(rng, at, mean_days, at_least=600)
    return np.where(rng.random(at.size) < share, moment, np.datetime64("NaT")).astype("datetime64[m]")


def _incidents(rng: Rng, happened: pl.DataFrame, recorded_at: Moments, people: People) -> pl.DataFrame:
    size, code, weapon = happened.height, happened["offence_code"].to_numpy(), happened["weapon"].to_numpy()
    first_code, first_weapon, restated_at = _first_versions(rng, code, weapon, recorded_at)
    start = happened["time"].to_numpy().astype("datetime64[m]")
    until = after(rng, start, 0.02)
    school = happened["school"].to_numpy()
    at_school = np.where((school >= 0) & (rng.random(size) < 0.8), people.schools.urn[np.maximum(school, 0)], "")
    place = np.array(
        [
            offences.tables()["place_of_theft"].get(c, p) if k == "theft" else p
            for c, p, k in happened.select("offence_code", "place", "kind").iter_rows()
        ],
        dtype=object,
    )
    frame = pl.DataFrame(
        {
            "event": happened["event"],
            "recorded_at": _us(recorded_at),
            "occurred_from": _us(start),
            "occurred_to": _us(
                np.where(rng.random(size) < 0.7, np.minimum(until, recorded_at), np.datetime64("NaT")).astype("datetime64[m]")
            ),
            "offence_code": code.astype(str),
            "first_code": first_code.astype(str),
            "domestic": np.where(happened["kind"].to_numpy() == "domestic", "Y", "N"),
            "weapon": weapon.astype(str),
            "first_weapon": first_weapon.astype(str),
            "location_type": np.where(rng.random(size) < 0.04, "", place).astype(str),
            "postcode": np.where(
                (rng.random(size) < 0.12) | (place == "ONLINE"), "", postcodes(rng, happened["district"].to_numpy())
            ).astype(str),
            "district": np.array(DISTRICTS)[happened["district"].to_numpy()],
            "school_urn": at_school.astype(str),
            "summary": offences.summaries(rng, code).astype(str),
            "kind": happened["kind"],
            "severity": happened["severity"],
            "feud": happened["feud"],
            "is_mutual": happened["is_mutual"],
            "restated_at": _us(restated_at),
            "withdrawn_at": _us(later(rng, recorded_at, 0.009, 24)),
        }
    )
    frame = frame.sort("recorded_at", "event").with_row_index("serial", offset=1)
    return frame.with_columns(pl.format("ZC{}", pl.col("serial").cast(pl.String).str.zfill(7)).alias("incident_id")).drop("serial")


def _first_versions(rng: Rng, code: Texts, weapon: Texts, recorded_at: Moments) -> tuple[Texts, Texts, Moments]:
    """Some are classified too low at first, for some the weapon is found out later."""
    size = code.size
    low = np.array([offences.tables()["downgraded"].get(c, c) for c in code.tolist()] + [""], dtype=object)[:size]
    reclassified, found_later = rng.random(size) < 0.06, (weapon != "NONE") & (rng.random(size) < 0.07)
    first_code, first_weapon = np.where(reclassified, low, code), np.where(found_later, "", weapon)
    changed = (first_code != code) | (first_weapon != weapon)
    return first_code, first_weapon, later(rng, recorded_at, changed.astype(float), 18)


def _us(moments: Moments) -> Moments:
    return moments.astype("datetime64[us]")


def _parties(rng: Rng, incidents: pl.DataFrame, events: Events) -> pl.DataFrame:
    known = incidents.select("event", "incident_id", "occurred_from", pl.col("recorded_at").alias("incident_at"), "kind", "is_mutual")
    parts = events.parts.join(known, on="event", how="inner", maintain_order="left")
    size = parts.height
    part, kind = parts["part"].to_numpy(), parts["kind"].to_numpy()
    is_suspect = part == AGGRESSOR
    named = rng.random(size) < np.array([SUSPECT_KNOWN[name] for name in kind.tolist()])
    unnamed_row = is_suspect & ~named & (rng.random(size) < 0.22)
    kept = np.where(is_suspect, named | unnamed_row, rng.random(size) < np.where(part == VICTIM, 0.96, 1.0))
    incident_at = parts["incident_at"].to_numpy().astype("datetime64[m]")
    hard_to_find = is_suspect & ~np.isin(kind, ["domestic", "neighbour", "officer", "possession", "school_fight"])
    late = later(rng, incident_at, np.where(hard_to_find, 0.24, np.where(is_suspect, 0.05, 0.02)), 17)
    recorded_at = np.where(np.isnat(late) | unnamed_row, incident_at, late).astype("datetime64[m]")
    frame = (
        parts.select("event", "incident_id", "person")
        .with_columns(
            pl.Series("role", _roles(rng, part, parts["is_mutual"].to_numpy())),
            pl.Series("is_unnamed", unnamed_row),
            pl.Series("recorded_at", _us(recorded_at)),
            pl.Series("observed_at", parts["occurred_from"].to_numpy()),
            pl.Series("restated_at", _us(later(rng, recorded_at, np.where(unnamed_row, 0.0, 0.025), 20))),
            pl.Series("withdrawn_at", _us(later(rng, recorded_at, np.where(is_suspect, 0.011, 0.003), 25))),
        )
        .filter(pl.Series(kept))
    )
    return (
        frame.sort("incident_id", "recorded_at", "role", "person")
        .with_columns(pl.int_range(1, pl.len() + 1).over("incident_id").alias("party_no"))
        .sort("recorded_at", "incident_id", "party_no")
    )


def _roles(rng: Rng, part: Texts, is_mutual: Bools) -> Texts:
    """Both sides of an affray are suspects, or merely involved; people hurt at work are no party to a feud."""
    table = {AGGRESSOR: "SUSPECT", VICTIM: "VICTIM", BYSTANDER: "WITNESS", STAFF: "STAFF", OFFICER: "EMERGENCY_WORKER"}
    role = np.array([table[p] for p in part.tolist()] + [""])[: part.size]
    fight = is_mutual & np.isin(part, [AGGRESSOR, VICTIM])
    return np.where(fight, np.where(rng.random(part.size) < 0.2, "INVOLVED", "SUSPECT"), role)


def whose(parties: pl.DataFrame) -> Ints:
    """The true person of each party row; NOBODY where the row names none."""
    return parties.select(pl.when("is_unnamed").then(NOBODY).otherwise("person")).to_series().to_numpy()
