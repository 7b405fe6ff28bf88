"""Spark compares the pairs of records that the one machine compares, and weighs them alike: the same people come out."""

from __future__ import annotations

from random import Random

import duckdb
import pytest

from tests.warehouse.people.known import open_known, people_found, tell
from warehouse.people.comparisons import NEAR_SPELLING
from warehouse.people.on_spark import in_spark, on_spark
from warehouse.people.resolve import resolve_people
from warehouse.spark import Exchange

FORENAMES = ("Martha", "Marhta", "Mohammed", "Muhammad", "Jo", "J", "Kai", "Kia", "Siobhan", "Élodie", "Anne Marie", "Tom", "Thomas")
SURNAMES = ("Dixon", "Dicksonx", "Jones", "Jonse", "O'Neill", "Khan", "Begum", "Garcia Lopez", "Ash", "Asch")
DATES = ("1999-03-04", "1999-04-03", "1999-03-05", "1998-03-04", "1999-01-01", "1999-12-31", "1999-02-13", "2001-03-04")
POSTCODES = ("ZZ1 1AA", "ZZ1 1AB", "ZZ1 1BA", "ZZ1 2AA", "ZZ12 1AA", "YY3 4CD")
COLUMNS = "incident_id | party_no | role | nominal_ref | surname | forenames | date_of_birth | sex | postcode"


def tell_of_people(con: duckdb.DuckDBPyConnection, records: int = 300) -> None:
    """Incident parties some of whom are one person, written in many ways, with much missing."""
    chance = Random(3)

    def some(values: tuple[str, ...], present: float = 0.8) -> str:
        return chance.choice(values) if chance.random() < present else ""

    rows = [
        f"I{number // 2} | {number % 2} | SUSPECT | {some(('4711', '4712', '5000', '47110'), 0.2)} | {some(SURNAMES)} | {some(FORENAMES)} | "
        f"{some(DATES)} | {some(('M', 'F'))} | {some(POSTCODES)}"
        for number in range(records)
    ]
    tell(con, "incident", "incident_id | district\n" + "\n".join(f"I{number} | D1" for number in range(records // 2)))
    tell(con, "incident_party", "\n".join([COLUMNS, *rows]))


def test_spark_links_what_the_one_machine_links(exchange: Exchange) -> None:
    here, there = open_known(), open_known()
    for con in (here, there):
        tell_of_people(con)
    resolve_people(here)
    resolve_people(there, score=on_spark(exchange))
    edges = "select record_a, record_b, match_weight from people.edge order by all"
    links, on_workers = here.execute(edges).fetchall(), there.execute(edges).fetchall()
    assert len(links) > 1000, "a test of few links shows little"
    assert [link[:2] for link in on_workers] == [link[:2] for link in links]
    assert [link[2] for link in on_workers] == pytest.approx([link[2] for link in links], abs=2e-6)
    assert people_found(there) == people_found(here)


CONDITIONS = (
    NEAR_SPELLING.format("word"),
    "jaro_winkler_similarity(word_l, word_r) >= 0.9",
    "damerau_levenshtein(word_l, word_r) = 1",
    "strlen(word_l) = strlen(word_r)",
    "word_l[1] = word_r[1]",
    "word_l[:2] = word_r[:2]",
    "word_l[2:3] = word_r[3:4]",
    "list_has_any(letters_l, letters_r) and len(letters_l) > 4",
    "letters_l[1][1] = letters_r[1][1]",
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_says_on_spark_what_it_says_here(exchange: Exchange, condition: str) -> None:
    con = duckdb.connect()
    words = sorted({word.lower() for word in (*FORENAMES, *SURNAMES, *DATES, *POSTCODES)})
    con.execute("create table word as select unnest(?::varchar[]) as word", [words])
    con.execute(
        """create table pair as
        select l.word as word_l, r.word as word_r, string_split(l.word, '') as letters_l, string_split(r.word, '') as letters_r
        from word as l cross join word as r"""
    )
    exchange.give("pair", con.table("pair")).createOrReplaceTempView("pair")
    said = "select word_l, word_r, case when {0} then 1 else 0 end as said from pair"  # as Splink asks
    here = sorted(con.execute(said.format(condition)).fetchall())
    there = exchange.spark.sql(said.format(in_spark(condition, {"letters"}))).toArrow().to_pylist()
    assert sorted(tuple(pair.values()) for pair in there) == here
    assert {word for *_, word in here} == {0, 1}
