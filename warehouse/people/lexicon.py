"""The names that texts are read with: kept with the half-yearly model, and beside them the names of records that came since.

How common a name is, and which words are none, stays as it was when the model was trained, so that a text read on one night need not be
read again on the next. A name that came since counts as borne once; a reading depends on it only if the text has its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.people.mention import NamedRecord
from warehouse.people.mentions import make_lexicon
from warehouse.people.written_names import Lexicon

if TYPE_CHECKING:
    import duckdb

LATER_TIMES = 1
KNOWN_NAMES = {"forenames": "unnest(forename_all)", "surnames": "unnest(surname_parts)", "street_names": "street_name"}


def keep_lexicon(con: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Make linkage.lexicon (kind, name, times) from linkage.record and the texts known just before `moment`."""
    names = con.execute(
        "select record_id, forename, coalesce(forename_all, []), surname_clean, coalesce(surname_parts, []), street_name "
        "from linkage.record order by record_key"
    ).fetchall()
    texts = con.execute(
        "select text from known.intelligence where known_from < $moment and coalesce(known_to >= $moment, true) and text is not null "
        "order by report_id",
        {"moment": moment},
    ).fetchall()
    lexicon = make_lexicon((NamedRecord(*row) for row in names), [text for (text,) in texts])
    rows = [(field.name, name, times) for field in fields(Lexicon) for name, times in _counted(getattr(lexicon, field.name))]
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    con.register("incoming", pa.table(
        columns, schema=pa.schema([("kind", pa.string()), ("name", pa.string()), ("times", pa.int64())])
    ))  # fmt: skip
    con.execute("create or replace table linkage.lexicon as from incoming order by kind, name")
    con.unregister("incoming")


def _counted(names: Mapping[str, int] | frozenset[str]) -> list[tuple[str, int | None]]:
    return list(names.items()) if isinstance(names, Mapping) else [(name, None) for name in names]


def find_later_names(con: duckdb.DuckDBPyConnection) -> None:
    """Make linkage.later_name (kind, name): the names in linkage.record that linkage.lexicon does not know."""
    tonight = " union ".join(f"select '{kind}' as kind, {names} as name from linkage.record" for kind, names in KNOWN_NAMES.items())
    con.execute(
        f"create or replace table linkage.later_name as "
        f"select kind, name from (select distinct kind, name from ({tonight}) where name is not null and (len(name) > 1 or kind = 'street_names')) "
        f"anti join linkage.lexicon using (kind, name) order by kind, name"
    )


def fetch_lexicon(con: duckdb.DuckDBPyConnection) -> Lexicon:
    """The lexicon of tonight: linkage.lexicon and linkage.later_name."""
    found: dict[str, dict[str, int]] = {field.name: {} for field in fields(Lexicon)}
    kept = con.execute("select kind, name, times from linkage.lexicon").fetchall()
    for kind, name, times in kept + con.execute(f"select kind, name, {LATER_TIMES} from linkage.later_name").fetchall():
        found[kind][name] = times
    counted = {field.name: "Mapping" in str(field.type) for field in fields(Lexicon)}
    return Lexicon(**{kind: names if counted[kind] else frozenset(names) for kind, names in found.items()})  # type: ignore[arg-type]
