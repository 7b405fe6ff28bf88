"""Feuds: three people or more held together by live conflicts and old alliances, with their two sides, as known on an as-of day.

Conflict and alliance fade with age, so that a feud ends when nothing happens. Only people with a live conflict of their own are in one: whoever is
merely somebody's associate is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import duckdb
import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from features.catalogue import ADVERSE, ALLY
from features.communities import Ties, communities
from features.feud_ids import PERSON_COLUMNS, last_names, named, remember
from features.harm import decayed
from features.pair_week import READ
from features.sides import sides
from warehouse.timegate import visible

CONFLICT_HALF_LIFE_DAYS, ALLY_HALF_LIFE_DAYS = 90, 365
LEAST_CONFLICT = 0.2
"""A conflict is alive while its events, faded, weigh this much: one recorded event for seven months, one of untested intelligence for about four."""
LOOK_BACK_DAYS = 730
LEAST_PEOPLE, LEAST_DAYS = 3, 2
"""One fight of many people on one evening is not a feud: it has something happening on another day, too."""
PERSON_SCHEMA = {"as_of": pl.Date, "feud_id": pl.String, "person_id": pl.String, "side": pl.String}
PAIR_SCHEMA = {"as_of": pl.Date, "feud_id": pl.String, "pair_id": pl.String, "person_a": pl.String, "person_b": pl.String}


def ties(events: pl.DataFrame, as_ofs: list[date]) -> pl.DataFrame:
    """as_of, pair_id, person_a, person_b, conflict, ally, days: the weight of what is between two people as known on each day.

    A record counts once however many things it says; pairs known as domestic then are left out, and so are school records, which only suggest a fight.
    """
    lean, pairs = _lean(events)
    seen = visible(lean, as_ofs).with_columns(
        ((pl.col("as_of").cast(pl.Datetime("us")) + pl.duration(days=1) - pl.col("occurred_at")).dt.total_seconds() / 86400.0).alias(
            "age_days"
        )
    )
    domestic = seen.filter("is_domestic").select("as_of", "pair").unique()
    age, fresh = pl.col("age_days"), pl.col("age_days") <= LOOK_BACK_DAYS
    records = (
        seen.filter(fresh & (ADVERSE & ~pl.col("is_school") | ALLY))
        .join(domestic, on=["as_of", "pair"], how="anti", maintain_order="left")
        .group_by("as_of", "pair", "record", maintain_order=True)
        .agg(
            pl.when(ADVERSE).then(decayed(pl.col("evidence"), age, CONFLICT_HALF_LIFE_DAYS)).otherwise(0.0).max().alias("conflict"),
            pl.when(ALLY).then(decayed(pl.col("evidence"), age, ALLY_HALF_LIFE_DAYS)).otherwise(0.0).max().alias("ally"),
            pl.when(ADVERSE).then(pl.col("occurred_at").dt.date()).min().alias("day"),
        )
    )
    tied = (
        records.group_by("as_of", "pair")
        .agg(pl.col("conflict").sum(), pl.col("ally").sum(), pl.col("day").drop_nulls().alias("days"))
        .sort("as_of", "pair")
    )
    return pl.concat([tied.select("as_of"), pairs[tied["pair"]], tied.drop("as_of", "pair")], how="horizontal")


def _lean(events: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What ties are made of, before it is there once for each day, with pairs and records as numbers; and pair_id, person_a and person_b by the number of
    the pair, which are in the order of pair_id."""
    some = events.filter(ADVERSE | ALLY | pl.col("is_domestic"))
    pairs = some.select("pair_id", "person_a", "person_b").unique("pair_id").sort("pair_id")
    lean = some.select(
        pl.col("pair_id").cast(pl.Enum(pairs["pair_id"])).to_physical().alias("pair"),
        pl.struct("source", "record_id").rank("dense").alias("record"),
        (pl.col("source") == "exclusion").alias("is_school"),
        *("stance", "evidence", "is_domestic", "occurred_at", "known_from", "known_to"),
    )
    return lean, pairs


