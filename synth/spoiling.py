"""Rows that no agency meant to send: too short, too long, an unreadable date, an unknown code, no key."""

from __future__ import annotations

import polars as pl

from synth.chance import Rng
from synth.versions import KEYS

KINDS = ("short", "long", "date", "code", "key")
DATES = ("31/02/2024", "2025-13-40", "last Tuesday", "00/00/0000", "12.30 hrs")
DATED = {"incidents": "occurred_from", "incident_parties": "recorded_at", "intelligence": "recorded_at", "exclusions": "start_date"}
CODED = {
    "incidents": ("offence_code", "domestic"),
    "incident_parties": ("role",),
    "intelligence": ("intelligence_assessment", "handling_code", "source_evaluation"),
    "exclusions": ("category", "reason_1"),
}
CODES = ("ZZ", "TBC", "99X", "-")


def spoil(rng: Rng, extract: str, row: dict[str, str], serial: int, *, as_sheet: bool) -> tuple[str, list[str]]:
    """(kind, fields) of a spoilt copy of a row. It bears a key of its own, so that no good row is lost with it. A sheet has no short or long rows."""
    kinds = [
        kind
        for kind in KINDS
        if not (as_sheet and kind in ("short", "long"))
        and not (kind == "date" and extract not in DATED)
        and not (kind == "code" and extract not in CODED)
    ]
    kind = kinds[serial % len(kinds)]
    fields = row | {KEYS[extract][0]: f"X{serial:08d}"}
    if kind == "date":
        fields[DATED[extract]] = DATES[int(rng.integers(len(DATES)))]
    elif kind == "code":
        fields[CODED[extract][int(rng.integers(len(CODED[extract])))]] = CODES[int(rng.integers(len(CODES)))]
    elif kind == "key":
        fields[KEYS[extract][0]] = ""
    values = list(fields.values())
    if kind == "short":
        values = values[: max(2, int(rng.integers(2, max(3, len(values) // 2))))]
    elif kind == "long":
        values = [*values, "", "see attached"]
    return kind, values


def some_rows(rng: Rng, frame: pl.DataFrame, share: float) -> pl.DataFrame:
    """Copies of a share of rows, in their order, at least one of any file with fifty rows."""
    if frame.height < 50:
        return frame.clear()
    count = max(1, int(rng.poisson(frame.height * share)))
    return frame[sorted(rng.choice(frame.height, min(count, frame.height), replace=False).tolist())]
