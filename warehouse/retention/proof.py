"""The proof of an erasure: every file of HOME searched for what was erased; databases column by column, archives and all else byte by byte."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
import polars as pl

AT_ONCE = 8 * 1024 * 1024
NOT_SEARCHED = ("audit", "prefect")
"""The access log keeps ids of what was disclosed, as the law asks, and never contents; Prefect's database holds counts alone."""


@dataclass(frozen=True)
class Found:
    """A file in which something erased still stands, and where in it; never what."""

    file: str
    where: str


@dataclass(frozen=True)
class Proof:
    """What was searched, and what was found: nothing, if the erasure is whole."""

    files: int
    databases: int
    columns: int
    needles: int
    found: tuple[Found, ...]


def search(folder: Path, needles: list[str], *, skip: tuple[str, ...] = NOT_SEARCHED) -> Proof:
    """Searches every file under a folder. Case counts in bytes, not in databases."""
    wanted = sorted({needle for needle in needles if needle})
    found: list[Found] = []
    files = databases = columns = 0
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink() or not path.is_file() or name.split("/", maxsplit=1)[0] in skip:
            continue
        files += 1
        if path.suffix == ".duckdb":
            databases += 1
            for where, is_hit in _columns(path, wanted):
                columns += 1
                found += [Found(name, where)] if is_hit else []
        found += [Found(name, where) for where in _bytes(path, wanted)]
    return Proof(files, databases, columns, len(wanted), tuple(found))


def _columns(path: Path, needles: list[str]) -> Iterator[tuple[str, bool]]:
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set enable_progress_bar = false")
        rows = con.execute("select schema_name, table_name, column_name from duckdb_columns() where not internal order by all").fetchall()
        for schema, table, column in rows:
            texts = con.sql(f'select distinct "{column}"::varchar as text from "{schema}"."{table}" where "{column}" is not null').pl()[
                "text"
            ]
            yield f"{schema}.{table}.{column}", bool(needles) and texts.str.contains_any(needles, ascii_case_insensitive=True).any()


def _bytes(path: Path, needles: list[str]) -> Iterator[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                with archive.open(member) as file:
                    if _stands_in(file, needles):
                        yield member
    with path.open("rb") as file:
        if _stands_in(file, needles):
            yield "its bytes"


def _stands_in(file: IO[bytes], needles: list[str]) -> bool:
    patterns = [needle.encode().decode("latin-1") for needle in needles]
    before = b""
    overlap = max((len(pattern) for pattern in patterns), default=0)
    while patterns and (block := file.read(AT_ONCE)):
        if pl.Series([(before + block).decode("latin-1")]).str.contains_any(patterns).any():
            return True
        before = block[-overlap:]
    return False
