"""The measures of grouping, on a table small enough to count by hand."""

from __future__ import annotations

import polars as pl
import pytest

from bench.linkage.measures import quality


def test_pairs_and_b_cubed_of_a_merge_and_a_split() -> None:
    truth = pl.DataFrame({"record_id": list("abcdef"), "true_person": ["x", "x", "x", "y", "y", "z"]})
    found = pl.DataFrame({"record_id": list("abcde"), "person": [1, 1, 2, 2, 2]})  # c put with y; f not found stands alone
    figures = quality(found, truth)
    assert figures.pair_precision == pytest.approx(2 / 4)
    assert figures.pair_recall == pytest.approx(2 / 4)
    assert figures.pair_f1 == pytest.approx(0.5)
    assert figures.bcubed_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert figures.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
