"""The same eight features in pandas, as an analyst would write them: week by week, with one grouping a week.

Run by an interpreter that has pandas and pyarrow, which this project's has not: python bench/features/in_pandas.py FOLDER; prints its figures.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDS = {
    "is_adverse": "any", "events_28d": "sum", "events_365d": "sum", "record_harm_30d": "sum", "report_harm_30d": "sum", "days_since_event": "min",
    "days_since_serious": "min", "worst_harm_365d": "max", "peace_30d": "sum",
}  # fmt: skip


def main(folder: Path) -> None:
    """Reads, measures and writes pandas.parquet; prints wall and CPU seconds and the most memory in GiB."""
    pandas: Any = import_module("pandas")
    numpy: Any = import_module("numpy")
    wall, cpu = time.perf_counter(), time.process_time()
    events = pandas.read_parquet(folder / "events.parquet")
    events["points"] = numpy.log2(1 + events["severity"] / 10) * events["evidence"]
    weeks = pandas.to_datetime(pandas.read_parquet(folder / "weeks.parquet")["as_of"])
    measured = [of_week(events, as_of, pandas, numpy) for as_of in weeks]
    pandas.concat(measured).to_parquet(folder / "pandas.parquet")
    gone = time.perf_counter() - wall, time.process_time() - cpu
    sys.stdout.write(json.dumps([*gone, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, pandas.__version__]))


def of_week(events: Any, as_of: Any, pandas: Any, numpy: Any) -> Any:
    """One row a pair with an adverse event visible at the end of the day."""
    end = as_of + pandas.Timedelta(days=1)
    known_to = events["known_to"]
    seen = events[(events["known_from"] < end) & (events["occurred_at"] < end) & (known_to.isna() | (known_to >= end))]
    seen = seen.assign(age=numpy.floor((end - seen["occurred_at"]).dt.total_seconds()) / 86400)
    seen = seen[seen["age"] <= 730]
    age, points, adverse, report = seen["age"], seen["points"], seen["stance"] == "adverse", seen["source"] == "intelligence"
    half = 0.5 ** (age / 30)
    table = pandas.DataFrame(
        {
            "pair_id": seen["pair_id"],
            "is_adverse": adverse,
            "events_28d": adverse & (age <= 28),
            "events_365d": adverse & (age <= 365),
            "record_harm_30d": (points * half).where(adverse & ~report, 0.0),
            "report_harm_30d": (points * half).where(adverse & report, 0.0),
            "days_since_event": age.where(adverse, 730.0),
            "days_since_serious": age.where(seen["is_grave"], 730.0),
            "worst_harm_365d": points.where(adverse & (age <= 365), 0.0),
            "peace_30d": (seen["evidence"] * half).where(seen["stance"] == "peace", 0.0),
        }
    )
    found = table.groupby("pair_id").agg(FOLDS)
    return found[found["is_adverse"]].drop(columns="is_adverse").reset_index().assign(as_of=as_of)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
