"""Spark, for the stages that one machine can be too small for: a session, and a folder through which tables go to it and come back.

Spark is no part of what Forewarn needs: it is imported when a stage is asked to run there, and not before.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

THIS_MACHINE, EXCHANGE = "local[*]", "exchange"
ALWAYS = {
    "spark.ui.enabled": "false",  # it would show what is compared to whoever can reach the port
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # a failed task's words may hold what it failed on; what failed is told as any stage's failure
    "spark.sql.session.timeZone": "UTC",  # moments are local times without a zone, and must stay as they are
}
HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class SparkMissing(RuntimeError):
    """A stage is to run on Spark, and pyspark, Java or the cluster is not there."""


@dataclass(frozen=True)
class Exchange:
    """A Spark session and the folder that it shares with this machine; every worker must see the folder under the same path."""

    spark: Any
    folder: Path

    @property
    def cores(self) -> int:
        """How many tasks the workers run at a time."""
        cores: int = self.spark.sparkContext.defaultParallelism
        return cores

    def give(self, name: str, rows: duckdb.DuckDBPyRelation) -> Any:
        """The rows as a Spark table."""
        file = self.folder / f"{name}.parquet"
        rows.write_parquet(str(file))
        return self.spark.read.parquet(file.as_uri())

    def take(self, name: str, rows: Any) -> str:
        """Has Spark make its rows, and gives the name of the files that they are in."""
        place = self.folder / name
        rows.write.mode("overwrite").parquet(place.as_uri())
        return str(place / "*.parquet")


@contextmanager
def exchange_with_spark(folder: Path, master: str = THIS_MACHINE) -> Iterator[Exchange]:
    """A session of Spark, and a private folder in `folder` that is deleted at the end. Raises SparkMissing."""
    place = folder.resolve() / EXCHANGE
    clear_exchange(folder)
    place.mkdir(mode=0o700, parents=True)
    try:
        spark = _session(place, master)
        try:
            yield Exchange(spark, place)
        finally:
            spark.stop()
    finally:
        clear_exchange(folder)


def clear_exchange(folder: Path) -> None:
    """Deletes what went to Spark and back, also what a killed night has left."""
    shutil.rmtree(folder.resolve() / EXCHANGE, ignore_errors=True)


def _session(place: Path, master: str) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location
    except ImportError as error:
        raise SparkMissing("FOREWARN_ENGINE is spark, but pyspark is not installed: make spark installs it") from error
    folders = {"spark.local.dir": str(place), "spark.sql.warehouse.dir": (place / "tables").as_uri()}
    options = ALWAYS | folders | {"spark.jars": similarity_jar_location()} | (HERE if master.startswith("local") else {})
    builder = SparkSession.builder.master(master).appName("forewarn")
    for option, value in options.items():
        builder = builder.config(option, value)
    try:
        spark = builder.getOrCreate()
    except PySparkException as error:  # its own message names the machine's paths and addresses
        raise SparkMissing(
            f"no session of Spark could be opened at {master}: is Java 17 or later installed, and the master right?"
        ) from error
    if master.startswith("local"):
        spark.sparkContext.pythonExec = sys.executable  # the workers' Python is this one; a cluster has its own
    return spark
