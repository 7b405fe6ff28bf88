"""Agencies' own names and codes are mapped by a file, and a mapping that cannot be followed says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.conftest import Landing, as_csv, full_rows
from warehouse.contracts import EXTRACTS, HANDLING_CODES, Extract
from warehouse.sources.mapping import Mapping, MappingWrong, load_mapping

CONFIG = Path(__file__).parents[3] / "config"

# What each column's value is for Wendmouth, where it does not write it as we do.
THEIRS = {
    "domestic": "not da",
    "role": "Offender",
    "handling_code": "Conditions apply",
    "category": "Suspension",
    "weapon": "Bladed article",
}


def as_wendmouth_writes(mapping: Mapping, extract: Extract, row: dict[str, str]) -> dict[str, str]:
    theirs = {ours: name for name, ours in mapping.of(extract).columns.items()}
    return {theirs[name].upper(): THEIRS.get(name, value) for name, value in row.items()}


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: str(extract.name))
def test_a_force_whose_names_differ_altogether_lands_as_any_other(landing: Landing, extract: Extract) -> None:
    landing.mapping = load_mapping(CONFIG / "examples" / "wendmouth.toml")
    (row,) = full_rows(extract, [{}])
    theirs = as_wendmouth_writes(landing.mapping, extract, row)
    assert not {name.lower() for name in theirs} & set(extract.column_names) - {"sex"}
    landing.put(f"{extract.name}_2026-01-04.csv", as_csv([theirs]))
    intake = landing.take_in()
    assert (intake.refused, intake.rows_accepted) == ((), 1)
    ours = {"domestic": "N", "role": "SUSPECT", "handling_code": "C", "category": "SUSP", "weapon": "KNIFE"}
    expected = " | ".join(ours.get(name, value) for name, value in row.items())
    assert landing.drawn(f"select * exclude (load_id, line, extra) from landing.{extract.name}") == expected


def test_the_lawful_basis_is_kept_with_every_file_loaded(landing: Landing) -> None:
    landing.mapping = load_mapping(CONFIG / "agencies.toml")
    landing.draw("incidents_2026-01-04.csv", "incident_id\nI1")
    landing.put("exclusions_2026-01-04.csv", "")
    landing.take_in()
    assert landing.drawn("select status, agency, lawful_basis like '%Serious Violence Duty%' from ops.load order by load_id") == (
        "refused | Local education authority | True\nloaded | Police | True"
    )


def test_the_shipped_configuration_names_every_source() -> None:
    mapping = load_mapping(CONFIG / "agencies.toml")
    assert [mapping.of(extract).lawful_basis is not None for extract in EXTRACTS] == [True] * 5
    assert [dict(mapping.of(extract).columns) for extract in EXTRACTS] == [{}] * 5


def test_without_a_file_the_contracts_own_names_hold() -> None:
    assert load_mapping(None) == Mapping()


def test_a_mapped_code_that_is_protected_stays_so(landing: Landing) -> None:
    landing.mapping = load_mapping(CONFIG / "examples" / "wendmouth.toml")
    landing.draw("intelligence_2026-01-04.csv", "handling_code | recorded_at\nconditions apply | x\npartners | x")
    landing.take_in()
    assert landing.drawn("select is_protected from ops.reject order by line") == "True\nFalse"
    assert HANDLING_CODES.codes() == ("P", "C")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[sources.custody]", r"\[sources.custody\] is no extract. The extracts are incidents, "),
        ("[sources.incidents]\nbasis = 'x'", "has unknown entries basis. Known are agency, columns, lawful_basis, values"),
        ("[sources.incidents.columns]\nRef = 'crime_id'", "maps 'Ref' to 'crime_id', which is no column. The columns are incident_id, "),
        ("[sources.incidents.columns]\nA = 'weapon'\nB = 'weapon'", "maps more than one of their columns to weapon. Keep one for each"),
        ("[sources.incidents.values.arms]\nA = 'B'", "maps values of 'arms', which is no column"),
        ("[sources.incidents.values.weapon]\nSpoon = 'SPOON'", "maps the value 'Spoon' of weapon to 'SPOON', which is not in the list of weapons"),
        ("[sources.intelligence.values.source_evaluation]\nE1 = 1", "has values that are not text: 1. Put them in quotation marks"),
        ("[source.incidents]", r"only tables \[sources.<extract>\] are known, not source"),
        ("[sources", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_followed_says_why(tmp_path: Path, written: str, message: str) -> None:
    file = tmp_path / "agencies.toml"
    file.write_text(written)
    with pytest.raises(MappingWrong, match=message):
        load_mapping(file)


def test_a_mapping_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MappingWrong, match="cannot be read"):
        load_mapping(tmp_path / "gone.toml")
