"""The files of a list: page and workbook, for the county and for each partnership; made again from the record; every week or fortnight."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastexcel
import pytest

from alerts.cadence import off_week_since
from alerts.render.content import as_json
from alerts.render.issued import NotIssuedError
from alerts.render.partnership_list import slug
from alerts.render.stored import RecordOfAnotherVersionError, content_from
from alerts.replay import replay_list
from alerts.weekly_list import write_weekly_list
from tests.alerts.test_page import read

if TYPE_CHECKING:
    from tests.alerts.conftest import County

SUNDAY = date(2026, 5, 3)
RUGBY = "forewarn-list-2026-05-03-rugby-community-safety-partnership"


def folder_of(home: Path) -> Path:
    return write_weekly_list(home, None, datetime(2026, 5, 4)).html.parent


def sheet(workbook: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = fastexcel.read_excel(workbook).load_sheet(name, header_row=1).to_polars().to_dicts()
    return rows


def pairs_of(workbook: Path, name: str) -> list[str]:
    return [row["Who"] for row in sheet(workbook, name)]


def test_the_workbook_says_what_the_page_says(county: County, publish: Callable[[County], Path]) -> None:
    workbook = folder_of(publish(county)) / "forewarn-list-2026-05-03.xlsx"
    assert fastexcel.read_excel(workbook).sheet_names == ["Read first", "Conflict", "Events", "Feuds"]
    apart = workbook.with_stem(f"{workbook.stem}-domestic")
    assert fastexcel.read_excel(apart).sheet_names == ["Read first", "Domestic", "Events"]
    assert pairs_of(apart, "Domestic") == ["Mark Dawlish", "Stephen Cole", "Aaron Finch"]
    pairs = sheet(workbook, "Conflict")
    assert [(row["No."], row["Who"], row["And"]) for row in pairs[:2]] == [
        (1, "Kyle Mason", "Dean Archer"),
        (2, "Jordan Pike", "Aisha Rahman"),
    ]
    assert (pairs[0]["Chance"], pairs[0]["Score"], pairs[0]["Notes on the other"]) == ("about 1 in 6", 0.171, "Under 18")
    assert pairs[1]["Notes on the other"] == "Victim only"
    first = fastexcel.read_excel(workbook).load_sheet("Read first", header_row=None).to_polars().rows()
    assert first[0][0] == "OFFICIAL-SENSITIVE"
    assert json.loads((workbook.parent / "list.json").read_text())["content_sha256"] in first[-1]


def test_the_workbook_is_formula_safe_and_holds_no_more_than_the_page(county: County, publish: Callable[[County], Path]) -> None:
    hostile = replace(county, people=county.people.replace("Kyle Mason", "=1+1 Mason"))
    workbook = folder_of(publish(hostile)) / "forewarn-list-2026-05-03.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook.read_bytes())) as parts:
        sheets = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    assert not any("<f>" in text for name, text in sheets.items() if "worksheets" in name)
    everything = "".join(sheets.values())
    assert "=1+1 Mason" in everything
    assert not any(kept_off in everything for kept_off in ("HIDDEN", "IR-SECRET", "A123456789012", "Asking where Blake"))
    assert all("OFFICIAL-SENSITIVE" in text for name, text in sheets.items() if "worksheets/sheet" in name)


def test_a_partnership_gets_its_own_pairs_and_nobody_else(county: County, publish: Callable[[County], Path]) -> None:
    folder = folder_of(publish(county))
    page = read((folder / f"{RUGBY}.html").read_text())
    text = "\n".join(page.lines())
    assert "Conflicts at risk of serious violence: Rugby Community Safety Partnership" in text
    assert "Kyle Mason" in text
    assert not [name for name in ("Jordan Pike", "Liam O'Connor", "Curtis Holloway") if name in text]
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {link["href"].removeprefix("#") for link in page.all("a")} <= ids
    assert {row["Partnership"] for row in sheet(folder / f"{RUGBY}.xlsx", "Conflict")} == {"Rugby Community Safety Partnership"}
    assert not list(folder.glob("*e07000999*"))


def test_a_name_becomes_part_of_a_file_name() -> None:
    assert [slug(name) for name in ("Rugby & Hill's", "Ü")] == ["rugby-hill-s", "partnership"]


def test_a_content_comes_back_from_its_record_as_it_was(county: County, publish: Callable[[County], Path]) -> None:
    record = json.loads((folder_of(publish(county)) / "list.json").read_text())
    assert as_json(content_from(record["content"])) == record["content"]


def test_a_list_is_replayed_byte_for_byte(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    folder = folder_of(home)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    replay = replay_list(home, SUNDAY)
    assert (replay.is_equal, set(replay.files.values()), {*replay.files}) == (True, {"equal"}, {*before} - {"list.json"})
    (folder / f"{RUGBY}.xlsx").unlink()
    again = replay_list(home, SUNDAY)
    assert (again.is_equal, again.files[f"{RUGBY}.xlsx"]) == (True, "missing")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_replay_says_what_is_not_as_issued(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    folder = folder_of(home)
    (folder / f"{RUGBY}.html").write_text("changed")
    replay = replay_list(home, SUNDAY)
    assert (replay.is_equal, replay.files[f"{RUGBY}.html"], replay.files["forewarn-list-2026-05-03.html"]) == (False, "changed", "equal")
    record = folder / "list.json"
    record.write_text(record.read_text().replace("Kyle Mason", "Kyle Jason"))
    changed = replay_list(home, SUNDAY)
    assert (changed.record_holds, changed.is_equal) == (False, False)


def test_what_cannot_be_replayed_says_why(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    record = folder_of(home) / "list.json"
    with pytest.raises(NotIssuedError, match="no list was issued for 2026-05-10"):
        replay_list(home, date(2026, 5, 10))
    record.write_text(record.read_text().replace('"watched"', '"observed"'))
    with pytest.raises(RecordOfAnotherVersionError, match="written by another version of the software"):
        replay_list(home, SUNDAY)


@pytest.mark.parametrize(
    ("asked", "cadence", "expected"),
    [
        ("2026-05-10", "weekly", None),
        ("2026-05-10", "fortnightly", SUNDAY),
        ("2026-05-12", "fortnightly", SUNDAY),
        ("2026-05-05", "fortnightly", None),
        ("2026-05-17", "fortnightly", None),
        ("2026-04-26", "fortnightly", None),
    ],
)
def test_in_the_off_week_of_a_fortnight_no_list_is_due(
    county: County, publish: Callable[[County], Path], asked: str, cadence: str, expected: date | None
) -> None:
    home = publish(county.with_only("a"))
    folder_of(home)
    assert off_week_since(home, date.fromisoformat(asked), cadence) == expected


def test_a_first_list_is_always_due(tmp_path: Path) -> None:
    assert off_week_since(tmp_path, SUNDAY, "fortnightly") is None
