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
    portraits,
    roll,
    rows_of,
    same_number,
    standing,
    strong_links,
    weak_links,
)
from warehouse.people.joining import Doubt, Joins
from warehouse.people.standing import ROUNDS, Before, Standing
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
    portraits,
    roll,
    rows_of,
    same_number,
    standing,
    strong_links,
    weak_links,
)
STAGES = range(ROUNDS + 1)
# What tells the rows of each table apart.
STANDING = {
    "standing": ("record_key",),
    "weak_odds": ("round", "lead", "other"),
    "proposal": ("round", "lead", "other"),
    "join_made": ("stage", "record_a", "record_b"),
    "refused_link": ("stage", "record_a", "record_b"),
}
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


def fetch_standing(con: duckdb.DuckDBPyConnection) -> Before | None:
    """What the night before left, if this code left it."""
    if con.execute("select definition_id from people.clustered_by").fetchall() != [(definition_id(),)]:
        return None
    found = _columns(con, "select * from people.standing order by record_key")
    key = np.asarray(found["record_key"], np.int64)

    def rows(column: str, table: dict[str, Any]) -> NDArray[np.int64]:
        return np.searchsorted(key, np.asarray(table[column], np.int64))

    leaders = [_leaders(key, found["leader_0"])]
    for n in STAGES[1:]:
        leaders.append(_leaders(key, found[f"leader_{n}"], leaders[-1]))
    probability = np.stack([np.asarray(found[f"probability_{n}"], np.float64) for n in STAGES])
    kept = Standing(_leaders(key, found["component"]), np.stack(leaders), probability)
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
        found = _columns(con, f"select * from people.refused_link where stage = {stage} order by record_a, record_b")
        told = (rows("record_a", found).tolist(), rows("record_b", found).tolist(), found["probability"].tolist(), found["why"].tolist())
        kept.refused[stage] = [Doubt(*one) for one in zip(*told, strict=True)]
    said = frozenset(one for (one,) in con.execute("select said from people.decision").fetchall())
    return Before(key, kept, said, "people.record", "people.edge")


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return {name: np.asarray(column) for name, column in con.execute(query).fetchnumpy().items()}


