"""What was read in a report's text, kept from night to night, so that only new texts, and those that would be read otherwise now, are read.

A reading depends on the text, on what its subjects are called, here and in other records, and on the names known, of which those that came
since the model was trained can come and go: a reading that has their words is made anew. With a new model, or other code, all are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa

from warehouse.people import (
    agreement,
    cleaning,
    forenames,
    lexicon,
    mention,
    mentions,
    names_in_text,
    one_word_names,
    said_in_text,
    street_names_in_text,
    words_in_text,
    written_names,
)
from warehouse.people.cleaning import name_tokens
from warehouse.people.mention import Mention, NamedRecord
from warehouse.people.mentions import Reader
from warehouse.people.words_in_text import split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from warehouse.people.known_people import KnownPeople
    from warehouse.people.report_list import Reports

READ_BY = (
    agreement,
    cleaning,
    forenames,
    lexicon,
    mention,
    mentions,
    names_in_text,
    one_word_names,
    said_in_text,
    street_names_in_text,
    words_in_text,
    written_names,
)
FOUND = pa.list_(
    pa.struct(
        [
            ("place", pa.int32()),
            ("number", pa.int32()),
            ("subject", pa.string()),
            ("forename", pa.string()),
            ("surname", pa.string()),
            ("street_name", pa.string()),
            ("spans", pa.list_(pa.struct([("span_start", pa.int32()), ("span_end", pa.int32())]))),
            ("ages", pa.list_(pa.int32())),
            ("births", pa.list_(pa.int32())),
            ("schools", pa.list_(pa.string())),
            ("sexes", pa.list_(pa.string())),
        ]
    )
)
SCHEMA = pa.schema([("report_id", pa.string()), ("reading_key", pa.uint64()), ("words", pa.list_(pa.string())), ("found", FOUND)])
READING = (
    "people.reading (report_id varchar, reading_key ubigint, words varchar[], found struct(place integer, number integer, subject varchar, "
    "forename varchar, surname varchar, street_name varchar, spans struct(span_start integer, span_end integer)[], "
    "ages integer[], births integer[], schools varchar[], sexes varchar[])[])"
)
"""The table that one night leaves for the next."""
CALLED = ("record_id", "forename", "given_names", "surname_clean", "surname_parts", "street_name")


@dataclass(frozen=True)
class Text:
    """A report's text, and what its listed subjects may be called in it."""

    report_id: str
    text: str
    subjects: tuple[NamedRecord, ...]


@cache
def definition_id() -> str:
    """A name for the code that reads texts, and its list of forenames' forms, as they stand; and for what makes names of them."""
    files = sorted(Path(module.__file__ or "") for module in READ_BY)
    told = [*(file.read_bytes() for file in [*files, forenames.OTHER_FORMS]), pl.__version__.encode()]
    return hashlib.sha256(b"".join(told)).hexdigest()[:12]


def read_texts(
    con: duckdb.DuckDBPyConnection,
    reports: Reports,
    people: KnownPeople,
    records: pl.DataFrame,
    reader: Callable[[], Reader],
    *,
    is_new_model: bool,
) -> pl.DataFrame:
    """Who is named in each text, read tonight or on an earlier night: `report` (a number) and what FOUND holds, in text order.

    linkage.read has what was read tonight, linkage.reading_kept the reports of which an earlier reading stands. With a new model, only what was
    read as it was trained, and stands in linkage.reading, is not read again; then linkage.reading holds them all. `reader` is called only if
    there is something to read.
    """
    earlier = _find_kept(con, reports.report_id, reading_keys(reports, people, records), is_new_model=is_new_model)
    unread = con.execute(
        "select report_id, text, reading_key from linkage.reading_key join linkage.text using (report_id) "
        "anti join linkage.reading_kept using (report_id) order by report_id"
    ).fetchall()
    read = [(report_id, key, *told) for report_id, key, *told in _read(unread, reports, people, records, reader)] if unread else []
    columns: list[Any] = [list(column) for column in zip(*read, strict=True)] or [[], [], [], []]
    con.register("incoming", pa.table(columns, schema=SCHEMA))
    con.execute("create or replace table linkage.read as from incoming")
    con.unregister("incoming")
    tonight = f"(from {earlier} semi join linkage.reading_kept using (report_id) union all from linkage.read)"
    if is_new_model:
        con.execute(f"create or replace table linkage.reading as from {tonight}")
        tonight = "linkage.reading"
    told: pl.DataFrame = con.sql(f"select report_id, unnest(found) from (select report_id, unnest(found) as found from {tonight})").pl()
    number = pl.DataFrame({"report_id": reports.report_id}).with_row_index("report").with_columns(pl.col("report").cast(pl.Int64))
    return told.join(number, on="report_id").sort("report", "place")


