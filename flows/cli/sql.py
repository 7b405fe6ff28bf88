"""forewarn sql: one query, or a prompt, on the published database and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from flows.settings import Settings
from flows.sql_session import Form, NotAnswered, Session, open_session, written

PROMPT, MORE = "forewarn> ", "      ... "


def run_sql(settings: Settings, query: str | None, why: str | None, form: Form) -> None:
    """Answers one query, or asks for queries until the end of input."""
    if query is not None:
        sys.stdout.write(written(open_session(settings, why).ask(query), form))
        return
    if why is None and sys.stdin.isatty():
        why = input("Why do you look? (goes to the access log) ").strip() or None
    session = open_session(settings, why)
    sys.stderr.write(f"Run {session.run_id}, as of {session.as_of}. Tables: show tables;   end: Ctrl-D. A query ends with a semicolon.\n")
    for statement in _statements():
        _answer(session, statement, form)


def _answer(session: Session, statement: str, form: Form) -> None:
    try:
        sys.stdout.write(written(session.ask(statement), form))
    except NotAnswered as error:
        sys.stderr.write(f"{error}\n")


def _statements() -> Iterator[str]:
    if sys.stdin.isatty():
        import readline  # noqa: F401 - editing and recall at the prompt
    lines: list[str] = []
    while True:
        try:
            lines.append(input((MORE if lines else PROMPT) if sys.stdin.isatty() else ""))
        except EOFError:
            break
        if lines[-1].rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)
