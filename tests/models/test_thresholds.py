"""The thresholds file: what it may say, and what is refused by section and name."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.thresholds import DEFAULTS, Rising, ThresholdsUnreadable, read_thresholds

SHIPPED = Path(__file__).parents[2] / "config" / "drift.toml"


def test_the_file_shipped_says_the_defaults() -> None:
    assert read_thresholds(SHIPPED) == DEFAULTS == read_thresholds(None)


def test_what_a_file_does_not_name_keeps_its_default(tmp_path: Path) -> None:
    (tmp_path / "drift.toml").write_text("[inputs]\nbreach = 0.4\n[validation]\ndays = 40\n", encoding="utf-8")
    found = read_thresholds(tmp_path / "drift.toml")
    assert (found.inputs, found.validation.days, found.pairs) == (Rising(0.1, 0.4), 40, DEFAULTS.pairs)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[input]\nwatch = 1", "no section is called 'input': there are inputs,"),
        ("[inputs]\nwatsh = 1", r"no value in \[inputs\] is called 'watsh': there are watch, breach"),
        ("[inputs]\nwatch = 'much'", r"\[inputs\] watch is 'much': it must be a number above 0"),
        ("[validation]\ndays = 3.5", r"\[validation\] days is 3.5: it must be a whole number above 0"),
        ("[validation]\ndays = 0", r"\[validation\] days is 0: it must be a whole number above 0"),
        ("[pairs]\nlow = 3.0", r"\[pairs\] the first threshold \(3.0\) is above the second \(2.0\)"),
        ("inputs = 3", r"inputs must be a section, as \[inputs\]"),
        ("[inputs", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "drift.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ThresholdsUnreadable, match=said):
        read_thresholds(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ThresholdsUnreadable, match=r"drift\.toml cannot be read"):
        read_thresholds(tmp_path / "drift.toml")
