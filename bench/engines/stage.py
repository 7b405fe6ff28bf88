"""One stage of a home on one engine, in a process of its own; what it made is left as a Parquet file, its footprint as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from time import monotonic

import duckdb

from bench.engines.footprint import Footprint, footprint
from features.kept_weeks import HISTORY_WEEKS, build_features
from features.partition import measured_here
from warehouse.connection import open_warehouse
from warehouse.people.linkage import Model, score_pairs
from warehouse.people.links import score_links
from warehouse.spark import exchange_with_spark


def main(home: Path, stage: str, engine: str, made: Path) -> None:
    """Prints the footprint, and the seconds until a Spark session was there."""
    con = open_warehouse(home)
    began = monotonic()
    with exchange_with_spark(home / "spark") if engine == "spark" else nullcontext() as exchange:
        opened = monotonic() - began
        taken = Footprint()
        if stage == "features":
            from features.on_spark import on_spark as measured_there

            with footprint() as taken:
                build_features(con, HISTORY_WEEKS, measured_there(exchange) if exchange else measured_here, anew=True)
            con.sql("from features.pair_week").write_parquet(str(made))
        else:
            from warehouse.people.on_spark import on_spark as scored_there

            score = scored_there(exchange) if exchange else score_pairs

            def watched(work: duckdb.DuckDBPyConnection, model: Model) -> None:
                nonlocal taken
                with footprint() as taken:
                    score(work, model)
                work.sql("from scored order by record_a, record_b").write_parquet(str(made))

            con.execute("attach ':memory:' as linkage")
            [(as_of,)] = con.execute("select as_of from known.as_of").fetchall()
            assert isinstance(as_of, date)
            score_links(con, as_of, relink=True, score=watched)
    print(json.dumps({**vars(taken), "session_seconds": opened}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
