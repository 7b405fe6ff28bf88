"""What a written name, date or address is compared as: folded names, forename roots, sounds; the table people.record is made here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.people.forenames import roots_of

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

SQL = Path(__file__).parent.parent / "sql" / "people"
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
    """Make `linkage.record` from known.*: one row per record that names a person, as known just before `moment`.

    The work catalog `linkage` must be attached.
    """
    con.execute("create or replace table linkage.written as " + (SQL / "written.sql").read_text(), {"moment": moment})
    clean_written(con)


def clean_written(con: duckdb.DuckDBPyConnection) -> None:
    """Make `linkage.record` from `linkage.written`: records as they were written, wherever they come from."""
    names = con.execute(f"select distinct unnest([{', '.join(WORDED)}]) as name from linkage.written order by name").fetchall()
    name_table = _token_table([name for (name,) in names if name])
    tokens = sorted(set(chain.from_iterable(name_table["tokens"].to_pylist())))
    forename_table = _forename_table(tokens)
    for table, rows in (("name", name_table), ("token", forename_table)):
        con.register("incoming", rows)
        con.execute(f"create or replace table linkage.{table} as from incoming")
        con.unregister("incoming")
    con.execute("create or replace table linkage.record as " + (SQL / "record.sql").read_text())