def _leaders(key: NDArray[np.int64], names: Any, alike: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """The rows of the records that lead; most lead themselves, or are led as by the rows `alike`."""
    found = np.arange(key.size) if alike is None else alike.copy()
    other = np.flatnonzero(key[found] != names)
    found[other] = np.searchsorted(key, names[other])
    return found


@dataclass(frozen=True)
class Rows:
    """Rows of a table that the night before left and tonight has not, by the columns that tell them apart, and rows that are new.

    Those of records that are there no more are not among the first.
    """

    dropped: pl.DataFrame
    added: pl.DataFrame


def standing_rows(key: NDArray[np.int64], before: Standing | None, now: Standing) -> dict[str, Rows]:
    """What tonight changes in each table that it leaves for the next night; `before` in tonight's rows, or None if nothing of it stays."""
    earlier = Standing.of_strangers(key.size) if before is None else before
    found = {"standing": _standing_rows(key, earlier, now)}
    odds, proposals = [], []
    for number in range(ROUNDS):
        odds.append(_apart(key, ("round", number + 1), earlier.odds[number], now.odds[number], ODDS))
        proposals.append(_apart(key, ("round", number + 1), earlier.proposals[number], now.proposals[number], PROPOSAL))
    joins = [_apart(key, ("stage", stage), earlier.joins[stage], now.joins[stage], JOIN) for stage in STAGES]
    found |= {"weak_odds": _all(odds), "proposal": _all(proposals), "join_made": _all(joins)}
    return found | {"refused_link": _all([_refused(key, stage, earlier.refused[stage], now.refused[stage]) for stage in range(2)])}


def decision_frames(decisions: frozenset[str]) -> dict[str, pl.DataFrame]:
    """What the next night asks of this one besides: what had been decided, and by which code records were grouped."""
    return {
        "incoming_decision": pl.DataFrame({"said": sorted(decisions)}, {"said": pl.String}),
        "incoming_clustered_by": pl.DataFrame({"definition_id": [definition_id()]}),
    }


def _all(parts: list[Rows]) -> Rows:
    return Rows(pl.concat([part.dropped for part in parts]), pl.concat([part.added for part in parts]))


def _standing_rows(key: NDArray[np.int64], before: Standing, now: Standing) -> Rows:
    other = (before.component != now.component) | (before.leader != now.leader).any(axis=0)
    other |= (before.probability != now.probability).any(axis=0)
    columns = {f"leader_{n}": key[now.leader[n][other]] for n in STAGES} | {f"probability_{n}": now.probability[n][other] for n in STAGES}
    added = pl.DataFrame({"record_key": key[other], "component": key[now.component[other]]} | columns)
    return Rows(added.select("record_key"), added)


def _apart(key: NDArray[np.int64], place: tuple[str, int], before: Any, now: Any, schema: dict[str, Any]) -> Rows:
    """Odds, proposals or joins; the first two columns say between whom."""
    (one, two), names = list(vars(now))[:2], [name for name in schema if name != place[0]][:2]
    here = (getattr(before, one) >= 0) & (getattr(before, two) >= 0)
    then, today = ({name: column[rows] for name, column in vars(said).items()} for said, rows in ((before, here), (now, slice(None))))
    dropped, added = _unlike(key.size, then, today), _unlike(key.size, today, then)

    def frame(columns: dict[str, Any], rows: NDArray[np.bool_], wanted: dict[str, Any]) -> pl.DataFrame:
        ends = {name: key[columns[end][rows]] for name, end in zip(names, (one, two), strict=True)}
        rest = {name: column[rows] for name, column in columns.items() if name not in (one, two) and name in wanted}
        return pl.DataFrame({place[0]: place[1]} | ends | rest, wanted)

    return Rows(frame(then, dropped, {name: schema[name] for name in (place[0], *names)}), frame(today, added, schema))


def _unlike(size: int, one: dict[str, Any], two: dict[str, Any]) -> NDArray[np.bool_]:
    """Which rows of the one the other has not; no two rows of either are between the same."""
    (a, b, *rest) = one
    key, known = one[a] * size + one[b], two[a] * size + two[b]
    if not known.size:
        return np.ones(key.size, bool)
    order = np.argsort(known, kind="stable")
    place = order[np.minimum(np.searchsorted(known, key, sorter=order), known.size - 1)]
    like = known[place] == key
    for name in rest:
        like &= two[name][place] == one[name]
    return np.asarray(~like)


def _refused(key: NDArray[np.int64], stage: int, before: list[Doubt], now: list[Doubt]) -> Rows:
    then, today = set(before), set(now)
    dropped = [
        (stage, int(key[one.record_a]), int(key[one.record_b]))
        for one in before
        if one not in today and min(one.record_a, one.record_b) >= 0
    ]
    added = [(stage, int(key[one.record_a]), int(key[one.record_b]), one.probability, one.why) for one in now if one not in then]
    ends = {name: REFUSED[name] for name in ("stage", "record_a", "record_b")}
    return Rows(pl.DataFrame(dropped, ends, orient="row"), pl.DataFrame(added, REFUSED, orient="row"))


_ENDS: dict[str, Any] = {"lead": pl.Int64, "other": pl.Int64}
_RECORDS: dict[str, Any] = {"record_a": pl.Int64, "record_b": pl.Int64}
ODDS: dict[str, Any] = {"round": pl.Int8} | _ENDS | {"odds": pl.Float64, "is_lead_dated": pl.Boolean, "is_other_dated": pl.Boolean}
PROPOSAL: dict[str, Any] = {"round": pl.Int8} | _ENDS | {"share": pl.Float64, "rivals": pl.Int64}
JOIN: dict[str, Any] = {"stage": pl.Int8} | _RECORDS | {"how": pl.Int8, "probability": pl.Float64, "company": pl.Float64}
REFUSED: dict[str, Any] = {"stage": pl.Int8} | _RECORDS | {"probability": pl.Float64, "why": pl.String}
