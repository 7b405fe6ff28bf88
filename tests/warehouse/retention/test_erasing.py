"""What goes with an erased record beside its rows: drawn as earlier lists in, lists out."""

from __future__ import annotations

import duckdb

from warehouse.retention.erasing import AT_ONCE, strike_reasons


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
