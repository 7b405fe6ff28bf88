"""Which names and numbers are the erased person's alone, so that they may be found nowhere: drawn as records in, words out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest

from warehouse.retention.holds import create_holds, place
from warehouse.retention.targets import Held, Targets, of_record, only_theirs


def received(con: duckdb.DuckDBPyConnection, source: str, rows: list[tuple[str, dict[str, str | None]]]) -> None:
    columns = {
        "incident_party": ("nominal_ref", "surname", "forenames", "alias"),
        "intelligence_subject": ("nominal_ref", "surname", "forenames", "alias"),
        "exclusion": ("upn", "surname", "forename", "preferred_surname"),
    }[source]
    con.execute(
        f"create table core.received_{source} (record_id varchar, content struct({', '.join(f'{name} varchar' for name in columns)}))"
    )
    for record_id, content in rows:
        con.execute(f"insert into core.received_{source} values (?, ?)", [record_id, {name: content.get(name) for name in columns}])


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for schema in ("core", "people"):
            con.execute(f"create schema {schema}")
        con.execute("create table people.person_record (person_id varchar, source varchar, record_id varchar)")
        con.execute("insert into people.person_record values ('Pa', 'incident_party', 'I1/1')")
        con.execute("create table people.record (source varchar, record_id varchar, full_name varchar, surname_parts varchar[])")
        con.execute("insert into people.record values ('incident_party', 'I1/1', 'dean johnson', ['johnson'])")
        con.execute("create table people.person (person_id varchar, display_name varchar)")
        con.execute("insert into people.person values ('Pa', 'Dean Johnson')")
        received(con, "incident_party", [("I1/1", {"surname": "JOHNSON", "forenames": "Dean", "nominal_ref": "N700001"})])
        yield con


def theirs(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return only_theirs(con, Targets(frozenset({("incident_party", "I1/1")}), frozenset({"Pa"})))


@pytest.mark.parametrize(
    ("source", "record_id", "content", "is_theirs_alone"),
    [
        ("incident_party", "I2/1", {"surname": "Johnson", "forenames": "Denise"}, True),
        ("incident_party", "I2/1", {"surname": "DEAN JOHNSON", "forenames": "Michael"}, False),
        ("incident_party", "I2/1", {"surname": "dean", "forenames": "JOHNSON"}, False),
        ("incident_party", "I2/1", {"surname": "Johnson", "forenames": "Dean Michael"}, False),
        ("intelligence_subject", "R1/1", {"alias": "Dean Johnson"}, False),
        ("exclusion", "U/1/2026-01-01", {"surname": "Smith", "preferred_surname": "Johnson", "forename": "Dean"}, False),
    ],
)
def test_a_name_is_another_s_where_their_record_holds_all_its_words(
    con: duckdb.DuckDBPyConnection, source: str, record_id: str, content: dict[str, str | None], is_theirs_alone: bool
) -> None:
    if source == "incident_party":
        con.execute("insert into core.received_incident_party values (?, ?)", [record_id, {"nominal_ref": None, "alias": None, **content}])
    for other in ("intelligence_subject", "exclusion"):
        received(con, other, [(record_id, content)] if other == source else [])
    found = theirs(con)
    assert "N700001" in found
    assert ("Dean JOHNSON" in found, "JOHNSON, Dean" in found) == (is_theirs_alone, is_theirs_alone)


def test_a_name_as_another_is_shown_or_compared_is_not_theirs_alone(con: duckdb.DuckDBPyConnection) -> None:
    for other in ("intelligence_subject", "exclusion"):
        received(con, other, [])
    assert "Dean JOHNSON" in theirs(con)
    con.execute("insert into people.record values ('incident_party', 'I2/1', 'dean johnson', ['johnson'])")
    assert theirs(con) == {"N700001"}
    con.execute("delete from people.record where record_id = 'I2/1'")
    con.execute("insert into people.person values ('Pb', 'Dean Johnson')")
    assert theirs(con) == {"N700001"}


def test_an_order_on_a_record_takes_no_names(con: duckdb.DuckDBPyConnection) -> None:
    assert only_theirs(con, Targets(frozenset({("incident_party", "I1/1")}))) == frozenset()


def test_the_parts_of_a_record_whose_number_has_strokes_go_with_it(con: duckdb.DuckDBPyConnection) -> None:
    """And no part of another whose number begins alike."""
    received(con, "intelligence_subject", [("CR/1/26/1", {})])
    for record in ("CR/1/26/1", "CR/1/26/2", "CR/1/2", "CR/1"):
        con.execute("insert into core.received_incident_party (record_id) values (?)", [record])
    con.execute("create table core.received_incident (record_id varchar)")
    con.execute("insert into core.received_incident values ('CR/1/26')")
    con.execute("create schema ops")
    create_holds(con)
    assert of_record(con, "incident", "CR/1/26").records == {
        ("incident", "CR/1/26"),
        ("incident_party", "CR/1/26/1"),
        ("incident_party", "CR/1/26/2"),
    }
    place(con, [("incident_party", "CR/1/26/2")], by="A. Lawyer", why="trial", at=datetime(2026, 3, 1))
    with pytest.raises(Held):
        of_record(con, "incident", "CR/1/26")
