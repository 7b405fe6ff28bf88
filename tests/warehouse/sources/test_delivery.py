"""A delivery: what is new is taken in once, what is bad is refused by name, and the rest loads."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.warehouse.conftest import NOW, Landing, as_csv, full_rows
from warehouse.contracts import EXCLUSIONS, EXTRACT_BY_NAME, INCIDENTS
from warehouse.sources.delivery import LandingMissing, take_in

INCIDENT = as_csv(full_rows(INCIDENTS, [{"incident_id": "I1"}]))


def loads(landing: Landing) -> str:
    return landing.drawn("select file, status, rows_read, rows_accepted, rows_rejected from ops.load order by extract_date, file")


def test_each_kind_of_file_lands(landing: Landing) -> None:
    for name in EXTRACT_BY_NAME:
        landing.draw(f"{name}_2026-01-04.csv", "surname\nAsh" if name == "exclusions" else "withdrawn_at\n-")
    assert landing.take_in().rows_accepted == 5
    assert loads(landing).splitlines() == [f"{name}_2026-01-04.csv | loaded | 1 | 1 | 0" for name in sorted(EXTRACT_BY_NAME)]


def test_the_same_rows_as_csv_parquet_and_workbook_become_the_same_record(landing: Landing) -> None:
    typed: dict[str, object] = {
        "date_of_birth": date(2011, 10, 26), "start_date": date(2026, 2, 3), "sessions": 8, "school_urn": 136581,
        "recorded_at": datetime(2026, 2, 3, 17, 26),
    }  # fmt: skip
    (row,) = full_rows(EXCLUSIONS, [{"upn": "U1", "year_group": "10"}])
    as_text = {name: str(value).replace(" ", "T") for name, value in typed.items()}
    landing.put("exclusions_2026-02-08.csv", as_csv([row | as_text]))
    pl.DataFrame([row | typed]).write_parquet(landing.folder / "exclusions_2026-02-15.parquet")
    landing.put("exclusions_2026-02-22.xlsx", workbook(row | typed))
    assert landing.take_in().rows_accepted == 3
    landing.settle()
    assert landing.drawn(
        "select record_id, date_of_birth, sessions, recorded_at, year_group, known_from, known_to from core.exclusion"
    ) == ("U1/136581/2026-02-03 | 2011-10-26 | 8 | 2026-02-03 17:26:00 | 10 | 2026-02-03 17:26:00 | -")


def workbook(*rows: dict[str, object]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Suspensions")
    sheet.write_row(0, 0, list(rows[0]))
    for at, row in enumerate(rows, start=2):  # the row between is left empty, as in many a workbook
        sheet.write_row(at, 0, list(row.values()))
    book.close()
    return content.getvalue()


def test_a_bad_row_of_a_workbook_is_named_by_its_row_number(landing: Landing) -> None:
    good, bad = full_rows(EXCLUSIONS, [{"upn": "U1"}, {"upn": "", "surname": "Elm"}])
    landing.put("exclusions_2026-02-22.xlsx", workbook(dict(good), dict(bad)))
    intake = landing.take_in()
    assert (intake.rows_read, intake.rows_accepted, intake.rows_rejected) == (2, 1, 1)
    assert landing.drawn("select line, reason, raw from ops.reject").startswith("4 | upn: required value missing | ,Elm,")


def test_a_file_is_loaded_once_and_again_only_if_it_has_changed(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1")
    assert landing.take_in().files_new == 1
    again = landing.take_in()
    assert (again.files_seen, again.files_new, again.rows_read) == (1, 0, 0)
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1\nI2")
    assert landing.take_in().files_new == 1
    assert (
        landing.drawn("select file, rows_read from ops.load order by load_id")
        == "incidents_2026-01-04.csv | 1\nincidents_2026-01-04.csv | 2"
    )


def test_files_are_taken_oldest_extract_first(landing: Landing) -> None:
    for file in ("incidents_2026-02-01.csv", "intelligence_2026-01-25.csv", "incidents_2026-01-25.csv"):
        landing.draw(file, "withdrawn_at\n-")
    told: list[tuple[str, int, int]] = []
    take_in(landing.con, landing.folder, landing.mapping, NOW, lambda *said: told.append(said))
    assert told == [
        ("incidents_2026-01-25.csv", 0, 3),
        ("intelligence_2026-01-25.csv", 1, 3),
        ("incidents_2026-02-01.csv", 2, 3),
        ("", 3, 3),
    ]


def test_what_is_not_ours_is_ignored_and_counted(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1")
    for file in ("README.txt", "incidents_2026-01-04.csv.part", "incidents.csv", "custody_2026-01-04.csv", ".incidents_2026-01-04.csv"):
        landing.put(file, "x")
    intake = landing.take_in()
    assert (intake.files_seen, intake.files_new, intake.files_ignored, intake.refused) == (0, 1, 5, ())


HEADER = INCIDENT.splitlines()[0]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("incidents_2026-01-04.csv", b"", "the file is empty. Ask the sender to cut it again"),
        ("incidents_2026-01-04.csv", b"\xef\xbb\xbf\r\n\r\n", "the file is empty"),
        ("incidents_2026-01-04.csv", b"I1,2026-01-01,Ash was taken to hospital\n", "no header row was found: the first line names none of the columns"),
        ("incidents_2026-01-04.csv", HEADER.replace("domestic,", "").encode(), "required column missing: domestic. Ask the sender to add it, or map"),
        ("incidents_2026-01-04.csv", (HEADER + ",nhs_number").encode(), "health or social-care information, for which there is no gateway: column 'nhs_number'"),
        ("incidents_2026-01-04.csv", (HEADER + ",Weapon").encode(), "more than one column is weapon"),
        ("incidents_2026-01-04.csv", HEADER.replace(",", ";").encode(), "no header row was found"),
        ("incidents_2026-01-04.csv", HEADER.encode("utf-16"), "its text is UTF-16. Save it as CSV UTF-8"),
        ("incidents_2026-01-04.xlsx", b"PK\x03\x04 cut short", "it cannot be opened as a workbook: damaged, or locked with a password"),
        ("incidents_2026-01-04.parquet", b"PAR1 cut short", "it cannot be opened as a Parquet file of plain values: cut short or damaged"),
        ("incidents_2026-02-30.csv", INCIDENT.encode(), "2026-02-30 in its name is no date. Name it incidents_YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name_and_the_rest_loads(landing: Landing, file: str, content: bytes, message: str) -> None:
    landing.put(file, content)
    landing.draw("intelligence_2026-01-04.csv", "report_id\nR1")
    intake = landing.take_in()
    assert (intake.files_new, intake.files_refused, intake.rows_accepted) == (1, 1, 1)
    ((refused, why),) = intake.refused
    assert refused == file
    assert why.startswith(f"{file}: ")
    assert message in why
    assert "Ash" not in why
    assert landing.drawn("select file, message is not null, rows_read from ops.load where status = 'refused'") == f"{file} | True | 0"


def test_a_file_that_cannot_be_read_is_refused_by_name(landing: Landing) -> None:
    (landing.folder / "incidents_2026-01-04.csv").mkdir()
    (landing.folder / "exclusions_2026-01-04.csv").symlink_to("gone")
    landing.draw("intelligence_2026-01-04.csv", "report_id\nR1")
    intake = landing.take_in()
    assert [file for file, _ in intake.refused] == ["exclusions_2026-01-04.csv", "incidents_2026-01-04.csv"]
    assert "it cannot be read (Is a directory)" in intake.refused[1][1]
    assert intake.files_new == 1


def test_a_refused_file_is_tried_again_and_listed_once(landing: Landing) -> None:
    landing.put("incidents_2026-01-04.csv", "")
    landing.take_in()
    assert landing.take_in().files_refused == 1
    assert loads(landing) == "incidents_2026-01-04.csv | refused | 0 | 0 | 0"
    landing.put("incidents_2026-01-04.csv", INCIDENT)
    assert landing.take_in().refused == ()
    assert loads(landing) == "incidents_2026-01-04.csv | loaded | 1 | 1 | 0"


def test_a_header_alone_is_a_week_in_which_nothing_changed(landing: Landing) -> None:
    landing.put("incidents_2026-01-04.csv", HEADER)
    assert landing.take_in().files_new == 1
    assert loads(landing) == "incidents_2026-01-04.csv | loaded | 0 | 0 | 0"


def test_columns_come_in_any_order_and_unknown_ones_stay_in_landing(landing: Landing) -> None:
    (row,) = full_rows(INCIDENTS, [{"incident_id": "I1"}])
    mixed = {" Beat Code ": "B7", **{name.upper(): row[name] for name in reversed(row)}, "": "x"}
    landing.put("incidents_2026-01-04.csv", as_csv([mixed]))
    assert landing.take_in().rows_accepted == 1
    assert landing.drawn("select incident_id, offence_code, extra from landing.incidents") == 'I1 | 8N | {"Beat Code":"B7","column 16":"x"}'


def test_a_landing_folder_that_is_not_there_is_said_so(landing: Landing, tmp_path: Path) -> None:
    with pytest.raises(LandingMissing, match=r"nowhere: there is no such folder\. Name the folder"):
        take_in(landing.con, tmp_path / "nowhere", landing.mapping, NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
def test_the_home_is_the_owners_alone(landing: Landing, tmp_path: Path) -> None:
    assert oct((tmp_path / "home").stat().st_mode)[-3:] == "700"
