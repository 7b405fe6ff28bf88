"""The pages of a pair and of a person through the command: what they show, what they leave out, and what the access log keeps of the look."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.clock import now_in_london
from flows.reviewing import evidence_seen
from flows.settings import Settings
from tests.browser import HEADLESS, NAMELESS, TOO_FAINT, opened
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind

BY = "A. Analyst"
UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b")


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("looked_at") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    return place


def ask(home: Path, *words: str, exit_code: int = 0) -> str:
    asked = CliRunner().invoke(app, [*words, "--home", str(home)], env={"COLUMNS": "160"})
    assert asked.exit_code == exit_code, (asked.output, asked.exception)
    return asked.output or str(asked.exception)


def first_pair(home: Path) -> tuple[str, list[str], list[str]]:
    """The first pair of the list, its reasons, and the records between the two that may be named."""
    with analyst(home) as con:
        [(pair, reasons)] = con.execute(
            "select pair_id, reasons from analyst.flagged_pairs where lane = 'conflict' and rank = 1"
        ).fetchall()
        records = con.execute(
            "select distinct record_id from analyst.pair_timeline where pair_id = ? and source = 'incident'", [pair]
        ).fetchall()
    return pair, reasons, [record for (record,) in records]


def test_the_page_of_a_pair_says_what_is_known_and_the_look_is_logged(home: Path) -> None:
    pair, reasons, records = first_pair(home)
    said = ask(home, "pair", "conflict/1", "--by", BY, "--why", "weekly review")
    flat = " ".join(said.split())
    for part in ("OFFICIAL-SENSITIVE", pair, "No. 1 on tonight's conflict list", "Why, and what speaks against", "Score, week by week",
                 "What passed between them", "What people decided", "together", *records):  # fmt: skip
        assert part in flat, part
    assert reasons[0][1:40] in flat
    entry = list(read(home))[-1].entry
    assert (entry.kind, entry.who, entry.why) == (Kind.consultation, BY, "weekly review")
    assert set(entry.subjects) == {pair, *pair.split("-")}
    assert evidence_seen(Settings(home=home), pair, BY, now_in_london())


def test_a_page_for_a_browser_is_one_private_file_without_pupil_numbers_or_protected_words(home: Path, tmp_path: Path) -> None:
    with analyst(home) as con:
        [(pair, protected)] = con.execute(
            "select pair_id, count(*) filter (is_protected) as n from analyst.pair_timeline group by 1 order by 2 desc, 1 limit 1"
        ).fetchall()
        [(pupil,)] = con.execute(
            "select person_id from analyst.person_records where source = 'exclusion' group by 1 order by count(*) desc, 1 limit 1"
        ).fetchall()
        people = {one for (one,) in con.execute("select person_id from analyst.people").fetchall()}
    file = tmp_path / "pair.html"
    said = ask(home, "pair", pair, "--html", str(file))
    assert "It names people" in said
    assert file.stat().st_mode & 0o077 == 0
    page = file.read_text(encoding="utf-8")
    assert page.count("Protected intelligence: nothing more may be shown") == protected
    assert '<svg class="timeline"' in page
    assert "http" not in page.replace("http-equiv", "")
    ask(home, "person", pupil, "--html", str(tmp_path / "pupil.html"))
    pupils = (tmp_path / "pupil.html").read_text(encoding="utf-8")
    assert "school 99" in pupils
    assert set(UPN.findall(page + pupils)) <= people


def test_the_page_of_a_person_is_found_by_id_or_name(home: Path) -> None:
    pair, _, records = first_pair(home)
    person = pair.split("-")[0]
    said = ask(home, "person", person, "--by", BY)
    for part in (person, "and others", "On which lists", "What passed with others", "Records", records[0]):
        assert part in said
    with analyst(home) as con:
        [(one,)] = con.execute("select display_name from analyst.people group by 1 having count(*) = 1 order by 1 limit 1").fetchall()
        [(many, how_many)] = con.execute(
            "select display_name, count(*) from analyst.people group by 1 having count(*) between 2 and 20 order by 2 desc, 1 limit 1"
        ).fetchall()
    assert one in ask(home, "person", one.upper())
    assert f"{how_many} people have this name, so give the id" in ask(home, "person", many, exit_code=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pair", "Px-Py"), "Px-Py: no such pair: give its id as in analyst.pairs"),
        (("pair", "conflict/999"), "conflict/999: the conflict list has no such place"),
        (("person", "Nobody Atall"), "Nobody Atall: no such person: give an id or a name"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_logged(home: Path, words: tuple[str, ...], said: str) -> None:
    before = len(list(read(home)))
    assert said in ask(home, *words, exit_code=1)
    assert len(list(read(home))) == before


def test_whoever_is_known_only_as_a_victim_never_acts_on_the_page(home: Path, tmp_path: Path) -> None:
    with analyst(home) as con:
        pair, name = con.execute(
            "select pair_id, display_name from analyst.flagged_people where only_victim order by pair_id limit 1"
        ).fetchall()[0]
    ask(home, "pair", pair, "--html", str(tmp_path / "pair.html"))
    page = (tmp_path / "pair.html").read_text(encoding="utf-8")
    assert f"{name} is known only as a victim in what is between them" in page
    assert not re.search(rf"<td>{re.escape(name)}(?: \([^)]*\))? →", page)


def test_a_page_reads_well_in_a_browser_and_fits_a_narrow_screen(home: Path, tmp_path: Path) -> None:
    ask(home, "pair", "conflict/1", "--html", str(tmp_path / "pair.html"))
    with opened(tmp_path / "pair.html", width=390) as page:
        assert [page.evaluate(what) for what in (TOO_FAINT, NAMELESS, HEADLESS)] == [[], [], []]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
