"""What was read in a report's text, kept from night to night, so that only new texts, and those that would be read otherwise now, are read.

A reading depends on the text, on what its subjects are called, here and in other records, and on the names known, of which those that came
since the model was trained can come and go: a reading that has their words is made anew. With a new model, or other code, all are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.people import (
    agreement,
    cleaning,
    forenames,
    lexicon,
    mentions,
    names_in_text,
    street_names_in_text,
    words_in_text,
    written_names,
)
from warehouse.people.cleaning import name_tokens
from warehouse.people.mentions import Mention, NamedRecord, Reader
from warehouse.people.words_in_text import split_words
from warehouse.people.written_names import WrittenName

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

CALLED = attrgetter(*(field.name for field in fields(NamedRecord)))
READ_BY = (agreement, cleaning, forenames, lexicon, mentions, names_in_text, street_names_in_text, words_in_text, written_names)
SCHEMA = pa.schema([("report_id", pa.string()), ("reading_key", pa.string()), ("words", pa.list_(pa.string())), ("found", pa.string())])


@dataclass(frozen=True)
class Text:
    """A report's text, and what its listed subjects may be called in it."""

    report_id: str
    text: str
    subjects: tuple[NamedRecord, ...]


@cache
def definition_id() -> str:
    """A name for the code that reads texts, and its list of forenames' forms, as they stand."""
    files = sorted(Path(module.__file__ or "") for module in READ_BY)
    return hashlib.sha256(b"".join(file.read_bytes() for file in [*files, forenames.OTHER_FORMS])).hexdigest()[:12]


def reading_key(text: Text) -> str:
    """A name for a text and its subjects, that changes whenever either does."""
    told = [definition_id(), text.text, [CALLED(subject) for subject in text.subjects]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]


def read_texts(
    con: duckdb.DuckDBPyConnection, texts: Sequence[Text], reader: Callable[[], Reader], *, is_new_model: bool
) -> list[list[Mention]]:
    """The mentions of each text, read tonight or on an earlier night; linkage.reading holds them all for the next.

    With a new model, only what was read as it was trained, and stands in linkage.reading, is not read again.
    `reader` is called only if there is something to read.
    """
    kept = _kept(con, is_new_model=is_new_model)
    keys = [reading_key(text) for text in texts]
    found: list[list[Mention]] = []
    read: list[tuple[str, str, list[str], str]] = []
    reads: Reader | None = None
    for text, key in zip(texts, keys, strict=True):
        known = kept.get(text.report_id)
        if known and known[0] == key:
            found.append(_mentions(known[1]))
            continue
        reads = reads or reader()
        found.append(reads.read_mentions(text.report_id, text.text, text.subjects))
        read.append((text.report_id, key, sorted(_words(text.text)), json.dumps([asdict(mention) for mention in found[-1]])))
    _keep(con, texts, read)
    return found


def _kept(con: duckdb.DuckDBPyConnection, *, is_new_model: bool) -> dict[str, tuple[str, str]]:
    """Earlier readings but those that have words of a name which has come or gone: by report, the key and what was found.

    They stand in linkage.kept_reading. A new model's own readings knew no later name.
    """
    con.execute("create table if not exists linkage.reading as from people.reading limit 0")
    readings, names = ("linkage.reading", "people.later_name limit 0") if is_new_model else ("people.reading", "people.later_name")
    con.execute(
        f"""create or replace table linkage.kept_reading as
        with before as (from {names}),
        changed as ((from linkage.later_name except from before) union all (from before except from linkage.later_name)),
        word as (select coalesce(list(distinct string_split(name, ' ')[-1]), []) as words from changed)
        select reading.* from {readings} as reading, word where not list_has_any(reading.words, word.words)"""
    )
    rows = con.execute("select report_id, reading_key, found from linkage.kept_reading").fetchall()
    return {report_id: (key, found) for report_id, key, found in rows}


def _keep(con: duckdb.DuckDBPyConnection, texts: Sequence[Text], read: Sequence[tuple[str, str, list[str], str]]) -> None:
    columns: list[Any] = [list(column) for column in zip(*read, strict=True)] or [[], [], [], []]
    con.register("incoming", pa.table(columns, schema=SCHEMA))
    con.execute("create or replace table linkage.reading as from incoming")
    con.unregister("incoming")
    con.register("incoming", pa.table({"report_id": pa.array([text.report_id for text in texts], pa.string())}))
    con.execute(
        "insert into linkage.reading select kept.* from linkage.kept_reading as kept semi join incoming using (report_id) "
        "anti join linkage.reading using (report_id)"
    )
    con.unregister("incoming")


def _words(text: str) -> set[str]:
    """Whatever of a text may be looked up among the names, as single words; those that only together are one are in too."""
    return {*name_tokens.__wrapped__(text), *(token for word in split_words(text) for token in word.tokens)}


def _mentions(found: str) -> list[Mention]:
    return [
        Mention(**{**one, "spans": [(start, end) for start, end in one["spans"]], "name": WrittenName(**one["name"])})
        for one in json.loads(found)
    ]