def feuds(tied: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The feuds of each as-of day: their people (as_of, feud_id, person_id, side) and their pairs in live conflict (as_of, feud_id, pair_id, ...).

    A feud is called after the first of its people by id; features/feud_ids.py gives it a name that lasts.
    """
    people: list[tuple[date, str, str, str | None]] = []
    pairs: list[tuple[date, str, str, str, str]] = []
    for (as_of,), rows in tied.group_by("as_of", maintain_order=True):
        for members, conflicts in _of_day(rows):
            feud_id = f"F{min(members)[1:]}"
            people += [(as_of, feud_id, person, side) for person, side in sorted(members.items())]
            pairs += [(as_of, feud_id, pair_id, a, b) for pair_id, a, b in conflicts]
    return pl.DataFrame(people, schema=PERSON_SCHEMA, orient="row"), pl.DataFrame(pairs, schema=PAIR_SCHEMA, orient="row")


def _of_day(tied: pl.DataFrame) -> Iterator[tuple[dict[str, str | None], list[tuple[str, str, str]]]]:
    """Each feud of one day: its people with their sides, and its pairs in live conflict."""
    live = tied.filter(pl.col("conflict") >= LEAST_CONFLICT)
    fighting = pl.concat([live["person_a"], live["person_b"]]).unique()
    allied = tied.filter((pl.col("ally") > 0) & pl.col("person_a").is_in(fighting.implode()) & pl.col("person_b").is_in(fighting.implode()))
    live, allied = _of_many(live, allied)
    conflict = {(a, b): weight for a, b, weight in live.select("person_a", "person_b", "conflict").iter_rows()}
    ally = {(a, b): weight for a, b, weight in allied.select("person_a", "person_b", "ally").iter_rows()}
    group = {person: at for at, members in enumerate(communities(_together(conflict, ally))) for person in members}
    conflict_in, ally_in = _by_group(conflict, group), _by_group(ally, group)
    by_group: dict[int, list[tuple[str, str, str, list[date]]]] = {}
    for pair_id, a, b, days in live.select("pair_id", "person_a", "person_b", "days").iter_rows():
        if group[a] == group[b]:
            by_group.setdefault(group[a], []).append((pair_id, a, b, days))
    for at, rows in by_group.items():
        members = sorted({person for _, a, b, _ in rows for person in (a, b)})
        if len(members) >= LEAST_PEOPLE and len({day for *_, days in rows for day in days}) >= LEAST_DAYS:
            yield sides(members, conflict_in[at], ally_in[at]), [(pair_id, a, b) for pair_id, a, b, _ in rows]


def _of_many(live: pl.DataFrame, allied: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The ties of people who hang together, over any number of others, with LEAST_PEOPLE or more: most who are in conflict have one opponent and nobody
    else, and are no feud however they are grouped."""
    ends = pl.concat([table.select("person_a", "person_b") for table in (live, allied)])
    people = pl.concat([ends["person_a"], ends["person_b"]]).unique().sort()
    a, b = (ends[name].cast(pl.Enum(people)).to_physical().to_numpy() for name in ends.columns)
    _, part = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(len(people), len(people))), directed=False)
    is_many = pl.Series((np.bincount(part) >= LEAST_PEOPLE)[part[a]], dtype=pl.Boolean)
    return live.filter(is_many.head(live.height)), allied.filter(is_many.tail(allied.height))


def _by_group(ties: Ties, group: Mapping[str, int]) -> dict[int, dict[tuple[str, str], float]]:
    """The ties inside each group: a county has many feuds, and none should look through the ties of all."""
    found: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    for (a, b), weight in ties.items():
        if group[a] == group[b]:
            found[group[a]][a, b] = weight
    return found


def _together(conflict: dict[tuple[str, str], float], ally: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Conflict and alliance alike hold a feud together."""
    return {pair: conflict.get(pair, 0.0) + ally.get(pair, 0.0) for pair in sorted({*conflict, *ally})}


def build_feuds(con: duckdb.DuckDBPyConnection) -> int:
    """Writes features.feud_person and features.feud_pair for the as-of date, under lasting names; returns the number of feuds."""
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    people, pairs = feuds(ties(con.sql(READ).pl(), [as_of]))
    lasting = named(people, last_names(con, as_of), as_of)
    remember(con, lasting, as_of)
    names = lasting.select(pl.col("found").alias("feud_id"), pl.col("feud_id").alias("lasting")).unique(maintain_order=True)
    renamed = (
        pairs.join(names, on="feud_id").with_columns(pl.col("lasting").alias("feud_id")).select(*PAIR_SCHEMA).sort("feud_id", "pair_id")
    )
    for name, frame in (("feud_person", lasting.select(*PERSON_COLUMNS)), ("feud_pair", renamed)):
        con.register("feuds_found", frame)
        con.execute(f"create or replace table features.{name} as select * from feuds_found")
        con.unregister("feuds_found")
    return names.height
