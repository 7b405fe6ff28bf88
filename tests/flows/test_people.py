"""forewarn people as an analyst meets it: two men of one name judged one, pairs that follow, sheets, the ledger, and why."""

from __future__ import annotations

import csv
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.command import forewarn
from tests.warehouse.conftest import as_csv, full_rows, read_drawing
from warehouse.contracts import EXTRACT_BY_NAME

SHEET = ("person_a", "person_b", "judgement", "by", "why")


def draw(folder: Path, file: str, drawn: str) -> None:
    (folder / file).write_text(as_csv(full_rows(EXTRACT_BY_NAME[file[:-15]], read_drawing(drawn))), encoding="utf-8")


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one night: two men called George Shaw, 28 years apart, each recorded against Priya Rai; and one protected report."""
    root = tmp_path_factory.mktemp("people")
    landing = root / "landing"
    landing.mkdir()
    draw(landing, "incidents_2026-01-04.csv", "incident_id\nI1\nI2\nI3\nI4")
    draw(landing, "incident_parties_2026-01-04.csv", """
        incident_id | party_no | role    | surname | forenames | date_of_birth | sex | postcode
        I1          | 1        | SUSPECT | Shaw    | George    | 1970-05-06    | M   | AB3 4EF
        I1          | 2        | VICTIM  | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH
        I2          | 1        | SUSPECT | Shaw    | George    | 1998-11-12    | M   | AB3 4EF
        I2          | 2        | VICTIM  | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH
        I3          | 1        | SUSPECT | Shaw    | George    | 1998-11-12    | M   | AB3 4EF
        I4          | 1        | SUSPECT | Shaw    | George    | 1998-11-12    | M   | AB3 4EF
    """)  # fmt: skip
    draw(landing, "intelligence_2026-01-04.csv", "report_id | handling_code | text\nR1 | C | George Shaw has a knife")
    draw(landing, "intelligence_subjects_2026-01-04.csv", """
        report_id | subject_no | surname | forenames | date_of_birth | sex | postcode
        R1        | 1          | Shaw    | George    | 1970-05-06    | M   | AB3 4EF
    """)  # fmt: skip
    assert forewarn("nightly", "--landing", landing, "--home", root / "home", "--as-of", "2026-01-04") == 0
    return root


@pytest.fixture
def root(first_night: Path, tmp_path: Path) -> Path:
    shutil.copytree(first_night, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


def rows(root: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(root / "home" / "forewarn.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def person(root: Path, record_id: str) -> str:
    return str(rows(root, f"select person_id from analyst.person_records where record_id = '{record_id}'")[0][0])


def people(root: Path, *words: object, day: int | None = None) -> int:
    dated = () if day is None else ("--as-of", f"2026-01-{day:02}")
    return forewarn("people", *words, *dated, "--home", root / "home")


def night(root: Path, day: int) -> None:
    assert forewarn("nightly", "--landing", root / "landing", "--home", root / "home", "--as-of", f"2026-01-{day:02}") == 0


SAID = ("--by", "A Analyst", "--why", "seen the custody photograph")


def test_pairs_follow_a_judgement_and_its_withdrawal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older, younger, priya = person(root, "I1/1"), person(root, "I2/1"), person(root, "I1/2")
    assert rows(root, "select count(*) from analyst.pairs") == [(2,)]
    assert people(root, "same", older, younger, *SAID, day=5) == 0
    night(root, 5)
    one = person(root, "I1/1")
    assert person(root, "I2/1") == one
    assert rows(root, "select pair_id from analyst.pairs") == [("-".join(sorted((one, priya))),)]
    assert rows(root, "select count(*) from analyst.pair_timeline where source = 'incident'") == [(2,)]
    assert rows(root, "select change, person_id, other_person_id from analyst.person_changes") == [
        ("merged", one, ({older, younger} - {one}).pop())
    ]
    assert rows(root, "select judgement, person_of_a, person_of_b, state from analyst.judgements") == [("same", one, one, "holds")]
    assert people(root, "withdraw", 1, *SAID, day=6) == 0
    night(root, 6)
    assert {person(root, "I1/1"), person(root, "I2/1")} == {older, younger}
    assert rows(root, "select count(*) from analyst.pairs") == [(2,)]
    assert rows(root, "select state from analyst.judgements order by judgement_id") == [("withdrawn by 2",), ("withdraws 1",)]
    night(root, 6)
    assert rows(root, "select count(*) from analyst.person_changes") == [(2,)]
    capsys.readouterr()
    assert people(root, "judgements") == 0
    assert "withdrawn by 2" in capsys.readouterr().out


def filled(root: Path, *given: tuple[str, ...]) -> Path:
    file = root / "sheet.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([SHEET, *given])
    return file


def test_a_sheet_is_written_filled_in_and_taken_in_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = root / "doubts.csv"
    assert people(root, "review", "--csv", sheet) == 0
    with sheet.open(encoding="utf-8-sig", newline="") as text:
        header, *doubts = csv.reader(text)
    assert header[-3:] == ["judgement", "by", "why"]
    assert [doubt[1] for doubt in doubts] == ["George Shaw"]
    assert sheet.stat().st_mode & 0o077 == 0
    doubts[0][-3:] = ["Same", "A Analyst", "=HYPERLINK(1)"]
    with sheet.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([header, *doubts])
    capsys.readouterr()
    assert people(root, "judge", sheet, day=5) == 0
    assert "1 rows: 1 judged, 0 judged so already, 0 left empty, 0 wrong" in capsys.readouterr().out
    night(root, 5)  # one of the two ids is given up
    capsys.readouterr()
    assert people(root, "judge", sheet, day=5) == 0
    assert "1 rows: 0 judged, 1 judged so already" in capsys.readouterr().out
    assert rows(root, "select why from analyst.judgements") == [("=HYPERLINK(1)",)]
    assert rows(root, "select count(*) from analyst.link_review") == [(0,)]


def test_every_row_of_a_sheet_is_accounted_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = person(root, "I1/1"), person(root, "I2/1")
    sheet = filled(
        root,
        (one, other, "unsure", "A Analyst", "too young to tell"),
        (one, other, "", "", ""),
        (one, other, "perhaps", "A Analyst", "x"),
        (one, "P000000000000", "same", "A Analyst", "x"),
        (one, other, "same", "", "x"),
        (one, other, "same", "A Analyst", "x", "one too many"),
    )
    capsys.readouterr()
    assert people(root, "judge", sheet, day=5) == 1
    told = capsys.readouterr().out
    assert "6 rows: 1 judged, 0 judged so already, 1 left empty, 4 wrong" in told
    assert "line 4: the judgement is 'perhaps': write same, different or unsure, or leave it empty" in told
    assert "line 5: there is no person P000000000000" in told
    assert "line 6: a judgement needs the name of whoever makes it" in told
    assert "line 7: has 6 fields where the header has 5" in told
    night(root, 5)
    assert rows(root, "select judgement from analyst.link_review") == [("unsure",)]
    capsys.readouterr()
    assert people(root, "review") == 0
    assert "0 pairs of people in doubt" in capsys.readouterr().out
    assert people(root, "review", "--unsure") == 0
    assert "(judged unsure)" in capsys.readouterr().out


def test_two_parties_of_one_incident_judged_the_same_are_warned_of(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert people(root, "same", "I1/1", "I1/2", *SAID, day=5) == 0
    assert "both are named in I1: two people of one incident or report are hardly ever one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "I1/1", "I9/9", *SAID), "there is no record I9/9"),
        (("same", "I1/1", "I1/1", *SAID), "both are one record or one person"),
        (("same", "I1/1", "I2/1", *SAID, "--as-of", "2026-01-01"), "2026-01-01 is before the last night (2026-01-04)"),
        (("withdraw", 3, *SAID), "there is no judgement 3"),
        (("judge", "nowhere.csv"), "nowhere.csv is not there"),
        (("why", "I1/1", "I9/9"), "there is no record I9/9"),
        (("why", "I1/1", "R1/1"), "there is no record R1/1"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    root: Path, words: tuple[object, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert people(root, *words) == 1
    assert said in capsys.readouterr().err
    assert people(root, "judgements") == 0
    assert "No judgements yet" in capsys.readouterr().out


def test_a_home_without_a_warehouse_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forewarn("people", "same", "a", "b", *SAID, "--home", tmp_path / "none") == 1
    assert "has no warehouse yet" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.fixture
def at_work(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home in which a run is at work."""
    monkeypatch.setattr("flows.databases.WAIT_SECONDS", 0)
    with (root / "home" / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield root


def test_while_a_run_is_at_work_what_is_published_can_be_read(at_work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert people(at_work, "review") == 0
    [(one, other), *_] = rows(at_work, "select distinct record_a, record_b from analyst.link_evidence")
    assert people(at_work, "why", one, other) == 0
    assert people(at_work, "judgements") == 0
    assert "A run is at work: this is the ledger as last published" in capsys.readouterr().out
    assert people(at_work, "same", "I1/1", "I2/1", *SAID) == 1
    assert "is at work in" in capsys.readouterr().err


def test_why_says_what_joined_and_what_keeps_apart(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = root / "why.svg"
    capsys.readouterr()
    assert people(root, "why", "I2/1", "I3/1", "--picture", picture) == 0
    told = capsys.readouterr().out
    assert "one person" in told
    assert "same date of birth: 1998-11-12 | 1998-11-12" in told
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert people(root, "why", "I1/1", "I2/1", "--picture", root / "why.html") == 0
    told = capsys.readouterr().out
    assert "two people" in told
    assert "Kept apart, whatever else agrees: their dates of birth are clearly apart." in told
    assert people(root, "different", "I2/1", "I3/1", *SAID, day=5) == 0
    night(root, 5)
    capsys.readouterr()
    assert people(root, "why", "I2/1", "I3/1") == 0
    assert "Two people: a person judged so (judgement 1)." in capsys.readouterr().out


def test_nothing_of_a_protected_report_is_in_what_analysts_see_of_links(root: Path) -> None:
    assert rows(root, "select distinct record_a, record_b from analyst.link_evidence where 'I2/1' in (record_a, record_b)") != []
    assert rows(root, "select * from analyst.link_evidence where record_a like 'R1%' or record_b like 'R1%'") == []
    assert people(root, "same", "R1/1", "I2/1", *SAID, day=5) == 0
    night(root, 5)
    assert person(root, "I1/1") == person(root, "I2/1")
    assert rows(root, "select record_a, record_b from analyst.judgements") == [(None, "I2/1")]
    assert rows(root, "select * from analyst.link_evidence where record_a like 'R1%' or record_b like 'R1%'") == []


def test_judging_and_looking_are_logged_without_names(root: Path) -> None:
    people(root, "same", "I1/1", "I2/1", *SAID, day=5)
    people(root, "review")
    people(root, "why", "I2/1", "I3/1")
    log = (root / "home" / "audit" / "log.jsonl").read_text(encoding="utf-8")
    assert all(said in log for said in ("judgement 1: same", "links in doubt", "why two records are"))
    assert "Shaw" not in log
    assert "custody" not in log
