"""A whole county through the command and through Prefect: not one name of the input is in what either leaves for operators."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from synth.county import make_county

CUT = date(2026, 3, 29)
MARK = "qz"
"""Put after every name of the county, so that a name found is a name and not a word that happens to be one."""
NAMED = ("surname", "preferred_surname", "forename", "forenames", "alias")
TRACED = ("upn", "nominal_ref")
COMMANDS = (
    "nightly --as-of {as_of}",
    "weekly --as-of {as_of}",
    "deliveries",
    "doctor",
    "nightly --as-of {as_of} --landing {landing}/nowhere",
)
# on a busy machine the usual 20 seconds for Prefect's own server to start are not enough
QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180"}
PREFECT = """
import sys
from datetime import date
from pathlib import Path
from flows.nightly import nightly
from flows.weekly import weekly
landing, home, as_of = Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
nightly(landing, home, as_of)
weekly(home, as_of)
"""


@dataclass(frozen=True)
class Left:
    """What a run leaves for operators: by where, as bytes; the names and numbers that must be in none of it; and the list, where they are."""

    texts: dict[str, bytes]
    names: frozenset[bytes]
    list_page: bytes


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("names")
    landing, home, prefect = folder / "landing", folder / "home", folder / "prefect"
    make_county(landing, 400, 1, 7, end=CUT)
    names = mark(landing)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "FOREWARN"))}
    env |= {"FOREWARN_HOME": str(home), "FOREWARN_LANDING": str(landing), "FOREWARN_NOTIFY_COMMAND": f"tee -a {folder / 'told'}"}
    flows = run([sys.executable, "-c", PREFECT, str(landing), str(home), str(CUT)], env | QUIET | {"PREFECT_HOME": str(prefect)})
    assert flows.returncode == 0, flows.stderr.decode()[-2000:]
    texts = {"flows": flows.stdout + flows.stderr}
    for command in COMMANDS:  # after flows with logs for people, nights with logs for programs
        words = command.format(as_of=CUT, landing=landing).split()
        done = run([sys.executable, "-c", "from flows.cli.main import main; main()", *words], env | {"FOREWARN_LOG": "json"})
        texts[command] = done.stdout + done.stderr
    kept = [*home.glob("logs/*"), *home.glob("audit/**/*"), *prefect.rglob("*"), folder / "told"]
    texts |= {str(path): path.read_bytes() for path in kept if path.is_file()}
    pages = b"".join(page.read_bytes() for page in home.glob("alerts/**/*.html"))
    return Left(texts, names, pages)


def run(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, env=env, capture_output=True, check=False, timeout=600)


def mark(landing: Path) -> frozenset[bytes]:
    """Marks every name in the extracts, in texts as in columns; returns the marked names, and the numbers that trace a person."""
    contents = {file: file.read_bytes().decode("latin-1") for file in landing.glob("*.csv")}
    found: set[str] = set()
    traced: set[str] = set()
    for content in contents.values():
        for row in csv.DictReader(content.removeprefix("ï»¿").splitlines()):
            found |= {word.lower() for column in NAMED for word in re.findall(r"[A-Za-z]{3,}", row.get(column) or "")}
            traced |= {row[column] for column in TRACED if row.get(column)}
    for file, content in contents.items():
        head, rows = content.split("\n", 1)
        marked = re.sub(
            r"(?<![A-Za-z])[A-Za-z]{3,}(?![A-Za-z])", lambda word: word[0] + MARK if word[0].lower() in found else word[0], rows
        )
        file.write_bytes(f"{head}\n{marked}".encode("latin-1"))
    return frozenset({f"{name}{MARK}".encode() for name in found} | {number.lower().encode() for number in traced if len(number) > 5})


def names_in(text: bytes, names: frozenset[bytes]) -> set[bytes]:
    """The names and numbers of the county that a text holds."""
    words = {*re.findall(rb"[a-z]{3,}" + MARK.encode(), text.lower())}
    return (words & names) | {number for number in names if number[-1:].isdigit() and number in text.lower()}


def test_the_names_are_where_they_belong_so_that_a_name_would_be_found(left: Left) -> None:
    assert len(left.names) > 200
    assert len(names_in(left.list_page, left.names)) > 3


def test_no_name_is_in_anything_that_a_run_leaves_for_operators(left: Left) -> None:
    assert {"flows", "doctor"} <= left.texts.keys()
    assert any(path.endswith("prefect.db") for path in left.texts)
    assert any("/logs/" in path for path in left.texts)
    assert {path: found for path, text in left.texts.items() if (found := names_in(text, left.names))} == {}
