"""The weekly list for a recipient through the command: what is written, what is logged, and that without a profile nothing is."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind


@pytest.fixture
def home(county: County, tmp_path: Path) -> Path:
    shutil.copytree(county.last, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def unpacked(file: Path) -> bytes:
    """What a file says, a workbook's parts unpacked."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as book:
        return b"".join(book.read(part) for part in book.namelist())


def test_a_recipient_gets_what_the_profile_names_and_the_log_says_who(home: Path, county: County) -> None:
    asked = CliRunner().invoke(app, ["weekly", "--profile", "council_csp", "--as-of", str(county.last_as_of), "--home", str(home)])
    assert asked.exit_code == 0, (asked.output, asked.exception)
    page = home / "alerts" / str(county.last_as_of) / f"forewarn-council_csp-{county.last_as_of}.html"
    said = page.read_text(encoding="utf-8")
    issued = json.loads((page.parent / "list.json").read_text())["content"]
    first = issued["pairs"][0]
    assert first["person_a"]["name"] in said
    with analyst(home) as con:
        upns = [record.split("/")[0] for (record,) in con.execute(
            "select record_id from analyst.person_records where source = 'exclusion'").fetchall()]  # fmt: skip
    for file in page.parent.iterdir():
        assert not [upn for upn in upns if upn.encode() in unpacked(file)], file.name
    assert not [
        event["record"]
        for pair in issued["pairs"]
        for event in pair["events"]
        if event["source"] == "intelligence" and event["record"] and event["record"] in said
    ]
    entries = [one.entry for one in read(home) if one.entry.kind is Kind.disclosure]
    assert [entry.recipient for entry in entries] == ["tactical group", "community safety partnership"]
    assert "profile council_csp" in entries[-1].what
    assert first["pair_id"] in entries[-1].subjects


def test_no_profile_no_file(home: Path, county: County) -> None:
    asked = CliRunner().invoke(app, ["weekly", "--profile", "press", "--as-of", str(county.last_as_of), "--home", str(home)])
    assert asked.exit_code == 1
    assert "press: no such profile" in str(asked.exception)
    assert list((home / "alerts").rglob("*.html")) == []


def test_in_the_off_week_of_a_fortnight_no_list_is_written_and_the_run_says_so(home: Path, county: County) -> None:
    def asked(days: int) -> str:
        day = county.last_as_of + timedelta(days=days)
        done = CliRunner().invoke(app, ["weekly", "--as-of", str(day), "--home", str(home)], env={"FOREWARN_CADENCE": "fortnightly"})
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    assert "pairs" in asked(0)
    off = asked(7)
    assert "The list for the tactical group" in off
    assert f"Off week: the last list is of {county.last_as_of}, and FOREWARN_CADENCE is fortnightly. No list was written." in off
    assert ": none" in off
    assert [folder.name for folder in (home / "alerts").iterdir()] == [str(county.last_as_of)]
