"""How well records were grouped: every pair of records, and every record's own group (B-cubed), against the truth."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Quality:
    """Precision and recall over pairs of records, and B-cubed: averaged over records, of each record's found and true group."""

    pair_precision: float
    pair_recall: float
    bcubed_precision: float
    bcubed_recall: float

    @property
    def pair_f1(self) -> float:
        """The harmonic mean over pairs."""
        return _f1(self.pair_precision, self.pair_recall)

    @property
    def bcubed_f1(self) -> float:
        """The harmonic mean over records."""
        return _f1(self.bcubed_precision, self.bcubed_recall)


def quality(found: pl.DataFrame, truth: pl.DataFrame) -> Quality:
    """`found`: record_id, person; `truth`: record_id, true_person. A record that was not found stands alone."""
    table = truth.join(found.select("record_id", pl.col("person").cast(pl.String)), on="record_id", how="left")
    table = table.with_columns(pl.coalesce("person", pl.format("alone {}", "record_id")))
    cell = table.group_by("person", "true_person").len().with_columns(pl.col("len").cast(pl.Int64))
    cell = cell.with_columns(
        pl.col("len").sum().over("person").alias("found_size"), pl.col("len").sum().over("true_person").alias("true_size")
    )
    both = _pairs(cell["len"])
    return Quality(
        pair_precision=_ratio(both, _pairs(table["person"].value_counts()["count"])),
        pair_recall=_ratio(both, _pairs(table["true_person"].value_counts()["count"])),
        bcubed_precision=float((cell["len"] ** 2 / cell["found_size"]).sum()) / table.height,
        bcubed_recall=float((cell["len"] ** 2 / cell["true_size"]).sum()) / table.height,
    )


def _pairs(sizes: pl.Series) -> int:
    wide = sizes.cast(pl.Int64)
    return int((wide * (wide - 1)).sum()) // 2


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
