"""Where pairs of records are compared and pairs of people measured: on this machine, or on Spark if the setting says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from features.partition import Measurer
    from flows.run import Run
    from warehouse.people.candidates import Scorer
    from warehouse.spark import Exchange


@contextmanager
def scorer(run: Run) -> Iterator[Scorer]:
    """What compares pairs of records. Raises SparkMissing."""
    if run.settings.engine == "spark":
        from warehouse.people.on_spark import on_spark

        with _exchange(run) as exchange:
            yield on_spark(exchange)
    else:
        from warehouse.people.linkage import score_pairs
        from warehouse.spark import clear_exchange

        clear_exchange(_folder(run))
        yield score_pairs


@contextmanager
def measurer(run: Run) -> Iterator[Measurer]:
    """What measures pairs of people week by week. Raises SparkMissing."""
    if run.settings.engine == "spark":
        from features.on_spark import on_spark

        with _exchange(run) as exchange:
            yield on_spark(exchange)
    else:
        from features.partition import measured_here

        yield measured_here


@contextmanager
def _exchange(run: Run) -> Iterator[Exchange]:
    from warehouse.spark import exchange_with_spark

    with exchange_with_spark(_folder(run), run.settings.spark_master) as exchange:
        yield exchange


def _folder(run: Run) -> Path:
    return run.settings.spark_folder or run.home / "spark"
