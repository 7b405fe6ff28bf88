"""What a written name, date or address is compared as: folded names, forename roots, sounds; the table people.record is made here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse.people.forenames import OTHER_FORMS, roots_of

if TYPE_CHECKING:
    from datetime import datetime

SQL = Path(__file__).parent.parent / "sql" / "people"
KEYED_BY = Path(__file__).with_name("blocking.py")
# What a record can say of a person; only record_key and record_id must be there.
RECORD_SHAPE = {
    "record_key": "bigint",
    "source": "varchar",
    "record_id": "varchar",
    "context_id": "varchar",
    "role": "varchar",
    "counts": "boolean",
    "nominal_ref": "varchar",
    "surname": "varchar",
    "preferred_surname": "varchar",
    "forenames": "varchar",
    "alias": "varchar",
    "date_of_birth": "date",
    "sex": "varchar",
    "postcode": "varchar",
    "upn": "varchar",
    "district": "varchar",
    "school": "varchar",
    "address_line": "varchar",
    "town": "varchar",
    "birth_place": "varchar",
    "occupation": "varchar",
    "known_from": "timestamp",
}
WORDED = ("surname", "preferred_surname", "forenames", "alias", "address_line", "town", "birth_place", "occupation")
# What is learned of all records with the model, and kept with it, so that how one is cleaned does not depend on which others came that night.
LEARNED = ("word_place", "post_district", "no_number")
NO_NAMES = """
unknown unk nk na none null tbc anon anonymous unidentified male female person mr mrs miss ms dr mx master nfa not known given refused
sir rev reverend prof professor
"""
NOT_A_NAME = frozenset(NO_NAMES.split())
UNFOLDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
JOINED_PREFIX = frozenset(("mc", "mac", "o"))
# Spellings of one sound across the languages of British names, in the order they are tried.
SOUNDS = tuple(
    spelled.split(">")
    for spelled in [
        "sz>s",
        "cz>c",
        "sh>s",
        "ch>c",
        "ph>f",
        "th>t",
        "gh>g",
        "kh>k",
        "dh>d",
        "bh>b",
        "ck>k",
        "qu>k",
        "x>ks",
        "q>k",
        "c>k",
        "z>s",
        "v>f",
    ]
)


@cache
def name_tokens(written: str) -> tuple[str, ...]:
    """The words of a written name: lower case, accents and apostrophes gone, hyphens are spaces, `O Brien` and `Mc Donald` joined.

    >>> name_tokens(" O'BRIEN-Łukasz ")
    ('obrien', 'lukasz')
    >>> name_tokens("Group_12"), name_tokens("Иванов")
    (('group', '12'), ('иванов',))
    >>> name_tokens("N/K")
    ()
    """
    if written.strip().lower() in ("n/k", "not known", "n/a"):
        return ()
    folded = unicodedata.normalize("NFKD", written.lower().translate(UNFOLDED))
    letters = re.sub(r"[\W_]+", " ", re.sub(r"['’`´ʼ\u0300-\u036f]", "", folded))
    words = [word for word in letters.split() if word not in NOT_A_NAME]
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in JOINED_PREFIX and len(word) > 2:
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


@cache
def sound(token: str) -> str:
    """A name's consonants with spellings of one sound made one, doubles single: Mohammed, Muhamad and Mohamud are all `mhmd`.

    A name of fewer than three consonants keeps its vowels, since too many would sound alike: Tim is not Tom.
    """
    spelled = token
    for written, spoken in SOUNDS:
        spelled = spelled.replace(written, spoken)
    heard = re.sub(r"(?<=.)(?:(?<![aeiouy])h|h(?![aeiouy]))", "", spelled)
    skeleton = heard[:1] + re.sub(r"[aeiouy]", "", heard[1:])
    single = re.sub(r"(.)\1+", r"\1", skeleton)
    return single if len(single) >= 3 else re.sub(r"(.)\1+", r"\1", spelled[:1] + re.sub(r"h|e$", "", spelled[1:].replace("y", "i")))


def _token_table(written: list[str]) -> pa.Table:
    return pa.table({"written": written, "tokens": pa.array([list(name_tokens(w)) for w in written], pa.list_(pa.string()))})


def _forename_table(tokens: list[str]) -> pa.Table:
    return pa.table({
        "token": tokens,
        "roots": pa.array([sorted(roots_of(t)) for t in tokens], pa.list_(pa.string())),
        "sound": [sound(t) for t in tokens],
    })  # fmt: skip


def clean_records(con: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Make `linkage.record` from known.*: one row per record that names a person, as known just before `moment`. Learns from them (LEARNED).

    The work catalog `linkage` must be attached.
    """
    con.execute("create or replace table linkage.written as " + _query("written"), {"moment": moment})
    clean_written(con)


