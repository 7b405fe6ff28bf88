"""Every version of every row of the five extracts, as the agencies knew it: first notes, corrections, withdrawals."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth import errors
from synth.chance import Rng
from synth.errors import observe
from synth.intelligence import Intelligence
from synth.offences import descriptions
from synth.people import People
from synth.recording import Recorded, whose
from synth.setting import Setting

KNOWN = "known_at"  # when the agency knew this version; not a column of the extract
COLUMNS = {
    "incidents": (
        "incident_id",
        "recorded_at",
        "occurred_from",
        "occurred_to",
        "offence_code",
        "offence_description",
        "domestic",
        "weapon",
        "location_type",
        "postcode",
        "district",
        "school_urn",
        "summary",
        "withdrawn_at",
    ),
    "incident_parties": (
        "incident_id",
        "party_no",
        "role",
        "nominal_ref",
        "surname",
        "forenames",
        "alias",
        "date_of_birth",
        "sex",
        "ethnicity",
        "postcode",
        "recorded_at",
        "withdrawn_at",
    ),
    "intelligence": (
        "report_id",
        "recorded_at",
        "event_date",
        "source_evaluation",
        "intelligence_assessment",
        "handling_code",
        "handling_conditions",
        "origin",
        "text",
        "withdrawn_at",
    ),
    "intelligence_subjects": (
        "report_id",
        "subject_no",
        "nominal_ref",
        "surname",
        "forenames",
        "alias",
        "date_of_birth",
        "sex",
        "postcode",
        "withdrawn_at",
    ),
    "exclusions": (
        "upn",
        "surname",
        "forename",
        "preferred_surname",
        "date_of_birth",
        "sex",
        "ethnicity",
        "postcode",
        "school_urn",
        "school_name",
        "category",
        "reason_1",
        "reason_2",
        "reason_3",
        "start_date",
        "sessions",
        "year_group",
        "recorded_at",
        "withdrawn_at",
    ),
}
KEYS = {
    "incidents": ("incident_id",),
    "incident_parties": ("incident_id", "party_no"),
    "intelligence": ("report_id",),
    "intelligence_subjects": ("report_id", "subject_no"),
    "exclusions": ("upn", "school_urn", "start_date"),
}
AT_FIRST = {"code": "offence_code", "weapon": "weapon", "summary": "summary"}
NEVER = pl.lit(None, dtype=pl.Datetime("us"))


def all_versions(setting: Setting, recorded: Recorded, intelligence: Intelligence, excluded: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """For each extract its rows in every version, with `known_at`, in order of knowledge."""
    people = setting.people
    return {
        "incidents": incident_versions(recorded.incidents),
        "incident_parties": party_versions(setting.rng("party notes"), people, recorded.parties),
        "intelligence": _with_withdrawals(intelligence.reports, intelligence.reports.clear(), "intelligence"),
        "intelligence_subjects": subject_versions(setting.rng("subject notes"), people, intelligence.subjects),
        "exclusions": exclusion_versions(setting.rng("pupil notes"), people, excluded),
    }


def _with_withdrawals(first: pl.DataFrame, corrected: pl.DataFrame, extract: str) -> pl.DataFrame:
    """First versions, corrected ones (which carry `restated_at`), and of what is withdrawn the last one once more with its moment of withdrawal."""
    corrected = corrected.filter(pl.col("restated_at").is_not_null()) if "restated_at" in corrected.columns else corrected
    keys = list(KEYS[extract])
    gone = "withdrawn_at" in first.columns
    base = first.with_columns(
        pl.col("recorded_at").alias(KNOWN), pl.lit(0).alias("version"), (pl.col("withdrawn_at") if gone else NEVER).alias("gone_at")
    )
    again = corrected.with_columns(
        (pl.col("restated_at") if "restated_at" in corrected.columns else NEVER).alias(KNOWN),
        pl.lit(1).alias("version"),
        (pl.col("withdrawn_at") if gone else NEVER).alias("gone_at"),
    )
    shown = [*dict.fromkeys([*COLUMNS[extract], *keys])]
    columns = [c for c in shown if c != "withdrawn_at"] + [KNOWN, "version", "gone_at"]
    if "recorded_at" not in columns:
        columns.append("recorded_at")
    live = pl.concat([base.select(columns), again.select(columns)])
    live = live.filter((pl.col("version") == 0) | pl.col("gone_at").is_null() | (pl.col(KNOWN) < pl.col("gone_at")))
    last = live.sort("version").unique(keys, keep="last", maintain_order=True).filter(pl.col("gone_at").is_not_null())
    ended = last.with_columns(pl.col("gone_at").alias(KNOWN), pl.lit(2).alias("version"), pl.col("gone_at").alias("withdrawn_at"))
    every = pl.concat([live.with_columns(NEVER.alias("withdrawn_at")), ended])
    return every.sort(KNOWN, *keys, "version").select([*COLUMNS[extract], KNOWN, "version"])


def incident_versions(incidents: pl.DataFrame) -> pl.DataFrame:
    """Incidents: reclassified or added to when more is known."""
    described = pl.col("offence_code").replace_strict(descriptions(), return_dtype=pl.String).alias("offence_description")
    first = incidents.with_columns(pl.col(f"first_{name}").alias(column) for name, column in AT_FIRST.items())
    return _with_withdrawals(first.with_columns(described), incidents.with_columns(described), "incidents")


def party_versions(rng: Rng, people: People, parties: pl.DataFrame) -> pl.DataFrame:
    """Parties: noted again, with other mistakes, when details are corrected; a suspect of later was merely involved at first."""
    parties = parties.with_columns(pl.col("party_no").cast(pl.String))
    when = parties["observed_at"].to_numpy()
    first_role = (
        pl.when(pl.col("restated_at").is_not_null() & (pl.col("role") == "SUSPECT"))
        .then(pl.lit("INVOLVED"))
        .otherwise("role")
        .alias("role")
    )
    first = pl.concat([parties.with_columns(first_role), observe(rng, people, whose(parties), when, errors.POLICE)], how="horizontal")
    corrected = parties.filter(pl.col("restated_at").is_not_null())
    again = pl.concat(
        [corrected, observe(rng, people, whose(corrected), corrected["observed_at"].to_numpy(), errors.POLICE)], how="horizontal"
    )
    return _with_withdrawals(first, again, "incident_parties")


def subject_versions(rng: Rng, people: People, subjects: pl.DataFrame) -> pl.DataFrame:
    """Subjects: known with their report, never corrected."""
    noted = observe(rng, people, subjects["person"].to_numpy(), subjects["recorded_at"].to_numpy(), errors.INTELLIGENCE).drop("ethnicity")
    first = pl.concat([subjects.with_columns(pl.col("subject_no").cast(pl.String)), noted], how="horizontal")
    return _with_withdrawals(first, first.clear(), "intelligence_subjects")


def exclusion_versions(rng: Rng, people: People, excluded: pl.DataFrame) -> pl.DataFrame:
    """Exclusions: shortened on review, or quashed."""
    person = excluded["person"].to_numpy()
    noted = (
        observe(rng, people, person, excluded["start_date"].to_numpy(), errors.SCHOOL)
        .drop("nominal_ref", "alias")
        .rename({"forenames": "forename"})
    )
    other = np.where((person % 25 == 3), people.later_surname[person], "")
    noted = noted.with_columns(pl.Series("preferred_surname", other.tolist(), dtype=pl.String))
    whole = pl.concat([excluded.with_columns(pl.col("start_date").cast(pl.String)), noted], how="horizontal")
    return _with_withdrawals(whole.with_columns(pl.col("first_sessions").alias("sessions")), whole, "exclusions")


def record_id(extract: str) -> pl.Expr:
    """The contract's identifier of a row: the key's parts joined by /."""
    return pl.concat_str([pl.col(key) for key in KEYS[extract]], separator="/")
