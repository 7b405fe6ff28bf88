"""Each room knows only those above it: in Python's imports and in what the SQL reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from importlinter.cli import lint_imports
from sqlglot import exp

ROOT = Path(__file__).parents[2]
ROOMS = ("warehouse", "features", "models", "alerts", "flows", "synth")
SCHEMAS = ("codes", "landing", "ops", "core", "known", "linkage", "people", "pairs", "features", "scores", "alerts", "analyst")
BEFORE_THE_GATE = ("landing", "core")
MAY_READ_BEFORE_THE_GATE = (
    "warehouse/ethnicity.py",
    "warehouse/retention",
    "warehouse/sources/",
    "warehouse/subject_access",
    "warehouse/sql/core/",
    "warehouse/timegate.py",
    "warehouse/versions.py",
)
SQL_FILES = sorted((ROOT / "warehouse" / "sql").glob("*/*.sql"))


def tables_read(sql: str) -> set[str]:
    """schema.table of every table that a query reads, its own common table expressions left out."""
    trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    own = {cte.alias_or_name for tree in trees for cte in tree.find_all(exp.CTE)}
    return {f"{t.db}.{t.name}" if t.db else t.name for tree in trees for t in tree.find_all(exp.Table)} - own


def declared(sql: str, word: str) -> set[str]:
    """What a header line such as `-- reads: a, b` lists."""
    found = re.search(rf"^-- {word}:(.*)$", sql, re.MULTILINE)
    return {name.strip() for name in found[1].split(",")} - {""} if found else set()


def arrows_backwards(made: str, reads: set[str]) -> list[str]:
    """The tables read that a table may not know: those of a later schema, and what lies before the gate once it is past."""
    here = SCHEMAS.index(made.split(".", maxsplit=1)[0])
    wrong = [read for read in sorted(reads) if read.split(".")[0] not in SCHEMAS[: here + 1]]
    past_the_gate = here > SCHEMAS.index("core")
    return wrong + [read for read in sorted(reads) if past_the_gate and read.split(".")[0] in BEFORE_THE_GATE]


@pytest.mark.parametrize("file", SQL_FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_sql_file_reads_what_its_header_says_and_only_backwards(file: Path) -> None:
    sql = file.read_text(encoding="utf-8")
    (made,) = declared(sql, "table")
    assert made.split(".")[0] == file.parent.name, "a file lies in the folder of its schema"
    assert tables_read(sql) == declared(sql, "reads")
    assert arrows_backwards(made, tables_read(sql)) == []


def test_an_arrow_backwards_is_found() -> None:
    assert arrows_backwards("known.incident", {"core.incident"}) == ["core.incident"]
    assert arrows_backwards("pairs.event", {"pairs.party", "known.incident", "codes.offence"}) == []
    assert arrows_backwards("pairs.event", {"scores.pair_week", "landing.incidents"}) == ["scores.pair_week", "landing.incidents"]
    assert tables_read("with a as (select * from known.incident) select * from a join core.version using (load_id)") == {
        "known.incident",
        "core.version",
    }


def statements(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each string in a Python file that reads like SQL."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\b(from|join|update|into)\s", node.value):
            yield node.lineno, node.value


@pytest.mark.parametrize("room", ROOMS)
def test_only_the_gate_reads_what_lies_before_it(room: str) -> None:
    files = [file for file in (ROOT / room).rglob("*.py") if not file.relative_to(ROOT).as_posix().startswith(MAY_READ_BEFORE_THE_GATE)]
    reads = re.compile(rf"\b(from|join|update|into)\s+({'|'.join(BEFORE_THE_GATE)})\.\w")
    found = [f"{file.relative_to(ROOT)}:{line}" for file in files for line, text in statements(file) if reads.search(text)]
    assert found == []


def test_python_imports_go_one_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_ethnicity_is_read_by_the_fairness_audit_alone() -> None:
    """One file reads it, the fairness audit alone calls that file."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    reads = [file for file in files if any("core.ethnicity" in text for _, text in statements(file))]
    calls = [file for file in files if "warehouse.ethnicity" in file.read_text(encoding="utf-8")]
    sql = [file for file in SQL_FILES if "core.ethnicity" in file.read_text(encoding="utf-8")]
    named = [[file.relative_to(ROOT).as_posix() for file in found] for found in (reads, calls, sql)]
    assert named == [["warehouse/ethnicity.py"], ["flows/fairness_audit.py"], ["warehouse/sql/core/ethnicity.sql"]]
