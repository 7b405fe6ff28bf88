"""The truth lists exactly what the extracts hold, and says who and what it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from tests.synth.reading import decoded, extract_of, files, good_rows, moment, read

Truth = dict[str, pl.DataFrame]
ALWAYS_SERIOUS = {"1", "2", "3A", "4.1", "4.2", "5D", "5E"}
SERIOUS_WITH_WEAPON = {"3B", "8N", "8P", "105A", "105B", "34A", "34B", "66", "62A", "9A", "9B"}
KEYS = {
    "incident_parties": ("incident_id", "party_no"),
    "intelligence_subjects": ("report_id", "subject_no"),
    "exclusions": ("upn", "school_urn", "start_date"),
}
SOURCES = {"incident_parties": "incident_party", "intelligence_subjects": "intelligence_subject", "exclusions": "exclusion"}


@pytest.fixture(scope="module")
def rows(county: Path, truth: Truth) -> list[tuple[Path, dict[str, str]]]:
    return good_rows(county, truth)


def record_id(extract: str, row: dict[str, str]) -> str:
    return "/".join(moment(row[key]).date().isoformat() if key == "start_date" else row[key] for key in KEYS[extract])


def is_serious(code: str, weapon: str) -> bool:
    return code in ALWAYS_SERIOUS or (code in SERIOUS_WITH_WEAPON and weapon in ("KNIFE", "FIREARM", "CORROSIVE"))


def test_every_personal_record_is_listed_once_with_its_person(rows: list[tuple[Path, dict[str, str]]], truth: Truth) -> None:
    delivered = {(SOURCES[extract_of(path)], record_id(extract_of(path), row)) for path, row in rows if extract_of(path) in SOURCES}
    listed = list(truth["records"].select("source", "record_id").iter_rows())
    assert len(listed) == len(set(listed))
    assert set(listed) == delivered
    people, nobody = set(truth["people"]["person"]), [p for p in truth["records"]["person"] if p.startswith("U")]
    assert len(nobody) == len(set(nobody))
    assert set(truth["records"]["person"]) <= people | set(nobody)


def test_a_nameless_record_stands_alone(rows: list[tuple[Path, dict[str, str]]], truth: Truth) -> None:
    nobody = set(truth["records"].filter(pl.col("person").str.starts_with("U"))["record_id"])
    nameless = [row for path, row in rows if extract_of(path) == "incident_parties" and record_id("incident_parties", row) in nobody]
    assert nameless
    assert {row["surname"] for row in nameless} <= {"", "UNKNOWN", "UNKNOWN MALE", "N/K"}
    assert {row["role"] for row in nameless} <= {"SUSPECT", "INVOLVED"}


def test_every_spoilt_row_is_at_its_line(county: Path, truth: Truth) -> None:
    bad = {(row["folder"], row["file"], row["line"]): row for row in truth["bad_rows"].iter_rows(named=True)}
    assert {row["kind"] for row in bad.values()} == {"short", "long", "date", "code", "key"}
    for folder, path in files(county):
        header, found = read(path)
        here = {line: row for (where, name, line), row in bad.items() if (where, name) == (folder, path.name)}
        for number, row in enumerate(found, start=2):
            if row.line in here:
                assert here[row.line]["row"] == number
                assert (len(row.fields) != len(header)) == (here[row.line]["kind"] in ("short", "long"))
        if path.suffix == ".csv":
            lines = decoded(path).replace("\r\n", "\n").split("\n")
            assert all("\n".join(lines[line - 1 :]).startswith(row["raw"].replace("\r\n", "\n")) for line, row in here.items())


def test_rows_are_counted(county: Path, truth: Truth) -> None:
    counted = {(row["folder"], row["file"]): (row["rows"], row["bad"]) for row in truth["files"].iter_rows(named=True)}
    spoilt = Counter(truth["bad_rows"].select("folder", "file").iter_rows())
    for folder, path in files(county):
        if (folder, path.name) in counted:
            assert counted[folder, path.name] == (len(read(path)[1]), spoilt[folder, path.name])


def test_mentions_are_in_the_text_and_not_among_the_subjects(rows: list[tuple[Path, dict[str, str]]], truth: Truth) -> None:
    texts = {row["report_id"]: row["text"] for path, row in rows if extract_of(path) == "intelligence"}
    assert truth["mentions"].height > 50
    for report, written in truth["mentions"].select("report_id", "written").iter_rows():
        assert written in texts[report]
    order = truth["mentions"].sort("report_id", "n").group_by("report_id", maintain_order=True).agg("n", "written")
    for report, numbers, written in order.iter_rows():
        assert numbers == list(range(1, len(numbers) + 1))
        places = [texts[report].index(name) for name in written]
        assert places == sorted(places)
    subjects = (
        truth["records"]
        .filter(pl.col("source") == "intelligence_subject")
        .select(pl.col("record_id").str.split("/").list.first().alias("report_id"), "person")
    )
    assert truth["mentions"].join(subjects, on=["report_id", "person"], how="semi").is_empty()


def test_protected_and_withdrawn_records_are_listed(rows: list[tuple[Path, dict[str, str]]], truth: Truth) -> None:
    protected = {row["report_id"] for path, row in rows if extract_of(path) == "intelligence" and row["handling_code"] == "C"}
    assert set(truth["protected"]["report_id"]) == protected
    withdrawn = {row["incident_id"] for path, row in rows if extract_of(path) == "incidents" and row["withdrawn_at"]}
    assert set(truth["withdrawn"].filter(pl.col("source") == "incident")["record_id"]) == withdrawn


def test_what_is_recorded_of_a_serious_event_is_serious_by_the_contract(rows: list[tuple[Path, dict[str, str]]], truth: Truth) -> None:
    latest = {row["incident_id"]: row for path, row in rows if extract_of(path) == "incidents"}
    recorded = truth["serious"].filter(pl.col("incident_id") != "")
    corrected = [latest[i] for i in recorded["incident_id"] if i in latest]
    serious = [is_serious(row["offence_code"], row["weapon"]) for row in corrected]
    assert len(serious) > 5
    assert sum(serious) / len(serious) > 0.75  # the others wait for their correction
    mere = [latest[i] for i in set(latest) - set(recorded["incident_id"])]
    assert sum(is_serious(row["offence_code"], row["weapon"]) for row in mere) < len(mere) / 20  # no suspect known


def test_serious_events_and_contacts_name_two_people_in_order(truth: Truth) -> None:
    for table in ("serious", "contacts", "oracle", "hard_negatives"):
        pairs = truth[table]
        assert pairs.height > 0
        assert pairs.select((pl.col("person_a") != pl.col("person_b")).all()).item()
    for table in ("serious", "contacts", "oracle"):
        assert truth[table].select((pl.col("person_a") < pl.col("person_b")).all()).item()


def test_the_hazard_is_given_for_every_pair_known_at_each_cut(truth: Truth) -> None:
    oracle, contacts = truth["oracle"], truth["contacts"]
    assert oracle["as_of"].n_unique() == 8
    assert oracle.select(pl.col("p_any").is_between(0, 1).all() & (pl.col("p_recorded") <= pl.col("p_any")).all()).item()
    for as_of in oracle["as_of"].unique().sort():
        known = contacts.filter(pl.col("known_at").dt.date() <= as_of).select("person_a", "person_b").unique()
        assert oracle.filter(pl.col("as_of") == as_of).height == known.height
