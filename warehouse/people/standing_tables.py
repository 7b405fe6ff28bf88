"""The standing of records in groups as tables, by record keys: what one night's clustering leaves for the next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from warehouse.people import (
    agreement,
    cleaning,
    clusters,
    company,
    contradictions,
    decided,
    forenames,
    groups,
    joining,
    link_list,
    roll,
    same_number,
    standing,
    weak_links,
)
from warehouse.people.joining import Doubt, Joins
from warehouse.people.standing import ROUNDS, Standing
from warehouse.people.weak_links import Odds, Proposals

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

CLUSTERED_BY = (
    agreement,
    cleaning,
    clusters,
    company,
    contradictions,
    decided,
    forenames,
    groups,
    joining,
    link_list,
    roll,
    same_number,
    standing,
    weak_links,
)
STAGES = range(ROUNDS + 1)
TABLES = (
    f"people.standing (record_key bigint, component bigint, {', '.join(f'leader_{n} bigint' for n in STAGES)}, "
    f"{', '.join(f'probability_{n} double' for n in STAGES)})",
    "people.weak_odds (round tinyint, lead bigint, other bigint, odds double, is_lead_dated boolean, is_other_dated boolean)",
    "people.proposal (round tinyint, lead bigint, other bigint, share double, rivals bigint)",
    "people.join_made (stage tinyint, record_a bigint, record_b bigint, how tinyint, probability double, company double)",
    "people.refused_link (stage tinyint, record_a bigint, record_b bigint, probability double, why varchar)",
    "people.decision (said varchar)",
    "people.clustered_by (definition_id varchar)",
)


@cache
def definition_id() -> str:
    """A name for the code that clusters; what other code has left is no beginning."""
    files = sorted(Path(module.__file__ or "") for module in CLUSTERED_BY)
    return hashlib.sha256(b"".join(file.read_bytes() for file in [*files, forenames.OTHER_FORMS])).hexdigest()[:12]


@dataclass(frozen=True)
class Kept:
    """What the night before left: its records' keys, in order, and how they stood; `decisions`: what had been decided, in words."""

    key: NDArray[np.int64]
    standing: Standing
    decisions: frozenset[str]


def fetch_standing(con: duckdb.DuckDBPyConnection) -> Kept | None:
    """What the night before left, if this code left it."""
    if con.execute("select definition_id from people.clustered_by").fetchall() != [(definition_id(),)]:
        return None
    found = _columns(con, "select * from people.standing order by record_key")
    key = found["record_key"]

    def rows(column: str, table: dict[str, Any]) -> NDArray[np.int64]:
        return np.searchsorted(key, np.asarray(table[column], np.int64))

    kept = Standing(
        rows("component", found),
        np.stack([rows(f"leader_{n}", found) for n in STAGES]),
        np.stack([np.asarray(found[f"probability_{n}"], np.float64) for n in STAGES]),
    )
    for number in range(ROUNDS):
        odds = _columns(con, f"select * from people.weak_odds where round = {number + 1} order by lead, other")
        kept.odds[number] = Odds(rows("lead", odds), rows("other", odds), odds["odds"], odds["is_lead_dated"], odds["is_other_dated"])
        found = _columns(con, f"select * from people.proposal where round = {number + 1} order by share desc, lead, other")
        kept.proposals[number] = Proposals(rows("lead", found), rows("other", found), found["share"], found["rivals"])
    for stage in STAGES:
        found = _columns(con, f"select * from people.join_made where stage = {stage}")
        kept.joins[stage] = Joins(
            rows("record_a", found), rows("record_b", found), np.asarray(found["how"], np.int64), found["probability"], found["company"]
        )
    for stage in range(2):
        found = _columns(con, f"select record_a, record_b from people.refused_link where stage = {stage}")
        told = con.execute(f"select probability, why from people.refused_link where stage = {stage}").fetchall()
        ends = zip(rows("record_a", found).tolist(), rows("record_b", found).tolist(), told, strict=True)
        kept.refused[stage] = [Doubt(a, b, probability, why) for a, b, (probability, why) in ends]
    said = frozenset(one for (one,) in con.execute("select said from people.decision").fetchall())
    return Kept(key, kept, said)


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return {name: np.asarray(column) for name, column in con.execute(query).fetchnumpy().items()}


def standing_frames(key: NDArray[np.int64], standing: Standing, decisions: frozenset[str]) -> dict[str, pl.DataFrame]:
    """The tables that tonight leaves for the next night, by name."""
    columns = {f"leader_{n}": key[standing.leader[n]] for n in STAGES} | {f"probability_{n}": standing.probability[n] for n in STAGES}
    odds, proposals, joins, refused = [], [], [], []
    for number in range(ROUNDS):
        one, said = standing.odds[number], standing.proposals[number]
        odds.append(pl.DataFrame({"round": number + 1} | vars(one) | {"lead": key[one.lead], "other": key[one.other]}, ODDS))
        proposals.append(pl.DataFrame({"round": number + 1} | vars(said) | {"lead": key[said.lead], "other": key[said.other]}, PROPOSAL))
    for stage in STAGES:
        made = standing.joins[stage]
        told = {"record_a": key[made.a], "record_b": key[made.b], "how": made.how, "probability": made.probability, "company": made.company}
        joins.append(pl.DataFrame({"stage": stage} | told, JOIN))
    for stage, doubts in enumerate(standing.refused):
        refused += [(stage, int(key[one.record_a]), int(key[one.record_b]), one.probability, one.why) for one in doubts]
    return {
        "standing": pl.DataFrame({"record_key": key, "component": key[standing.component]} | columns),
        "weak_odds": pl.concat(odds),
        "proposal": pl.concat(proposals),
        "join_made": pl.concat(joins),
        "refused_link": pl.DataFrame(refused, REFUSED, orient="row"),
        "decision": pl.DataFrame({"said": sorted(decisions)}, {"said": pl.String}),
        "clustered_by": pl.DataFrame({"definition_id": [definition_id()]}),
    }


_ENDS: dict[str, Any] = {"lead": pl.Int64, "other": pl.Int64}
_RECORDS: dict[str, Any] = {"record_a": pl.Int64, "record_b": pl.Int64}
ODDS: dict[str, Any] = {"round": pl.Int8} | _ENDS | {"odds": pl.Float64, "is_lead_dated": pl.Boolean, "is_other_dated": pl.Boolean}
PROPOSAL: dict[str, Any] = {"round": pl.Int8} | _ENDS | {"share": pl.Float64, "rivals": pl.Int64}
JOIN: dict[str, Any] = {"stage": pl.Int8} | _RECORDS | {"how": pl.Int8, "probability": pl.Float64, "company": pl.Float64}
REFUSED: dict[str, Any] = {"stage": pl.Int8} | _RECORDS | {"probability": pl.Float64, "why": pl.String}
