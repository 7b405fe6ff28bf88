"""Every query of docs/cookbook.md, asked of a synthetic county as analysts ask it: none errors, and none is empty that should have rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.databases import published_open
from flows.settings import Settings
from tests.whole.conftest import County

COOKBOOK = Path(__file__).parents[2] / "docs" / "cookbook.md"
LEAST = 25


def recipes() -> dict[str, tuple[str, str]]:
    """By question: what is said of the answer, and the query."""
    found = re.findall(r"^### (.+?\?)\n\n(.+?)\n\n```sql\n(.+?);\n```", COOKBOOK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {question: (said, query) for question, said, query in found}


@pytest.fixture(scope="module")
def con(county: County) -> Iterator[duckdb.DuckDBPyConnection]:
    with published_open(Settings(home=county.last)) as opened:
        yield opened


@pytest.mark.parametrize("question", recipes())
def test_a_question_is_answered(question: str, con: duckdb.DuckDBPyConnection) -> None:
    said, query = recipes()[question]
    rows = con.execute(query).fetchall()
    assert rows or "Empty " in said, f"{question} came back empty"


def test_each_question_has_words_and_one_query() -> None:
    text = COOKBOOK.read_text(encoding="utf-8")
    assert len(recipes()) == text.count("\n### ") == text.count("```sql") >= LEAST
    assert [question for question, (said, query) in recipes().items() if len(said) < 30 or ";" in query] == []
