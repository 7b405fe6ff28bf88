"""forewarn sql: one query, a prompt, or a full-screen editor, on the published database and nothing else."""

from __future__ import annotations

import sys

from flows.settings import Settings
from flows.sql_prompt import columns_of, statements
from flows.sql_session import Form, NotAnswered, Session, open_session, written


def run_sql(settings: Settings, query: str | None, why: str | None, form: Form, by: str | None = None) -> None:
    """Answers one query, or asks for queries until the end of input."""
    if query is not None:
        sys.stdout.write(written(open_session(settings, why, by).ask(query), form))
        return
    if why is None and sys.stdin.isatty():
        why = input("Why do you look? (goes to the access log) ").strip() or None
    session = open_session(settings, why, by)
    sys.stderr.write(
        f"Run {session.run_id}, as of {session.as_of}. A query ends with a semicolon; Tab completes, ↑ recalls, Ctrl-D ends.\n"
        "Tables: show tables;   what one holds: describe flagged_pairs;   questions with their queries: docs/cookbook.md\n"
    )
    for statement in statements(columns_of(session.con), settings.home):
        _answer(session, statement, form)


def _answer(session: Session, statement: str, form: Form) -> None:
    try:
        sys.stdout.write(written(session.ask(statement), form))
    except NotAnswered as error:
        sys.stderr.write(f"{error}\n")
