"""A layer is built table by table in the order of what they read, and what a header promises is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.conftest import Landing
from warehouse.build import SQL_FOLDER, GrainBroken, TablesInCircle, TableUndeclared, build, declared_table, layer_tables


def write(folder: Path, **files: str) -> Path:
    (folder / "pairs").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "pairs" / f"{name}.sql").write_text(text)
    return folder


def table(name: str, reads: str, query: str, grain: str = "n") -> str:
    return f"-- table: pairs.{name}\n-- grain: {grain}\n-- reads: {reads}\n-- One row per number.\n-- A second sentence.\n{query}\n"


def test_tables_are_made_after_those_they_read(landing: Landing, tmp_path: Path) -> None:
    last = table("a", "pairs.b, known.as_of", "select n + 1 as n from pairs.b")
    folder = write(tmp_path, a=last, b=table("b", "pairs.c", "select * from pairs.c"), c=table("c", "none", "select 1 as n"))
    build(landing.con, "pairs", folder)
    assert landing.drawn("select n from pairs.a") == "2"


def test_a_header_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path, a=table("a", "pairs.b, known.as_of", "select 1 as n, 2 as m", grain="n, m"))
    declared = declared_table(folder / "pairs" / "a.sql")
    assert (declared.name, declared.grain, declared.reads) == ("pairs.a", ("n", "m"), ("pairs.b", "known.as_of"))
    assert declared.meaning == "One row per number. A second sentence."


def test_a_broken_grain_names_the_table_and_how_many_rows_are_too_many(landing: Landing, tmp_path: Path) -> None:
    folder = write(tmp_path, a=table("a", "none", "select unnest([1, 1, 1, 2, 2, 3]) as n"))
    with pytest.raises(GrainBroken, match=r"pairs\.a must hold one row per n, but 2 of these have more: 3 rows too many"):
        build(landing.con, "pairs", folder)


def test_a_grain_of_none_is_not_checked(landing: Landing, tmp_path: Path) -> None:
    build(landing.con, "pairs", write(tmp_path, a=table("a", "none", "select unnest([1, 1]) as n", grain="none")))
    assert landing.drawn("select count(*) from pairs.a") == "2"


def test_a_layer_that_fails_leaves_the_one_before(landing: Landing, tmp_path: Path) -> None:
    build(landing.con, "pairs", write(tmp_path, a=table("a", "none", "select 1 as n"), b=table("b", "pairs.a", "select 1 as n")))
    broken = write(tmp_path, a=table("a", "none", "select 2 as n"), b=table("b", "pairs.a", "select unnest([1, 1]) as n"))
    with pytest.raises(GrainBroken):
        build(landing.con, "pairs", broken)
    assert landing.drawn("select n from pairs.a") == "1"


def test_sql_that_cannot_run_names_its_table(landing: Landing, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nowhere") as raised:
        build(landing.con, "pairs", write(tmp_path, a=table("a", "none", "select * from nowhere")))
    assert raised.value.__notes__ == ["while making pairs.a"]


def test_a_file_without_its_header_says_what_is_missing(tmp_path: Path) -> None:
    folder = write(tmp_path, a="-- table: pairs.a\n-- reads: none\nselect 1 as n")
    with pytest.raises(TableUndeclared, match=r"a\.sql: the header does not say grain\. Begin the file with '-- grain: \.\.\.'"):
        layer_tables("pairs", folder)


def test_tables_that_read_each_other_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path, a=table("a", "pairs.b", "select 1 as n"), b=table("b", "pairs.a", "select 1 as n"))
    with pytest.raises(TablesInCircle, match=r"pairs\.(a reads pairs\.b reads pairs\.a|b reads pairs\.a reads pairs\.b)"):
        layer_tables("pairs", folder)


@pytest.mark.parametrize("layer", sorted(folder.name for folder in SQL_FOLDER.iterdir() if any(folder.glob("*.sql"))))
def test_every_shipped_table_is_declared(layer: str) -> None:
    tables = layer_tables(layer)
    assert all(table.meaning for table in tables)
    names = [table.name for table in tables]
    assert all(names.index(read) < place for place, table in enumerate(tables) for read in table.reads if read in names)
