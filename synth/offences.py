"""What an event is recorded as: Home Office code, weapon and a line of summary, by what happened and how badly."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl

from synth.chance import Rng, Strings, pick, strings

SERIOUS_SEVERITY = 4


@cache
def tables() -> dict[str, Any]:
    """The tables of offences.toml."""
    return tomllib.loads((files("synth") / "offences.toml").read_text(encoding="utf-8"))


@cache
def descriptions() -> dict[str, str]:
    """The Home Office's description of each code."""
    with (files("warehouse") / "codes" / "offences.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["description"] for row in csv.DictReader(lines)}


def choices(kind: str, severity: int, *, is_mutual: bool) -> dict[str, float]:
    """What such an event may be recorded as ("code weapon"), with weights; nothing where such an event does not happen."""
    level = str(severity)
    if is_mutual and kind != "fatal" and level in tables()["affray"]:
        kind = "affray"
    known: dict[str, float] = tables().get(kind, {}).get(level) or tables()["violence"].get(level, {})
    return known


def classify(rng: Rng, happened: pl.DataFrame) -> tuple[Strings, Strings]:
    """Code and weapon for each event."""
    out = np.full(happened.height, "", dtype=object)
    happened = happened.with_columns(pl.when("is_fatal").then(pl.lit("fatal")).otherwise("kind").alias("kind"))
    kinds = happened.select("kind", "severity", "is_mutual").unique().sort("kind", "severity", "is_mutual")
    kind, severity, mutual = (happened[column].to_numpy() for column in ("kind", "severity", "is_mutual"))
    for name, level, both in kinds.iter_rows():
        rows = np.flatnonzero((kind == name) & (severity == level) & (mutual == both))
        known = choices(name, level, is_mutual=both)
        out[rows] = pick(rng, list(known), rows.size, list(known.values()))
    halves = [value.split(" ") for value in out.tolist()]
    return strings([code for code, _ in halves]), strings([weapon for _, weapon in halves])


def summaries(rng: Rng, code: Strings) -> Strings:
    """A line of summary for most."""
    out = np.full(code.size, "", dtype=object)
    for name in sorted(set(code.tolist())):
        rows = np.flatnonzero(code == name)
        out[rows] = pick(rng, tables()["summary"].get(name, [f"{descriptions()[name]} reported."]), rows.size)
    return np.where(rng.random(code.size) < 0.08, "", out).astype(object)
