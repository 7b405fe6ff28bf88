"""Tests that need the optional extra `spark` and Java: `make test-spark` runs them, `make test` leaves them out and says why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from warehouse.spark import Exchange, exchange_with_spark

MISSING = [name for name, is_there in (("pyspark", find_spec("pyspark")), ("java", shutil.which("java"))) if not is_there]


@pytest.fixture(scope="session", autouse=True)
def spark_is_here() -> None:
    """Skips what needs Spark where it is not."""
    if MISSING:
        pytest.skip(f"{' and '.join(MISSING)} not installed: make test-spark runs this")


@pytest.fixture(scope="module")
def exchange(spark_is_here: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """Spark on this machine."""
    with exchange_with_spark(tmp_path_factory.mktemp("spark"), "local[2]") as exchange:
        yield exchange
