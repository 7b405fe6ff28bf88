"""From what happened to what the police recorded: what is reported and when, which suspects become known, what is corrected or withdrawn later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from synth import offences
from synth.chance import Bools, Ints, Rng, Texts, later, us
from synth.events import AGGRESSOR, BYSTANDER, OFFICER, STAFF, VICTIM, Events
from synth.incidents import make_incidents
from synth.setting import Setting

BY_SEVERITY = np.array([0.10, 0.28, 0.44, 0.60, 0.80, 0.97])
TOLD: dict[str, float] = {
    "domestic": 1.3,
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
    incidents = make_incidents(rng, classified[rows], setting.people)
    return Recorded(incidents, _parties(rng, incidents, events), reported)


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
            pl.Series("recorded_at", us(recorded_at)),
            pl.Series("observed_at", parts["occurred_from"].to_numpy()),
            pl.Series("restated_at", us(later(rng, recorded_at, np.where(unnamed_row, 0.0, 0.025), 20))),
            pl.Series("withdrawn_at", us(later(rng, recorded_at, np.where(is_suspect, 0.011, 0.003), 25))),
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
