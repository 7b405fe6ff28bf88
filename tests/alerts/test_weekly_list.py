"""The list is issued once for a date, from a fresh published file, and stays as it was issued."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from alerts.render.issued import IssuedListUnreadableError
from alerts.render.partnership_list import slug
from alerts.render.published import NotPublishedError, open_published
from alerts.weekly_list import LaterListError, StaleListError, WeeklyList, write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

PARTNERSHIPS = (
    "North Warwickshire Community Safety Partnership",
    "Nuneaton and Bedworth Safer Communities Partnership",
    "Rugby Community Safety Partnership",
    "South Warwickshire Community Safety Partnership",
)
NOW = datetime(2026, 5, 4, 6, 30)
MONDAY = date(2026, 5, 4)


def issue(home: Path, as_of: date | None = MONDAY, now: datetime = NOW) -> WeeklyList:
    return write_weekly_list(home, as_of, now)


def files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted((home / "alerts").rglob("*")) if path.is_file()}


def test_the_list_of_the_published_date_is_written_for_its_owner_only(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    written = issue(home)
    issued = home / "alerts/2026-05-03"
    assert written == WeeklyList(
        as_of=date(2026, 5, 3), html=issued / "forewarn-list-2026-05-03.html", record=issued / "list.json", is_new=True,
        pairs=14, new=14, left=0, revision=1, said="Issued.",
    )  # fmt: skip
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in [home / "alerts", *(home / "alerts").rglob("*")]}
    parts = ("", "-domestic", *(f"-{slug(name)}" for name in PARTNERSHIPS))
    names = {f"forewarn-list-2026-05-03{part}.{kind}" for part in parts for kind in ("html", "xlsx")}
    assert modes == {"alerts": "0o700", "2026-05-03": "0o700", "list.json": "0o600"} | dict.fromkeys(names, "0o600")


def test_again_gives_the_same_bytes(county: County, publish: Callable[[County], Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    home = publish(county)
    issue(home)
    first = files(home)
    again = issue(home, now=datetime(2026, 5, 6, 11))
    assert (again.said, files(home)) == ("Already issued with this content; left as it is.", first)
    elsewhere = county.publish(tmp_path_factory.mktemp("elsewhere"))
    issue(elsewhere, None, datetime(2026, 5, 5))
    assert files(elsewhere) == first


def test_a_different_list_of_one_date_is_a_revision_and_the_first_one_stays(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    issue(home)
    first = files(home)
    revised = issue(publish(replace(county, warnings=())))
    assert (revised.html.name, revised.revision) == ("forewarn-list-2026-05-03-r2.html", 2)
    assert "differs" in revised.said
    assert "<strong>Revision 2.</strong>" in revised.html.read_text()
    assert {name: content for name, content in files(home).items() if name in first} == first


def test_a_page_that_was_changed_after_it_was_issued_is_kept_and_issued_anew(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    page = issue(home).html
    page.write_text("changed")
    anew = issue(home)
    assert (anew.revision, "changed afterwards" in anew.said, page.read_text()) == (2, True, "changed")


def test_a_page_that_was_lost_is_written_again(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    page = issue(home).html
    before = files(home)
    page.unlink()
    assert (issue(home).revision, files(home)) == (1, before)


def test_cut_off_before_its_record_is_written_a_list_is_not_issued(
    county: County, publish: Callable[[County], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = publish(county)
    page = issue(home).html
    whole = files(home)
    (page.parent / "list.json").unlink()
    page.write_text("half a pa")
    assert (issue(home).revision, files(home)) == (1, whole)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (date(2026, 5, 7), StaleListError, "4 days before 7 May 2026 (3 are allowed), so no list was written: run `forewarn nightly --as-of 2026-05-07`"),
        (date(2026, 5, 2), LaterListError, "of 3 May 2026, later than 2 May 2026: ask for 2026-05-03, or run `forewarn nightly --as-of 2026-05-02`"),
    ],
)  # fmt: skip
def test_no_list_rather_than_a_stale_one(
    county: County, publish: Callable[[County], Path], asked: date, error: type[Exception], message: str
) -> None:
    home = publish(county)
    with pytest.raises(error) as raised:
        issue(home, asked)
    assert message in str(raised.value)
    assert not (home / "alerts").exists()


def test_three_days_old_is_not_stale_and_without_a_date_the_age_is_told(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    assert issue(home, date(2026, 5, 6)).said == "Issued."
    assert issue(home, None, datetime(2026, 11, 4)).said.endswith("It is 185 days old.")


def test_without_a_published_file_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="run `forewarn nightly` first"):
        issue(tmp_path)


def test_a_published_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / "forewarn.duckdb").write_text("not a database")
    with pytest.raises(NotPublishedError, match=r"forewarn\.duckdb cannot be opened \(\w+\): run `forewarn nightly`"):
        issue(tmp_path)


def test_a_published_file_that_lacks_a_table_is_named(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    with duckdb.connect(str((home / "forewarn.duckdb").resolve())) as con:
        con.execute("drop table analyst.pair_timeline")
    with pytest.raises(NotPublishedError, match=r"pair_timeline.*publish it again"):
        issue(home)


def test_the_published_file_is_opened_locked_down(county: County, publish: Callable[[County], Path], tmp_path: Path) -> None:
    with open_published(publish(county)) as con:
        for forbidden in (f"copy (select 1) to '{tmp_path}/x.csv'", "create table analyst.x (a int)", "set enable_external_access = true"):
            with pytest.raises(duckdb.Error):
                con.execute(forbidden)


def test_a_record_that_cannot_be_read_is_named(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    issue(home)
    (home / "alerts/2026-05-03/list.json").write_text("{")
    with pytest.raises(IssuedListUnreadableError, match=r"2026-05-03/list\.json: not a list as issued"):
        issue(home)


def test_the_record_of_an_issue_carries_its_fingerprints(county: County, publish: Callable[[County], Path]) -> None:
    home = publish(county)
    page = issue(home).html
    record = json.loads((page.parent / "list.json").read_text())
    assert record["content_sha256"] in page.read_text()
    assert record["html_sha256"] == sha256(page.read_bytes()).hexdigest()
    assert [pair["rank"] for pair in record["content"]["pairs"] if pair["lane"] == "conflict"] == list(range(1, 12))


def test_the_record_of_an_issue_holds_no_more_than_the_page(county: County, publish: Callable[[County], Path]) -> None:
    record = issue(publish(county)).html.with_name("list.json").read_text()
    assert "INC0007301" in record
    assert not any(kept_off in record for kept_off in ("HIDDEN", "IR-SECRET", "A123456789012", "Asking where Blake"))


def test_an_empty_list_is_a_list(county: County, publish: Callable[[County], Path]) -> None:
    written = issue(publish(county.with_only()))
    assert (written.pairs, "No pair is on the list." in written.html.read_text()) == (0, True)
