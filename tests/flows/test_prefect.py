"""The same stages under Prefect: retried when that can help, counted in an artifact, as of the night that was due."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.testing.utilities import prefect_test_harness

from flows import nightly as nightly_module
from flows import tasks
from flows.failure import StageFailed
from flows.run import Run
from flows.stage import Counts, Stage

ROOT = Path(__file__).parents[2]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: str(deployment["name"]))
def test_every_entrypoint_is_the_flow_itself_and_not_a_placeholder(deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flow: Flow[..., Any] = load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
    assert flow.name == deployment["name"]
    assert flow.retries == 0
    assert flow.persist_result is False


def test_what_runs_when() -> None:
    when = {d["name"]: [(s["cron"], s["timezone"]) for s in d["schedules"]] for d in DEPLOYMENTS}
    assert when == {
        "nightly": [("30 2 * * *", "Europe/London")],
        "weekly": [("30 6 * * 1", "Europe/London")],
        "train": [("30 12 1 * *", "Europe/London")],
        "backtest": [],
    }


@pytest.fixture(scope="module")
def prefect() -> Iterator[None]:
    with prefect_test_harness():
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


def artifact(key: str) -> list[dict[str, Any]]:
    """What the server keeps under a key."""
    answer = httpx.post(f"{get_current_settings().api.url}/artifacts/filter", json={"artifacts": {"key": {"any_": [key]}}})
    (found,) = answer.raise_for_status().json()
    rows: list[dict[str, Any]] = json.loads(found["data"])
    return rows
