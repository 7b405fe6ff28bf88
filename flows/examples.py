"""docs/examples: the governance documents as they come out of a synthetic county. `python -m flows.examples` makes them anew."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
CUT = date(2026, 3, 29)
PEOPLE, YEARS, SEED = 9_000, 3, 5  # fewer have too few serious events to judge a model on
BY = "A. Officer"
MADE_OF_IT = {
    "card.md": "model-card.md",
    "fairness.md": "fairness-report.md",
    "transparency.md": "transparency-record.md",
}
ACCESS_LOG, SUBJECT_ACCESS = "access-log-report.txt", "subject-access.html"
SMALLEST = """
    select person_id from analyst.flagged_people join analyst.person_records using (person_id)
    where lane = 'conflict' group by person_id having count(distinct record_id) > 2 order by count(distinct record_id), person_id limit 1"""


class CommandFailed(Exception):
    """A command that makes an example ended with another exit status than 0."""


def make_examples(folder: Path, scratch: Path) -> None:
    """Makes a county in `scratch`, runs a night, a training and a list on it, and writes what came out into `folder`."""
    from synth.county import make_county

    landing, home = scratch / "landing", scratch / "home"
    make_county(landing, PEOPLE, YEARS, SEED, end=CUT)
    _forewarn(home, "nightly", "--landing", str(landing), "--as-of", str(CUT))
    _forewarn(home, "train", "--as-of", str(CUT))
    _forewarn(home, "weekly", "--as-of", str(CUT))
    folder.mkdir(parents=True, exist_ok=True)
    model = _judged(home)
    for made, name in MADE_OF_IT.items():
        shutil.copyfile(model / made, folder / name)
    answer_examples(home, folder, scratch)


def answer_examples(home: Path, folder: Path, scratch: Path) -> None:
    """A person's export, and what the log then says, of a home with a list."""
    person = _smallest(home)
    _forewarn(home, "access", person, "--by", BY, "--why", "request 1", "--out", str(scratch / SUBJECT_ACCESS))
    shutil.copyfile(scratch / SUBJECT_ACCESS, folder / SUBJECT_ACCESS)
    said = _forewarn(home, "audit", "report") + "\n" + _forewarn(home, "audit", "told", person) + "\n" + _forewarn(home, "audit", "verify")
    (folder / ACCESS_LOG).write_text("\n".join(line.rstrip() for line in said.splitlines()) + "\n", encoding="utf-8")


def _judged(home: Path) -> Path:
    """The newest model of conflict that was judged. Raises CommandFailed."""
    found = sorted((home / "models").glob("conflict-*/fairness.md"))
    if not found:
        raise CommandFailed("no model could be judged, so there is no fairness report: make the examples of more people")
    return found[-1].parent


def _smallest(home: Path) -> str:
    """Who of those on the list has fewest records, so that the example stays short."""
    import duckdb

    with duckdb.connect(str(home / "forewarn.duckdb"), read_only=True) as con:
        [(person,)] = con.execute(SMALLEST).fetchall()
    return str(person)


def _forewarn(home: Path, *words: str) -> str:
    """Runs the command in this process; what it said."""
    from flows.cli.main import app

    said = io.StringIO()
    with redirect_stdout(said), _plain_environment():
        ended = app([*words, "--home", str(home)], standalone_mode=False)
    if ended:
        raise CommandFailed(f"forewarn {words[0]} ended with {json.dumps(ended)}")
    return said.getvalue()


@contextmanager
def _plain_environment() -> Iterator[None]:
    """Without settings of this machine, and without the name of its user in the log."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("FOREWARN_", "PREFECT_"))]:
        del os.environ[name]
    os.environ |= {"LOGNAME": "forewarn", "COLUMNS": "120"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        make_examples(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, Path(scratch))
