"""Lists that show somebody who was erased go, whatever part of the list showed them; others stay."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from alerts.issued_erasure import NOTE, forget_lists

NOW = datetime(2026, 6, 1, 9, 0)
CONTENT = {
    "pairs": [{"pair_id": "Pa-Pb", "reasons": [{"text": "Conflict among their friends: assault on 3 May 2026 (knife, CR/12/26)"}]}],
    "left": [{"pair_id": "Pc-Pd"}],
    "watched": [{"pair_id": "Pe-Pf"}],
    "feuds": [{"sides": [{"people": [{"person_id": "Pg"}]}]}],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for day, content in (("2026-05-24", CONTENT), ("2026-05-31", {"pairs": [], "left": []})):
        folder = tmp_path / "alerts" / day
        folder.mkdir(parents=True)
        (folder / "list.json").write_text(json.dumps({"content": content}))
        (folder / "forewarn-school-list.html").write_text("a recipient's page")
    return tmp_path


@pytest.mark.parametrize("person", ["Pa", "Pd", "Pf", "Pg"])
def test_a_list_goes_that_names_somebody_listed_gone_watched_or_in_a_feud_alone(home: Path, person: str) -> None:
    assert forget_lists(home, [person], [], date(2020, 1, 1), NOW) == ["2026-05-24"]
    assert [file.name for file in (home / "alerts" / "2026-05-24").iterdir()] == [NOTE]
    assert (home / "alerts" / "2026-05-31" / "list.json").exists()


def test_a_list_goes_by_its_pairs_and_by_its_age_and_stays_otherwise(home: Path) -> None:
    assert forget_lists(home, ["Px-Py", "Px"], [], date(2020, 1, 1), NOW) == []
    assert forget_lists(home, ["Pe-Pf"], [], date(2020, 1, 1), NOW) == ["2026-05-24"]
    assert forget_lists(home, [], [], date(2026, 6, 1), NOW) == ["2026-05-31"]


@pytest.mark.parametrize(("number", "forgotten"), [("CR/12/26", ["2026-05-24"]), ("CR/12/2", []), ("R/12/26", [])])
def test_a_list_goes_that_cites_a_record_of_people_who_are_not_on_it(home: Path, number: str, forgotten: list[str]) -> None:
    assert forget_lists(home, ["Px-Py"], [number], date(2020, 1, 1), NOW) == forgotten
