"""docs/examples: each document is there, small, synthetic, and has the shape that the code gives it today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.examples import ACCESS_LOG, FOLDER, MADE_OF_IT, SUBJECT_ACCESS
from models.fairness import ATTRIBUTES, SHARES
from models.sensitivity import VARIATIONS
from models.transparency import AGE

ROOT = Path(__file__).parents[2]


def titles() -> list[str]:
    """What the sections of a person's export are called, by the code."""
    code = [
        ROOT / "alerts" / "subject_access" / "made_of.py",
        ROOT / "alerts" / "subject_access" / "records.py",
        ROOT / "flows" / "subject_access.py",
    ]
    return [title for file in code for title in re.findall(r'Section\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))]


SHAPES = {
    "model-card.md": ("# Model card: conflict-", "## Decisions", "## How it did", "## Every scorer compared", "## The gate", "## Calibration", "## Training"),
    "fairness-report.md": (
        "# How the warning falls on groups of people", "## What the order rests on", *(one.name.replace("_", " ") for one in SHARES),
        *(f"| {name.replace('_', ' ')} |" for name in ATTRIBUTES), *(f"| {one.meaning} |" for one in VARIATIONS),
    ),
    "transparency-record.md": (
        "## Metadata and title information", "### Function", AGE, "# Draft transparency record: Forewarn, conflict-", "### 1.3 Senior", "### 4.2.7 Model perf",
        "### 5.2 Risks",
    ),
    ACCESS_LOG: ("collection", "combination", "disclosure", "tactical group", "disclosures showed P", "none changed"),
    SUBJECT_ACCESS: (
        "OFFICIAL-SENSITIVE", "may be withheld", "<dt>lawful basis</dt><dd>Police, Crime, Sentencing and Courts Act 2022", "<dt>comparisons</dt>",
        "<dt>review on</dt>", "<dt>weeks</dt>", *titles(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_an_example_has_its_shape(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert [part for part in SHAPES[name] if part not in text] == []
    assert len(text) < 150_000


def test_all_are_of_one_county_and_one_person() -> None:
    texts = {name: (FOLDER / name).read_text(encoding="utf-8") for name in SHAPES}
    [card] = re.findall(r"^# Model card: (conflict-[\d-]+)$", texts["model-card.md"], re.MULTILINE)
    assert f"# Draft transparency record: Forewarn, {card}" in texts["transparency-record.md"]
    [day] = re.findall(r"\| trained on \| what was known by ([\d-]+) ", texts["model-card.md"])
    assert f"By what was known on {day}," in texts["fairness-report.md"]
    [person] = re.findall(r"<p>Person (P\w+), as held on", texts[SUBJECT_ACCESS])
    assert f"disclosures showed {person}" in texts[ACCESS_LOG]
    assert len(titles()) > 8


def test_nothing_is_told_twice_in_a_person_s_export() -> None:
    rows = re.findall(r'<div class="record">(.*?)</div>', (FOLDER / SUBJECT_ACCESS).read_text(encoding="utf-8"), re.DOTALL)
    assert len(rows) > 10
    assert len(set(rows)) == len(rows)


def test_there_is_nothing_else_and_nothing_of_one_machine() -> None:
    assert {file.name for file in FOLDER.iterdir()} == SHAPES.keys() == {*MADE_OF_IT.values(), ACCESS_LOG, SUBJECT_ACCESS}
    for file in FOLDER.iterdir():
        assert not re.search(r"/tmp|/root|/home/", file.read_text(encoding="utf-8")), file.name


def test_the_transparency_record_s_fields_are_those_of_the_code() -> None:
    import models.transparency as code

    source = Path(code.__file__).read_text(encoding="utf-8")
    fields = re.findall(r'\("(\d\.[\d.]* [^"]+)",?', source)
    text = (FOLDER / "transparency-record.md").read_text(encoding="utf-8")
    assert len(fields) > 30
    assert [field for field in fields if f"### {field}" not in text] == []
