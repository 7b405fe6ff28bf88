"""Every command that processes personal data leaves the entry that docs/governance.md says it leaves; the sixth kind, erasure, in test_erased.py."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.command import forewarn
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read, verify
from warehouse.audit.entry import Entry, Kind

PAGE = (Path(__file__).parents[2] / "docs" / "governance.md").read_text(encoding="utf-8")
WHO = ("--by", "D. Officer", "--why", "order 7")
NOTE = ("--by", "D. Officer", "--note", "seen with both families")
CALLS: dict[str, tuple[str, ...]] = {
    "nightly": (),  # test_logged.py
    "train": (),  # test_models.py
    "retention erase-person, erase-record, run": (),  # test_erased.py
    "weekly": ("weekly", "--as-of", "{day}"),
    "weekly --profile": ("weekly", "--as-of", "{day}", "--profile", "police"),
    "weekly --replay": ("weekly", "--replay", "{day}"),
    "sql": ("sql", "-c", "select pair_id from analyst.flagged_pairs limit 1", "--why", "order 7"),
    "pair, person": ("pair", "{one}-{other}", *WHO),
    "export": (),  # tests of its own
    "people review, why": ("people", "review"),
    "people review --csv": ("people", "review", "--csv", "{out}/doubts.csv"),
    "people same, different, unsure, judge, withdraw": ("people", "unsure", "{one}", "{other}", *WHO),
    "review agree, dismiss, managed, wrong-link, refer, nominate, bulk, withdraw": ("review", "agree", "conflict/1", *NOTE),
    "review sheet": ("review", "sheet", "{out}/sheet.csv", "--by", "D. Officer"),
    "access": ("access", "{one}", *WHO, "--out", "{out}/access.html"),
    "audit export": ("audit", "export", "{out}/log.jsonl", "--recipient", "the Commissioner", "--why", "case 12"),
    "audit fairness": ("audit", "fairness", "--as-of", "{day}"),
    "models promote, back, release": ("models", "promote", "{model}", *WHO),
    "models sample-labels": ("models", "sample-labels", "--out", "{out}/labels.csv", "--n", "3"),
    "retention hold, lift": ("retention", "hold", "incident", "{incident}", *WHO),
    "stop, go": ("stop", *WHO),
    "rollback": ("rollback",),
    "backup": ("backup", "{out}"),
    "restore": ("restore", "{backup}", "--replace"),
}


def written() -> dict[str, Kind]:
    """The table of docs/governance.md: command and kind."""
    table = PAGE.split("## What is logged")[1].split("\n## ")[0]
    return {commands: Kind(kind) for commands, kind in re.findall(r"^\| (.+?) \| (\w+) \|", table, re.MULTILINE) if kind in list(Kind)}


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kinds") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    (place.parent / "out").mkdir()
    return place


@pytest.fixture(scope="module")
def words(home: Path, county: County) -> dict[str, str]:
    with analyst(home) as con:
        [(one, other)] = con.execute("select person_a, person_b from analyst.flagged_pairs where lane = 'conflict' and rank = 1").fetchall()
        [(incident,)] = con.execute("select min(record_id) from analyst.pair_timeline where source = 'incident'").fetchall()
    return {
        "day": str(county.last_as_of),
        "one": one,
        "other": other,
        "incident": incident,
        "model": "conflict-2026-02-28",
        "out": str(home.parent / "out"),
    }


def entries(home: Path) -> list[Entry]:
    return [one.entry for one in read(home)]


def test_the_table_and_this_test_name_the_same_commands() -> None:
    assert written().keys() == CALLS.keys()
    assert set(written().values()) == set(Kind), "all six kinds"


@pytest.mark.parametrize("commands", [name for name, call in CALLS.items() if call])
def test_a_command_leaves_its_entry(home: Path, words: dict[str, str], commands: str) -> None:
    backups = sorted((home.parent / "out").glob("*.tar"))
    said = {**words, "backup": str(backups[0]) if backups else ""}
    before = len(entries(home))
    assert forewarn(*(word.format(**said) for word in CALLS[commands]), "--home", home) == 0
    # a backup holds the log as it was before that backup was logged: after a restore it goes on from there
    new = entries(home)[-1:] if commands == "restore" else entries(home)[before:]
    assert written()[commands] in [entry.kind for entry in new]
    assert all(entry.who and entry.what for entry in new)
    if commands == "restore":
        assert [subject[:5] for subject in new[0].subjects] == ["seal:"]
    if commands == "stop, go":
        (home / "stopped.json").unlink(missing_ok=True)
    verify(home)
