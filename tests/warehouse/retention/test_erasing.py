"""What goes with an erased record beside its rows: drawn as earlier lists in, lists out."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.retention.erasing import AT_ONCE, any_of, strike_reasons, struck_out


def test_what_an_earlier_list_said_of_an_erased_record_goes_and_other_reasons_stay() -> None:
    with duckdb.connect() as con:
        con.execute("create schema alerts")
        con.execute("create table alerts.flag (pair_id varchar, reasons varchar[])")
        for pair, reasons in (
            (
                "Pa-Pb",
                ["conflict among their friends: assault on 3 May 2026 (knife, CR/12/26) and 2 more", "harm on record: threat (CR/12/267)"],
            ),
            ("Pa-Pc", ["harm on record: threat (I7)"]),
            ("Pc-Pd", ["reports: a dispute (IR 9)"]),
        ):
            con.execute("insert into alerts.flag values (?, ?)", [pair, reasons])
        strike_reasons(con, ["CR/12/26", "IR 9", *(f"Z{n}" for n in range(AT_ONCE))])
        assert con.execute("select * from alerts.flag order by pair_id").fetchall() == [
            ("Pa-Pb", ["[erased]", "harm on record: threat (CR/12/267)"]),
            ("Pa-Pc", ["harm on record: threat (I7)"]),
            ("Pc-Pd", ["[erased]"]),
        ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("José hit JOSÉ José, and (Łukasz Ślęzak) left with Łukasz.", "[erased] hit [erased] [erased], and ([erased]) left with Łukasz."),
        ("Joséa and MacJosé stay; see #12, #123.", "Joséa and MacJosé stay; see [erased], #123."),
        ("Ann José\nAnn", "[erased]\n[erased]"),
        ("Anna", "Anna"),
    ],
)
def test_names_go_out_of_texts_as_words_of_their_own_whatever_their_letters(text: str, left: str) -> None:
    with duckdb.connect() as con:
        pattern = any_of(["Ann", "Ann José", "José", "Łukasz Ślęzak", "#12"])
        found = con.execute(f"select {struck_out('told')} from (select $text as told)", {"text": text, "pattern": pattern}).fetchall()
    assert found == [(left,)]
