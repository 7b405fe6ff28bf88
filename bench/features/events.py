"""Invented events between pairs of people, as pairs.event holds them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

LAST = date(2026, 9, 27)
SEED = 20_261_121
EVENTS_A_PAIR = 1.6
DAY = 86_400
KINDS = (("assault", "adverse", "incident"), ("threat", "adverse", "intelligence"), ("peace", "peace", "intelligence"))


def invent(folder: Path, events: int, weeks: int) -> None:
    """Writes events.parquet and weeks.parquet: as many pairs, kinds, delays and replaced versions as a county has for so many events."""
    lot = np.random.default_rng(SEED)
    pair = lot.integers(0, max(int(events / EVENTS_A_PAIR), 1), events)
    kind = lot.choice(len(KINDS), events, p=[0.55, 0.4, 0.05])
    start = datetime.combine(LAST, datetime.min.time()) - timedelta(weeks=weeks + 104)
    moment, delay = lot.integers(0, (weeks + 104) * 7 * DAY, events), lot.integers(0, 20 * DAY, events)
    is_replaced = lot.random(events) < 0.05
    frame = pl.DataFrame(
        {
            "pair_id": [f"P{one:012x}-P{one + 1:012x}" for one in pair.tolist()],
            "person_a": [f"P{one:012x}" for one in pair.tolist()],
            "person_b": [f"P{one + 1:012x}" for one in pair.tolist()],
            "source": [KINDS[at][2] for at in kind.tolist()],
            "stance": [KINDS[at][1] for at in kind.tolist()],
            "severity": lot.choice([0.0, 16.0, 190.0, 1400.0], events),
            "evidence": lot.choice([1.0, 0.7, 0.35], events),
            "is_grave": lot.random(events) < 0.03,
            "occurred_at": moment,
            "known_from": moment + delay,
            "known_to": moment + delay + 40 * DAY,
        }
    )
    begin = pl.lit(start).cast(pl.Datetime("us"))
    moments = [(begin + pl.duration(seconds=name)).alias(name) for name in ("occurred_at", "known_from", "known_to")]
    frame = frame.with_columns(moments).with_columns(pl.when(pl.Series(is_replaced)).then("known_to").alias("known_to"))
    frame.write_parquet(folder / "events.parquet")
    pl.DataFrame({"as_of": [LAST - timedelta(weeks=n) for n in range(weeks)][::-1]}).write_parquet(folder / "weeks.parquet")
