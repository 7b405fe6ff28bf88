"""The ledger of judgements: what it takes, what it refuses, and how nights honour it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.warehouse.people.known import open_known, people_found, tell
from warehouse.build import build
from warehouse.connection import open_warehouse
from warehouse.people.judgements import (
    Decision,
    JudgementContradicts,
    JudgementIncomplete,
    JudgementUnknown,
    Named,
    Noted,
    Said,
    create_ledger,
    note,
    standing,
    withdraw,
)
from warehouse.people.resolve import resolve_people
from warehouse.people.settled import settle
from warehouse.people.sides import PersonUnknown, RecordAmbiguous, RecordUnknown, find_side
from warehouse.timegate import open_gate

NOON = datetime(2026, 6, 1, 12)
PARTY = "incident_party:"


def said(at: datetime = NOON, by: str = "A Analyst", why: str = "seen the file") -> Said:
    return Said(by, why, at, at)


def judge(con: duckdb.DuckDBPyConnection, word: str, a: str, b: str, at: datetime = NOON) -> Noted:
    """A judgement on records or people, as the command makes it."""
    return note(con, Decision(word, find_side(con, a).records, find_side(con, b).records, said(at)))


def night(con: duckdb.DuckDBPyConnection, as_of: date = date(2026, 6, 1)) -> None:
    """A night that knows the judgements made until then."""
    con.execute("update known.as_of set as_of = ?", [as_of])
    con.execute("delete from known.judgement")
    con.execute("insert into known.judgement select * from people.judgement where judged_at < ?", [as_of + timedelta(days=1)])
    resolve_people(con)


def person_of(con: duckdb.DuckDBPyConnection, record_id: str, source: str = "incident_party") -> str:
    rows = con.execute("select person_id from people.person_record where source = ? and record_id = ?", [source, record_id]).fetchall()
    return str(rows[0][0])


def together(con: duckdb.DuckDBPyConnection, *record_ids: str) -> bool:
    return len({person_of(con, one) for one in record_ids}) == 1


@pytest.fixture
def family() -> duckdb.DuckDBPyConnection:
    """I1, I2: Callum. I3: his twin. I4, I5: father and son of one name. I6: two of one name in one incident. R1 names a Priya."""
    con = open_known()
    con.execute("create schema people")
    create_ledger(con)
    tell(con, "incident", "incident_id | district\n" + "\n".join(f"I{n} | E1" for n in range(1, 9)))
    tell(con, "incident_party", """
        incident_id | party_no | role    | surname | forenames | date_of_birth | sex | postcode | nominal_ref
        I1          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | M   | AB1 2CD  | N1
        I2          | 1        | SUSPECT | Doyle   | Callum    | 2001-03-09    | M   | AB1 2CD  | N1
        I3          | 1        | VICTIM  | Doyle   | Ethan     | 2001-03-09    | M   | AB1 2CD  |
        I4          | 1        | SUSPECT | Shaw    | George    | 1970-05-06    | M   | AB3 4EF  |
        I5          | 1        | SUSPECT | Shaw    | George    | 1998-11-12    | M   | AB3 4EF  |
        I6          | 1        | VICTIM  | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH  |
        I6          | 2        | SUSPECT | Rai     | Priya     | 1990-07-08    | F   | AB5 6GH  |
    """)  # fmt: skip
    tell(con, "intelligence", """
        report_id | handling_code | text
        R1        | P             | Callum Doyle has threatened Priya Rai over money.
        R2        | P             | Ethan Ravenscroft was seen with Callum Doyle.
        R3        | P             | Ethan Ravenscroft owes Callum Doyle.
    """)  # fmt: skip
    night(con)
    return con


@pytest.mark.parametrize(
    ("word", "a", "b", "before", "after"),
    [
        ("same", "I1/1", "I3/1", False, True),
        ("same", "I4/1", "I5/1", False, True),
        ("same", "I6/1", "I6/2", False, True),
        ("different", "I1/1", "I2/1", True, False),
        ("unsure", "I4/1", "I5/1", False, False),
    ],
    ids=["twins after all one", "father and son after all one", "two parties of one incident", "one after all two", "cannot be told"],
)
def test_a_judgement_holds_from_the_next_night_until_it_is_withdrawn(
    family: duckdb.DuckDBPyConnection, word: str, a: str, b: str, before: bool, after: bool
) -> None:
    assert together(family, a, b) is before
    noted = judge(family, word, a, b)
    night(family)
    assert together(family, a, b) is after
    withdraw(family, noted.judgement_id, said())
    night(family)
    assert together(family, a, b) is before


def test_splits_and_merges_are_told(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "same", "I1/1", "I3/1")
    night(family)
    assert family.execute("select change, records from people.person_change").fetchall() == [("merged", 1)]
    judge(family, "different", "I1/1", "I2/1", datetime(2026, 6, 2, 9))
    night(family, date(2026, 6, 2))
    changed = family.execute("select change, person_id, other_person_id from people.person_change where as_of = '2026-06-02'").fetchall()
    assert ("split", *sorted((person_of(family, "I1/1"), person_of(family, "I2/1")))) in [(word, *sorted(two)) for word, *two in changed]


def test_two_people_judged_the_same_are_one_with_all_their_records(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "same", person_of(family, "I1/1"), person_of(family, "I4/1"))
    night(family)
    assert together(family, "I1/1", "I2/1", "I4/1")


def test_two_people_judged_different_stay_so_whatever_links_appear(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "different", person_of(family, "I1/1"), person_of(family, "I3/1"))
    tell(family, "incident_party", """
        incident_id | party_no | role    | surname | forenames    | date_of_birth | sex | postcode | nominal_ref
        I7          | 1        | SUSPECT | Doyle   | Callum Ethan | 2001-03-09    | M   | AB1 2CD  | N1
        I8          | 1        | SUSPECT | Doyle   | Ethan Callum | 2001-03-09    | M   | AB1 2CD  | N1
    """)  # fmt: skip
    night(family)
    assert not together(family, "I1/1", "I3/1")
    review = family.execute("select person_a, person_b from people.link_review").fetchall()
    assert tuple(sorted((person_of(family, "I1/1"), person_of(family, "I3/1")))) not in review


def test_a_night_as_of_an_earlier_day_does_not_know_a_later_judgement(family: duckdb.DuckDBPyConnection) -> None:
    noted = judge(family, "same", "I4/1", "I5/1", datetime(2026, 6, 3, 9))
    night(family, date(2026, 6, 2))
    assert not together(family, "I4/1", "I5/1")
    night(family, date(2026, 6, 3))
    assert together(family, "I4/1", "I5/1")
    withdraw(family, noted.judgement_id, said(datetime(2026, 6, 5, 9)))
    night(family, date(2026, 6, 4))
    assert together(family, "I4/1", "I5/1")
    night(family, date(2026, 6, 5))
    assert not together(family, "I4/1", "I5/1")


def test_a_judgement_survives_a_full_relink_a_new_version_and_a_withdrawal_of_the_record(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "same", "I4/1", "I5/1")
    family.execute("delete from people.model")  # trained anew, and everything compared
    night(family)
    assert together(family, "I4/1", "I5/1")
    family.execute("update known.incident_party set surname = 'Shawe', postcode = 'ZZ9 9ZZ' where record_id = 'I5/1'")
    night(family)
    assert together(family, "I4/1", "I5/1")
    family.execute("update known.incident_party set counts = false where record_id = 'I5/1'")
    night(family)
    assert together(family, "I4/1", "I5/1")


def test_a_judgement_rests_while_its_record_is_not_there(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "same", "I4/1", "I5/1")
    family.execute("delete from known.incident_party where record_id = 'I5/1'")
    night(family)
    assert family.execute("select state, person_a is null, person_b is null from people.judgement_state").fetchall() == [
        ("rests", False, True)
    ]


def test_unsure_keeps_the_pair_in_review_with_that_note(family: duckdb.DuckDBPyConnection) -> None:
    judge(family, "unsure", "I4/1", "I1/1")  # a pair that the linkage has no doubt about
    judge(family, "unsure", "I4/1", "I5/1")
    night(family)
    noted = family.execute("select why, match_probability is null, judgement_id from people.link_review where judgement_id > 0 order by 3")
    assert noted.fetchall() == [
        ("a person judged that it cannot be told", True, 1),
        ("their dates of birth are clearly apart", False, 2),
    ]


def test_someone_named_in_a_text_is_judged_too(family: duckdb.DuckDBPyConnection) -> None:
    mentioned = "intelligence_mention"
    assert person_of(family, "R1/2", mentioned) not in (person_of(family, "I6/1"), person_of(family, "I6/2"))
    first = judge(family, "same", "R1/2", "I6/2")
    judge(family, "same", "R2/1", "R3/1")
    night(family)
    assert person_of(family, "R1/2", mentioned) == person_of(family, "I6/2")
    assert person_of(family, "R2/1", mentioned) == person_of(family, "R3/1", mentioned)
    # a text corrected since: the mention is found again by its words, though its number is another
    family.execute(
        "update known.intelligence set text = 'Callum Doyle and Ethan Ravenscroft, it is said, threatened Priya Rai.' where report_id = 'R1'"
    )
    night(family)
    assert person_of(family, "R1/3", mentioned) == person_of(family, "I6/2")
    withdraw(family, first.judgement_id, said())
    judge(family, "different", "R2/2", "I1/1")
    night(family)
    assert person_of(family, "R1/3", mentioned) != person_of(family, "I6/2")
    assert person_of(family, "R2/2", mentioned) != person_of(family, "I1/1")
    assert person_of(family, "R3/2", mentioned) == person_of(family, "I1/1")


def test_the_time_gate_lets_a_judgement_and_its_withdrawal_through_from_the_day_they_were_made(tmp_path: Path) -> None:
    con = open_warehouse(tmp_path)
    build(con, "core")
    decide(con, "same", "A", "B")
    withdraw(con, 1, said(NOON + timedelta(days=2)))
    found = []
    for day in range(-1, 4):
        open_gate(con, NOON.date() + timedelta(days=day))
        found.append([one.judgement for one in standing(con)])
    con.close()
    assert found == [[], ["same"], ["same"], [], []]


def test_a_judgement_whose_record_was_erased_decides_nothing(ledger: duckdb.DuckDBPyConnection) -> None:
    decide(ledger, "same", "A", "B")
    decide(ledger, "same", "B", "C")
    ledger.execute("delete from people.judged_record where record_id = 'A'")
    assert held(ledger) == [2]


def records(*names: str) -> tuple[Named, ...]:
    return tuple(Named("incident_party", name) for name in names)


def decide(con: duckdb.DuckDBPyConnection, word: str, a: str, b: str, made_by: str = "person") -> Noted:
    return note(con, Decision(word, records(*a.split()), records(*b.split()), said(), made_by))


@pytest.fixture
def ledger() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema people; create schema known")
    create_ledger(con)
    return con


def held(con: duckdb.DuckDBPyConnection) -> list[int]:
    return sorted(one.judgement_id for one in settle(standing(con, "people.judgement")).taken)


@pytest.mark.parametrize(
    ("drawn", "holding"),
    [
        ("same A B; different A B", [2]),
        ("different A B; same B A", [2]),
        ("same A B; unsure A B", [2]),
        ("unsure A B; same A B", [2]),
        ("different A,C B,D; same C D", [2]),
        ("same A B; same B C", [1, 2]),
        ("same A B; different A C", [1, 2]),
    ],
)
def test_the_later_of_two_judgements_on_the_same_two_holds(ledger: duckdb.DuckDBPyConnection, drawn: str, holding: list[int]) -> None:
    for one in drawn.split("; "):
        word, a, b = one.split(" ")
        decide(ledger, word, a.replace(",", " "), b.replace(",", " "))
    assert held(ledger) == holding


def test_what_was_replaced_holds_again_when_the_later_is_withdrawn(ledger: duckdb.DuckDBPyConnection) -> None:
    decide(ledger, "same", "A", "B")
    later = decide(ledger, "different", "A", "B")
    assert later.replaced == (1,)
    assert withdraw(ledger, later.judgement_id, said()).restored == (1,)
    assert held(ledger) == [1]


def test_a_chain_that_contradicts_itself_is_refused_and_the_chain_is_named(ledger: duckdb.DuckDBPyConnection) -> None:
    for one in ("X Y", "A B", "B C"):
        decide(ledger, "same", *one.split())
    with pytest.raises(JudgementContradicts, match="contradicts what judgements 2, 3 say together"):
        decide(ledger, "different", "A", "C")
    decide(ledger, "different", "A", "D")
    with pytest.raises(JudgementContradicts, match="judgements 2, 3, 4 say together"):
        decide(ledger, "same", "C", "D")
    assert held(ledger) == [1, 2, 3, 4]


def test_the_same_again_is_not_written_twice(ledger: duckdb.DuckDBPyConnection) -> None:
    assert decide(ledger, "different", "A C", "B").is_new
    assert decide(ledger, "different", "B", "A E") == Noted(1, False)
    assert ledger.execute("select count(*) from people.judgement").fetchall() == [(1,)]


def test_a_person_comes_before_a_model(ledger: duckdb.DuckDBPyConnection) -> None:
    decide(ledger, "same", "A", "B", made_by="model")
    assert decide(ledger, "different", "A", "B").replaced == (1,)
    with pytest.raises(JudgementContradicts):
        decide(ledger, "same", "A", "B", made_by="model")
    assert held(ledger) == [2]


@pytest.mark.parametrize(
    ("decision", "error"),
    [
        (Decision("same", records("A"), records("B"), said(by=" ")), "the name of whoever makes it"),
        (Decision("same", records("A"), records("B"), said(why="")), "a reason"),
        (Decision("maybe", records("A"), records("B"), said()), "one of same, different, unsure"),
        (Decision("different", records("A", "B"), records("B"), said()), "both are one record or one person"),
    ],
)
def test_what_a_judgement_must_say(ledger: duckdb.DuckDBPyConnection, decision: Decision, error: str) -> None:
    with pytest.raises(JudgementIncomplete, match=error):
        note(ledger, decision)
    assert standing(ledger, "people.judgement") == []


def test_only_what_holds_can_be_withdrawn(ledger: duckdb.DuckDBPyConnection) -> None:
    decide(ledger, "same", "A", "B")
    withdraw(ledger, 1, said())
    for number, error in ((1, "withdrawn already"), (2, "no judgement 2"), (9, "no judgement 9")):
        with pytest.raises(JudgementUnknown, match=error):
            withdraw(ledger, number, said())
    assert ledger.execute("select judgement_id, judgement, withdraws from people.judgement").fetchall() == [
        (1, "same", None),
        (2, "withdrawn", 1),
    ]


letter = some.sampled_from("ABCDE")
drawn = some.tuples(some.sampled_from(["same", "different", "unsure", "withdraw"]), letter, letter)


@settings(max_examples=60)
@given(some.lists(drawn, max_size=14))
def test_whatever_is_judged_nothing_is_changed_and_the_last_word_holds(steps: list[tuple[str, str, str]]) -> None:
    con = duckdb.connect()
    con.execute("create schema people; create schema known")
    create_ledger(con)
    rows: list[tuple[object, ...]] = []
    for word, a, b in steps:
        try:
            if word == "withdraw":
                withdraw(con, 1 + ord(a) - ord("A"), said())
            else:
                noted = decide(con, word, a, b)
                assert noted.judgement_id in held(con)
        except (JudgementContradicts, JudgementIncomplete, JudgementUnknown):
            assert con.execute("select * from people.judgement order by 1").fetchall() == rows
        now = con.execute("select * from people.judgement order by 1").fetchall()
        assert now[: len(rows)] == rows, "rows are only added"
        rows = now
    con.close()


def test_who_is_meant(family: duckdb.DuckDBPyConnection) -> None:
    person = person_of(family, "I1/1")
    assert {one.record_id for one in find_side(family, person).records} == {"I1/1", "I2/1", "R1/1", "R2/2", "R3/2"}
    assert find_side(family, person).records[0].source == "incident_party", "what a person is known best by stands for them"
    assert find_side(family, f"{PARTY}I1/1").contexts == {"I1"}
    with pytest.raises(PersonUnknown, match="no person P000000000000"):
        find_side(family, "P000000000000")
    with pytest.raises(RecordUnknown, match="no record I9/9"):
        find_side(family, "I9/9")
    tell(family, "intelligence_subject", "report_id | subject_no | surname | forenames\nR1 | 2 | Rai | Priya")
    tell(family, "intelligence_subject", "report_id | subject_no | surname | forenames\nR2 | 1 | Nowak | Jan")
    night(family)
    with pytest.raises(RecordAmbiguous, match="say which, intelligence_subject:R2/1 or intelligence_mention:R2/1"):
        find_side(family, "R2/1")


def test_an_id_given_up_in_a_merge_leads_to_the_one_kept(family: duckdb.DuckDBPyConnection) -> None:
    one, other = person_of(family, "I1/1"), person_of(family, "I3/1")
    judge(family, "same", one, other)
    night(family)
    with pytest.raises(PersonUnknown, match=f"given up when that person was found to be {one}"):
        find_side(family, other)
    assert people_found(family)[0] >= {"I1/1", "I2/1", "I3/1"}
