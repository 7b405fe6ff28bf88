"""What reports say from night to night: only what is new or changed is read again, and what is then there is what reading everything gives."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.reports.claims import read_claims

BOTH = [("R1", "reported_threat"), ("R2", "reported_threat")]
TEXT = "Ash Elm has threatened Oak Yew."


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two reports that name the same two people, as one night read them."""
    with duckdb.connect() as con:
        for schema in ("known", "people", "pairs"):
            con.execute(f"create schema {schema}")
        con.execute('create table known.intelligence (record_id varchar, "text" varchar, counts boolean)')
        con.execute(
            "create table people.text_span (report_id varchar, span_start integer, span_end integer, record_source varchar, record_id varchar)"
        )
        for report in ("R1", "R2"):
            tell(con, report)
        read_claims(con)
        yield con


def tell(con: duckdb.DuckDBPyConnection, report: str, text: str = TEXT) -> None:
    con.execute("insert into known.intelligence values (?, ?, true)", [report, text])
    for number, name in enumerate(("Ash Elm", "Oak Yew"), start=1):
        at = text.index(name)
        con.execute(
            "insert into people.text_span values (?, ?, ?, 'intelligence_mention', ?)", [report, at, at + len(name), f"{report}/{number}"]
        )


def claims(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute("select report_id, kind from pairs.claim order by all").fetchall()


def test_a_report_that_is_as_it_was_is_not_read_again(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update pairs.claim set kind = 'as it was read' where report_id = 'R1'")
    assert read_claims(con) == 2
    assert claims(con) == [("R1", "as it was read"), ("R2", "reported_threat")]


@pytest.mark.parametrize(
    ("change", "then"),
    [
        pytest.param("update known.intelligence set text = 'Ash Elm is friends w Oak Yew.. ' where record_id = 'R1'", [("R2", "reported_threat")], id="its text"),
        pytest.param("update people.text_span set record_id = 'R1/9' where record_id = 'R1/1'", BOTH, id="who is in it"),
        pytest.param("update known.intelligence set counts = false where record_id = 'R1'", [("R2", "reported_threat")], id="withdrawn"),
        pytest.param("delete from people.text_span where record_id = 'R1/1'", [("R2", "reported_threat")], id="one person left"),
    ],
)  # fmt: skip
def test_what_changed_is_as_if_everything_were_read(con: duckdb.DuckDBPyConnection, change: str, then: list[tuple[str, str]]) -> None:
    con.execute(change)
    read_claims(con)
    found = con.execute("from pairs.claim order by all").fetchall()
    con.execute("drop table pairs.read_report")
    read_claims(con)
    assert con.execute("from pairs.claim order by all").fetchall() == found
    assert [one for one in claims(con) if one[1] == "reported_threat"] == then


def test_a_report_that_comes_back_is_read_again(con: duckdb.DuckDBPyConnection) -> None:
    for counts in (False, True):
        con.execute("update known.intelligence set counts = ? where record_id = 'R1'", [counts])
        read_claims(con)
    assert claims(con) == BOTH
