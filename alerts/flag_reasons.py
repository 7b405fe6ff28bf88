"""The reasons of every flagged pair as rows: alerts.flag_reason, each with the query that returns the records behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import duckdb
import polars as pl

from alerts.evidence import Evidence, behind
from alerts.off_list import off_list
from alerts.reasons import OFF_LIST, Reason, Weight, reasons
from features.themes import FEUD, OTHERS, THEMES, features_by_theme
from models.outlook import PEACE

COLUMNS = "occurred_at, known_at, source, record_id, kind, direction, severity, grade, person_a, person_b, summary"
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "as_of": pl.Date,
    "lane": pl.String,
    "pair_id": pl.String,
    "ordinal": pl.Int32,
    "reason": pl.String,
    "direction": pl.String,
    "theme": pl.String,
    "weight": pl.Float64,
    "share": pl.Float64,
    "score_without": pl.Float64,
    "is_exact": pl.Boolean,
    "features": pl.List(pl.String),
    "records": pl.Int32,
    "record_ids": pl.List(pl.String),
    "query": pl.String,
}
WEIGHT_DIGITS = 6
_WHOSE = {theme.name: theme.whose for theme in THEMES}


def explain(con: duckdb.DuckDBPyConnection, flagged: pl.DataFrame, as_of: date) -> dict[tuple[str, str], list[Reason]]:
    """The reasons of every flagged pair (lane, pair_id, person_a, person_b, cut_off, eligible_days), also as alerts.flag_reason.

    alerts.cut_off gets the figure that each lane's list ends above.
    """
    records = behind(con, flagged, as_of)
    weights, figures, measured = _weights(con), _figures(con), _measured(con, flagged, as_of)
    found: dict[tuple[str, str], list[Reason]] = {}
    rows: list[dict[str, object]] = []
    for pair in flagged.iter_rows(named=True):
        pair_id, key = pair["pair_id"], (pair["lane"], pair["pair_id"])
        of_pair = {theme.name: records.get((pair_id, theme.name), []) for theme in THEMES}
        why = reasons(weights.get(key, ()), of_pair, measured[pair_id])
        away = off_list(_said_aloud(figures.get(key, {}), pair["lane"]), pair["cut_off"], pair["eligible_days"], as_of)
        found[key] = [*(why or [_for_want_of_higher(of_pair["standing"])]), *away]
        rows += _rows(found[key], pair, as_of)
    last_places = flagged.select("lane", pl.col("cut_off").alias("raw")).unique().drop_nulls()
    for name, frame in (("flag_reason", pl.DataFrame(rows, schema=SCHEMA)), ("cut_off", last_places)):
        con.register("reasons_found", frame)
        con.execute(f"create or replace table alerts.{name} as select * from reasons_found")
        con.unregister("reasons_found")
    return found


def _for_want_of_higher(records: list[Evidence]) -> Reason:
    """A pair that nothing raises is on a list only because nothing else is higher."""
    text = "nothing raises the score by itself: listed because no other pair is higher"
    return Reason("standing", text, "raises", 0.0, 0.0, None, True, (), tuple(records))


def _weights(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Weight]]:
    features = features_by_theme()
    found: dict[tuple[str, str], list[Weight]] = defaultdict(list)
    for lane, pair_id, theme, weight, without, is_exact in con.execute(
        "select lane, pair_id, theme, weight, score_without, is_exact from scores.theme order by lane, pair_id, theme"
    ).fetchall():
        found[lane, pair_id].append(Weight(theme, weight, without, is_exact, features[theme]))
    return found


def _figures(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[str, dict[int, float]]]:
    found: dict[tuple[str, str], dict[str, dict[int, float]]] = {}
    for lane, pair_id, scenario, days, raw in con.execute("select lane, pair_id, scenario, days, raw from scores.outlook").fetchall():
        found.setdefault((lane, pair_id), {}).setdefault(scenario, {})[days] = raw
    return found


def _said_aloud(figures: dict[str, dict[int, float]], lane: str) -> dict[str, dict[int, float]]:
    """Peace between the two is nothing to work towards in lane domestic, where contact itself may be the danger."""
    return {scenario: days for scenario, days in figures.items() if not (lane == "domestic" and scenario == PEACE)}


def _measured(con: duckdb.DuckDBPyConnection, flagged: pl.DataFrame, as_of: date) -> dict[str, dict[str, float]]:
    rows = con.sql("select * exclude (person_a, person_b) from features.pair_week where as_of = $day", params={"day": as_of}).pl()
    return {row["pair_id"]: row for row in rows.join(flagged, on="pair_id", how="semi").iter_rows(named=True)}


def _rows(found: list[Reason], pair: dict[str, str], as_of: date) -> Iterator[dict[str, object]]:
    for ordinal, reason in enumerate(found, 1):
        yield {
            "as_of": as_of,
            "lane": pair["lane"],
            "pair_id": pair["pair_id"],
            "ordinal": ordinal,
            "reason": reason.text,
            "direction": reason.direction,
            "theme": reason.theme,
            "weight": None if reason.weight is None else round(reason.weight, WEIGHT_DIGITS),
            "share": None if reason.share is None else round(reason.share, WEIGHT_DIGITS),
            "score_without": reason.score_without,
            "is_exact": reason.is_exact,
            "features": list(reason.features),
            "records": len(reason.records),
            "record_ids": sorted({r.record_id for r in reason.records if _may_be_numbered(r)}),
            "query": query(reason, pair),
        }


def _may_be_numbered(record: Evidence) -> bool:
    """Not a protected report, and not a suspension, whose key holds the pupil's own number."""
    return not record.is_protected and record.source != "exclusion"


