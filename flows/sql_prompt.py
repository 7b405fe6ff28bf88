"""The prompt of `forewarn sql`: editing, statements recalled from earlier sessions, and names completed, where the terminal has readline."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

HISTORY, KEPT = "sql_history", 1000
"""The file in HOME, readable by its owner only, and how many statements it keeps; an erasure removes it, since a query can name people."""
PROMPT, MORE = "forewarn> ", "      ... "
SCHEMA = "analyst"
OF_SQL = (
    "select from where group order by having limit offset join left inner cross using on as and or not in is null like ilike between case when then else "
    "end distinct union all except intersect with qualify over partition asc desc count sum avg min max median list filter interval date true false "
    "describe summarize show tables exists cast coalesce round"
)
_BREAKS = " \t\n,()=<>!;'+-*/|"

Columns = Mapping[str, tuple[str, ...]]
Ask = Callable[[bool], str]
Remember = Callable[[str], None]


def columns_of(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The columns of each table that an analyst can ask."""
    found = con.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns() where schema_name = ? group by table_name order by 1",
        [SCHEMA],
    ).fetchall()
    return {table: tuple(columns) for table, columns in found}


def completions(begun: str, statement: str, columns: Columns) -> list[str]:
    """What a word that was begun may become: after `table.` its columns; else tables, the columns of tables that the statement names, and words of SQL."""
    before, dot, last = begun.rpartition(".")
    if dot:
        names = tuple(columns) if before.lower() == SCHEMA else columns.get(before.lower().removeprefix(f"{SCHEMA}."), ())
        return [f"{before}.{name}" for name in names if name.startswith(last.lower())]
    named = [table for table in columns if table in statement.lower()]
    known = {column for table in named or columns for column in columns[table]}
    return [word for word in [*columns, *sorted(known - columns.keys()), *OF_SQL.split()] if word.startswith(begun.lower())]


def statements(columns: Columns, home: Path) -> Iterator[str]:
    """The statements typed, each up to its semicolon, until the end of input."""
    if not sys.stdin.isatty():
        yield from _typed(lambda _is_more: input(), [])
        return
    lines: list[str] = []
    with _readline(columns, home / HISTORY, lines) as remember:
        for statement in _typed(lambda is_more: input(MORE if is_more else PROMPT), lines):
            remember(" ".join(statement.split()))
            yield statement


def _typed(ask: Ask, lines: list[str]) -> Iterator[str]:
    while True:
        try:
            line = ask(bool(lines))
        except EOFError:
            break
        lines.append(line)
        if line.rstrip().endswith(";"):
            whole = "\n".join(lines)
            lines.clear()
            yield whole
    if "".join(lines).strip():
        yield "\n".join(lines)


@contextmanager
def _readline(columns: Columns, history: Path, lines: list[str]) -> Iterator[Remember]:
    """Readline with names to complete and statements to recall; without readline (on Windows), a plain prompt."""
    try:
        import readline
    except ImportError:
        yield lambda _statement: None
        return

    def complete(begun: str, number: int) -> str | None:
        found = completions(begun, "\n".join([*lines, readline.get_line_buffer()]), columns)
        return found[number] if number < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(_BREAKS)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    readline.set_auto_history(False)
    readline.clear_history()
    os.close(os.open(history, os.O_CREAT, 0o600))
    readline.read_history_file(history)
    readline.set_history_length(KEPT)
    try:
        yield readline.add_history
    finally:
        readline.write_history_file(history)
        history.chmod(0o600)
