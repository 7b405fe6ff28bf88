"""Writes docs/data-dictionary.md from the database that a night on an empty landing folder publishes: python -m flows.dictionary [--check]."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows.run import Run
from flows.settings import Settings
from flows.stages import NIGHTLY

DOCUMENT = Path(__file__).parent.parent / "docs" / "data-dictionary.md"
INTRODUCTION = """# Data dictionary

Every table of the schema `analyst` in the published database, and every column. The same sentences are in the database as comments
(`select table_name, comment from duckdb_tables()`, `duckdb_columns()`). Made by `python -m flows.dictionary`; `make test` fails when it is out of date.
"""
_TABLES = """
    select table_name, comment from duckdb_tables()
    where database_name = current_database() and schema_name = 'analyst' order by table_name"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns()
    where database_name = current_database() and schema_name = 'analyst' and table_name = ? order by column_index"""


def published_on_nothing(home: Path) -> Path:
    """Publishes a database from an empty landing folder; returns its path."""
    landing = home / "landing"
    landing.mkdir()
    run = Run("nightly", home, date(2026, 1, 4), Settings(home=home), datetime(2026, 1, 5, 2, 30), "dictionary", landing)
    try:
        for stage in NIGHTLY:
            stage.act(run)
    finally:
        run.close()
    return run.published


def data_dictionary(database: Path) -> str:
    """The dictionary of a published database as Markdown."""
    con = duckdb.connect(str(database), read_only=True)
    try:
        parts = [INTRODUCTION]
        for table, meaning in con.execute(_TABLES).fetchall():
            parts.append(f"## {table}\n\n{meaning}.\n\n| column | type | meaning |\n| --- | --- | --- |")
            parts += [f"| `{name}` | {kind} | {said} |" for name, kind, said in con.execute(_COLUMNS, [table]).fetchall()]
            parts.append("")
        return "\n".join(parts)
    finally:
        con.close()


def main(arguments: list[str]) -> int:
    """Writes the document, or with --check only says whether it is up to date (exit status 1 when it is not)."""
    with TemporaryDirectory() as folder:
        text = data_dictionary(published_on_nothing(Path(folder)))
    if "--check" in arguments:
        if DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == text:
            return 0
        print(f"{DOCUMENT.name} is out of date: run python -m flows.dictionary and commit it", file=sys.stderr)
        return 1
    DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
