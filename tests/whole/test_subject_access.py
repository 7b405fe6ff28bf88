"""Everything held on a person of a whole county: theirs is in it, with why; nobody else's name, no pupil number, nothing protected."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.subject_access.export import Export
from alerts.weekly_list import write_weekly_list
from flows.auditing import log_list
from flows.cli.main import app
from flows.settings import Settings
from flows.subject_access import SUBJECT, beside_pairs, everything_on
from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind
from warehouse.connection import open_warehouse

OTHERS = """
    select lower(surname), lower(split_part(forenames, ' ', 1)), person_id, source, context_id from people.record
    left join people.person_record using (source, record_id) where surname is not null and forenames is not null
"""
FREE_TEXT = ("summary", "text", "reasons", "note", "what", "why")


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("access") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    issued = write_weekly_list(place, None, datetime(2026, 4, 20, 6, 30))
    log_list(Settings(home=place), issued.record, "weekly list")
    return place


def chosen(home: Path) -> list[str]:
    """The people listed, those with most records, pupils, people only named in texts, and people of protected reports."""
    with analyst(home) as con:
        queries = (
            "select person_id from analyst.flagged_people where lane = 'conflict' order by pair_id limit 12",
            "select person_id from analyst.people order by records desc limit 8",
            "select person_id from analyst.person_records where source = 'exclusion' order by record_id limit 5",
            "select person_id from analyst.person_records where source = 'intelligence_mention' order by record_id limit 5",
            "select person_id from analyst.people where person_id in "
            "(select unnest([person_a, person_b]) from analyst.pair_timeline where is_protected) order by 1 limit 8",
        )
        return sorted({str(person) for query in queries for (person,) in con.execute(query).fetchall()})


def texts(export: Export) -> list[str]:
    rows = [row for section in export.as_plain()["sections"] for row in section["rows"]]
    found = [value for row in rows for name, value in row.items() if name in FREE_TEXT]
    return [text for value in found for text in (value if isinstance(value, list) else [value])]


def words(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower()))


def test_no_other_person_is_named_and_nothing_protected_is_shown(home: Path) -> None:
    people = chosen(home)
    assert len(people) > 20
    con = open_warehouse(home)
    named = con.execute(OTHERS).fetchall()
    protected = {report for (report,) in con.execute("select report_id from known.intelligence where handling_code = 'C'").fetchall()}
    written = con.execute("select person_id, written from people.text_span").fetchall()
    pupils = {upn for (upn,) in con.execute("select upn from known.exclusion").fetchall()}
    spoken = con.execute("select text from known.intelligence where handling_code = 'C'").fetchall()
    con.close()
    redacted = 0
    for person in people:
        export = everything_on(Settings(home=home), person)
        own = {name for surname, forename, whose, _, _ in named if whose == person for name in (words(surname), words(forename))}
        own |= {word for whose, text in written if whose == person for word in words(text).split()}  # as reports call them
        others = {
            f" {' '.join(order)} "
            for surname, forename, whose, _, _ in named
            if whose != person and not {words(surname), words(forename)} <= own
            for order in ((words(forename), words(surname)), (words(surname), words(forename)))
        }
        surnames = {words(surname) for surname, _, whose, _, _ in named if whose != person} - own
        whole = json.dumps(export.as_plain())
        said = f" {words(whole)} "
        assert [name for name in others if name in said] == [], person
        for text in texts(export):
            redacted += "[another person]" in text
            capitals = {word.lower() for word in re.findall(r"[A-Z][A-Za-z']+", text)}
            assert not capitals & surnames, text
        assert not [report for report in protected if report in whole]
        assert not [upn for upn in pupils if upn in whole]
        assert not [text for (text,) in spoken if text in whole]
        assert "protected" not in " ".join(texts(export))
    assert redacted > 20


def test_what_is_held_is_in_it_with_why_and_it_is_logged(home: Path, tmp_path: Path) -> None:
    with analyst(home) as con:
        [(person, name)] = con.execute(
            "select person_id, display_name from analyst.flagged_people where lane = 'conflict' order by pair_id, side limit 1"
        ).fetchall()
        [(records,)] = con.execute(
            "select count(*) from analyst.person_records where person_id = ? and source <> 'intelligence_mention'", [person]
        ).fetchall()
    asked = CliRunner().invoke(
        app, ["access", person, "--by", "D. Officer", "--why", "request 12", "--out", str(tmp_path / "given"), "--home", str(home)]
    )
    assert asked.exit_code == 0, (asked.output, asked.exception)
    page, data = (tmp_path / "given" / f"forewarn-access-{person}.{kind}" for kind in ("html", "json"))
    assert [file.stat().st_mode & 0o777 for file in (page, data)] == [0o600, 0o600]
    export = json.loads(data.read_text())
    sections = {one["title"]: one["rows"] for one in export["sections"]}
    assert (
        sum(len(rows) for title, rows in sections.items() if title.startswith(("Police records", "Police intelligence", "School")))
        >= records
    )
    for title in (
        "Scores",
        "When you were flagged, and why",
        "What passed between you and others",
        "Lists that showed you",
        "How long it is kept",
    ):
        assert sections[title], title
    assert {row["with"] for row in sections["Scores"]} <= {f"another person ({number})" for number in range(1, 99)}
    assert [row["to"] for row in sections["Who looked, and who was told"] if "to" in row] == ["tactical group"]
    assert "may be withheld" in page.read_text()
    assert name.split()[-1].lower() in page.read_text().lower()
    entry = [one.entry for one in read(home)][-1]
    assert (entry.kind, entry.who, entry.recipient, entry.why, entry.subjects) == (
        Kind.disclosure,
        "D. Officer",
        SUBJECT,
        "request 12",
        (person,),
    )


def test_nobody_there_is_said(home: Path, tmp_path: Path) -> None:
    asked = CliRunner().invoke(app, ["access", "Pnobody", "--by", "D", "--why", "r", "--out", str(tmp_path), "--home", str(home)])
    assert asked.exit_code == 1
    assert "Pnobody: nothing is held" in str(asked.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_names_someone_beside_its_pairs_is_told() -> None:
    pair = {"pair_id": "Pa-Pb"}
    content = {
        "pairs": [pair],
        "left": [{"pair_id": "Pc-Pd"}],
        "watched": [{"pair_id": "Pd-Pe"}],
        "feuds": [{"sides": [{"people": [{"person_id": "Pf"}]}]}],
    }
    told = {person: beside_pairs(content, person) for person in ("Pa", "Pc", "Pd", "Pf", "Px")}
    left, watched = "of a pair that had left the list", "on watch"
    assert told == {"Pa": [], "Pc": [left], "Pd": [watched, left], "Pf": ["among the people of a feud"], "Px": []}