def clean_written(con: duckdb.DuckDBPyConnection) -> None:
    """Make `linkage.record` from `linkage.written`: records as they were written, wherever they come from. Learns from them (LEARNED)."""
    _split_words(con)
    for name in LEARNED:
        con.execute(f"create or replace table linkage.{name} as {_query(name)}")
    con.execute(f"create or replace table linkage.record as {_query('record')}")
    con.execute("drop table linkage.written")


def clean_changed(con: duckdb.DuckDBPyConnection, moment: datetime, model_id: str, *, anew: bool) -> None:
    """Make `linkage.record`, as known just before `moment`, by what was learned with the model: of the night before, people.record, only what
    is written otherwise is cleaned again (`linkage.cleaned`); `linkage.gone` are the records that are there no more. `anew`: all are cleaned.

    `linkage.tonight` names each record's words (written_key) for the next night; other words of the model or of this code are others.
    """
    catalog = catalog_of(con)
    seen = f"(select record_key, written_key from {catalog}.people.scored_record where {not anew})"
    columns = ", ".join(f"written.{name}" for name in RECORD_SHAPE)
    con.execute(
        f"create or replace table linkage.written as "
        f"select *, hash('{definition_id()} {model_id}', {columns}) as written_key from ({_query('written')}) as written",
        {"moment": moment},
    )
    con.execute("create or replace table linkage.tonight as select record_key, written_key from linkage.written")
    con.execute(
        f"create or replace table linkage.other as select record_key from linkage.tonight anti join {seen} using (record_key, written_key)"
    )
    con.execute(f"create or replace table linkage.gone as select record_key from {seen} anti join linkage.tonight using (record_key)")
    if not anew:
        con.execute("create or replace table linkage.written as from linkage.written semi join linkage.other using (record_key)")
    _split_words(con)
    con.execute(f"create or replace table linkage.cleaned as {_query('record')}")
    con.execute("drop table if exists linkage.record")
    kept = f"from {catalog}.people.record anti join (from linkage.other union all from linkage.gone) using (record_key) union all by name "
    con.execute(f"create view linkage.record as {'' if anew else kept}from linkage.cleaned")


def _query(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _split_words(con: duckdb.DuckDBPyConnection) -> None:
    """Make linkage.name and linkage.token: the words of `linkage.written`, and what they sound like and stand for."""
    names = con.execute(f"select distinct unnest([{', '.join(WORDED)}]) as name from linkage.written order by name").fetchall()
    name_table = _token_table([name for (name,) in names if name])
    tokens = sorted(set(chain.from_iterable(name_table["tokens"].to_pylist())))
    forename_table = _forename_table(tokens)
    for table, rows in (("name", name_table), ("token", forename_table)):
        con.register("incoming", rows)
        con.execute(f"create or replace table linkage.{table} as from incoming")
        con.unregister("incoming")


@cache
def definition_id() -> str:
    """A name for the code that cleans and keys, and for the engine, whose hashes are its own; what others have cleaned is cleaned again."""
    files = [Path(__file__), KEYED_BY, OTHER_FORMS, *sorted(SQL.glob("*.sql"))]
    return hashlib.sha256(duckdb.__version__.encode() + b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def catalog_of(con: duckdb.DuckDBPyConnection) -> str:
    """The catalog that the warehouse's tables are in, as SQL names it."""
    [(catalog,)] = con.execute("select current_catalog()").fetchall()
    return f'"{catalog}"'
