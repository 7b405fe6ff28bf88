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
    """Searches every file under a folder for needles that stand there as words of their own. Case counts in bytes, not in databases; `skip` names files and
    folders in it.

    In a database's bytes values stand without anything between them: there, needles that are part of another value of its columns are left out.
    """
    wanted = sorted({needle for needle in needles if needle})
    found: list[Found] = []
    files = databases = columns = 0
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink() or not path.is_file() or any(f"{name}/".startswith(f"{one}/") for one in skip):
            continue
        files += 1
        if path.suffix == ".duckdb":
            databases += 1
            parts: set[str] = set()
            for where, met, is_hit in _columns(path, wanted):
                columns += 1
                parts |= met
                found += [Found(name, where)] if is_hit else []
            found += [Found(name, where) for where in _bytes(path, [needle for needle in wanted if needle not in parts], is_apart=False)]
        else:
            found += [Found(name, where) for where in _bytes(path, wanted, is_apart=True)]
    return Proof(files, databases, columns, len(wanted), tuple(found))


def holds_any(texts: pl.Series, needles: list[str]) -> bool:
    """Whether a needle stands in one of the texts as a word of its own, whatever the case."""
    return _met(texts, sorted({needle for needle in needles if needle}))[1]


def _columns(path: Path, needles: list[str]) -> Iterator[tuple[str, set[str], bool]]:
    """Each column, the needles met in it also as part of another word, and whether any stands there by itself."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set enable_progress_bar = false")
        rows = con.execute("select schema_name, table_name, column_name from duckdb_columns() where not internal order by all").fetchall()
        for schema, table, column in rows:
            texts = con.sql(f'select distinct "{column}"::varchar as text from "{schema}"."{table}" where "{column}" is not null').pl()[
                "text"
            ]
            met, is_hit = _met(texts, needles)
            yield f"{schema}.{table}.{column}", met, is_hit


def _met(texts: pl.Series, needles: list[str]) -> tuple[set[str], bool]:
    if not needles or not len(texts):
        return set(), False
    holding = texts.filter(texts.str.contains_any(needles, ascii_case_insensitive=True))
    found = holding.str.extract_many(needles, ascii_case_insensitive=True, overlapping=True)
    lowered = {needle.lower() for text_needles in found.to_list() for needle in map(str, text_needles)}
    met = {needle for needle in needles if needle.lower() in lowered}
    is_hit = any(
        _stands_apart(text.lower(), needle.lower()) for text in holding.to_list() for needle in met if needle.lower() in text.lower()
    )
    return met, is_hit


def _stands_apart(text: str, needle: str) -> bool:
    """Whether a needle stands in a text with no letter or digit before or after it."""
    at = text.find(needle)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(needle) : at + len(needle) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(needle, at + 1)
    return False


def _bytes(path: Path, needles: list[str], *, is_apart: bool) -> Iterator[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                with archive.open(member) as file:
                    if _stands_in(file, needles, is_apart=is_apart):
                        yield member
    with path.open("rb") as file:
        if _stands_in(file, needles, is_apart=is_apart):
            yield "its bytes"


def _stands_in(file: IO[bytes], needles: list[str], *, is_apart: bool) -> bool:
    patterns = [needle.encode().decode("latin-1") for needle in needles]
    before = b""
    overlap = max((len(pattern) for pattern in patterns), default=0) + 1
    while patterns and (block := file.read(AT_ONCE)):
        text = (before + block).decode("latin-1")
        if pl.Series([text]).str.contains_any(patterns).any() and (
            not is_apart or any(_stands_apart(text, pattern) for pattern in patterns)
        ):
            return True
        before = block[-overlap:]
    return False
