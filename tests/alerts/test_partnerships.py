"""Districts and the partnerships that answer for them, from a TOML file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alerts.render.partnerships import District, PartnershipsUnreadableError, district_of, read_partnerships
from alerts.weekly_list import write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

SHIPPED = Path(__file__).parents[2] / "config" / "partnerships.toml"


def test_the_shipped_example_has_five_districts_and_four_partnerships() -> None:
    districts = read_partnerships(SHIPPED)
    assert sorted(districts) == ["E07000218", "E07000219", "E07000220", "E07000221", "E07000222"]
    assert districts["E07000222"] == District("E07000222", "Warwick", "South Warwickshire Community Safety Partnership")
    assert len({district.partnership for district in districts.values()}) == 4


@pytest.mark.parametrize(
    ("code", "expected"),
    [("E07000220", "Rugby Community Safety Partnership"), ("E07000999", "E07000999"), (None, "District not known")],
)
def test_an_unknown_district_falls_under_its_own_code(code: str | None, expected: str) -> None:
    assert district_of(code, read_partnerships(SHIPPED)).partnership == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[partnership", "not valid TOML"),
        ('[[partnership]]\nname = "A"', "each .* needs a name and districts"),
        ('[[partnership]]\nname = "A"\ndistricts = ["E07000220"]', "each .* needs a name and districts"),
        ('[[partnership]]\nname = "A"\ndistricts = [{code = "X", name = "x"}, {code = "X", name = "y"}]', "X is listed twice"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_mend(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "partnerships.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(PartnershipsUnreadableError, match=message):
        read_partnerships(path)


def test_the_file_goes_before_what_was_published(county: County, publish: Callable[[County], Path], tmp_path: Path) -> None:
    path = tmp_path / "partnerships.toml"
    path.write_text('[[partnership]]\nname = "Safer Rugby"\ndistricts = [{code = "E07000220", name = "Rugby town"}]')
    page = write_weekly_list(publish(county), None, datetime(2026, 5, 4), partnerships=path).html.read_text()
    assert "Rugby town · Safer Rugby" in page
    assert "South Warwickshire Community Safety Partnership" in page