def query(reason: Reason, pair: dict[str, str]) -> str:
    """SQL that returns the rows behind a reason: of what would take the pair off the list, its scores on later days."""
    quoted = _quoted(pair["pair_id"])
    if reason.direction == OFF_LIST:
        return f"select scenario, days, day, score, is_on_list from analyst.flag_outlook where lane = {_quoted(pair['lane'])} and pair_id = {quoted} order by all"
    return f"select {COLUMNS} from analyst.pair_timeline where {_whose(reason.theme, pair)} and {_which(reason.records)} order by all"


def _whose(theme: str, pair: dict[str, str]) -> str:
    quoted = _quoted(pair["pair_id"])
    if _WHOSE.get(theme) == OTHERS:
        two = f"({_quoted(pair['person_a'])}, {_quoted(pair['person_b'])})"
        return f"pair_id <> {quoted} and (person_a in {two} or person_b in {two})"
    if _WHOSE.get(theme) == FEUD:
        of_feud = f"select feud_id from analyst.feud_pairs where pair_id = {quoted}"
        return f"pair_id <> {quoted} and pair_id in (select pair_id from analyst.feud_pairs where feud_id = ({of_feud}))"
    return f"pair_id = {quoted}"


def _which(records: Iterable[Evidence]) -> str:
    """Open records by number; protected reports and suspensions by their day."""
    known = list(records)
    numbered = sorted({_quoted(r.record_id) for r in known if _may_be_numbered(r)})
    hidden = sorted({_moment(r.occurred_at) for r in known if r.is_protected})
    school = sorted({_moment(r.occurred_at) for r in known if r.source == "exclusion"})
    parts = [
        f"record_id in ({', '.join(numbered)})" if numbered else "",
        f"is_protected and occurred_at in ({', '.join(hidden)})" if hidden else "",
        f"source = 'exclusion' and occurred_at in ({', '.join(school)})" if school else "",
    ]
    return f"({' or '.join(part for part in parts if part) or 'false'})"


def _moment(moment: datetime) -> str:
    return f"timestamp '{moment.isoformat(sep=' ')}'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
