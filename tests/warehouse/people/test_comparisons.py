"""What two values are to each other, as the comparisons ask the engine."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.people.comparisons import NEAR_SPELLING, SLIP_OF_NUMBER, SLIP_OF_POSTCODE

PLAIN = (
    "jaro_winkler_similarity(word_l, word_r) >= 0.9 or (damerau_levenshtein(word_l, word_r) <= 1 and "
    "(least(len(word_l), len(word_r)) >= 4 or (word_l[1] = word_r[1] and least(len(word_l), len(word_r)) >= 2)))"
)
WORDS = st.lists(st.text("abcé", min_size=1, max_size=7), min_size=2, max_size=30)


def said(condition: str, column: str, left: str, right: str) -> bool:
    [(found,)] = duckdb.execute(f"select {condition} from (select $1 as {column}_l, $2 as {column}_r)", [left, right]).fetchall()
    assert isinstance(found, bool)
    return found


@pytest.mark.parametrize(
    ("left", "right", "is_near"),
    [
        ("ann", "anna", True),
        ("smith", "smiht", True),
        ("khan", "kahn", True),
        ("al", "el", False),
        ("jo", "joe", True),
        ("ann", "dan", False),
    ],
)
def test_names_spelled_nearly_alike(left: str, right: str, *, is_near: bool) -> None:
    assert said(NEAR_SPELLING.format("word"), "word", left, right) is is_near


@given(WORDS)
def test_what_is_cheap_to_ask_first_rules_nothing_out(words: list[str]) -> None:
    con = duckdb.connect()
    con.execute("create table word as select unnest($1) as word", [words])
    pairs = "(select l.word as word_l, r.word as word_r from word as l cross join word as r)"
    differ = f"select * from {pairs} where ({NEAR_SPELLING.format('word')}) is distinct from ({PLAIN})"
    assert con.execute(differ).fetchall() == []


@pytest.mark.parametrize(
    ("left", "right", "is_slip"),
    [("N123", "N124", True), ("N123", "N123", False), ("N12", "N123", False), ("É12", "E12", False), ("É12", "È12", True)],
)
def test_a_slip_of_a_person_number(left: str, right: str, *, is_slip: bool) -> None:
    assert said(SLIP_OF_NUMBER, "nominal_ref", left, right) is is_slip


@pytest.mark.parametrize(
    ("left", "right", "is_slip"),
    [("AB12CD", "AB13CD", True), ("AB12CD", "AB21CD", True), ("AB12CD", "AB1CD", False), ("AB12CD", "AB34CD", False)],
)
def test_a_slip_of_the_pen_in_a_postcode(left: str, right: str, *, is_slip: bool) -> None:
    assert said(SLIP_OF_POSTCODE, "post", left, right) is is_slip
