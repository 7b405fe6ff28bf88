"""A crowd whose conflicts and alliances touch: what some did counts in the measures of others, two steps away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import duckdb
import polars as pl

START = datetime(2025, 1, 1)
DAYS = 500
COLUMNS: dict[str, type[pl.DataType] | pl.DataType] = {
    **dict.fromkeys(("pair_id", "person_a", "person_b", "source", "record_id", "kind", "stance", "direction"), pl.String),
    **dict.fromkeys(("severity", "evidence"), pl.Float64),
    **dict.fromkeys(("is_grave", "is_domestic"), pl.Boolean),
    "weapon": pl.String,
    **dict.fromkeys(("occurred_at", "known_at", "known_from", "known_to"), pl.Datetime("us")),
}


def crowd(people: int = 60, events: int = 500) -> pl.DataFrame:
    """What passed between them, shaped as features.pair_week.read_events gives it; always the same."""
    chance = Random(8)
    rows = [_between(chance, number, *sorted(chance.sample(range(people), 2))) for number in range(events)]
    rows += [
        _alone(chance, person, kind) for person in range(people) for kind in ("born", "own_violence", "own_weapon") if chance.random() < 0.5
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def warehouse_of(events: pl.DataFrame, as_of: date) -> duckdb.DuckDBPyConnection:
    """What the feature stage reads of such a crowd on a night."""
    con = duckdb.connect()
    for schema in ("known", "pairs", "people", "features"):
        con.execute(f"create schema {schema}")
    tell(con, events, as_of)
    return con


def tell(con: duckdb.DuckDBPyConnection, events: pl.DataFrame, as_of: date) -> None:
    """Puts another night's in its place."""
    con.register("crowd", events)
    con.execute("create or replace table known.as_of as select $day::date as as_of", {"day": as_of})
    con.execute(
        """create or replace table pairs.event as from crowd where stance <> 'own';
        create or replace table known.exclusion as
        select record_id, ['PP'] as reasons, 'PP' as reason_1, null as reason_2, 'OW' as reason_3, occurred_at::date as start_date, known_from,
            known_to as counts_to from crowd where kind like 'own_%';
        create or replace table people.person_record as select person_a as person_id, 'exclusion' as source, record_id from crowd where kind like 'own_%';
        create or replace table people.person as select person_a as person_id, occurred_at::date as date_of_birth from crowd where kind = 'born';
        create or replace table people.record as
        select 'exclusion' as source, record_id, known_from, date_of_birth
        from people.person_record join crowd using (record_id) join people.person using (person_id)"""
    )
    con.unregister("crowd")


def _name(person: int) -> str:
    return f"P{person:012x}"


def _between(chance: Random, number: int, one: int, other: int) -> tuple[object, ...]:
    happened = START + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(1440))
    known = happened + timedelta(days=chance.choice((0, 0, 1, 30)))
    gone = known + timedelta(days=90) if chance.random() < 0.1 else None
    source = chance.choice(("incident", "incident", "intelligence", "exclusion"))
    stance = chance.choice(("adverse", "adverse", "ally", "peace", "contact"))
    words = (
        source,
        f"R{number}",
        chance.choice(("assault", "threat", "reported_threat")),
        stance,
        chance.choice(("a_to_b", "b_to_a", "mutual")),
    )
    weight = (chance.choice((13.0, 190.0, 2000.0)), chance.choice((1.0, 0.6, 0.15)), chance.random() < 0.1, False)
    return (
        f"{_name(one)}-{_name(other)}",
        _name(one),
        _name(other),
        *words,
        *weight,
        chance.choice((None, "KNIFE")),
        happened,
        known,
        known,
        gone,
    )


def _alone(chance: Random, person: int, kind: str) -> tuple[object, ...]:
    known = START + timedelta(days=chance.randrange(DAYS))
    since = known - timedelta(days=chance.randrange(5000, 12000)) if kind == "born" else known
    return (
        None,
        _name(person),
        None,
        "exclusion",
        f"X{person}{kind}",
        kind,
        "own",
        "mutual",
        0.0,
        1.0,
        False,
        False,
        None,
        since,
        known,
        known,
        None,
    )
