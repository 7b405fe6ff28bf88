"""The draft transparency record: every field of the standard, what the model says of itself, and what is left to its owner."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from features.catalogue import feature_names
from models.transparency import YOURS, record_text, write_record
from tests.models.registered import register
from tests.models.test_card import registered

METADATA = (
    "Organisation",
    "Organisation type",
    "Function",
    "Capability",
    "Task",
    "Phase",
    "Region",
    "Date published",
    "ATRS version",
    "Other tags",
)
NUMBERS = (
    *(f"1.{n}" for n in range(1, 5)), *(f"1.4.{n}" for n in range(1, 6)), *(f"2.{n}" for n in range(1, 5)), *(f"3.{n}" for n in range(1, 6)),
    *(f"4.1.{n}" for n in range(1, 5)), *(f"4.2.{n}" for n in range(1, 10)), *(f"4.3.{n}" for n in range(1, 10)), *(f"4.4.{n}" for n in range(1, 6)),
    "5.1", "5.2",
)  # fmt: skip


def test_every_field_stands_in_order_and_none_is_empty(tmp_path: Path) -> None:
    text = record_text(tmp_path, registered(tmp_path))
    assert tuple(re.findall(r"^### (\d[\d.]*) ", text, re.MULTILINE)) == NUMBERS
    assert [said.strip() for said in re.split(r"^#+ .*$", text, flags=re.MULTILINE)[2:] if not said.strip()] == [""] * text.count("\n## ")
    for name in (*METADATA, "Name", "Description", "Website URL", "Contact email"):
        assert f"### {name}\n" in text


def test_age_is_said_to_weigh_with_why_and_how_it_is_watched(tmp_path: Path) -> None:
    text = record_text(tmp_path, registered(tmp_path))
    assert "Age is used to score, as years under 26 and as nearness in age, because" in text
    assert "with and without age" in text
    assert {"years_under_26_higher", "years_under_26_lower", "near_in_age"} <= set(feature_names())
    assert not [name for name in feature_names() if "sex" in name or "ethnic" in name]


def test_it_says_what_the_model_says_and_leaves_the_rest_to_its_owner(tmp_path: Path) -> None:
    text = record_text(tmp_path, registered(tmp_path))
    for said in (
        "conflict-2026-05-31, lane conflict",
        "in the state: candidate",
        "2 measures of what passed",
        "380,000 pair-weeks with 700 outcomes",
        "1 files, 10 rows, 7 events of 3 pairs",
        "Too little settled history to judge it on.",
    ):
        assert said in text, said
    assert text.count(YOURS) > 10


def test_it_stands_beside_the_card_also_of_a_model_that_says_little(tmp_path: Path) -> None:
    file = write_record(tmp_path, register(tmp_path, "domestic", date(2026, 5, 31)))
    assert file.name == "transparency.md"
    assert "No settled history" in file.read_text(encoding="utf-8")
