"""People resolved night after night are those of a full relink, whatever comes, changes, is withdrawn, goes, or is judged."""

from __future__ import annotations

import random
from datetime import date, datetime

import duckdb
import pytest

from tests.warehouse.people.known import open_known, tell
from tests.warehouse.people.test_resolve import HEAD, _street
from warehouse.people import clusters, kept_model
from warehouse.people.resolve import PeopleCounts, resolve_people
from warehouse.people.standing_tables import TABLES

PEOPLE = "select person_id, source, record_id, round(match_probability, 9) from people.person_record order by all"
REVIEW = "select person_a, person_b, round(match_probability, 9), why from people.link_review order by all"
LINKS = "select record_a, record_b, how, round(match_probability, 9), round(company, 9) from people.link order by all"
SHOWN = "select * from people.person order by all"
TEXTS = "select * from people.text_span order by all"
PROTECTED = "select source, record_id, is_protected from people.person_record order by all"
EVIDENCE = "select * replace (round(weight, 9) as weight) from people.link_evidence order by all"
KEPT = (
    "select * from people.blocking_key order by all",
    "select * from people.edge order by all",
    "select * from people.record order by all",
)
STANDING = tuple(
    f"select {'* exclude (odds), round(odds, 9)' if 'odds' in table else '*'} from {table.split()[0]} order by all" for table in TABLES
)


def _outcome(con: duckdb.DuckDBPyConnection) -> list[object]:
    return [con.execute(query).fetchall() for query in (PEOPLE, REVIEW, LINKS, SHOWN, TEXTS, PROTECTED, EVIDENCE, *KEPT, *STANDING)]


def _night(con: duckdb.DuckDBPyConnection, as_of: date) -> PeopleCounts:
    con.execute("update known.as_of set as_of = ?", [as_of])
    return resolve_people(con)


def _something_happens(con: duckdb.DuckDBPyConnection, chance: random.Random, rows: list[str], recorded_at: str) -> None:
    """New records, a withdrawal, a withdrawal undone, a correction, and a record that is gone."""
    tell(con, "incident_party", HEAD + "\n".join(rows), recorded_at)
    known = [one for (one,) in con.execute("select record_id from known.incident_party order by record_id").fetchall()]
    gone, withdrawn, back, corrected = chance.sample(known, 4)
    con.execute("delete from known.incident_party where record_id = ?", [gone])
    con.execute("update known.incident_party set counts = false where record_id = ?", [withdrawn])
    con.execute("update known.incident_party set counts = true where record_id = ? or not counts and record_id < ?", [back, withdrawn])
    con.execute("update known.incident_party set date_of_birth = null, postcode = null, forenames = 'Zed' where record_id = ?", [corrected])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nights_one_by_one_equal_a_full_relink(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    chance = random.Random(seed)
    rows = _street(50, seed)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[:140]), "2025-08-01 12:00:00")
    assert _night(con, date(2026, 2, 1)).is_full_relink
    for night in range(1, 4):
        _something_happens(con, chance, rows[120 + 20 * night : 140 + 20 * night], f"2026-02-0{night} 12:00:00")
        later = _night(con, date(2026, 2, 1 + night))
        assert not later.is_full_relink
        assert later.records_scored < 40
    nightly = _outcome(con)
    again = resolve_people(con, relink=True)
    assert (again.is_full_relink, again.records_scored, again.merged, again.split) == (True, again.records, 0, 0)
    assert _outcome(con) == nightly


REPORTS = "report_id | handling_code | text"
SUBJECTS = "report_id | subject_no | surname | forenames"


def _reports_come_and_change(con: duckdb.DuckDBPyConnection, chance: random.Random, night: int) -> None:
    """Reports on people who are on record, and one who is not; one that is worded anew, one that is gone, one that is protected from now on."""
    rows = con.execute(
        "select forenames, surname from known.incident_party where forenames is not null and surname is not null order by all"
    )
    named = [f"{forename.capitalize()} {surname.capitalize()}" for forename, surname in chance.sample(rows.fetchall(), 12)]
    texts = [f"{a} is angry with {b} and with Zebedee Quill." for a, b in zip(named[:6], named[6:], strict=True)]
    ids = [f"R{night}/{n}/26" for n in range(6)]
    tell(con, "intelligence", "\n".join([REPORTS, *(f"{one} | P | {text}" for one, text in zip(ids, texts, strict=True))]))
    listed = [one.split() for one in named[:3]]
    tell(con, "intelligence_subject", "\n".join([SUBJECTS, *(f"{n} | 1 | {b} | {a}" for n, (a, b) in zip(ids, listed, strict=False))]))
    known = [one for (one,) in con.execute("select report_id from known.intelligence order by report_id").fetchall()]
    worded, gone, closed = chance.sample(known, 3)
    con.execute("update known.intelligence set text = replace(text, 'is angry with', 'of late met') where report_id = ?", [worded])
    con.execute("update known.intelligence set handling_code = 'C' where report_id = ?", [closed])
    for table in ("intelligence", "intelligence_subject"):
        con.execute(f"delete from known.{table} where report_id = ?", [gone])


