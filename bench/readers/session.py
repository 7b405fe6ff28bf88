"""One analyst's process: opens what is published, asks, checks that all answers are of one night, and begins anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Queue
from time import monotonic, sleep
from typing import Any

import duckdb

from warehouse.generations import LOCKED, PUBLISHED

PAUSE = 0.02
QUERIES = (
    "select count(*) from analyst.pair_timeline",
    "select lane, count(*), max(score) from analyst.flagged_pairs group by lane",
    "select count(*) from analyst.flagged_pairs as f join analyst.people as p on p.person_id = f.person_a",
    "select pair_id, count(*) as events from analyst.pair_timeline group by pair_id order by events desc limit 5",
    "select max(score) from analyst.pair_weeks",
    "select count(*) from analyst.rejects",
)
# What must hold of one night: the list is of the run's date, is in the history, and its people are there.
MIXED = """select
    (select count(*) from analyst.flagged_pairs where as_of != (select as_of from analyst.run))
    + (select count(*) from analyst.flagged_pairs as f anti join analyst.flag_history as h on h.as_of = f.as_of and h.lane = f.lane and h.pair_id = f.pair_id)
    + (select count(*) from analyst.flagged_pairs as f anti join analyst.people as p on p.person_id = f.person_a)"""
RUN = "select run_id from analyst.run"


@dataclass
class Asked:
    """What one analyst, or all together, asked and got."""

    sessions: int = 0
    queries: int = 0
    failed: int = 0
    mixed: int = 0
    slowest: float = 0.0
    runs_seen: int = 0


def ask_until(stop: Event, home: Path, results: Queue[dict[str, Any]]) -> None:
    """Asks until told to stop, then puts what came of it, and which runs were seen, on the queue."""
    asked, first_failure = Asked(), ""
    seen: set[str] = set()
    while not stop.is_set():
        began = monotonic()
        try:
            with duckdb.connect(str(home / PUBLISHED), read_only=True, config=LOCKED | {"threads": 1}) as con:
                asked.sessions += 1
                _one_session(con, asked, seen)
        except Exception as error:
            asked.failed += 1
            first_failure = first_failure or f"{type(error).__name__}: {error}"
        asked.slowest = max(asked.slowest, monotonic() - began)
    results.put({**asdict(asked), "seen": sorted(seen), "first_failure": first_failure})


def _one_session(con: duckdb.DuckDBPyConnection, asked: Asked, seen: set[str]) -> None:
    run = con.execute(RUN).fetchall()
    for query in QUERIES:
        con.execute(query).fetchall()
        asked.queries += 1
        sleep(PAUSE)
    [(mixed,)] = con.execute(MIXED).fetchall()
    asked.mixed += bool(mixed) or con.execute(RUN).fetchall() != run
    asked.queries += 3
    seen.add(str(run[0][0]))
