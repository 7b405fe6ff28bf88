"""Reviews through whole nights: decided with the command, kept through the next night, published, logged."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.auditing import log
from flows.cli.main import app
from flows.clock import today
from flows.settings import Settings
from tests.whole.conftest import County, analyst, night
from tests.whole.test_cookbook import recipes
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind

BY = "A. Reviewer"
OF_DECISIONS = ("What has been dismissed", "Who is on watch", "Which reasons do reviewers", "What followed, with", "Does anybody agree")


@pytest.fixture(scope="module")
def home(county: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reviewed") / "home"
    shutil.copytree(county.last, place, symlinks=True)
    return place


def ask(home: Path, *words: str, exit_code: int = 0) -> str:
    asked = CliRunner().invoke(app, ["review", *words, "--home", str(home)])
    assert asked.exit_code == exit_code, asked.output
    return asked.output or str(asked.exception)


def listed(home: Path) -> list[str]:
    with analyst(home) as con:
        return [
            pair for (pair,) in con.execute("select pair_id from analyst.flagged_pairs where lane = 'conflict' order by rank").fetchall()
        ]


def test_what_is_decided_by_day_holds_from_the_next_night_on(home: Path, county: County) -> None:
    first, second, third, fourth, *_ = listed(home)
    log(Settings(home=home), Kind.consultation, "page of a pair", [second], who=BY, why="weekly review")
    said = ask(home, "dismiss", "conflict/1", "--by", BY, "--reason", "one_off")
    assert f"{first}, dismiss. It is off the list from the next night on" in said
    ask(home, "refer", second, "--by", BY, "--pathway", "mediation")
    ask(home, "nominate", *fourth.split("-"), "--by", BY, "--note", "seen together", "--until", f"{today() + timedelta(days=30)}")
    number = ask(home, "wrong-link", third, "--by", BY).split(":")[0]
    ask(home, "withdraw", number, "--by", BY, "--note", "another pair was meant")

    night(home, county.landing, today())

    with analyst(home) as con:
        reviews = con.execute("select pair_id, decision, keeps_off, evidence_seen from analyst.reviews order by made_at").fetchall()
        watched = con.execute("select pair_id, note from analyst.watched_pairs").fetchall()
        outcomes = con.execute("select decision, reason, reviews, evidence_seen from analyst.review_outcomes").fetchall()
        habits = con.execute("select made_by, reviews, share_agreed, share_agreed_unseen from analyst.reviewers").fetchall()
    assert reviews == [
        (first, "dismiss", True, False),
        (second, "refer", False, True),
        (fourth, "nominate", False, False),
        (third, "wrong_link", False, False),
        (third, "withdraw", False, False),
    ]
    assert first not in listed(home)
    assert watched == [(fourth, "seen together")]
    assert outcomes == [("dismiss", "one_off", 1, 0), ("refer", None, 1, 1)]
    assert habits == [(BY, 3, 1 / 3, 0.0)]
    assert [one.entry.who for one in read(home) if one.entry.kind is Kind.alteration] == [BY] * 5


@pytest.mark.parametrize("question", [one for one in recipes() if one.startswith(OF_DECISIONS)])
def test_what_was_decided_can_be_asked_for(question: str, home: Path) -> None:
    with analyst(home) as con:
        assert con.execute(recipes()[question][1]).fetchall() != []


def test_a_sheet_filled_in_is_taken_in_whole_or_not_at_all(home: Path, tmp_path: Path) -> None:
    for name in ("list.csv", "list.xlsx"):
        assert "pairs:" in ask(home, "sheet", str(tmp_path / name), "--by", BY)
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"decision": "agree", "by": BY}
    rows[1] |= {"decision": "dismiss", "by": BY}
    rows[2] |= {"decision": "agreed", "by": BY}

    def fill_in() -> None:
        with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    fill_in()
    said = ask(home, "bulk", str(tmp_path / "list.csv"), exit_code=1)
    assert "nothing was taken in, since 2 rows are wrong" in said
    assert f"line 3: {rows[1]['pair_id']}: a dismissal needs a reason" in said
    assert "line 4: decision 'agreed' is not known" in said
    assert "5 reviews" in ask(home, "ledger")
    rows[1]["reason"], rows[2]["decision"] = "resolved", ""
    fill_in()
    assert ask(home, "bulk", str(tmp_path / "list.csv")) == f"2 reviews taken in, {len(rows) - 2} rows without a decision.\n"
    assert (
        ask(home, "bulk", str(tmp_path / "list.csv"))
        == f"0 reviews taken in, 2 taken in before, {len(rows) - 2} rows without a decision.\n"
    )
    assert "7 reviews" in ask(home, "ledger")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("agree", "conflict/999", "--by", BY), "conflict/999: no such pair"),
        (("agree", "Px-Py", "--by", BY), "Px-Py: no such pair"),
        (("refer", "conflict/1", "--by", BY, "--pathway", "prison"), "prison: no such pathway: one of call_in"),
        (("withdraw", "R0", "--by", BY, "--note", "none"), "R0: no such review"),
        (("nominate", "Px", "Py", "--by", BY, "--note", "none", "--until", "2099-01-01"), "Px: no such person"),
    ],
)
def test_what_is_not_there_is_said(home: Path, words: tuple[str, ...], said: str) -> None:
    assert said in ask(home, *words, exit_code=1)


def test_what_can_be_decided_is_listed(home: Path) -> None:
    said = ask(home, "reasons")
    assert all(word in said for word in ("dismiss", "mistaken_record", "mediation"))