@pytest.mark.parametrize("seed", [1, 2])
def test_people_named_in_texts_night_by_night_are_those_of_a_full_relink(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    monkeypatch.setattr(kept_model, "OUTGROWN", 10.0)
    chance = random.Random(seed)
    rows = _street(50, seed)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[:140]), "2025-08-01 12:00:00")
    _reports_come_and_change(con, chance, 0)
    _night(con, date(2026, 2, 1))
    for night in range(1, 4):
        _something_happens(con, chance, rows[120 + 20 * night : 140 + 20 * night], f"2026-02-0{night} 12:00:00")
        _reports_come_and_change(con, chance, night)
        assert not _night(con, date(2026, 2, 1 + night)).is_full_relink
    nightly = _outcome(con)
    again = resolve_people(con, relink=True)
    assert (again.is_full_relink, again.merged, again.split) == (True, 0, 0)
    assert _outcome(con) == nightly


def test_a_judgement_is_honoured_on_a_later_night_and_no_longer_when_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(_street(20, 5)), "2025-08-01 12:00:00")
    _night(con, date(2026, 2, 1))
    before = _outcome(con)
    [(a, b)] = con.execute(
        "select min(record_id), max(record_id) from people.person_record group by person_id having count(*) > 2 order by count(*) desc, 1 limit 1"
    ).fetchall()
    con.execute(
        "insert into people.judgement values (1, 'different', 'incident_party', ?, 'incident_party', ?, 'N', 'W', 'person', ?, ?, null)",
        [a, b, datetime(2026, 2, 1), datetime(2026, 2, 1)],
    )
    for side, one in (("a", a), ("b", b)):
        con.execute("insert into people.judged_record values (1, ?, 0, 'incident_party', ?, null)", [side, one])
    con.execute("insert into known.judgement from people.judgement")
    assert _night(con, date(2026, 2, 2)).split == 1
    apart = _outcome(con)
    assert resolve_people(con, relink=True).split == 0
    assert _outcome(con) == apart
    con.execute("delete from known.judgement")
    assert _night(con, date(2026, 2, 3)).merged == 1
    assert _outcome(con) == before


def test_nothing_is_grouped_again_when_nothing_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(_street(20, 4)), "2025-08-01 12:00:00")
    _night(con, date(2026, 2, 1))
    again = []
    wrapped = clusters.cluster

    def noting(*told: object) -> clusters.Clustering:
        found = wrapped(*told)  # type: ignore[arg-type]
        again.append(found.again.any())
        return found

    monkeypatch.setattr("warehouse.people.resolve.cluster", noting)
    assert _night(con, date(2026, 2, 2)).records_scored == 0
    assert again == [False]


@pytest.mark.parametrize(
    ("late", "is_learned_anew"),
    [
        (10, False),  # less than a tenth of 140: what was learned stays, and with it the ids
        (20, True),
    ],
)
def test_what_was_learned_stays_until_late_files_have_outgrown_it(
    monkeypatch: pytest.MonkeyPatch, late: int, is_learned_anew: bool
) -> None:
    monkeypatch.setattr(kept_model, "FEWEST_TO_TRAIN", 10)
    rows = _street(60, 7)
    con = open_known(date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[:140]), "2025-08-01 12:00:00")
    _night(con, date(2026, 2, 1))
    tell(con, "incident_party", HEAD + "\n".join(rows[140:160]), "2026-02-01 12:00:00")
    assert not _night(con, date(2026, 2, 2)).is_full_relink, "what became known after the training day is nothing to learn from"
    tell(con, "incident_party", HEAD + "\n".join(rows[160 : 160 + late]), "2025-08-02 12:00:00")
    assert _night(con, date(2026, 2, 3)).is_full_relink == is_learned_anew
    assert not _night(con, date(2026, 2, 4)).is_full_relink


def test_where_too_little_is_known_for_a_training_day_a_night_asked_again_with_a_late_file_is_the_night_that_had_it_in_time() -> None:
    rows = _street(20, 8)
    in_time, late = open_known(date(2026, 2, 1)), open_known(date(2026, 2, 1))
    for con, before in ((in_time, rows), (late, rows[:-1])):
        tell(con, "incident_party", HEAD + "\n".join(before), "2025-08-01 12:00:00")
        _night(con, date(2026, 2, 1))
    assert _night(in_time, date(2026, 2, 1)).records_scored == 0
    tell(late, "incident_party", HEAD + rows[-1], "2025-08-01 12:00:00")
    assert _night(late, date(2026, 2, 1)).is_full_relink
    assert _outcome(late) == _outcome(in_time)
