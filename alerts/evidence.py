"""The dated events behind each reason: what its theme rests on, record by record, as known tonight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
import polars as pl

from features.harm import decayed, harm_points
from features.themes import FEUD, OTHERS, PAIR, THEMES, Theme

HALF_LIFE_DAYS = 30
"""By which the events of a reason are put in order: grave and fresh ones first."""


@dataclass(frozen=True)
class Evidence:
    """One record that says something of the two, or of one of them and others: its weightiest event. `with_whom`: the ids of the others."""

    source: str
    record_id: str
    phrase: str
    occurred_at: datetime
    points: float
    is_serious: bool
    weapon: str | None
    offence: str | None
    grade: str | None
    is_protected: bool
    with_whom: frozenset[str] = frozenset()


Behind = dict[tuple[str, str], list[Evidence]]
"""By pair and theme; the weightiest record first."""

_EVENTS = """
select event.pair_id, event.person_a, event.person_b, event.source, event.record_id, event.kind, event.stance, event.direction, event_kind.phrase,
    event.occurred_at, event.severity, event.evidence, event.is_grave, event.is_serious, event.weapon, offence.description as offence, event.grade,
    event.is_protected
from pairs.event
join codes.event_kind on event_kind.kind = event.kind
left join pairs.offence on offence.code = event.offence_code
where event.known_to is null and event.stance in ('adverse', 'peace', 'ally')
    and (event.person_a in (select unnest($people)) or event.person_b in (select unnest($people))
        or event.pair_id in (select pair_id from features.feud_pair))
order by event.pair_id, event.occurred_at, event.record_id, event.kind, event.direction
"""


def behind(con: duckdb.DuckDBPyConnection, flagged: pl.DataFrame, as_of: date) -> Behind:
    """The records behind every theme of the flagged pairs (pair_id, person_a, person_b), other people's where the theme is about them."""
    if not flagged.height:
        return {}
    people = pl.concat([flagged["person_a"], flagged["person_b"]]).unique().sort().to_list()
    events = _aged(con.sql(_EVENTS, params={"people": people}).pl(), as_of)
    feud = con.sql("select feud_id, pair_id from features.feud_pair").pl()
    seen = {PAIR: _own(events, flagged), OTHERS: _with_others(events, flagged), FEUD: _of_feud(events, flagged, feud)}
    found: Behind = {}
    for theme in THEMES:
        for listed, records in _records(seen[theme.whose], theme).items():
            found[listed, theme.name] = records
    return found


def _aged(events: pl.DataFrame, as_of: date) -> pl.DataFrame:
    end = pl.lit(as_of + timedelta(days=1)).cast(pl.Datetime("us"))
    return events.with_columns(
        ((end - pl.col("occurred_at")).dt.total_seconds() / 86400.0).alias("age_days"),
        (harm_points(pl.col("severity")) * pl.col("evidence")).alias("points"),
    )


def _own(events: pl.DataFrame, flagged: pl.DataFrame) -> pl.DataFrame:
    return events.join(flagged.select("pair_id", pl.col("pair_id").alias("listed")), on="pair_id").with_columns(pl.lit("").alias("other"))


def _with_others(events: pl.DataFrame, flagged: pl.DataFrame) -> pl.DataFrame:
    """Every event of one of the two of a listed pair with someone else, once for each listed pair."""
    sides = [flagged.select(pl.col("pair_id").alias("listed"), pl.col(side).alias("person_id")) for side in ("person_a", "person_b")]
    one_of = pl.concat(sides)
    parts = [
        events.join(one_of, left_on=mine, right_on="person_id").with_columns(pl.col(other).alias("other"))
        for mine, other in (("person_a", "person_b"), ("person_b", "person_a"))
    ]
    return pl.concat(parts).filter(pl.col("pair_id") != pl.col("listed"))


def _of_feud(events: pl.DataFrame, flagged: pl.DataFrame, feud: pl.DataFrame) -> pl.DataFrame:
    """Every event of the other pairs of a listed pair's feud."""
    of = flagged.select("pair_id").join(feud, on="pair_id").rename({"pair_id": "listed"}).join(feud, on="feud_id").drop("feud_id")
    return events.join(of.filter(pl.col("pair_id") != pl.col("listed")), on="pair_id").with_columns(pl.lit("").alias("other"))


def _records(events: pl.DataFrame, theme: Theme) -> dict[str, list[Evidence]]:
    """The records of each listed pair that the theme rests on, each by its weightiest event."""
    lasting = decayed(pl.col("points"), pl.col("age_days"), HALF_LIFE_DAYS)
    rows = events.filter(theme.evidence).with_columns(lasting.alias("points")).sort("points", descending=True, maintain_order=True)
    if theme.both_ways:
        rows = rows.filter(pl.col("is_protected") | (_open_ways() == 2))
    records: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        records[row["listed"], row["source"], row["record_id"]].append(row)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for (listed, *_), together in records.items():
        found[listed].append(_evidence(together))
    return found


def _open_ways() -> pl.Expr:
    """In how many directions what may be shown has one of a listed pair act against the other."""
    return pl.col("direction").filter(~pl.col("is_protected")).n_unique().over("listed")


def _evidence(rows: list[dict[str, object]]) -> Evidence:
    names = ("source", "record_id", "phrase", "occurred_at", "points", "is_serious", "weapon", "offence", "grade", "is_protected")
    return Evidence(**{name: rows[0][name] for name in names}, with_whom=_others(rows))  # type: ignore[arg-type]


def _others(rows: Iterable[dict[str, object]]) -> frozenset[str]:
    return frozenset(str(row["other"]) for row in rows if row["other"])
