"""Whom texts name, night after night, is what reading and weighing everything anew gives, whatever comes, changes, is withdrawn or goes."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from tests.warehouse.people.test_resolve import HEAD, _street
from warehouse.people import kept_model
from warehouse.people.resolve import PeopleCounts, resolve_people

REPORT = "report_id | handling_code | text\n"
SUBJECT = "report_id | subject_no | surname | forenames | alias | date_of_birth\n"
TEXTS = (
    "{0} has fallen out with {1}.",
    "{0} ('Ghost') was seen with {1} and {2}.",
    "'Ghost' is afraid of {0}, aged about 30.",
    "{0} and {1} wait for {2} (b. 1995), who attends Hall School.",
)
OUTCOME = (
    "select * from people.text_span order by all",
    "select person_id, source, record_id, round(match_probability, 9) from people.person_record order by all",
    "select person_a, person_b, round(match_probability, 9), why from people.link_review order by all",
    "select report_id, reading_key, words, found from people.reading order by all",
    "select * from people.name_fit order by all",
    "select * from people.fitted_name order by all",
    "select * from people.fitted_set order by all",
)


def _names(rows: list[str], chance: random.Random) -> list[str]:
    told = [[cell.strip() for cell in row.split("|")] for row in chance.sample(rows, 3)]
    forms = ("{1} {0}", "{0}, {1}", "{2}. {0}")
    return [chance.choice(forms).format(one[3].title(), one[4].title(), one[4][0].upper()) for one in told]


def _reports(con: duckdb.DuckDBPyConnection, rows: list[str], numbers: range, seed: int, recorded_at: str) -> None:
    chance = random.Random(seed)
    texts = [f"R{n} | P | {chance.choice(TEXTS).format(*_names(rows, chance))}" for n in numbers]
    tell(con, "intelligence", REPORT + "\n".join(texts), recorded_at)
    subjects = []
    for n in numbers:
        if chance.random() < 0.7:
            surname, forename, born = (cell.strip() for cell in chance.choice(rows).split("|")[3:6])
            subjects.append(f"R{n} | 1 | {surname} | {forename} | {chance.choice(['Ghost', ''])} | {born}")
    tell(con, "intelligence_subject", SUBJECT + "\n".join(subjects), recorded_at)


def _night(con: duckdb.DuckDBPyConnection, day: int) -> PeopleCounts:
    con.execute("update known.as_of set as_of = ?", [date(2026, 2, day)])
    return resolve_people(con)


def _something_happens(con: duckdb.DuckDBPyConnection, chance: random.Random) -> None:
    for table in ("incident_party", "intelligence", "intelligence_subject"):
        known = [one for (one,) in con.execute(f"select record_id from known.{table} order by record_id").fetchall()]
        con.execute(f"delete from known.{table} where record_id = ?", [chance.choice(known)])
    known = [one for (one,) in con.execute("select record_id from known.incident_party order by record_id").fetchall()]
    withdrawn, corrected = chance.sample(known, 2)
    con.execute("update known.incident_party set counts = false where record_id = ?", [withdrawn])
    con.execute("update known.incident_party set surname = 'Zzyzx', alias = 'Ghost' where record_id = ?", [corrected])
    [(report,)] = con.execute("select min(report_id) from known.intelligence").fetchall()
    con.execute("update known.intelligence set text = 'Zzyzx Adam was seen with Divya Doyle.' where report_id = ?", [report])


def _outcome(con: duckdb.DuckDBPyConnection) -> list[object]:
    return [con.execute(query).fetchall() for query in OUTCOME]


def test_nights_one_by_one_equal_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    seed = 1
    chance = random.Random(seed)
    rows = _street(25, seed)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[:90]), "2025-08-01 12:00:00")
    _reports(con, rows, range(100, 140), seed, "2025-08-02 12:00:00")
    assert _night(con, 1).is_full_relink
    for night in (2, 3):
        tell(con, "incident_party", HEAD + "\n".join(rows[80 + 5 * night : 85 + 5 * night]), f"2026-02-0{night} 12:00:00")
        _reports(con, rows, range(night * 100 + 100, night * 100 + 106), seed + night, f"2026-02-0{night} 12:00:00")
        _something_happens(con, chance)
        later = _night(con, night)
        assert not later.is_full_relink
        assert later.mentions_joined
    nightly = _outcome(con)
    assert resolve_people(con, relink=True).is_full_relink
    assert _outcome(con) == nightly
