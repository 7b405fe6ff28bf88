"""Code lists as tables in the schema `codes`: offences and their weights, kinds of event, grades, DfE reasons."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import duckdb
import polars as pl

CODE_LISTS = {
    "offence": "offences.csv",
    "offence_kind": "offence_kinds.csv",
    "serious_violence": "serious_violence.csv",
    "grave_weapon": "grave_weapons.csv",
    "event_kind": "event_kinds.csv",
    "intelligence_grade": "intelligence_grades.csv",
    "exclusion_reason": "exclusion_reasons.csv",
}
WEIGHT_COLUMNS = ("code", "ons_css_weight_2021")


class BadSeverityWeights(ValueError):
    """The user's own severity weights cannot be used."""


def read_code_list(name: str) -> pl.DataFrame:
    """The rows of one shipped code list, all as text."""
    with resources.as_file(resources.files("warehouse") / "codes" / CODE_LISTS[name]) as path:
        return pl.read_csv(path, infer_schema_length=0)


def read_severity_weights(path: Path | None) -> pl.DataFrame:
    """Offence code, group and severity weight; a user's own file (code, ons_css_weight_2021) replaces the weights it names.

    Source of the shipped weights: Office for National Statistics, Crime Severity Score, 2021 weights, Open Government Licence v3.
    """
    offences = read_code_list("offence").with_columns(pl.col("ons_css_weight_2021").cast(pl.Float64))
    if path is None:
        return offences
    own = pl.read_csv(path, infer_schema_length=0)
    missing = [c for c in WEIGHT_COLUMNS if c not in own.columns]
    if missing:
        raise BadSeverityWeights(f"{path.name}: lacks the column {missing[0]}; it needs {' and '.join(WEIGHT_COLUMNS)}")
    own = own.select("code", pl.col("ons_css_weight_2021").cast(pl.Float64, strict=False).alias("own_weight"))
    bad = own.filter(pl.col("own_weight").is_null() | (pl.col("own_weight") < 0))
    if bad.height:
        raise BadSeverityWeights(f"{path.name}: the weight of offence {bad['code'][0]} is not a number of 0 or more")
    merged = offences.join(own, on="code", how="left", maintain_order="left")
    return merged.with_columns(pl.coalesce("own_weight", "ons_css_weight_2021").alias("ons_css_weight_2021")).drop("own_weight")


def load_code_lists(con: duckdb.DuckDBPyConnection, severity_weights: Path | None = None) -> None:
    """Writes every code list to its table `codes.<name>`; raises BadSeverityWeights on an unusable file of weights."""
    con.execute("create schema if not exists codes")
    for name in CODE_LISTS:
        rows = read_severity_weights(severity_weights) if name == "offence" else read_code_list(name)
        con.register("code_list", rows)
        con.execute(f"create or replace table codes.{name} as select * from code_list")
        con.unregister("code_list")
