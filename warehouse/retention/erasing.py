"""Erasure in the warehouse: rows as received go, texts lose the names, what people wrote of the pairs goes, all that was made of it is dropped.

A night then makes the derived tables anew from what is left, and `rewrite` makes a new file of them: a database keeps the bytes of deleted
rows in its free blocks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.retention.tombstones import EXTRACT_OF, bury, create_tombstones, erasure_key
from warehouse.transaction import transaction
from warehouse.wholes import own_or_whole_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from warehouse.retention.targets import Record, Targets

ERASED = "[erased]"
APART = r"[^\p{L}\p{N}]"
"""What a word of its own has before and behind it: no letter and no digit, as the proof of an erasure sees it."""
KEPT_SCHEMAS = ("landing", "ops", "alerts")
KEPT_TABLES = ("people.person_record", "people.person_change", "people.judgement", "people.judged_record")
"""All other tables are made from these and from landing."""
AT_ONCE = 200
"""So many numbers are looked for in reasons at a time."""
TEXTS = {"intelligence": ("intelligence", "text"), "incident": ("incidents", "summary")}


def erase(con: duckdb.DuckDBPyConnection, home: Path, targets: Targets, theirs: frozenset[str]) -> frozenset[str]:
    """Erases from the warehouse, in one transaction; returns the pairs that were touched, whose lists are to go too.

    `theirs`: names and numbers that are the erased persons' alone, and so go from every text.
    """
    create_tombstones(con)
    key = erasure_key(home, con)
    with transaction(con):
        pairs = touched_pairs(con, targets)
        for source, extract in EXTRACT_OF.items():
            _delete_rows(con, source, extract, [record_id for kind, record_id in targets.records if kind == source])
        _redact(con, targets.words)
        _redact_everywhere(con, theirs)
        _blank_rejects(con, targets.records, theirs)
        _forget(con, targets, pairs)
        strike_reasons(con, [record_id for kind, record_id in targets.records if kind in TEXTS])
        bury(con, key, targets.records)
        _drop_derived(con)
    return pairs


def touched_pairs(con: duckdb.DuckDBPyConnection, targets: Targets) -> frozenset[str]:
    """The pairs in which one of the persons stands, or to which one of the records said something."""
    wholes = sorted({own_or_whole_id(source, record_id) for source, record_id in targets.records})
    rows = con.execute(
        """select distinct pair_id from pairs.event where person_a in (select unnest($persons::varchar[])) or person_b in (select unnest($persons::varchar[]))
               or record_id in (select unnest($wholes::varchar[]))
           union select pair_id from alerts.flag where person_a in (select unnest($persons::varchar[])) or person_b in (select unnest($persons::varchar[]))""",
        {"persons": sorted(targets.persons), "wholes": wholes},
    ).fetchall()
    return frozenset(pair for (pair,) in rows)


def _delete_rows(con: duckdb.DuckDBPyConnection, source: str, extract: str, ids: list[str]) -> None:
    con.execute(
        f"""delete from landing.{extract} where (load_id, line) in (
            select (load_id, line) from core.received_{source} where record_id in (select unnest($ids::varchar[])))""",
        {"ids": ids},
    )


def _redact(con: duckdb.DuckDBPyConnection, words: dict[Record, tuple[str, ...]]) -> None:
    """Takes names out of texts: every version of a report or summary that stays, as long as it stays."""
    for (source, record_id), names in sorted(words.items()):
        if names:
            extract, column = TEXTS[source]
            con.execute(
                f"""update landing.{extract} set {column} = {struck_out(column)} where (load_id, line) in (
                    select (load_id, line) from core.received_{source} where record_id = $id)""",
                {"pattern": any_of(names), "id": record_id},
            )


def _redact_everywhere(con: duckdb.DuckDBPyConnection, theirs: frozenset[str]) -> None:
    """Texts that name an erased person without having been linked to them, and nobody else's record bears that name."""
    for extract, column in TEXTS.values() if theirs else ():
        con.execute(
            f"update landing.{extract} set {column} = {struck_out(column)} where regexp_matches({column}, $pattern, 'i')",
            {"pattern": any_of(theirs)},
        )


def any_of(words: Iterable[str]) -> str:
    """What finds them as words of their own, with what stands before and behind; the engine's own ends of words know no letter outside ASCII."""
    return rf"(^|{APART})(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})($|{APART})"