def _find_kept(con: duckdb.DuckDBPyConnection, report_id: pl.Series, keys: pl.Series, *, is_new_model: bool) -> str:
    """Make linkage.reading_kept: the reports whose earlier reading stands, but for those that have words of a name which has come or gone.

    Gives the table of earlier readings. A new model's own readings knew no later name.
    """
    con.register("incoming", pl.DataFrame({"report_id": report_id, "reading_key": keys}).to_arrow())
    con.execute("create or replace table linkage.reading_key as from incoming")
    con.unregister("incoming")
    con.execute("create table if not exists linkage.reading as from people.reading limit 0")
    earlier, names = ("linkage.reading", "people.later_name limit 0") if is_new_model else ("people.reading", "people.later_name")
    changed = con.execute(
        f"""with before as (from {names})
        select distinct string_split(name, ' ')[-1]
        from ((from linkage.later_name except from before) union all (from before except from linkage.later_name))"""
    ).fetchall()
    words = {"words": [word for (word,) in changed]}
    unless = "where not list_has_any(words, $words::varchar[])" if changed else ""
    con.execute(
        f"create or replace table linkage.reading_kept as "
        f"select report_id from {earlier} semi join linkage.reading_key using (report_id, reading_key) {unless}",
        words if changed else None,
    )
    return earlier


def _read(
    unread: list[tuple[str, str, int]], reports: Reports, people: KnownPeople, records: pl.DataFrame, reader: Callable[[], Reader]
) -> Iterator[tuple[str, int, list[str], list[dict[str, Any]]]]:
    reads = reader()
    subjects = _subjects([report_id for report_id, _, _ in unread], reports, people, records)
    for report_id, text, key in unread:
        found = reads.read_mentions(report_id, text, subjects.get(report_id, ()))
        yield report_id, key, sorted(_words(text)), [_told(place, one) for place, one in enumerate(found)]


def _told(place: int, told: Mention) -> dict[str, Any]:
    name = told.name
    return {
        "place": place,
        "number": told.number,
        "subject": told.subject,
        "forename": name.forename,
        "surname": name.surname,
        "street_name": name.street_name,
        "spans": [{"span_start": start, "span_end": end} for start, end in told.spans],
        "ages": told.said.ages,
        "births": told.said.births,
        "schools": told.said.schools,
        "sexes": told.said.sexes,
    }


def _subjects(unread: list[str], reports: Reports, people: KnownPeople, records: pl.DataFrame) -> dict[str, tuple[NamedRecord, ...]]:
    """What the listed subjects of these reports may be called, here and in other records."""
    wanted = reports.report_id.is_in(pl.Series(unread, dtype=pl.String).implode()).to_numpy()[reports.subject_of]
    rows = reports.subject[wanted]
    names = records.select(CALLED)[rows].rows()
    found: dict[str, list[NamedRecord]] = {}
    for report_id, row, name in zip(reports.report_id.gather(reports.subject_of[wanted]).to_list(), rows.tolist(), names, strict=True):
        record_id, forename, given, surname, parts, street_name = name
        own = NamedRecord(record_id, forename, tuple(given), surname, tuple(parts), street_name)
        found.setdefault(report_id, []).append(people.with_other_names(own, row))
    return {report_id: tuple(subjects) for report_id, subjects in found.items()}


def reading_keys(reports: Reports, people: KnownPeople, records: pl.DataFrame) -> pl.Series:
    """A name for each text and its subjects, that changes whenever either does, or the code that reads them."""
    lists = [pl.col(column).list.join("\x1f") for column in ("given_names", "surname_parts")]
    own = records.select(CALLED)[reports.subject].with_columns(lists).hash_rows(1).to_numpy()
    theirs = _names_of(people)[people.of_record[reports.subject]]
    told = np.zeros(reports.size, np.uint64)
    np.add.at(told, reports.subject_of, _mixed(own ^ _mixed(theirs)))
    definition = pl.Series([definition_id()]).hash(0).to_numpy()
    return pl.Series(_mixed(_mixed(reports.text_key.to_numpy() ^ definition) ^ told), dtype=pl.UInt64)


def _names_of(people: KnownPeople) -> NDArray[np.uint64]:
    """A name for all that each person is called."""
    told = np.zeros(people.size, np.uint64)
    for seed, words in enumerate((people.given, people.parts, people.streets), start=1):
        hashed = pl.Series(words.words, dtype=pl.String).hash(seed).to_numpy()
        np.add.at(told, words.person, hashed[words.word])
    return told


def _mixed(number: Any) -> Any:
    """Numbers of 64 bits, so changed that sums of unlike ones are unlike."""
    one = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    two = (one ^ (one >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return two ^ (two >> np.uint64(31))


def _words(text: str) -> set[str]:
    """Whatever of a text may be looked up among the names, as single words; those that only together are one are in too."""
    return {*name_tokens.__wrapped__(text), *(token for word in split_words(text) for token in word.tokens)}
