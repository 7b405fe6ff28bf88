"""docs/examples: each document is there, small, synthetic, and has the shape that the code gives it today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.examples import ACCESS_LOG, FOLDER, MADE_OF_IT, SUBJECT_ACCESS

SHAPES = {
    "model-card.md": ("# Model card: conflict-", "## Decisions", "## How it did", "## Every scorer compared", "## The gate", "## Calibration", "## Training"),
    "fairness-report.md": ("sex", "age", "ethnicity", "district", "precision"),
    "transparency-record.md": ("# Draft transparency record: Forewarn, conflict-", "### 1.3 Senior", "### 4.2.7 Model perf", "### 5.2 Risks"),
    ACCESS_LOG: ("collection", "combination", "disclosure", "tactical group", "disclosures showed P", "none changed"),
    SUBJECT_ACCESS: ("OFFICIAL-SENSITIVE", "may be withheld", "Police records: your part in incidents", "When you were flagged, and why"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_an_example_has_its_shape(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert [part for part in SHAPES[name] if part not in text] == []
    assert len(text) < 150_000


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