def struck_out(column: str) -> str:
    """SQL of a text without the words that `any_of` finds ($pattern). Twice over, as what stands between two of them is taken once."""

    def struck(text: str) -> str:
        return f"regexp_replace({text}, $pattern, '\\1{ERASED}\\2', 'gi')"

    return struck(struck(column))


def _blank_rejects(con: duckdb.DuckDBPyConnection, records: frozenset[Record], theirs: frozenset[str]) -> None:
    """Rejected rows of the same records, or that name the persons, keep their place and reason, and lose their text."""
    wholes = sorted(
        {record_id.split("/")[0] if source == "exclusion" else own_or_whole_id(source, record_id) for source, record_id in records}
    )
    con.execute(
        "update ops.reject set raw = '', record_key = null where record_key in (select unnest($wholes::varchar[]))", {"wholes": wholes}
    )
    if theirs:
        con.execute("update ops.reject set raw = '' where regexp_matches(raw, $pattern, 'i')", {"pattern": any_of(theirs)})


def _forget(con: duckdb.DuckDBPyConnection, targets: Targets, pairs: frozenset[str]) -> None:
    """What was kept from night to night of the records and persons, and what people and earlier lists said of the pairs."""
    rows = [list(record) for record in sorted(targets.records)]
    con.execute("create or replace temporary table target (source varchar, record_id varchar)")
    if rows:
        con.executemany("insert into target values (?, ?)", rows)
    con.execute("delete from people.person_record where (source, record_id) in (from target)")
    con.execute(
        "create or replace temporary table gone as select distinct judgement_id from people.judged_record where (source, record_id) in (from target)"
    )
    for person in targets.persons:
        con.execute("delete from people.person_record where person_id = ?", [person])
        con.execute("delete from people.person_change where person_id = ? or other_person_id = ?", [person, person])
    for table in ("people.judged_record", "people.judgement"):
        con.execute(f"delete from {table} where judgement_id in (from gone)")
    con.execute("delete from people.judgement where withdraws in (from gone)")
    for table in _of_pairs(con):
        con.execute(f"delete from alerts.{table} where pair_id in (select unnest($pairs::varchar[]))", {"pairs": sorted(pairs)})
    con.execute("drop table target")
    con.execute("drop table gone")


def strike_reasons(con: duckdb.DuckDBPyConnection, numbers: list[str]) -> None:
    """Reasons of earlier lists that cite an erased incident or report of other pairs (what passed among their friends) say nothing any more."""
    for at in range(0, len(numbers), AT_ONCE):
        con.execute(
            """update alerts.flag set reasons = list_transform(reasons, lambda said: case when regexp_matches(said, $cited) then $erased else said end)
               where regexp_matches(array_to_string(reasons, chr(10)), $cited)""",
            {"cited": any_of(sorted(numbers)[at : at + AT_ONCE]), "erased": ERASED},
        )


def _of_pairs(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "select table_name from duckdb_columns() where database_name = 'warehouse' and schema_name = 'alerts' and column_name = 'pair_id'"
    ).fetchall()
    return sorted(table for (table,) in rows)


def _drop_derived(con: duckdb.DuckDBPyConnection) -> None:
    for kind in ("view", "table"):  # a view without its table cannot be read
        rows = con.execute(
            f"select schema_name, {kind}_name from duckdb_{kind}s() where database_name = 'warehouse' and not internal"
        ).fetchall()
        for schema, name in rows:
            if schema not in KEPT_SCHEMAS and f"{schema}.{name}" not in KEPT_TABLES:
                con.execute(f'drop {kind} "{schema}"."{name}"')


def rewrite(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Puts a new file with the same tables in place of the warehouse `file`, which must not be attached."""
    new = file.with_suffix(".rewriting")
    new.unlink(missing_ok=True)
    con.execute(f"attach '{_quoted(file)}' as old (read_only)")
    con.execute(f"attach '{_quoted(new)}' as new (storage_version 'v1.5.0')")
    try:
        con.execute("copy from database old to new")
        con.execute("checkpoint new")
    finally:
        con.execute("detach old")
        con.execute("detach new")
    new.chmod(0o600)
    new.replace(file)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
