"""What an operator is shown of deliveries; and no list is made where nothing has come for too long."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from alerts.freshness import DeliveriesMissing, refuse_without_deliveries
from flows.cli.deliveries import say_deliveries
from flows.run import Run
from flows.settings import CONFIG, Settings
from flows.stages import NIGHTLY
from tests.warehouse.conftest import as_csv, full_rows
from warehouse.contracts import EXTRACTS

CUT = date(2026, 1, 4)
CAME = datetime(2026, 1, 4, 12).timestamp()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home and a landing folder with one delivery of all five extracts, a row each."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "home").mkdir()
    (folder / "landing").mkdir()
    for extract in EXTRACTS:
        row = {"recorded_at": "2026-01-01"} if "recorded_at" in extract.column_names else {}
        file = folder / "landing" / f"{extract.name}_{CUT}.csv"
        file.write_text(as_csv(full_rows(extract, [row])))
        os.utime(file, (CAME, CAME))
    return Settings(home=folder / "home", landing=folder / "landing", deliveries=CONFIG / "deliveries.toml")


def night(settings: Settings, days_later: int) -> list[str]:
    """A night so many days after the delivery; what it noticed."""
    as_of = CUT + timedelta(days=days_later)
    run = Run("nightly", settings.home, as_of, settings, datetime(2026, 3, 5, 2, 30), f"{as_of:%Y%m%d}", settings.landing)
    try:
        for stage in NIGHTLY:
            stage.act(run)
    finally:
        run.close()
    return run.notices


def test_a_gap_warns_on_run_and_list_and_after_four_weeks_no_list_is_made(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert [said for said in night(settings, 0) if "due every" in said] == []
    refuse_without_deliveries(settings.home)

    late = [said for said in night(settings, 14) if "due every" in said]
    assert [said.split(" since")[0] for said in late] == [
        "No incidents",
        "No incident parties",
        "No intelligence",
        "No intelligence subjects",
    ]
    with duckdb.connect(str(settings.home / "forewarn.duckdb"), read_only=True) as con:
        (warnings,) = con.execute("select warnings from analyst.run").fetchall()[0]
    assert set(late) <= set(warnings)
    refuse_without_deliveries(settings.home)

    night(settings, 29)
    with pytest.raises(
        DeliveriesMissing, match=r"no list was written, because it would show calm where nothing is known\. No incident parties since"
    ):
        refuse_without_deliveries(settings.home)

    assert settings.landing is not None
    (settings.landing / "incidents_2026-02-08.csv").write_text("incident_id\n")
    say_deliveries(settings)
    said = capsys.readouterr().out
    assert "incidents              2026-01-04    29          7     1      –  late" in said
    assert "quiet is no sign of calm. No weekly list is made." in said
    assert "that no published night has read: 1\n  incidents_2026-02-08.csv" in said


def test_without_expectations_nothing_is_missed(settings: Settings) -> None:
    assert [said for said in night(replace(settings, deliveries=None), 60) if "due every" in said] == []
    refuse_without_deliveries(settings.home)


def test_nothing_published_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say_deliveries(Settings(home=tmp_path))
    assert capsys.readouterr().out == "Nothing has been published yet that says how deliveries stand: run forewarn nightly.\n"
