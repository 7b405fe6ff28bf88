"""One small county for all tests that only look: 2,500 people, two years, seven weeks of deliveries (one with a workbook, a Parquet file, an unusable file)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from synth.county import make_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the county."""
    folder = tmp_path_factory.mktemp("county")
    make_county(folder, 2500, 2, seed=11, weeks=7)
    return folder


@pytest.fixture(scope="session")
def truth(county: Path) -> dict[str, pl.DataFrame]:
    """The tables of the truth."""
    return {path.stem: pl.read_parquet(path) for path in sorted((county / "truth").glob("*.parquet"))}
