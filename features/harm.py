"""Harm as points: severity weights run from 5 to 8,000, and a decayed sum of them would see nothing but the rarest events."""

from __future__ import annotations

import polars as pl

POINT = 10.0
"""The severity weight worth one harm point: about that of an assault without injury."""


def harm_points(severity: pl.Expr) -> pl.Expr:
    """log2(1 + severity / 10): 1.2 for an assault without injury, 4.3 with injury, 7.7 for grievous bodily harm, 9.6 for murder."""
    return (1.0 + severity / POINT).log(2)


def decayed(points: pl.Expr, age_days: pl.Expr, half_life_days: float) -> pl.Expr:
    """Points that count half after each half-life."""
    return points * (0.5 ** (age_days / half_life_days))
