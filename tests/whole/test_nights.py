"""What must hold of a whole night, from files to the published database, on a synthetic county with known truth."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from alerts.weekly_list import write_weekly_list
from tests.whole.conftest import CUT, County, analyst, night, published

WORD = re.compile(r"[\w'’]+")
GIVEN_AWAY = 6
"""Words in a row that give a protected text away."""


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()


def everything_said(home: Path) -> list[str]:
    """Every text in every column of the published database."""
    with analyst(home) as con:
        columns = rows(con, "select table_name, column_name from information_schema.columns where table_schema = 'analyst'")
        return [
            str(text)
            for t, c in columns
            for (text,) in rows(con, f'select distinct "{c}"::varchar from analyst.{t} where "{c}" is not null')
        ]


def test_every_row_of_every_file_is_accounted_for(county: County) -> None:
    with analyst(county.last) as con:
        loads = {
            file: (read, accepted, rejected)
            for file, read, accepted, rejected in rows(con, "select file, rows_read, rows_accepted, rows_rejected from analyst.loads")
        }
        rejected = set(rows(con, "select file, line from analyst.rejects"))
    truth = county.truth("files").filter(~pl.col("refused"))
    assert loads.keys() >= set(truth["file"])
    for file, count, bad in truth.select("file", "rows", "bad").iter_rows():
        assert loads[file] == (count, count - bad, bad), file
    csv = county.truth("bad_rows").filter(pl.col("file").str.ends_with(".csv"))
    assert rejected >= set(csv.select("file", "line").iter_rows())


def shingles(text: str) -> set[str]:
    words = WORD.findall(text.lower())
    return {" ".join(words[at : at + GIVEN_AWAY]) for at in range(len(words) - GIVEN_AWAY + 1)}


@pytest.mark.parametrize("where", ["database", "list"])
def test_no_protected_text_or_report_number_is_shown_anywhere(county: County, where: str, tmp_path: Path) -> None:
    protected = county.truth("protected")
    assert protected.height > 20
    if where == "database":
        said = everything_said(county.last)
    else:
        shutil.copytree(county.last, tmp_path / "home", symlinks=True)
        said = [write_weekly_list(tmp_path / "home", None, datetime(2026, 4, 20, 6, 30)).html.read_text(encoding="utf-8")]
    numbers = set(protected["report_id"])
    assert not [n for text in said for n in re.findall(r"\bIR\d+", text) if n in numbers]
    open_text = set().union(
        *(shingles(text) for file in county.landing.glob("intelligence_2*.csv") for text in open_reports(file, numbers))
    )
    secret = set().union(*map(shingles, protected["text"])) - open_text
    assert not [piece for text in said for piece in shingles(text) if piece in secret]


def open_reports(file: Path, protected: set[str]) -> list[str]:
    lines = file.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
    return [line for line in lines if not any(number in line for number in protected)]


def test_protected_intelligence_counts_and_shows_only_that_it_exists(county: County) -> None:
    with analyst(county.last) as con:
        shown = rows(
            con,
            "select distinct kind, record_id, direction, summary, role_a, weapon, grade is not null from analyst.pair_timeline where is_protected",
        )
    assert shown == [("protected_intelligence", None, "mutual", None, None, None, True)]


def test_whoever_is_known_from_protected_reports_alone_is_named_nowhere(county: County) -> None:
    with analyst(county.last) as con:
        hidden = con.execute(
            "select person_id, display_name, date_of_birth, sex, district from analyst.people where records = 0"
        ).fetchall()
        ids = [person for person, *_ in hidden]
        listed = con.execute(
            "select count(*) from analyst.flagged_people where person_id in (select unnest($ids))", {"ids": ids}
        ).fetchall()
        named = con.execute(
            "select count(*) from analyst.feud_people where display_name is not null and person_id in (select unnest($ids))", {"ids": ids}
        ).fetchall()
    assert hidden
    assert {tuple(told) for _, *told in hidden} == {("Name not known", None, None, None)}
    assert (listed, named) == ([(0,)], [(0,)])


def test_nothing_is_shown_that_was_known_later_or_has_been_withdrawn(county: County) -> None:
    end = datetime.combine(CUT + timedelta(days=1), datetime.min.time())
    with analyst(county.first) as con:
        assert rows(con, f"select count(*) from analyst.pair_timeline where known_at >= '{end}' or occurred_at >= '{end}'") == [(0,)]
        linked = set(rows(con, "select source, record_id from analyst.person_records"))
        shown = {key for (key,) in rows(con, "select distinct record_id from analyst.pair_timeline where record_id is not null")}
    known = county.truth("records").filter(pl.col("known_at") >= end)
    assert not linked & set(known.select("source", "record_id").iter_rows())
    gone = county.truth("withdrawn").filter((pl.col("withdrawn_at") < end) & (pl.col("source") != "incident_party"))
    assert gone.height
    assert not shown & set(gone["record_id"])


def test_asked_on_a_later_day_about_an_earlier_one_the_list_is_that_night_s(county: County, tmp_path: Path) -> None:
    night(tmp_path / "home", county.landing, CUT)
    earlier, again = published(county.first), published(tmp_path / "home")
    for table in ("flagged_pairs", "pairs", "pair_timeline", "pair_weeks", "person_records"):
        assert again[table] == earlier[table], table


def test_running_the_same_night_twice_changes_nothing(county: County, tmp_path: Path) -> None:
    shutil.copytree(county.last, tmp_path / "home", symlinks=True)
    before = published(tmp_path / "home")
    night(tmp_path / "home", county.landing, county.last_as_of)
    after = published(tmp_path / "home")
    assert {t: v for t, v in after.items() if t != "person_changes"} == {t: v for t, v in before.items() if t != "person_changes"}


def test_no_pair_is_flagged_for_ties_school_or_work_alone(county: County) -> None:
    with analyst(county.last) as con:
        evidence = rows(
            con,
            """select flagged.pair_id, count(*) filter (where is_protected or (stance = 'adverse' and source != 'exclusion'))
               from analyst.flagged_pairs as flagged left join analyst.pair_timeline as event on event.pair_id = flagged.pair_id group by all""",
        )
        staff = rows(
            con,
            "select count(*) from analyst.pair_timeline where role_a in ('STAFF', 'EMERGENCY_WORKER') or role_b in ('STAFF', 'EMERGENCY_WORKER')",
        )
    assert evidence
    assert all(count for _, count in evidence)
    assert staff == [(0,)]


def test_people_and_pairs_keep_their_ids(county: County) -> None:
    with analyst(county.first) as con:
        before = {
            (source, key): person for source, key, person in rows(con, "select source, record_id, person_id from analyst.person_records")
        }
    with analyst(county.last) as con:
        after = {
            (source, key): person for source, key, person in rows(con, "select source, record_id, person_id from analyst.person_records")
        }
        changed = {person for pair in rows(con, "select person_id, other_person_id from analyst.person_changes") for person in pair}
    moved = [
        key
        for key in before.keys() & after.keys()
        if before[key] != after[key] and before[key] not in changed and after[key] not in changed
    ]
    assert not moved


def test_ranks_scores_and_statuses_are_what_the_contract_says(county: County) -> None:
    with analyst(county.last) as con:
        flagged = con.sql("select * from analyst.flagged_pairs order by lane, rank").pl()
    for _, lane in flagged.group_by("lane"):
        assert lane["rank"].to_list() == list(range(1, lane.height + 1))
        assert lane["score"].is_sorted(descending=True)
    assert flagged.filter(pl.col("person_a") >= pl.col("person_b")).is_empty()
    assert flagged["score"].is_between(0, 1).all()
    assert set(flagged["status"]) <= {"new", "escalating", "persisting", "cooling"}
    assert (flagged["reasons"].list.len() > 0).all()


def test_every_reason_has_its_records_and_its_query_returns_just_these(county: County) -> None:
    with analyst(county.last) as con:
        found = rows(con, "select lane, pair_id, direction, reason, records, record_ids, query from analyst.flag_reasons")
        pairs = rows(con, "select lane, pair_id from analyst.flagged_pairs")
        assert {(lane, pair) for lane, pair, *_ in found} == set(pairs)
        for lane, _, direction, reason, records, record_ids, query in found:
            answer = con.sql(str(query)).pl()
            if direction == "off_list":
                assert set(answer["scenario"]) == {"quiet", "peace"}
                assert not (lane == "domestic" and "peace" in str(reason)), "peace is not to be worked towards in lane domestic"
                continue
            kept = answer.with_columns(pl.col("record_id").fill_null(""))
            assert kept.select("source", "record_id", "occurred_at").n_unique() == records, query
            numbered = kept.filter((pl.col("source") != "exclusion") & (pl.col("record_id") != ""))["record_id"]
            assert sorted(numbered.unique()) == record_ids


def test_the_weights_of_a_pair_add_up_to_what_its_score_is_made_of(county: County) -> None:
    """Of a rule that counts harm, a quiet pair has no points at all, so that the weights are the whole of the scorer's figure."""
    with analyst(county.last) as con:
        apart = rows(
            con,
            """with week as (select pair_id, arg_max(raw, week) as raw, arg_max(scorer, week) as scorer from analyst.pair_weeks group by pair_id)
               select sum(reason.weight), any_value(week.raw), any_value(week.scorer)
               from analyst.flag_reasons as reason
               join week on week.pair_id = reason.pair_id
               where reason.lane = 'conflict' and reason.weight is not null and week.scorer like 'decayed_harm%'
               group by reason.pair_id""",
        )
    assert apart
    for weight, raw, scorer in apart:
        assert weight == pytest.approx(raw, abs=1e-4), scorer


def test_feuds_are_small_ranked_and_have_their_people_on_two_sides(county: County) -> None:
    with analyst(county.last) as con:
        feuds = rows(con, 'select feud_id, "rank", people, pairs, score, is_warning, listed_pairs from analyst.feuds order by "rank"')
        assert [rank for _, rank, *_ in feuds] == list(range(1, len(feuds) + 1))
        assert [row[4] for row in feuds] == sorted((row[4] for row in feuds), reverse=True)  # type: ignore[type-var]
        for feud, _, people, pairs, score, is_warning, listed in feuds:
            members = {
                str(person): side for person, side in rows(con, f"select person_id, side from analyst.feud_people where feud_id = '{feud}'")
            }
            joined = rows(con, f"select person_a, person_b from analyst.feud_pairs where feud_id = '{feud}'")
            assert (len(members), len(joined)) == (people, pairs)
            assert 3 <= len(members) <= 24
            assert {person for pair in joined for person in pair} == set(members)
            assert set(members.values()) >= {"a", "b"}
            assert 0 <= score <= 1  # type: ignore[operator]
            assert not (is_warning and listed)
