"""Every file keeps the contract, but for the rows that were spoilt on purpose."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files as package_files
from pathlib import Path

import polars as pl
import pytest
from stdnum.gb import upn

from tests.synth.reading import extract_of, files, good_rows, moment, read

Truth = dict[str, pl.DataFrame]
# extract: key, required columns, optional columns (CONTRACT)
CONTRACT = {
    "incidents": (
        "incident_id",
        "incident_id recorded_at occurred_from offence_code domestic district",
        "occurred_to offence_description weapon location_type postcode school_urn summary withdrawn_at",
    ),
    "incident_parties": (
        "incident_id party_no",
        "incident_id party_no role recorded_at",
        "nominal_ref surname forenames alias date_of_birth sex ethnicity postcode withdrawn_at",
    ),
    "intelligence": (
        "report_id",
        "report_id recorded_at source_evaluation intelligence_assessment handling_code text",
        "event_date handling_conditions origin withdrawn_at",
    ),
    "intelligence_subjects": (
        "report_id subject_no",
        "report_id subject_no",
        "nominal_ref surname forenames alias date_of_birth sex postcode withdrawn_at",
    ),
    "exclusions": (
        "upn school_urn start_date",
        "upn surname forename date_of_birth sex school_urn category reason_1 start_date recorded_at",
        "preferred_surname ethnicity postcode school_name reason_2 reason_3 sessions year_group withdrawn_at",
    ),
}
MOMENTS = ("recorded_at", "occurred_from", "occurred_to", "withdrawn_at", "event_date", "start_date")
CODES = {
    "domestic": "Y N",
    "weapon": " NONE KNIFE FIREARM CORROSIVE BLUNT OTHER",
    "location_type": " STREET DWELLING SCHOOL LICENSED SHOP TRANSPORT ONLINE OTHER",
    "role": "SUSPECT VICTIM WITNESS INVOLVED EMERGENCY_WORKER STAFF",
    "sex": " M F U",
    "ethnicity": " W1 W2 W3 W9 M1 M2 M3 M9 A1 A2 A3 A4 A9 B1 B2 B9 O1 O9 NS",
    "source_evaluation": "1 2 3",
    "intelligence_assessment": "A B C D E",
    "handling_code": "P C",
    "origin": " STREET ONLINE SCHOOL PRISON PARTNER OTHER",
    "category": "SUSP PERM",
}


def code_list(name: str) -> set[str]:
    with (package_files("warehouse") / "codes" / name).open(encoding="utf-8") as lines:
        return {row["code"] for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def rows(county: Path, truth: Truth) -> list[tuple[str, dict[str, str]]]:
    return [(extract_of(path), row) for path, row in good_rows(county, truth)]


def test_the_history_and_every_week_are_there(county: Path) -> None:
    history = [path.name for folder, path in files(county) if folder == "history"]
    assert history == [f"{extract}_2026-09-27.csv" for extract in sorted(CONTRACT)]
    assert [path.name for path in sorted((county / "weeks").iterdir())][:2] == ["2026-10-04", "2026-10-11"]
    assert len(list((county / "weeks").iterdir())) == 7


def test_every_file_has_the_columns_of_the_contract(county: Path, truth: Truth) -> None:
    refused = set(truth["files"].filter("refused")["file"])
    for _, path in files(county):
        header, _ = read(path)
        _, required, optional = CONTRACT[extract_of(path)]
        assert {*required.split(), *optional.split()} <= set(header), path.name
        assert ("nhs_number" in header) == (path.name in refused)


def test_files_come_in_several_encodings_orders_and_kinds(county: Path, truth: Truth) -> None:
    assert set(truth["files"]["encoding"]) == {"utf-8", "utf-8-sig", "cp1252", "-"}
    assert set(truth["files"]["dates"]) == {"iso", "space", "uk"}
    assert {path.suffix for _, path in files(county)} == {".csv", ".xlsx", ".parquet"}
    assert len({tuple(read(path)[0]) for _, path in files(county) if extract_of(path) == "incidents"}) > 2


def test_required_values_are_there(rows: list[tuple[str, dict[str, str]]]) -> None:
    for extract, row in rows:
        assert all(row[column].strip() for column in CONTRACT[extract][1].split()), row


def test_codes_are_in_their_lists(rows: list[tuple[str, dict[str, str]]]) -> None:
    offences, reasons = code_list("offences.csv"), code_list("exclusion_reasons.csv")
    for _, row in rows:
        assert all(row[column] in codes.split(" ") for column, codes in CODES.items() if column in row), row
        assert row.get("offence_code", "1") in offences
        assert {row.get(f"reason_{n}") or "PP" for n in (1, 2, 3)} <= reasons
        assert re.fullmatch(r"E07000(218|219|220|221|222)", row.get("district", "E07000218"))


def test_moments_can_be_read_and_nothing_is_recorded_before_it_happens(rows: list[tuple[str, dict[str, str]]]) -> None:
    for _, row in rows:
        read_moments = {column: moment(row[column]) for column in MOMENTS if row.get(column)}
        for began in ("occurred_from", "event_date", "start_date"):
            if began in read_moments:
                assert read_moments[began] <= read_moments["recorded_at"], row
        if {"recorded_at", "withdrawn_at"} <= read_moments.keys():
            assert read_moments["recorded_at"] < read_moments["withdrawn_at"]


def test_a_key_comes_once_in_a_file(county: Path, truth: Truth) -> None:
    seen = Counter((path, *(row[key] for key in CONTRACT[extract_of(path)][0].split())) for path, row in good_rows(county, truth))
    assert max(seen.values()) == 1


def test_pupil_numbers_are_valid(rows: list[tuple[str, dict[str, str]]]) -> None:
    numbers = {row["upn"] for extract, row in rows if extract == "exclusions"}
    assert len(numbers) > 20
    assert all(upn.is_valid(number) for number in numbers)


def test_a_delivery_holds_only_what_is_new_or_changed(county: Path, truth: Truth) -> None:
    incidents = [(path, row) for path, row in good_rows(county, truth) if extract_of(path) == "incidents"]
    for path, row in incidents:
        assert moment(row["recorded_at"]).date().isoformat() <= path.stem[-10:]
    again = Counter(row["incident_id"] for _, row in incidents)
    assert 1 < max(again.values()) <= 4
    assert min(again.values()) == 1


def test_people_are_written_with_mistakes(county: Path, truth: Truth) -> None:
    parties = [row for path, row in good_rows(county, truth) if extract_of(path) == "incident_parties"]
    names = [row["surname"] for row in parties]
    assert any(name.isupper() for name in names) and any(name.istitle() for name in names)
    assert any(name == "UNKNOWN" for name in names)
    assert any(not row["nominal_ref"] for row in parties) and any(row["nominal_ref"] for row in parties)
