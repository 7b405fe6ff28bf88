"""The same stages under Prefect: retried when that can help, counted in an artifact, as of the night that was due."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import packages_distributions
from pathlib import Path
from time import sleep
from typing import Any

import duckdb
import httpx
import pytest
import yaml
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.runtime import flow_run
from prefect.server.schemas.schedules import CronSchedule
from prefect.settings import get_current_settings
from prefect.testing.utilities import prefect_test_harness

from flows import nightly as nightly_module
from flows import tasks
from flows import train as train_module
from flows.clock import night_before
from flows.failure import StageFailed
from flows.hooks import tell_failed
from flows.run import Run
from flows.stage import Counts, Stage
from warehouse.generations import point_to

ROOT = Path(__file__).parents[2]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: str(deployment["name"]))
def test_every_entrypoint_is_the_flow_itself_and_not_a_placeholder(deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flow: Flow[..., Any] = load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
    assert flow.name == deployment["name"]
    assert flow.retries == 0
    assert (flow.on_failure_hooks, flow.on_crashed_hooks) == ([tell_failed], [tell_failed]), "whoever is to be told is told of every flow"
    assert flow.persist_result is False


def test_no_module_of_flows_takes_the_name_of_another() -> None:
    """Prefect puts the folder of an entrypoint before everything else that can be imported: flows/models.py would hide the room models/."""
    ours = {file.stem for file in (ROOT / "flows").iterdir() if file.suffix == ".py" or (file / "__init__.py").exists()} - {"__init__"}
    others = (
        {room.name for room in ROOT.iterdir() if (room / "__init__.py").exists()}
        | sys.stdlib_module_names
        | packages_distributions().keys()
    )
    assert ours & others == set()


def test_what_runs_when() -> None:
    when = {d["name"]: [(s["cron"], s["timezone"]) for s in d["schedules"]] for d in DEPLOYMENTS}
    assert when == {
        "nightly": [("30 2 * * *", "Europe/London")],
        "weekly": [("30 6 * * 1", "Europe/London")],
        "train": [("30 12 1 * *", "Europe/London")],
        "retention": [("30 12 * * 6", "Europe/London")],
        "backtest": [],
    }


@pytest.fixture(scope="module")
def prefect() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=180):  # on a busy machine the usual half minute is not enough
        yield


@pytest.mark.usefixtures("prefect")
def test_a_night_under_prefect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nights: list[date] = []
    tries: list[str] = []

    def act(run: Run) -> Counts:
        nights.append(run.as_of)
        return {"rows": 3}

    def busy_disk(run: Run) -> Counts:
        tries.append("busy disk")
        if len(tries) < 3:
            raise OSError(16, "Device or resource busy")
        return {"files": 1}

    def beyond_help(run: Run) -> Counts:
        tries.append("beyond help")
        raise ValueError("Bobby Tables")

    monkeypatch.setattr(tasks, "RETRY_DELAYS", (0.0,))
    stages = (Stage("first", "Counts rows", act), Stage("second", "Waits for a disk", busy_disk), Stage("third", "Cannot", beyond_help))
    monkeypatch.setattr(nightly_module, "NIGHTLY", stages)

    with pytest.raises(StageFailed, match=r"third failed: unexpected ValueError at flows/test_prefect.py:\d+ in beyond_help"):
        nightly_module.nightly(tmp_path, tmp_path / "home", date(2026, 11, 19))
    assert nights == [date(2026, 11, 19)]
    assert tries == ["busy disk"] * 3 + ["beyond help"]

    counts = artifact("nightly-counts")
    assert [(row["stage"], row["what"]) for row in counts] == [
        ("first", "rows"),
        ("first", "seconds"),
        ("second", "files"),
        ("second", "seconds"),
    ]


@pytest.mark.usefixtures("prefect")
def test_without_a_date_a_night_is_that_of_the_day_before_it_was_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nights: list[date] = []

    def act(run: Run) -> Counts:
        nights.append(run.as_of)
        return {}

    monkeypatch.setattr(nightly_module, "NIGHTLY", (Stage("first", "Notes its date", act),))
    monkeypatch.setattr(flow_run, "scheduled_start_time", datetime(2026, 11, 18, 2, 30, tzinfo=UTC), raising=False)
    nightly_module.nightly(tmp_path, tmp_path / "home")
    assert nights == [date(2026, 11, 17)]


@pytest.mark.usefixtures("prefect")
def test_a_stage_is_stopped_after_its_time_and_how_far_a_run_was_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(run: Run) -> Counts:
        return {}

    def endless(run: Run) -> Counts:
        sleep(60)  # the engine looks up from a query now and then, and not at a set time
        return {}

    monkeypatch.setattr(tasks, "SECONDS_A_MINUTE", 0.5)
    monkeypatch.setenv("FOREWARN_STAGE_MINUTES", "60, second=1")
    monkeypatch.setattr(nightly_module, "NIGHTLY", (Stage("first", "Is quick", quick), Stage("second", "Never ends", endless)))
    with pytest.raises(StageFailed, match="second was stopped after the 1 minutes that it may take: see what else the machine does"):
        nightly_module.nightly(tmp_path, tmp_path / "home", date(2026, 11, 19))
    assert artifact("nightly-progress") == 50.0


@pytest.mark.usefixtures("prefect")
def test_a_late_run_never_takes_a_later_night_from_the_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nights: list[date] = []

    def act(run: Run) -> Counts:
        nights.append(run.as_of)
        return {}

    (tmp_path / "published").mkdir()
    published = tmp_path / "published" / "forewarn-r1.duckdb"
    with duckdb.connect(str(published)) as con:
        con.execute("create schema analyst")
        con.execute(
            "create table analyst.run as select 'r1' as run_id, date '2026-11-18' as as_of, timestamp '2026-11-19 02:40' as published_at"
        )
    point_to(tmp_path, published)
    monkeypatch.setenv("FOREWARN_NOTIFY_COMMAND", f"tee {tmp_path}/told")
    monkeypatch.setattr(nightly_module, "NIGHTLY", (Stage("first", "Notes its date", act),))

    monkeypatch.setattr(flow_run, "scheduled_start_time", datetime(2026, 11, 18, 2, 30, tzinfo=UTC), raising=False)
    skipped = nightly_module.nightly(tmp_path, tmp_path, return_state=True)
    assert (skipped.name, nights) == ("Skipped", [])
    assert "the night of 2026-11-18 is published already, so that of 2026-11-17 was not done" in str(skipped.message)
    assert json.loads((tmp_path / "told").read_text())["kind"] == "nothing published"

    monkeypatch.setattr(flow_run, "scheduled_start_time", datetime(2026, 11, 19, 2, 30, tzinfo=UTC), raising=False)
    nightly_module.nightly(tmp_path, tmp_path)
    nightly_module.nightly(tmp_path, tmp_path, date(2026, 11, 1))
    assert nights == [date(2026, 11, 18), date(2026, 11, 1)], "the same night again, and an older one that was asked for by its date"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_night_that_clocks_change_is_scheduled_once(day: date) -> None:
    (schedule,) = DEPLOYMENTS[0]["schedules"]
    due = asyncio.run(CronSchedule(**schedule).get_dates(3, datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=12)))
    assert [(moment.date(), moment.hour, moment.minute) for moment in due] == [(day + timedelta(days=n), 2, 30) for n in range(3)]
    assert [night_before(moment) for moment in due] == [day + timedelta(days=n - 1) for n in range(3)]


@pytest.mark.usefixtures("prefect")
def test_a_training_under_prefect_is_that_of_this_month_and_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def act(run: Run) -> Counts:
        days.append(run.as_of)
        return {"models registered": 2}

    monkeypatch.setattr(train_module, "TRAIN", (Stage("train", "Trains", act),))
    monkeypatch.setattr(train_module, "today", lambda: date(2026, 12, 1))
    train_module.train(tmp_path / "home")
    assert days == [date(2026, 12, 1)]
    assert ("train", "models registered", 2) in [(row["stage"], row["what"], row["count"]) for row in artifact("train-counts")]
    assert not (tmp_path / "home" / "forewarn.duckdb").exists()


def artifact(key: str) -> Any:
    """What the server keeps of the newest artifact under a key."""
    answer = httpx.post(
        f"{get_current_settings().api.url}/artifacts/filter", json={"artifacts": {"key": {"any_": [key]}}, "sort": "CREATED_DESC"}
    )
    found = answer.raise_for_status().json()[0]["data"]
    return json.loads(found) if isinstance(found, str) else found
