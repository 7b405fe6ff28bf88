"""How what agencies write becomes a value, and what does not."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Landing, full_rows
from warehouse.contracts import EXTRACTS, INCIDENTS, Extract
from warehouse.sources.typing_sql import define_macros, verdict_sql


def value(landing: Landing, macro: str, written: str | None) -> object:
    return landing.con.execute(f"select {macro}(?)", [written]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-06-29T14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("2022-06-29 14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("2022-06-29T14:09", datetime(2022, 6, 29, 14, 9)),
        ("2022-06-29 14:09:07.25", datetime(2022, 6, 29, 14, 9, 7, 250000)),
        ("2022-06-29", datetime(2022, 6, 29)),
        ("29/06/2022 14:09:07", datetime(2022, 6, 29, 14, 9, 7)),
        ("29/06/2022 14:09", datetime(2022, 6, 29, 14, 9)),
        ("29/06/2022", datetime(2022, 6, 29)),
        ("3/4/2024 9:05", datetime(2024, 4, 3, 9, 5)),
        (" 03/04/2024\t", datetime(2024, 4, 3)),
        ("2022-06-29T14:09:07Z", datetime(2022, 6, 29, 15, 9, 7)),
        ("2022-12-29T14:09:07Z", datetime(2022, 12, 29, 14, 9, 7)),
        ("2022-06-29T14:09:07+01:00", datetime(2022, 6, 29, 14, 9, 7)),
        ("31/02/2024", None),
        ("2024-13-45", None),
        ("00/00/0000", None),
        ("06/29/2022", None),
        ("29/06/22", None),
        ("29/06/0022", None),
        ("29 June 2022", None),
        ("yesterday", None),
        ("2022-06-29 24:00", None),
        ("2022-06-29 14:60", None),
        ("14:09", None),
        ("45123", None),
        ("infinity", None),
        ("not known", None),
        (None, None),
    ],
)
def test_a_moment_is_read_in_the_ways_of_the_contract_and_no_other(landing: Landing, written: str | None, moment: datetime | None) -> None:
    assert value(landing, "as_moment", written) == moment
    assert value(landing, "as_date", written) == (moment and moment.date())


def test_a_date_cell_of_a_workbook_is_a_date(landing: Landing) -> None:
    assert value(landing, "as_date", "2008-02-01 00:00:00") == date(2008, 2, 1)


@pytest.mark.parametrize(
    ("macro", "written", "read"),
    [
        ("as_text", "  O'Hara ", "O'Hara"),
        ("as_text", "\u00a0Ash\r\n", "Ash"),
        ("as_text", "   ", None),
        ("as_text", "unknown", None),
        ("as_text", "Unk", None),
        ("as_text", "N/K", None),
        ("as_text", "Not known", None),
        ("as_text", "NULL", None),
        ("as_text", "Unkle", "Unkle"),
        ("as_int", "07", 7),
        ("as_int", "8.0", 8),
        ("as_int", "4.5", None),
        ("as_int", "-1", None),
        ("as_int", "two", None),
        ("as_int", "99999999999", None),
        ("as_flag", "y", True),
        ("as_flag", "No", False),
        ("as_flag", "maybe", None),
        ("as_code", " knife ", "KNIFE"),
        ("as_code", "2.0", "2"),
        ("as_padded_code", "008n", "8N"),
        ("as_padded_code", "8 N", "8N"),
        ("as_padded_code", "4.10", "4.10"),
        ("as_padded_code", "001", "1"),
        ("as_ethnicity", "w1", "W1"),
        ("as_ethnicity", "Martian", None),
    ],
)
def test_other_values(landing: Landing, macro: str, written: str, read: object) -> None:
    assert value(landing, macro, written) == read


PARTS = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "N",
        "Y",
        "UNK",
        "unknown",
        "N/K",
        "null",
        "KNIFE",
        "knife",
        "008N",
        "8N",
        "3B",
        "1",
        "1.0",
        "07",
        "9999999999",
        "P",
        "C",
        "M",
        "x",
    ]
)
MADE_OF = st.tuples(PARTS, PARTS, PARTS).map("".join)
DATES = st.one_of(
    st.dates(date(1899, 1, 1), date(2101, 1, 1)).map(str),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(1899, 2100), st.integers(0, 13), st.integers(0, 32)),
    st.builds("{:02}/{:02}/{:04}".format, st.integers(0, 32), st.integers(0, 13), st.integers(1899, 2100)),
)
CLOCKS = st.sampled_from(["", "T09:30", " 23:59:59", " 24:00", "T9:30", " 10:00:00.5", "T10:00Z", " "])


@settings(max_examples=25)
@example(["01/01/1900T09:30", "31/01/2024 09:30", "30/02/2024", "2024-02-29", "UNK\u00a0"], INCIDENTS)
@given(st.lists(MADE_OF | st.builds(str.__add__, DATES, CLOCKS), min_size=1, max_size=40), st.sampled_from(EXTRACTS))
def test_no_row_that_is_not_well_passes_unlooked_at(written: list[str], extract: Extract) -> None:
    """Each value in each column, the row otherwise well: what judging every row would reject or count is found by judging those in doubt."""
    rows = [{**one, column.name: value} for one in full_rows(extract, [{}]) for column in extract.columns for value in written]
    with duckdb.connect() as con:
        define_macros(con)
        columns = {
            name: [row[name] or None if number % 2 else row[name] for number, row in enumerate(rows)] for name in extract.column_names
        }
        con.register(
            "incoming",
            pa.table({"line": range(len(rows)), **columns}, pa.schema({"line": pa.int64(), **dict.fromkeys(columns, pa.string())})),
        )
        found, whole = (
            con.execute(f"from ({sql}) where reason <> '' or unreadable > 0 order by line").fetchall()
            for sql in (verdict_sql(extract), _all(extract))
        )
    assert found == whole


def _all(extract: Extract) -> str:
    sql, begin, end = verdict_sql(extract), " from incoming where ", ")\n        select line, concat_ws"
    return sql[: sql.index(begin)] + " from incoming" + sql[sql.index(end) :]
