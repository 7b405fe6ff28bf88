"""Where a training came from: the files and records it rests on, the code and linkage that made them, and what its label and features mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import duckdb

from features.catalogue import FEATURES, PERSON_FEATURES, feature_names
from models.outcome import HORIZON_DAYS, end_of

ROOT = Path(__file__).parents[1]
ROOMS = ("warehouse", "features", "models")
LIBRARIES = ("scikit-learn", "numpy", "polars", "duckdb", "scipy", "skops", "splink")
OUTGROWN_BY, LEAST_OUTGROWN = 1.25, 100
LABEL_LISTS = ("serious_violence.csv", "grave_weapons.csv")
"""The code lists that say what serious violence is."""


def provenance(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, object]:
    """All of it, as plain values for the card."""
    return {
        "data": _data(con, as_of),
        "code": code_version(),
        "link_model": _link_model(con),
        "label": {"horizon_days": HORIZON_DAYS, "definition_sha256": label_definition()},
        "features": list(feature_names()),
        "features_sha256": feature_definitions(),
    }


def feature_definitions() -> str:
    """Changes when a feature is added, dropped, renamed, or measured in another way."""
    return _sha256(f"{f.name}|{f.meaning}|{f.expression}" for f in (*FEATURES, *PERSON_FEATURES))


def label_definition() -> str:
    """Changes with the code lists of serious violence and with the days looked ahead."""
    lists = ((ROOT / "warehouse" / "codes" / name).read_text(encoding="utf-8") for name in LABEL_LISTS)
    return _sha256([str(HORIZON_DAYS), *lists])


def code_version() -> dict[str, str | None]:
    """The package's version, the commit where the code lies in a repository, and the fingerprint of the code that makes a score."""
    sources = sorted(path for room in ROOMS for kind in ("*.py", "*.sql", "*.csv") for path in (ROOT / room).rglob(kind))
    try:
        package = version("forewarn")
    except PackageNotFoundError:
        package = None
    return {"package": package, "commit": _commit(), "sha256": _sha256(path.read_text(encoding="utf-8") for path in sources)}


def _commit() -> str | None:
    head = ROOT / ".git" / "HEAD"
    if not head.is_file():
        return None
    said = head.read_text(encoding="utf-8").strip()
    if not said.startswith("ref: "):
        return said
    name = said.removeprefix("ref: ")
    branch, packed = ROOT / ".git" / name, ROOT / ".git" / "packed-refs"
    if branch.is_file():
        return branch.read_text(encoding="utf-8").strip()
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.is_file() else []
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), None)


def _data(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, object]:
    """The files that were in when it was trained, with their fingerprints and rows, and the events of pairs made of them."""
    loads = (
        con.execute("select load_id, file, sha256, rows_accepted from ops.load where status = 'loaded' order by load_id").fetchall()
        if _has(con, "ops", "load")
        else []
    )
    [(events, pairs)] = con.execute("select count(*), count(distinct pair_id) from pairs.event").fetchall()
    return {
        "as_of": as_of.isoformat(),
        "files": [{"load_id": load_id, "file": file, "sha256": sha256, "rows": rows} for load_id, file, sha256, rows in loads],
        "rows": sum(rows for *_, rows in loads),
        "sha256": _sha256(sha256 for _, _, sha256, _ in loads),
        "events": events,
        "pairs": pairs,
        "events_known_then": events_known_by(con, as_of),
    }


def events_known_by(con: duckdb.DuckDBPyConnection, day: date) -> int:
    """How many events of pairs had become known by the end of a day, by all that has been delivered since."""
    [(events,)] = con.execute("select count(*) from pairs.event where known_from < ?", [end_of(day)]).fetchall()
    return int(events)


def is_outgrown(con: duckdb.DuckDBPyConnection, card: Mapping[str, Any]) -> bool:
    """Whether files have come since a training that say much more of the time before it than it knew: a history delivered late, or in parts."""
    knew: int | None = card.get("data", {}).get("events_known_then")
    if knew is None:
        return False
    known = events_known_by(con, date.fromisoformat(card["as_of"]))
    return known > OUTGROWN_BY * knew and known >= knew + LEAST_OUTGROWN


def _link_model(con: duckdb.DuckDBPyConnection) -> str | None:
    if not _has(con, "people", "model"):
        return None
    found = con.execute("select model_id from people.model order by trained_for desc limit 1").fetchall()
    return str(found[0][0]) if found else None


def _has(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    return bool(con.execute("select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, table]).fetchall())


def _sha256(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()
